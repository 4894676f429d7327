"""Measures: log, read, write down more, move."""

from typing import Any

from api.answers import MeasureOut, Offer
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.parts import insist_in_sight
from api.shapes import measures as shapes
from api.shapes.base import Past
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES
from cycle.reading import measures as reading
from cycle.reading.filters import Filters
from cycle.usecases import approvals, measures

MOVERS = frozenset(role for t in MEASURES.transitions for role in t.roles)
WRITERS = frozenset({"department_head", "planner"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    named = asked.model_dump(exclude={"limit", "cursor", "as_of", "late", "mine"})
    filters = Filters(
        **named,
        late=call.day if asked.late else None,
        mine=tuple(sorted(call.who.units)) if asked.mine else None,
    )
    found = reading.listed(call.reader, filters, today=call.day, sight=call.sight, page=page(asked))
    return put_next(call, found)


def _log(call: Call) -> Made:
    record = measures.log(call.unit, **call.body.words())
    return Made("measure", record.ref, 201, headers={"Location": f"/v1/measures/{record.ref}"})


def _edit(call: Call) -> Made:
    return Made("measure", measures.edit(call.unit, call.key, **call.body.words()).ref)


def _offers(call: Call) -> Any:  # noqa: ANN401 - JSON
    key = call.find("measure")
    return reading.offers(call.reader, key, today=call.day, lang=call.lang)


def _move(call: Call) -> Made:
    words = call.body.words()
    name, dry_run = words.pop("name"), words.pop("dry_run", False)
    insist_in_sight(call, "measure", *words.get("successor", ()))
    record = approvals.move(call.unit, call.key, name, Ask(**words), to=words.get("state"))
    return Made("measure", record.ref, undo=dry_run)


ROUTES = (
    Route(
        method="GET", path="/v1/measures", name="list_measures", says="List measures",
        rights=EVERYONE, run=_list, query=shapes.Filters, answer=list[reading.MeasureRow],
    ),
    Route(
        method="POST", path="/v1/measures", name="log_measure", says="Log a measure",
        rights=WRITERS, run=_log, body=shapes.MeasureIn, status=201, answer=MeasureOut,
        shown_by="show_measure", example={"title": "Sprachförderkräfte in Kitas", "lead": "51"},
    ),
    Route(
        method="GET", path="/v1/measures/{key}", name="show_measure", says="Show a measure",
        rights=EVERYONE, run=lambda call: call.show("measure", call.find("measure")), query=Past,
        noun="measure",
    ),
    Route(
        method="PATCH", path="/v1/measures/{key}", name="edit_measure",
        says="Write down more about a measure", rights=WRITERS, run=_edit,
        body=shapes.MeasurePatch, noun="measure", matches=True,
    ),
    Route(
        method="GET", path="/v1/measures/{key}/transitions", name="list_transitions",
        says="Tell which moves are open and what they lack", rights=EVERYONE, run=_offers,
        query=Past, noun="measure", answer=list[Offer],
    ),
    Route(
        method="POST", path="/v1/measures/{key}/transitions", name="move_measure",
        says="Move a measure", rights=MOVERS, run=_move, body=shapes.MoveIn, noun="measure",
        matches=True, example={"name": "propose"},
    ),
)  # fmt: skip
