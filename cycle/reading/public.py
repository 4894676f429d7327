"""What everyone may see of a town that opened its public view.

Rounds with a published report, the measures of these rounds that were decided, the decisions of
bodies in public, and released values. Shut, there is nothing to be found.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cycle.reading.door import Reader
from cycle.reading.public_measures import (
    NOTHING,
    PUBLISHED,
    VISIBLE,
    PublicDecision,
    PublicFilters,
    PublicGoal,
    PublicMeasure,
    counts,
    measure,
    measures,
)
from cycle.reading.public_values import (
    PublicIndicator,
    PublicValue,
    indicators,
    latest,
    values,
)
from cycle.reading.public_view import PublicState, insist_open, state

__all__ = [
    "NOTHING", "Choice", "PublicDecision", "PublicFilters", "PublicGoal", "PublicIndicator",
    "PublicMeasure", "PublicReport", "PublicRound", "PublicState", "PublicValue", "choices",
    "counts", "indicators", "insist_open", "latest", "measure", "measures", "rounds", "state",
    "values",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A published report."""

    key: str
    cycle: str
    kind: str
    title: str
    reference_date: date
    published_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round of which a report is published."""

    key: str
    title: str
    round: int
    stage: str
    period_start: date
    period_end: date | None
    reports: tuple[PublicReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by, and its name."""

    kind: str
    code: str
    name: str


_ROUNDS: Final = f"""
SELECT c.ref AS key, c.title, c.round, c.stage, c.period_start, c.period_end FROM cycle c
WHERE c.municipality_id = :m AND c.id IN {PUBLISHED} ORDER BY c.period_start DESC, c.ref
"""
_REPORTS: Final = """
SELECT r.ref AS key, c.ref AS cycle, r.kind, r.title, r.reference_date, r.published_on, r.url
FROM report r JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
WHERE r.municipality_id = :m AND r.status = 'published' ORDER BY r.ref
"""
_CHOICES: Final = f"""
WITH told AS (SELECT me.id, me.lead_id FROM measure me
  WHERE me.municipality_id = :m AND {VISIBLE})
SELECT 'department' AS kind, o.code, o.name FROM org_unit o
WHERE o.municipality_id = :m AND o.id IN (SELECT lead_id FROM told)
UNION ALL SELECT 'field', f.code, f.name FROM field_of_action f
WHERE f.municipality_id = :m AND f.id IN (SELECT l.field_id FROM measure_field l
  JOIN told ON told.id = l.measure_id WHERE l.municipality_id = :m)
UNION ALL SELECT 'area', a.code, MAX(a.name) FROM area a
WHERE a.municipality_id = :m AND a.id IN (SELECT l.area_id FROM measure_area l
  JOIN told ON told.id = l.measure_id WHERE l.municipality_id = :m)
GROUP BY a.code
ORDER BY 1, 2
"""


def rounds(reader: Reader) -> list[PublicRound]:
    """Give the rounds with a published report, the latest first; NotFound where all is shut."""
    insist_open(reader)
    reports = reader.rows(_REPORTS, PublicReport)
    return [
        replace(each, reports=tuple(r for r in reports if r.cycle == each.key))
        for each in reader.rows(_ROUNDS, PublicRound)
    ]


def choices(reader: Reader) -> list[Choice]:
    """Give the departments, fields and areas that measures can be looked for by."""
    insist_open(reader)
    return reader.rows(_CHOICES, Choice)
