"""The outlines of the areas of a division, for a map of the town on a day."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.outlines import Grid, Outline, on_grid
from cycle.reading.door import Reader
from cycle.reading.keys import unknown


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """Where one area lies."""

    area: str
    name: str
    level: int
    parent: str | None
    outline: Outline


@dataclass(frozen=True, slots=True)
class Map:
    """The areas of one division that have an outline, as they are drawn together.

    `grid.areas` stand in the order of `shapes`.
    """

    scheme: str
    shapes: tuple[ShapeRow, ...]
    grid: Grid


@dataclass(frozen=True, slots=True)
class _Kept:
    area: str
    name: str
    level: int
    parent: str | None
    scheme: str
    purpose: str
    since: date
    outline: str


_SQL: Final = """
SELECT a.code AS area, a.name, a.level, p.code AS parent, s.code AS scheme, s.purpose,
  s.valid_from AS since, x.outline
FROM area_shape x
JOIN area a ON a.municipality_id = :m AND a.id = x.area_id
JOIN area_scheme s ON s.municipality_id = :m AND s.id = a.scheme_id
LEFT JOIN area p ON p.municipality_id = :m AND p.id = a.parent_id
WHERE x.municipality_id = :m AND a.valid_from <= :day
  AND (a.valid_to IS NULL OR a.valid_to >= :day) AND {where}
ORDER BY s.code, a.level, a.code
"""


def shapes(reader: Reader, *, day: date, scheme: str | None = None, side: int = 1000) -> Map | None:
    """Give the map of a division on a day; None where no area of it has an outline.

    Without a scheme it is the newest one for planning that has outlines. `side` is how fine the
    longer side of the map is drawn. Raises NotFound for a scheme nobody knows.
    """
    where = "s.code = :scheme" if scheme else "1 = 1"
    values: dict[str, Any] = {"scheme": scheme} if scheme else {}
    found = reader.rows(_SQL.format(where=where), _Kept, day=day, **values)
    if not found:
        if scheme and not reader.value(_KNOWN, scheme=scheme):
            raise unknown("area", scheme)
        return None
    newest = max(found, key=lambda row: (row.purpose == "planning", row.since, row.scheme)).scheme
    rows = tuple(
        ShapeRow(row.area, row.name, row.level, row.parent, _outline(row.outline))
        for row in found
        if row.scheme == newest
    )
    return Map(newest, rows, on_grid([row.outline for row in rows], side))


def _outline(text: str) -> Outline:
    return tuple(
        tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in json.loads(text)
    )


_KNOWN: Final = "SELECT 1 FROM area_scheme WHERE municipality_id = :m AND code = :scheme"
