"""Councils, committees and steering groups."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import papers as shapes
from api.shapes.base import Past
from cycle.reading import bodies as reading
from cycle.usecases import bodies


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    rows = reading.listed(call.reader, sees_internal=call.sight.internal)
    return cut(call, rows, "short_name")


def _add(call: Call) -> Made:
    return new("bodies", "body", bodies.add(call.unit, **call.body.words()).short_name)


ROUTES = (
    Route(
        method="GET", path="/v1/bodies", name="list_bodies", says="List bodies", rights=EVERYONE,
        run=_list, query=shapes.Listed, answer=list[reading.BodyRow],
    ),
    Route(
        method="POST", path="/v1/bodies", name="add_body", says="Add a body",
        rights=frozenset({"planner", "committee_clerk"}), run=_add, body=shapes.BodyIn,
        status=201, answer=reading.BodyRow,
    ),
    Route(
        method="GET", path="/v1/bodies/{key}", name="show_body", says="Show a body",
        rights=EVERYONE, query=Past, noun="body",
        run=lambda call: call.show("body", call.find("body")),
    ),
)  # fmt: skip
