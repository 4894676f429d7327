"""Fields of action."""

from dataclasses import dataclass

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of the list of fields of action."""

    code: str
    name: str
    youth_welfare: bool
    measures: int
    version: int


_SQL = """
SELECT f.code, f.name, f.youth_welfare, f.version,
  (SELECT COUNT(*) FROM measure_field l WHERE l.municipality_id = :m AND l.field_id = f.id)
    AS measures
FROM field_of_action f WHERE f.municipality_id = :m AND {where} ORDER BY f.code
"""


def listed(reader: Reader) -> list[FieldRow]:
    """Give every field of action, by code."""
    return reader.rows(_SQL.format(where="1 = 1"), FieldRow)


def show(reader: Reader, code: str) -> Json:
    """Give one field of action; NotFound for a code nobody knows."""
    code = find(reader, "field", code)
    return plain(reader.one(_SQL.format(where="f.code = :code"), FieldRow, code=code))
