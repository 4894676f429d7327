"""Findings of a report, and how they are answered."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.parts import said
from api.shapes import reports as shapes
from api.shapes.base import Past
from cycle.reading import findings as reading
from cycle.usecases import findings

PLANNER = frozenset({"planner"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query.model_dump(exclude={"limit", "cursor", "as_of"})
    return put_next(call, reading.listed(call.reader, **asked, page=page(call.query)))


def _add(call: Call) -> Made:
    return new("findings", "finding", findings.add(call.unit, **said(call)).ref)


def _edit(call: Call) -> Made:
    return Made("finding", findings.edit(call.unit, call.key, **call.body.words()).ref)


def _respond(call: Call) -> Made:
    return Made("finding", findings.respond(call.unit, call.key, **said(call)).ref)


def _acknowledge(call: Call) -> Made:
    return Made("finding", findings.acknowledge(call.unit, call.key).ref)


ROUTES = (
    Route(
        method="GET", path="/v1/findings", name="list_findings", says="List findings",
        rights=EVERYONE, run=_list, query=shapes.Findings, answer=list[reading.FindingRow],
    ),
    Route(
        method="POST", path="/v1/findings", name="add_finding", says="Write down a finding",
        rights=PLANNER, run=_add, body=shapes.FindingIn, status=201, answer=reading.FindingRow,
        shown_by="show_finding",
    ),
    Route(
        method="GET", path="/v1/findings/{key}", name="show_finding", says="Show a finding",
        rights=EVERYONE, run=lambda call: call.show("finding", call.find("finding")), query=Past,
        noun="finding",
    ),
    Route(
        method="PATCH", path="/v1/findings/{key}", name="edit_finding",
        says="Write down more about a finding", rights=PLANNER, run=_edit,
        body=shapes.FindingPatch, noun="finding", matches=True,
    ),
    Route(
        method="PUT", path="/v1/findings/{key}/response", name="respond_to_finding",
        says="Answer a finding by a goal, or say why nothing is done", rights=PLANNER,
        run=_respond, body=shapes.ResponseIn, noun="finding", matches=True,
    ),
    Route(
        method="PUT", path="/v1/findings/{key}/acknowledgement", name="acknowledge_finding",
        says="Take note of a result of the last round", rights=PLANNER | {"steering"},
        run=_acknowledge,
        noun="finding", matches=True,
    ),
)  # fmt: skip
