"""The public view: what the town shows everyone, without an account and for reading only.

As long as it is not open there is nothing here: every address answers that it is not found.
"""

from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from typing import Any, Final

from starlette.responses import Response

from api.web import choosing
from api.web import public_files as files
from api.web.charts.series import Break, SeriesData, Value
from api.web.charts.time_series import time_series
from api.web.frame import ANYONE, Page, Shown, Visit, link
from api.web.picking import Filter
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading import keys, public, public_measures, public_values
from cycle.reading.pages import Page as Part
from cycle.reading.public_measures import PublicFilters, PublicMeasure
from cycle.reading.public_overview import overview
from cycle.reading.public_values import PublicIndicator, PublicValue
from cycle.reading.public_view import insist_open
from cycle.reading.shapes import plain

EACH: Final = 50  # measures on one page
MANY: Final = 500  # measures read at once for a file
ENDING: Final = "ending"
PLACES: Final = (
    ("/public", N_("What is planned")),
    ("/public/measures", N_("Measures")),
    ("/public/indicators", N_("Indicators")),
)
_LABELS: Final = {
    "cycle": N_("Round"), "department": N_("Department"), "state": N_("State"),
    "field": N_("Field of action"), "area": N_("Area"),
}  # fmt: skip


def _shown(visit: Visit, template: str, **values: Any) -> Shown:  # noqa: ANN401 - of a template
    """Show a page of the public view with its own navigation."""
    at = visit.request.url.path
    nav = [
        (path, visit.say(name), at == path or (path != "/public" and at.startswith(f"{path}/")))
        for path, name in PLACES
    ]
    return Shown(f"public/{template}.html", {**values, "nav": nav})


def _file(visit: Visit) -> str:
    """Give the ending of the file that is asked for."""
    insist_open(visit.reader)
    ending = str(visit.path.get(ENDING, ""))
    if ending and ending not in files.ENDINGS:
        raise NotFound(N_("There is no such page."))
    return ending


def _overview(visit: Visit) -> Shown | Response:
    ending = _file(visit)
    found = overview(visit.reader, today=visit.today)
    if ending == "json":
        return files.as_json(found)
    if ending == "csv":
        rows = (
            [each.round.key, each.round.title, words.name("state", state, visit.lang), str(count)]
            for each in found.rounds
            for state, count in each.states.items()
        )
        head = (N_("Key"), N_("Round"), N_("State"), N_("Measures"))
        return files.as_table(visit, "rounds", head, rows)
    return _shown(visit, "overview", found=found)


def _asked(visit: Visit) -> PublicFilters:
    names = {each.name for each in fields(PublicFilters)}
    return PublicFilters(**{name: word for name, word in visit.asked.items() if name in names})


def _measures(visit: Visit) -> Shown | Response:
    ending = _file(visit)
    picked = _asked(visit)
    if ending == "csv":
        return files.table_of_measures(visit, map(plain, _every(visit, picked)))
    part = Part(visit.asked.get("after"), EACH + 1)
    rows = public_measures.measures(visit.reader, picked, today=visit.today, page=part)
    more = rows[EACH - 1].key if len(rows) > EACH else ""
    rows = rows[:EACH]
    if ending == "json":
        return files.as_json({"measures": rows, "next": _next(visit, more)})
    return _shown(visit, "measures", rows=rows, more=more, filters=_filters(visit, picked),
                  picked=picked, filtered=picked != public_measures.NOTHING)  # fmt: skip


def _next(visit: Visit, more: str) -> str | None:
    return link("public", "measures.json", **{**visit.asked, "after": more}) if more else None


def _every(visit: Visit, picked: PublicFilters) -> Iterator[PublicMeasure]:
    """Read all that is asked for, so many at once."""
    after = None
    while True:
        part = Part(after, MANY)
        rows = public_measures.measures(visit.reader, picked, today=visit.today, page=part)
        yield from rows
        if len(rows) < MANY:
            return
        after = rows[-1].key


