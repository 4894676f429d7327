"""The map of the town: an indicator, or the measures, area by area; a table says the same."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from api.web import picking, town_map
from api.web.frame import Page, Shown, Visit, link
from cycle.i18n import N_
from cycle.reading import area_measures, indicator_areas, indicators
from cycle.reading.indicators import IndicatorRow
from cycle.reading.shapes import Json

YEARS: Final = 12  # to choose from
MEASURES: Final = "measures"  # the other layer


def _show(visit: Visit) -> Shown:
    known = indicators.listed(visit.reader)
    code = visit.asked.get("indicator") or _first(known)
    layer = MEASURES if visit.asked.get("layer") == MEASURES or not code else "indicator"
    year = _year(visit)
    counts = area_measures.counts(visit.reader, visit.sight)
    found = _values(visit, code, year) if layer == "indicator" else None
    return Shown("map/map.html", {
        "layer": layer, "found": found, "counts": counts, "code": code, "year": year,
        "by_area": {each.area: each for each in counts},
        "drawn": town_map.map_of(visit, found, counts),
        "filters": _filters(visit, known, code, layer),
        "to": lambda area: link("measures", area=area), "known": known,
    })  # fmt: skip


def _first(known: Sequence[IndicatorRow]) -> str:
    """Give the indicator that is shown where none is asked for: the one with most values."""
    most = max(known, key=lambda each: each.observations, default=None)
    return most.code if most and most.observations else ""


def _year(visit: Visit) -> int:
    asked = visit.asked.get("year", "")
    return next((year for year in _years(visit.day) if asked == str(year)), visit.day.year)


def _years(day: date) -> range:
    return range(day.year, day.year - YEARS, -1)


def _values(visit: Visit, code: str, year: int) -> Json:
    """Give the latest value of each area until the end of the year."""
    until = min(date(year, 12, 31), visit.day)
    return indicator_areas.bars(visit.reader, code, today=visit.day, on=until)


def _filters(
    visit: Visit, known: Sequence[IndicatorRow], code: str, layer: str
) -> list[picking.Filter]:
    """Give what may be chosen: the layer, the indicator and the year."""
    layers = [("indicator", visit.say(N_("An indicator"))), (MEASURES, visit.say(N_("Measures")))]
    found = [picking.Filter("layer", visit.say(N_("What is shown")), layers, layer, must=True)]
    if known:
        names = [(each.code, each.name) for each in known]
        found.append(
            picking.Filter("indicator", visit.say(N_("Indicator")), names, code, must=True)
        )
    years = [(str(year), str(year)) for year in _years(visit.day)]
    year = str(_year(visit))
    found.append(picking.Filter("year", visit.say(N_("Latest value until the end of")), years, year,
                                must=True))  # fmt: skip
    return found


PAGES = (Page(path="/map", name="map", show=_show, title=N_("Map")),)
