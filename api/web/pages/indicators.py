"""Indicators: what is measured and how, its values over time and by area."""

from typing import Any, Final

from api.web import choosing
from api.web.charts.series import series_data
from api.web.charts.time_series import time_series
from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.settling import first_of
from cycle.i18n import N_
from cycle.model.words import EMPTY_STATES
from cycle.reading import indicator_areas, indicator_series
from cycle.reading import indicators as reading
from cycle.usecases import observations

COUNTERS: Final = frozenset(observations.RECORDERS)
_CODES: Final = ("final", "provisional", "estimated", *EMPTY_STATES)


def _list(visit: Visit) -> Shown:
    rows = reading.listed(visit.reader)
    return Shown("indicators/list.html", {"rows": rows, "fields": choosing.names_of_fields(visit)})


def _one(visit: Visit) -> Shown:
    shown = visit.show("indicator", visit.key)
    line = indicator_series.line(visit.reader, shown["code"], area=visit.asked.get("area"))
    bars = indicator_areas.bars(visit.reader, shown["code"], today=visit.day)
    here = link("map", indicator=shown["code"])
    return Shown("indicators/one.html", {
        "indicator": shown, "line": line, "drawn": time_series(series_data(line), visit.tongue),
        "bars": bars, "map": first_of(here), "counter": visit.may(*COUNTERS),
        "figure": choosing.figure(visit),
        "goals": list(dict.fromkeys(each["goal"] for each in line["targets"])),
    })  # fmt: skip


def _new(visit: Visit) -> Form:
    shown = visit.show("indicator", visit.key)
    return Form(
        title=visit.say(N_("Write down a value of {name}"), name=shown["name"]),
        lead=visit.say(N_("A value that differs from a known one is kept beside it, as revised.")),
        back=link("indicators", visit.key),
        fields=(
            Field(name="area", label=visit.say(N_("Area")), kind="choice", required=True,
                  shown="select", value=visit.asked.get("area"),
                  options=choosing.of_areas(visit)),
            Field(name="period_end", label=visit.say(N_("Last day of the period")), kind="day",
                  required=True, also=("period_start",)),
            Field(name="value", label=visit.say(N_("Value ({unit})"), unit=shown["unit"]),
                  kind="number", also=("numerator", "denominator"),
                  hint=visit.say(N_("Leave it empty where the value is withheld or missing."))),
            Field(name="status", label=visit.say(N_("What is the value?")), kind="choice",
                  value="final", shown="select",
                  options=choosing.of_words(visit, "value_status", _CODES)),
        ),
    )  # fmt: skip


def _add(visit: Visit, said: dict[str, Any]) -> Gone:
    words = {name: value for name, value in said.items() if value is not None}
    observations.record(visit.unit, visit.key, **words)
    return Gone(link("indicators", visit.key, area=said["area"]), N_("The value is saved."))


PAGES = (
    Page(path="/indicators", name="indicators", show=_list, title=N_("Indicators")),
    Page(path="/indicators/{key}", name="indicator", noun="indicator", show=_one),
    Page(path="/indicators/{key}/observations/new", name="observation_new", rights=COUNTERS,
         noun="indicator", form=_new, act=_add),
)  # fmt: skip
