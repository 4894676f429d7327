"""Planning rounds: open, take over, lead through their stages, tie, plan."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import cycles as shapes
from api.shapes.base import Paged, Past
from cycle.reading import cycles as reading
from cycle.usecases import cycles, stage_plans

PLANNER = frozenset({"planner"})


class Cycles(Paged, Past):
    """Which rounds are listed."""


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader, sees_internal=call.sight.internal), "key")


def _open(call: Call) -> Made:
    words = {"start": None, **call.body.words()}
    return new("cycles", "round", cycles.open_round(call.unit, **words).ref)


def _take_over(call: Call) -> Made:
    words = {"start": None, **call.body.words()}
    return new("cycles", "round", cycles.take_over(call.unit, **words).ref)


def _offers(call: Call) -> Any:  # noqa: ANN401 - JSON
    return call.show("round", call.find("round"))["offers"]


def _move(call: Call) -> Made:
    words = call.body.words()
    name, dry_run = words.pop("name"), words.pop("dry_run", False)
    if name == "reopen":
        words.setdefault("stage", "")
    return Made("round", getattr(cycles, name)(call.unit, call.key, **words).ref, undo=dry_run)


def _link(call: Call) -> Made:
    return Made("round", cycles.link(call.unit, call.key, **call.body.words()).ref)


def _plan(call: Call) -> Made:
    stage_plans.plan(call.unit, call.key, stage=call.path["stage"], **call.body.words())
    return Made("round", call.key)


ROUTES = (
    Route(
        method="GET", path="/v1/cycles", name="list_cycles", says="List planning rounds",
        rights=EVERYONE, run=_list, query=Cycles, answer=list[reading.CycleRow],
    ),
    Route(
        method="POST", path="/v1/cycles", name="open_cycle", says="Open a planning round",
        rights=shapes.OPENERS, run=_open, body=shapes.CycleIn, status=201,
        answer=reading.CycleRow, shown_by="show_cycle",
    ),
    Route(
        method="POST", path="/v1/cycles:take-over", name="take_over_cycle",
        says="Take over a round that began before the system did", rights=shapes.TAKERS,
        run=_take_over, body=shapes.TakeOverIn, status=201, answer=reading.CycleRow,
        shown_by="show_cycle",
    ),
    Route(
        method="GET", path="/v1/cycles/{key}", name="show_cycle", says="Show a planning round",
        rights=EVERYONE, run=lambda call: call.show("round", call.find("round")), query=Past,
        noun="round",
    ),
    Route(
        method="GET", path="/v1/cycles/{key}/transitions", name="list_cycle_transitions",
        says="Tell which moves of a round are open and what they lack", rights=EVERYONE,
        run=_offers, query=Past, noun="round", answer=list[dict[str, Any]],
    ),
    Route(
        method="POST", path="/v1/cycles/{key}/transitions", name="move_cycle",
        says="Lead a round to another stage, or give it up", rights=shapes.MOVERS, run=_move,
        body=shapes.CycleMoveIn, noun="round", matches=True,
    ),
    Route(
        method="POST", path="/v1/cycles/{key}/links", name="link_cycle",
        says="Tie papers to a round, or a round to the one before it", rights=PLANNER, run=_link,
        body=shapes.LinksIn, noun="round",
    ),
    Route(
        method="PUT", path="/v1/cycles/{key}/stage-plans/{stage}", name="plan_stage",
        says="Plan by when a stage ends", rights=PLANNER, run=_plan, body=shapes.StagePlanIn,
        noun="round", matches=True,
    ),
)  # fmt: skip
