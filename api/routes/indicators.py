"""Indicators: what is measured, by which definition; and series reckoned for new areas."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import indicators as shapes
from api.shapes.base import Past
from api.shapes.papers import Listed
from cycle.reading import indicators as reading
from cycle.reading.shapes import plain
from cycle.usecases import indicators, recalculations

COUNTERS = frozenset({"statistician", "planner"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader), "code")


def _add(call: Call) -> Made:
    return new("indicators", "indicator", indicators.add(call.unit, **call.body.words()).code)


def _edit(call: Call) -> Made:
    return Made("indicator", indicators.edit(call.unit, call.key, **call.body.words()).code)


def _redefine(call: Call) -> Made:
    indicators.redefine(call.unit, call.key, **call.body.words())
    return Made("indicator", call.key, 201)


def _recalculate(call: Call) -> Made:
    words = call.body.words()
    found = recalculations.recalculate(call.unit, call.key, **words)
    return Made("", "", shown=plain(found), undo=words.get("dry_run", False))


ROUTES = (
    Route(
        method="GET", path="/v1/indicators", name="list_indicators", says="List indicators",
        rights=EVERYONE, run=_list, query=Listed, answer=list[reading.IndicatorRow],
    ),
    Route(
        method="POST", path="/v1/indicators", name="add_indicator", says="Add an indicator",
        rights=COUNTERS, run=_add, body=shapes.IndicatorIn, status=201,
        answer=reading.IndicatorRow,
    ),
    Route(
        method="GET", path="/v1/indicators/{key}", name="show_indicator",
        says="Show an indicator with its definitions", rights=EVERYONE, query=Past,
        noun="indicator", run=lambda call: call.show("indicator", call.find("indicator")),
    ),
    Route(
        method="PATCH", path="/v1/indicators/{key}", name="edit_indicator",
        says="Change what is said about an indicator", rights=COUNTERS, run=_edit,
        body=shapes.IndicatorPatch, noun="indicator", matches=True,
    ),
    Route(
        method="POST", path="/v1/indicators/{key}/definitions", name="redefine_indicator",
        says="Give an indicator a new definition", rights=COUNTERS, run=_redefine,
        body=shapes.DefinitionIn, noun="indicator", status=201,
    ),
    Route(
        method="POST", path="/v1/indicators/{key}/recalculations", name="recalculate_indicator",
        says="Reckon old values for areas that came of others", rights=COUNTERS,
        run=_recalculate, body=shapes.RecalculationIn, noun="indicator",
        answer=list[recalculations.Recalculated],
    ),
)  # fmt: skip
