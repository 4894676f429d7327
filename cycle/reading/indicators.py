"""Indicators and their current definition."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the list of indicators."""

    code: str
    name: str
    field: str | None
    unit: str
    polarity: str
    result_level: int
    measure_type: str
    frequency: str
    publication_lag_days: int
    sensitive: bool
    observations: int  # cells, however often they were revised
    newest: date | None  # end of the latest period that was reported
    version: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One definition of an indicator."""

    no: int
    definition: str
    numerator: str | None
    denominator: str | None
    source: str
    valid_from: date
    valid_to: date | None
    comparable: str
    factor: Decimal | None
    change_reason: str | None


_SQL = """
SELECT i.code, i.name, f.code AS field, i.unit, i.polarity, i.result_level, i.measure_type,
  i.frequency, i.publication_lag_days, i.sensitive, COUNT(o.id) AS observations,
  MAX(o.period_end) AS newest, i.version
FROM indicator i
LEFT JOIN field_of_action f ON f.municipality_id = :m AND f.id = i.field_id
LEFT JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
LEFT JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
  AND o.vintage = 1
WHERE i.municipality_id = :m AND {where}
GROUP BY i.id, i.code, i.name, f.code, i.unit, i.polarity, i.result_level, i.measure_type,
  i.frequency, i.publication_lag_days, i.sensitive, i.version
ORDER BY i.code
"""
_VERSIONS = """
SELECT v.no, v.definition, v.numerator, v.denominator, v.source, v.valid_from, v.valid_to,
  v.comparable, v.factor, v.change_reason
FROM indicator_version v
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id AND i.code = :code
WHERE v.municipality_id = :m ORDER BY v.no
"""


def listed(reader: Reader) -> list[IndicatorRow]:
    """Give every indicator, by code."""
    return reader.rows(_SQL.format(where="1 = 1"), IndicatorRow)


def show(reader: Reader, code: str) -> Json:
    """Give one indicator with its definitions; NotFound for a code nobody knows."""
    code = find(reader, "indicator", code)
    row = reader.one(_SQL.format(where="i.code = :code"), IndicatorRow, code=code)
    return {**plain(row), "versions": plain(reader.rows(_VERSIONS, VersionRow, code=code))}
