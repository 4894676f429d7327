"""Departments, providers and authorities that answer for measures."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One line of the list of departments."""

    code: str
    name: str
    kind: str
    parent: str | None
    active_from: date | None
    active_to: date | None
    measures: int  # live ones it leads


_SQL = """
SELECT o.code, o.name, o.kind, p.code AS parent, o.active_from, o.active_to,
  (SELECT COUNT(*) FROM measure me WHERE me.municipality_id = :m AND me.lead_id = o.id
    AND me.state NOT IN ('reported', 'rejected', 'cancelled', 'superseded')) AS measures
FROM org_unit o LEFT JOIN org_unit p ON p.municipality_id = :m AND p.id = o.parent_id
WHERE o.municipality_id = :m AND {where} ORDER BY o.code
"""


def listed(reader: Reader) -> list[DepartmentRow]:
    """Give every department, by code."""
    return reader.rows(_SQL.format(where="1 = 1"), DepartmentRow)


def show(reader: Reader, code: str) -> Json:
    """Give one department; NotFound for a code nobody knows."""
    code = find(reader, "department", code)
    return plain(reader.one(_SQL.format(where="o.code = :code"), DepartmentRow, code=code))