def _filters(visit: Visit, picked: PublicFilters) -> list[Filter]:
    """Give what may be chosen: only what some measure in sight has."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in _LABELS}
    for each in public.choices(visit.reader):
        found[each.kind].append((each.code, f"{each.code} {each.name}"))
    found["state"] = [
        (each, words.name("state", each, visit.lang))
        for each in public_measures.counts(visit.reader)
    ]
    return [
        Filter(name, visit.say(_LABELS[name]), options, getattr(picked, name) or "")
        for name, options in found.items()
        if len(options) > 1 or getattr(picked, name)
    ]


def _measure(visit: Visit) -> Shown | Response:
    insist_open(visit.reader)
    key, ending = files.parted(visit.key)
    found = public_measures.measure(visit.reader, key, today=visit.today)
    if ending == "json":
        return files.as_json(found)
    if ending == "csv":
        return files.table_of_measures(visit, [found])
    named = {(each.kind, each.code): each.name for each in public.choices(visit.reader)}
    return _shown(visit, "measure", measure=found, named=named)


def _indicators(visit: Visit) -> Shown | Response:
    ending = _file(visit)
    rows = public_values.indicators(visit.reader)
    if ending == "json":
        return files.as_json(rows)
    if ending == "csv":
        return files.table_of_indicators(visit, rows)
    return _shown(visit, "indicators", rows=rows)


def _indicator(visit: Visit) -> Shown | Response:
    insist_open(visit.reader)
    code, ending = files.parted(visit.key)
    found = _known(visit, code)
    values = public_values.values(visit.reader, code)
    if ending == "json":
        return files.as_json({"indicator": found, "values": values})
    if ending == "csv":
        return files.table_of_values(visit, code, values)
    places = {each.area: each for each in sorted(values, key=lambda each: (each.level, each.area))}
    area = visit.asked.get("area", "")
    area = area if area in places else next(iter(places), "")
    own = [each for each in values if each.area == area]
    newest = {each.area: each for each in values}
    return _shown(
        visit, "indicator", indicator=found, places=list(places.values()), area=area,
        drawn=time_series(_series(found, own), visit.tongue) if own else None,
        newest=[newest[code] for code in places],
        figure=choosing.figure(visit),
    )  # fmt: skip


def _known(visit: Visit, code: str) -> PublicIndicator:
    """Give an indicator of which something is released; NotFound for any other."""
    for each in public_values.indicators(visit.reader):
        if each.code == code:
            return each
    raise keys.unknown("indicator", code)


def _series(found: PublicIndicator, own: list[PublicValue]) -> SeriesData:
    """Give what the chart tells; no line runs from one definition to the next."""
    values = (Value(v.period_end, v.value, v.status, part=v.definition) for v in own)
    breaks = (Break(later.period_start, "definition") for one, later in pairwise(own)
              if one.definition != later.definition)  # fmt: skip
    return SeriesData(found.name, found.unit, own[0].name, tuple(values), breaks=tuple(breaks),
                      frequency=found.frequency, polarity=found.polarity)  # fmt: skip


PAGES = (
    Page(path="/public", name="public", rights=ANYONE, show=_overview, title=PLACES[0][1]),
    Page(path="/public.{ending}", name="public_file", rights=ANYONE, show=_overview),
    Page(path="/public/measures", name="public_measures", rights=ANYONE, show=_measures),
    Page(path="/public/measures.{ending}", name="public_measures_file", rights=ANYONE,
         show=_measures),
    Page(path="/public/measures/{key}", name="public_measure", rights=ANYONE, show=_measure),
    Page(path="/public/indicators", name="public_indicators", rights=ANYONE, show=_indicators),
    Page(path="/public/indicators.{ending}", name="public_indicators_file", rights=ANYONE,
         show=_indicators),
    Page(path="/public/indicators/{key}", name="public_indicator", rights=ANYONE,
         show=_indicator),
)  # fmt: skip
