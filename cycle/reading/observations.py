"""Observations: the latest vintage of every cell; withheld ones show their status only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One value of an indicator in an area and a period."""

    indicator: str
    area: str
    area_since: date  # one code may stand for an area before and after its boundaries changed
    period_start: date
    period_end: date
    breakdown: str
    value: Decimal | None
    unit: str
    definition: int  # number of the definition it was counted by
    numerator: int | None
    denominator: int | None
    status: str
    basis: str
    vintage: int
    recorded_on: date
    protected_at_source: bool


@dataclass(frozen=True, slots=True)
class KeptRow(ObservationRow):
    """One value with the name of its record, which nobody outside is shown."""

    id: str


# A withheld cell gives away no base either.
_SQL = """
SELECT {named}i.code AS indicator, a.code AS area, a.valid_from AS area_since, o.period_start,
  o.period_end, o.breakdown, o.value, i.unit, v.no AS definition,
  CASE WHEN o.value IS NULL THEN NULL ELSE o.numerator END AS numerator,
  CASE WHEN o.value IS NULL THEN NULL ELSE o.denominator END AS denominator,
  o.status, o.basis, o.vintage, o.recorded_on, o.protected_at_source
FROM observation o
JOIN indicator_version v ON v.municipality_id = :m AND v.id = o.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
JOIN area a ON a.municipality_id = :m AND a.id = o.area_id
WHERE o.municipality_id = :m AND {where}{latest}
ORDER BY {order}
"""
_BY_SERIES = "i.code, a.code, o.period_end, a.valid_from, o.breakdown, v.no, o.vintage"
_LATEST = """
  AND NOT EXISTS (SELECT 1 FROM observation n WHERE n.municipality_id = :m
    AND n.indicator_version_id = o.indicator_version_id AND n.area_id = o.area_id
    AND n.period_start = o.period_start AND n.period_end = o.period_end
    AND n.breakdown = o.breakdown AND n.vintage > o.vintage{known})"""


def series(
    reader: Reader,
    indicator: str,
    area: str,
    *,
    as_known_on: date | None = None,
    vintages: bool = False,
) -> list[ObservationRow]:
    """Give the time series of an indicator in an area; a code given anew counts as one place.

    What was reckoned for new boundaries says so by its basis, and each value by its definition.
    """
    return listed(
        reader, indicator=indicator, area=area, vintages=vintages, as_known_on=as_known_on
    )


def listed(
    reader: Reader,
    *,
    indicator: str | None = None,
    area: str | None = None,
    vintages: bool = False,
    as_known_on: date | None = None,
) -> list[ObservationRow]:
    """Give observations of an indicator or an area; with `vintages` the revised ones too.

    As known on a day, a value is the highest vintage recorded until then.
    """
    where, latest, values = _asked(reader, indicator, area, as_known_on, vintages=vintages)
    sql = _SQL.format(named="", where=where, latest=latest, order=_BY_SERIES)
    return reader.rows(sql, ObservationRow, **values)


def paged(
    reader: Reader,
    *,
    indicator: str | None = None,
    area: str | None = None,
    vintages: bool = False,
    as_known_on: date | None = None,
    page: Page = ALL,
) -> list[KeptRow]:
    """Give a page of the same, in the order in which the values were recorded."""
    where, latest, values = _asked(reader, indicator, area, as_known_on, vintages=vintages)
    where, values = page.narrow("o.id", where, values)
    sql = _SQL.format(named="o.id, ", where=where, latest=latest, order="o.id")
    return reader.rows(page.cut(sql), KeptRow, **values)


def show(reader: Reader, id_: str) -> Json:
    """Give one value by the name of its record."""
    sql = _SQL.format(named="", where="o.id = :id", latest="", order="o.id")
    return plain(reader.one(sql, ObservationRow, id=id_))


def _asked(
    reader: Reader, indicator: str | None, area: str | None, as_known_on: date | None, *,
    vintages: bool,
) -> tuple[str, str, dict[str, Any]]:  # fmt: skip
    """Give the condition on what is asked for, the one on its vintages, and their values."""
    parts = ["1 = 1"]
    values: dict[str, Any] = {}
    if indicator is not None:
        parts.append("i.code = :indicator")
        values["indicator"] = find(reader, "indicator", indicator)
    if area is not None:
        parts.append("a.code = :area")
        values["area"] = find(reader, "area", area)
    known = ""
    if as_known_on is not None:
        parts.append("o.recorded_on <= :day")
        values["day"], known = as_known_on, " AND n.recorded_on <= :day"
    latest = "" if vintages else _LATEST.format(known=known)
    return " AND ".join(parts), latest, values
