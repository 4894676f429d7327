"""Councils, committees and steering groups."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One line of the list of bodies."""

    short_name: str
    name: str
    kind: str
    papers: int
    last_meeting: date | None
    version: int


_SQL = """
SELECT b.short_name, b.name, b.kind, b.version, COUNT(DISTINCT k.paper_id) AS papers,
  MAX(CASE WHEN k.outcome <> 'pending' THEN k.meeting_date END) AS last_meeting
FROM body b
LEFT JOIN consultation k ON k.municipality_id = :m AND k.body_id = b.id{seen}
WHERE b.municipality_id = :m AND {where}
GROUP BY b.id, b.short_name, b.name, b.kind, b.version ORDER BY b.short_name
"""


_PUBLIC = """ AND k.public
  AND EXISTS (SELECT 1 FROM paper p
    WHERE p.municipality_id = :m AND p.id = k.paper_id AND p.public)"""


def _sql(where: str, *, sees_internal: bool) -> str:
    # What is not public does not show, not even by count.
    return _SQL.format(where=where, seen="" if sees_internal else _PUBLIC)


def listed(reader: Reader, *, sees_internal: bool = False) -> list[BodyRow]:
    """Give every body, by its short name."""
    return reader.rows(_sql("1 = 1", sees_internal=sees_internal), BodyRow)


def named(reader: Reader, name: str) -> str:
    """Give the short name of a body called by it or by its full name; NotFound else."""
    found = reader.value(
        "SELECT short_name FROM body WHERE municipality_id = :m AND name = :name", name=name
    )
    return str(found) if found else find(reader, "body", name)


def show(reader: Reader, name: str, *, sees_internal: bool = False) -> Json:
    """Give one body by its short or full name; NotFound where there is none."""
    sql = _sql("b.short_name = :name", sees_internal=sees_internal)
    return plain(reader.one(sql, BodyRow, name=named(reader, name)))
