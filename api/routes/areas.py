"""Areas, divisions of the town into them, and what became of them."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import areas as shapes
from api.shapes.base import Past
from api.shapes.papers import Listed
from cycle.reading import areas as reading
from cycle.reading.shapes import plain
from cycle.usecases import area_changes, areas

PLANNER = frozenset({"planner"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    today = None if call.query.all else call.day
    return cut(call, reading.listed(call.reader, today=today), "place")


def _add(call: Call) -> Made:
    return new("areas", "area", areas.add(call.unit, **call.body.words()).code)


def _succeed(call: Call) -> Made:
    area_changes.succeed(call.unit, call.key, **call.body.words())
    return Made("area", call.key, 201)


def _schemes(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.schemes(call.reader), "code")


def _add_scheme(call: Call) -> Made:
    code = areas.add_scheme(call.unit, **call.body.words()).code
    shown = next(each for each in reading.schemes(call.at()) if each.code == code)
    return Made("", "", 201, shown=plain(shown), headers={"Location": "/v1/area-schemes"})


ROUTES = (
    Route(
        method="GET", path="/v1/areas", name="list_areas", says="List areas", rights=EVERYONE,
        run=_list, query=shapes.Areas, answer=list[reading.AreaRow],
    ),
    Route(
        method="POST", path="/v1/areas", name="add_area", says="Add an area", rights=PLANNER,
        run=_add, body=shapes.AreaIn, status=201, answer=reading.AreaRow,
    ),
    Route(
        method="GET", path="/v1/areas/{key}", name="show_area", rights=EVERYONE, noun="area",
        says="Show an area, what it came of and what became of it", query=Past,
        run=lambda call: call.show("area", call.find("area")),
    ),
    Route(
        method="POST", path="/v1/areas/{key}/successions", name="succeed_area",
        says="Let an area end and others take on its people", rights=PLANNER, run=_succeed,
        body=shapes.SuccessionIn, noun="area", status=201,
    ),
    Route(
        method="GET", path="/v1/area-schemes", name="list_area_schemes",
        says="List the divisions of the town", rights=EVERYONE, run=_schemes, query=Listed,
        answer=list[reading.SchemeRow],
    ),
    Route(
        method="POST", path="/v1/area-schemes", name="add_area_scheme",
        says="Add a division of the town into areas", rights=PLANNER, run=_add_scheme,
        body=shapes.SchemeIn, status=201, answer=reading.SchemeRow,
    ),
)  # fmt: skip
