"""Decisions of bodies and offices, and papers that never came back."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.shapes import decisions as shapes
from api.shapes.base import Past
from cycle.reading import decisions as reading
from cycle.reading import terms as waiting
from cycle.usecases import decisions, terms

RECORDERS = frozenset({"committee_clerk", "planner"})
DECIDERS = RECORDERS | {"steering"}
METERS = RECORDERS | {"finance"}


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    found = reading.listed(
        call.reader, measure=call.query.measure, sees_internal=call.sight.internal,
        sight=call.sight, page=page(call.query),
    )  # fmt: skip
    return put_next(call, found)


def _open(call: Call) -> Any:  # noqa: ANN401 - rows
    return reading.open_(
        call.reader, today=call.day, body=call.query.body, sees_internal=call.sight.internal
    )


def _to_confirm(call: Call) -> Any:  # noqa: ANN401 - rows
    return waiting.to_confirm(call.reader, today=call.day, sees_internal=call.sight.internal)


def _add(call: Call) -> Made:
    return new("decisions", "decision", decisions.add(call.unit, **call.body.words()).ref)


def _correct(call: Call) -> Made:
    record = decisions.correct(call.unit, call.key, **call.body.words())
    return new("decisions", "decision", record.ref)


def _confirm(call: Call) -> Made:
    return Made("decision", decisions.confirm(call.unit, call.key, **call.body.words()).ref)


def _meet(call: Call) -> Made:
    decisions.meet_condition(call.unit, call.key, **call.body.words())
    return Made("decision", call.key)


def _confirm_term(call: Call) -> Made:
    return Made("decision", terms.confirm(call.unit, call.key, **call.body.words()).ref)


ROUTES = (
    Route(
        method="GET", path="/v1/decisions", name="list_decisions", says="List decisions",
        rights=EVERYONE, run=_list, query=shapes.Decisions, answer=list[reading.DecisionRow],
    ),
    Route(
        method="POST", path="/v1/decisions", name="record_decision", says="Record a decision",
        rights=DECIDERS, run=_add, body=shapes.DecisionIn, status=201,
        answer=reading.DecisionRow, shown_by="show_decision",
    ),
    Route(
        method="GET", path="/v1/decisions/open", name="list_open_papers",
        says="Papers decided on, referred or noted that never came back", rights=EVERYONE,
        run=_open, query=shapes.Open, answer=list[reading.OpenPaper],
    ),
    Route(
        method="GET", path="/v1/decisions/to-confirm", name="list_decisions_to_confirm",
        says="Decisions of earlier councils that bind measures under way", rights=EVERYONE,
        run=_to_confirm, query=Past, answer=list[waiting.ToConfirmRow],
    ),
    Route(
        method="GET", path="/v1/decisions/{key}", name="show_decision", says="Show a decision",
        rights=EVERYONE, run=lambda call: call.show("decision", call.find("decision")),
        query=Past, noun="decision",
    ),
    Route(
        method="POST", path="/v1/decisions/{key}/corrections", name="correct_decision",
        says="Record a decision anew; the wrong one stays to be seen", rights=DECIDERS,
        run=_correct, body=shapes.CorrectionIn, noun="decision", status=201,
        shown_by="show_decision",
    ),
    Route(
        method="POST", path="/v1/decisions/{key}/confirmations", name="confirm_decision",
        says="Confirm the text that was adopted with changes", rights=frozenset({"planner"}),
        run=_confirm, body=shapes.ConfirmationIn, noun="decision",
    ),
    Route(
        method="POST", path="/v1/decisions/{key}/conditions/met", name="meet_condition",
        says="Note how a condition was met", rights=METERS, run=_meet, body=shapes.MetIn,
        noun="decision",
    ),
    Route(
        method="POST", path="/v1/decisions/{key}/term-confirmations",
        name="confirm_decision_in_term",
        says="Record that the new council confirmed a decision", rights=RECORDERS,
        run=_confirm_term, body=shapes.TermConfirmationIn, noun="decision",
    ),
)  # fmt: skip
