"""What became of areas whose boundaries changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """An area took on a part of another one's people."""

    area: str  # code of the other end
    name: str
    on: date
    share: Decimal
    kind: str


_SUCCESSIONS: Final = """
SELECT x.code AS area, x.name, s.on_date AS "on", s.share, s.kind
FROM area_succession s
JOIN area a ON a.municipality_id = :m AND a.id = s.{here} AND a.code = :code
  AND a.valid_from = :since
JOIN area x ON x.municipality_id = :m AND x.id = s.{there}
WHERE s.municipality_id = :m ORDER BY s.on_date, x.code
"""


def became(reader: Reader, code: str, since: date) -> list[SuccessionRow]:
    """Give the areas that took on the people of an area, known by its code and first day."""
    sql = _SUCCESSIONS.format(here="from_area_id", there="to_area_id")
    return reader.rows(sql, SuccessionRow, code=code, since=since)


def made_of(reader: Reader, code: str, since: date) -> list[SuccessionRow]:
    """Give the areas whose people an area took on."""
    sql = _SUCCESSIONS.format(here="to_area_id", there="from_area_id")
    return reader.rows(sql, SuccessionRow, code=code, since=since)
