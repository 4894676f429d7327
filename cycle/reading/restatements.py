"""What targets stand on besides their words: steps on their way, and later definitions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cycle.machine.comparing import factor
from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class StepRow:
    """A value expected by a day on the way to a target."""

    target: str  # id
    due: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A later definition of an indicator, and how it compares to the one before."""

    indicator: str  # code
    no: int
    comparable: str
    factor: Decimal | None


_WAYS: Final = """
SELECT s.goal_target_id AS target, s.due, s.value FROM target_step s
JOIN goal_target t ON t.municipality_id = :m AND t.id = s.goal_target_id
JOIN goal g ON g.municipality_id = :m AND g.id = t.goal_id AND g.ref = :key
WHERE s.municipality_id = :m ORDER BY s.due
"""
_CHANGES: Final = """
SELECT i.code AS indicator, v.no, v.comparable, v.factor FROM indicator_version v
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
WHERE v.municipality_id = :m AND v.indicator_id IN (SELECT p.indicator_id FROM goal_target t
  JOIN goal g ON g.municipality_id = :m AND g.id = t.goal_id AND g.ref = :key
  JOIN indicator_version p ON p.municipality_id = :m AND p.id = t.indicator_version_id
  WHERE t.municipality_id = :m)
ORDER BY i.code, v.no
"""


def ways(reader: Reader, key: str) -> Mapping[str, list[StepRow]]:
    """Give the steps on the way to the targets of a goal, by the target's id."""
    found: dict[str, list[StepRow]] = defaultdict(list)
    for row in reader.rows(_WAYS, StepRow, key=key):
        found[row.target].append(row)
    return found


def changes(reader: Reader, key: str) -> Mapping[str, list[ChangeRow]]:
    """Give the definitions of the indicators a goal is measured by, by the indicator's code."""
    found: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in reader.rows(_CHANGES, ChangeRow, key=key):
        found[row.indicator].append(row)
    return found


def factor_since(definitions: Iterable[ChangeRow], pinned: int) -> Decimal | None:
    """Give what an old value is worth today; None where that is unknown or nothing has changed."""
    later = [(each.comparable, each.factor) for each in definitions if each.no > pinned]
    return factor(later) if later else None
