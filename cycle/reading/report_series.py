"""What the findings of a report rest on: the series of every value they cite, by one statement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class CitedValue:
    """One value of a series that a finding of the report cites, in its latest vintage."""

    finding: str
    indicator: str
    name: str
    unit: str
    frequency: str
    polarity: str
    area: str
    area_name: str
    period_end: date
    value: Decimal | None
    status: str
    basis: str
    definition: int


_SQL: Final = """
WITH cited AS (
  SELECT DISTINCT f.ref AS finding, v.indicator_id, c.code
  FROM finding f
  JOIN report r ON r.municipality_id = :m AND r.id = f.report_id AND r.ref = :report
  JOIN finding_observation l ON l.municipality_id = :m AND l.finding_id = f.id
  JOIN observation q ON q.municipality_id = :m AND q.id = l.observation_id
  JOIN indicator_version v ON v.municipality_id = :m AND v.id = q.indicator_version_id
  JOIN area c ON c.municipality_id = :m AND c.id = q.area_id
  WHERE f.municipality_id = :m
)
SELECT x.finding, i.code AS indicator, i.name, i.unit, i.frequency, i.polarity, a.code AS area,
  a.name AS area_name, o.period_end, o.value, o.status, o.basis, v.no AS definition
FROM cited x
JOIN indicator i ON i.municipality_id = :m AND i.id = x.indicator_id
JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
JOIN area a ON a.municipality_id = :m AND a.code = x.code
JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
  AND o.area_id = a.id AND o.breakdown = ''
WHERE NOT EXISTS (SELECT 1 FROM observation n WHERE n.municipality_id = :m
  AND n.indicator_version_id = o.indicator_version_id AND n.area_id = o.area_id
  AND n.period_start = o.period_start AND n.period_end = o.period_end
  AND n.breakdown = o.breakdown AND n.vintage > o.vintage)
ORDER BY x.finding, i.code, a.code, o.period_end, v.no
"""


def cited(reader: Reader, report: str) -> list[CitedValue]:
    """Give the series behind each finding of a report; a withheld value is its sign alone."""
    return reader.rows(_SQL, CitedValue, report=report)
