"""What became of areas whose boundaries changed, and which targets lost their series by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from cycle.reading.door import Reader, many


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A target whose area has ended, while nobody has reckoned its series for what came of it."""

    target: str  # id
    last: date  # the area's last day
    area: str  # code
    heirs: tuple[str, ...]  # codes of the areas that took its place

    @property
    def since(self) -> date:
        """Give the first day on which nothing new can be observed there."""
        return self.last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """An area took on a part of another one's people."""

    area: str  # code of the other end
    name: str
    on: date
    share: Decimal
    kind: str


_BROKEN: Final = """
SELECT t.id AS target, a.valid_to AS last, a.code AS area,
  (SELECT string_agg(h.code, '|') FROM area_succession s
    JOIN area h ON h.municipality_id = :m AND h.id = s.to_area_id
    WHERE s.municipality_id = :m AND s.from_area_id = a.id) AS heirs
FROM goal_target t
JOIN area a ON a.municipality_id = :m AND a.id = t.area_id AND a.valid_to IS NOT NULL
WHERE t.municipality_id = :m AND t.replaced_on IS NULL AND {where}
  AND NOT EXISTS (SELECT 1 FROM area_succession s
    JOIN observation o ON o.municipality_id = :m AND o.area_id = s.to_area_id
      AND o.indicator_version_id = t.indicator_version_id AND o.basis = 'recalculated'
    WHERE s.municipality_id = :m AND s.from_area_id = a.id)
ORDER BY t.id
"""
_SUCCESSIONS: Final = """
SELECT x.code AS area, x.name, s.on_date AS "on", s.share, s.kind
FROM area_succession s
JOIN area a ON a.municipality_id = :m AND a.id = s.{here} AND a.code = :code
  AND a.valid_from = :since
JOIN area x ON x.municipality_id = :m AND x.id = s.{there}
WHERE s.municipality_id = :m ORDER BY s.on_date, x.code
"""


def broken(reader: Reader, ids: Collection[str] | None = None) -> dict[str, BrokenRow]:
    """Give the targets in force, of these ids or all, whose series breaks with their area.

    It breaks on the day after the area's last one, and holds again once values were recalculated
    for an area that succeeds it.
    """
    where = "1 = 1"
    values: dict[str, Any] = {}
    if ids is not None:
        listed, values = many("target", sorted(ids))
        where = f"t.id IN ({listed})"
    found = reader.rows(_BROKEN.format(where=where), BrokenRow, **values)
    return {row.target: row for row in found}


def became(reader: Reader, code: str, since: date) -> list[SuccessionRow]:
    """Give the areas that took on the people of an area, known by its code and first day."""
    sql = _SUCCESSIONS.format(here="from_area_id", there="to_area_id")
    return reader.rows(sql, SuccessionRow, code=code, since=since)


def made_of(reader: Reader, code: str, since: date) -> list[SuccessionRow]:
    """Give the areas whose people an area took on."""
    sql = _SUCCESSIONS.format(here="to_area_id", there="from_area_id")
    return reader.rows(sql, SuccessionRow, code=code, since=since)
