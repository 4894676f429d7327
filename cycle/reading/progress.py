"""How far measures have come: what was reported, the latest last."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.measures import visible
from cycle.reading.sight import DRAFTS


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One report on a measure (Sachstand)."""

    measure: str
    as_of: date
    course: str
    percent: int | None
    text: str | None
    delay_reason: str | None
    forecast_end: date | None
    department: str | None  # who reported


_SQL: Final = """
SELECT me.ref AS measure, p.as_of, p.course, p.percent, p.text, p.delay_reason, p.forecast_end,
  o.code AS department
FROM progress p
JOIN measure me ON me.municipality_id = :m AND me.id = p.measure_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = p.by_unit_id
WHERE p.municipality_id = :m AND {where}
ORDER BY p.as_of, me.ref, p.created_at, p.id
"""


def listed(
    reader: Reader, *, measure: str | None = None, sees_internal: bool = True
) -> list[ProgressRow]:
    """Give every report, or those on a measure.

    NotFound for a key nobody knows, or a draft the caller may not see.
    """
    values: dict[str, Any] = {}
    where = "1 = 1" if sees_internal else f"me.state NOT IN {DRAFTS}"
    if measure is not None:
        key = find(reader, "measure", measure, where=visible(sees_internal=sees_internal))
        where, values = "me.ref = :key", {"key": key}
    return reader.rows(_SQL.format(where=where), ProgressRow, **values)
