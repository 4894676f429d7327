"""Goals: written, classified, given targets, agreed, adopted, revised and rated."""

from collections.abc import Callable
from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.parts import said
from api.shapes import goals as shapes
from api.shapes.base import Past
from cycle.reading import goals as reading
from cycle.usecases import goals

PLANNER = frozenset({"planner"})
WRITERS = PLANNER | {"department_head"}
MEASURERS = PLANNER | {"statistician"}
RECORDERS = PLANNER | {"committee_clerk"}
RATERS = PLANNER | {"steering"}
ADOPTERS = RECORDERS | RATERS


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    found = reading.listed(
        call.reader, cycle=asked.cycle, area=asked.area, field=asked.field,
        sees_internal=call.sight.internal, sight=call.sight,
        page=page(asked),
    )  # fmt: skip
    return put_next(call, found)


def _add(call: Call) -> Made:
    return new("goals", "goal", goals.add(call.unit, **said(call)).ref)


def _edit(call: Call) -> Made:
    return Made("goal", goals.edit(call.unit, call.key, **call.body.words()).ref)


def _part(use: Callable[..., Any]) -> Callable[[Call], Made]:
    """Make the run of a route that writes a part of a goal; all of the goal answers it."""

    def run(call: Call) -> Made:
        use(call.unit, call.key, **said(call))
        return Made("goal", call.key, 201)

    return run


def _posts(part: str, name: str, says: str, **words: Any) -> Route:  # noqa: ANN401 - words of Route
    return Route(
        method="POST", path=f"/v1/goals/{{key}}/{part}", name=name, says=says, noun="goal",
        status=201, **words,
    )  # fmt: skip


ROUTES = (
    Route(
        method="GET", path="/v1/goals", name="list_goals", says="List goals", rights=EVERYONE,
        run=_list, query=shapes.Goals, answer=list[reading.GoalRow],
    ),
    Route(
        method="POST", path="/v1/goals", name="add_goal", says="Write down a goal",
        rights=WRITERS, run=_add, body=shapes.GoalIn, status=201, answer=reading.GoalRow,
        shown_by="show_goal",
    ),
    Route(
        method="GET", path="/v1/goals/{key}", name="show_goal", says="Show a goal and its targets",
        rights=EVERYONE, run=lambda call: call.show("goal", call.find("goal")), query=Past,
        noun="goal",
    ),
    Route(
        method="PATCH", path="/v1/goals/{key}", name="edit_goal",
        says="Write down more about a goal", rights=PLANNER, run=_edit, body=shapes.GoalPatch,
        noun="goal", matches=True,
    ),
    _posts(
        "classifications", "classify_goal", "Give a goal its level", rights=PLANNER,
        body=shapes.LevelIn, run=_part(goals.classify),
    ),
    _posts(
        "targets", "set_target", "Give a goal indicator, target value, day and baseline",
        rights=MEASURERS, body=shapes.TargetIn, run=_part(goals.target),
    ),
    _posts(
        "agreements", "record_agreement", "Record who agreed to a goal", rights=RECORDERS,
        body=shapes.AgreementIn, run=_part(goals.agree),
    ),
    _posts(
        "adoptions", "adopt_goal", "Record that a goal was adopted", rights=ADOPTERS,
        body=shapes.AdoptionIn, run=_part(goals.adopt),
    ),
    _posts(
        "revisions", "revise_goal", "Revise what a goal promises; the old target stays",
        rights=PLANNER, body=shapes.RevisionIn, run=_part(goals.revise),
    ),
    _posts(
        "restatements", "restate_goal", "Set a target anew, as definition or area have changed",
        rights=PLANNER, body=shapes.RestatementIn, run=_part(goals.restate),
    ),
    _posts(
        "ratings", "rate_goal", "Say whether a goal was achieved", rights=RATERS,
        body=shapes.RatingIn, run=_part(goals.rate),
    ),
)  # fmt: skip
