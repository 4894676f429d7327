"""How many measures work in each area: those that are on the circle, by area and by state."""

from dataclasses import dataclass
from typing import Final

from cycle.reading.door import Reader
from cycle.reading.filters import COUNTED
from cycle.reading.measures import within
from cycle.reading.sight import Sight


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area with its measures."""

    area: str
    name: str
    level: int
    measures: int
    running: int  # approved, begun or suspended


_COUNTS: Final = f"""
SELECT a.code AS area, a.name, a.level, COUNT(me.id) AS measures,
  COUNT(CASE WHEN me.state IN ('approved', 'in_progress', 'suspended') THEN 1 END) AS running
FROM area a
LEFT JOIN measure_area l ON l.municipality_id = :m AND l.area_id = a.id
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
  AND me.state NOT IN ('rejected', 'cancelled', 'superseded') AND {COUNTED} AND {{seen}}
WHERE a.municipality_id = :m AND a.valid_to IS NULL
GROUP BY a.code, a.name, a.level ORDER BY a.level, a.code
"""


def counts(reader: Reader, sight: Sight) -> list[AreaCount]:
    """Give every area of today with the number of its measures, as somebody sees them."""
    seen, values = within(sight)
    return reader.rows(_COUNTS.format(seen=seen), AreaCount, **values)
