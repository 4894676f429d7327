"""Areas, each with its scheme and its validity."""

from dataclasses import dataclass
from datetime import date

from cycle.reading import area_changes
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One line of the list of areas."""

    code: str
    name: str
    scheme: str
    level: int
    parent: str | None
    valid_from: date
    valid_to: date | None
    version: int

    @property
    def place(self) -> str:
        """Tell it from all others: a code is given anew when boundaries change."""
        return f"{self.scheme} {self.code} {self.valid_from}"


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A division of the town into areas."""

    code: str
    name: str
    purpose: str
    valid_from: date
    valid_to: date | None
    areas: int
    version: int


_SCHEMES = """
SELECT s.code, s.name, s.purpose, s.valid_from, s.valid_to, s.version,
  (SELECT COUNT(*) FROM area a WHERE a.municipality_id = :m AND a.scheme_id = s.id) AS areas
FROM area_scheme s WHERE s.municipality_id = :m ORDER BY s.code
"""
_SQL = """
SELECT a.code, a.name, s.code AS scheme, a.level, p.code AS parent, a.valid_from, a.valid_to,
  a.version
FROM area a
JOIN area_scheme s ON s.municipality_id = :m AND s.id = a.scheme_id
LEFT JOIN area p ON p.municipality_id = :m AND p.id = a.parent_id
WHERE a.municipality_id = :m AND {where}
ORDER BY s.code, a.level, a.code, a.valid_from
"""


def listed(reader: Reader, *, today: date | None = None) -> list[AreaRow]:
    """Give every area, or with `today` those valid on that day."""
    if today is None:
        return reader.rows(_SQL.format(where="1 = 1"), AreaRow)
    valid = "a.valid_from <= :day AND (a.valid_to IS NULL OR a.valid_to >= :day)"
    return reader.rows(_SQL.format(where=valid), AreaRow, day=today)


def schemes(reader: Reader) -> list[SchemeRow]:
    """Give every division of the town, by code."""
    return reader.rows(_SCHEMES, SchemeRow)


def show(reader: Reader, code: str) -> Json:
    """Give every area of that code, the latest first, and how it came of others or became them."""
    code = find(reader, "area", code)
    found = reader.rows(_SQL.format(where="a.code = :code"), AreaRow, code=code)
    latest, *earlier = sorted(found, key=lambda row: row.valid_from, reverse=True)
    return {
        **plain(latest),
        "earlier": plain(earlier),
        "made_of": plain(area_changes.made_of(reader, code, latest.valid_from)),
        "became": plain(area_changes.became(reader, code, latest.valid_from)),
    }
