"""Exceptions from a condition: shown for ever, but for internal eyes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.reading.door import Reader
from cycle.reading.keys import find


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """One exception of a measure or a round."""

    key: str
    guard: str
    reason: str | None  # None: not for these eyes
    granted_on: date
    granted_by: str
    second_by: str | None
    used_on: date | None  # None: it holds for the next step


_SQL: Final = """
SELECT COALESCE(me.ref, c.ref) AS key, w.guard, {reason} AS reason, w.granted_on, w.granted_by,
  w.second_by, w.used_on
FROM waiver w
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = w.measure_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = w.cycle_id
WHERE w.municipality_id = :m AND {where}
ORDER BY w.granted_on, w.id
"""


def listed(reader: Reader, *, key: str | None = None, sees_internal: bool) -> list[WaiverRow]:
    """Give every exception, or those of a measure or a round; NotFound for an unknown key."""
    values: dict[str, Any] = {}
    where = "1 = 1"
    if key is not None:
        noun = "round" if key[:1].upper() == "Z" else "measure"
        where, values = "COALESCE(me.ref, c.ref) = :key", {"key": find(reader, noun, key)}
    reason = "w.reason" if sees_internal else "CAST(NULL AS TEXT)"
    return reader.rows(_SQL.format(where=where, reason=reason), WaiverRow, **values)
