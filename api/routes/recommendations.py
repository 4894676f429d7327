"""What reports and evaluations advise, and the answers."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.parts import insist_in_sight, said
from api.shapes import reports as shapes
from api.shapes.base import Past
from cycle.reading import recommendations as reading
from cycle.usecases import recommendations

ADVISERS = frozenset({"planner", "evaluator"})
ANSWERERS = frozenset({"planner", "steering", "department_head"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    return put_next(call, reading.listed(call.reader, open_only=asked.open_only, page=page(asked)))


def _add(call: Call) -> Made:
    record = recommendations.add(call.unit, **said(call))
    return new("recommendations", "recommendation", record.ref)


def _answer(call: Call) -> Made:
    insist_in_sight(call, "measure", call.body.measure)
    record = recommendations.answer(call.unit, call.key, **said(call))
    return Made("recommendation", record.ref)


ROUTES = (
    Route(
        method="GET", path="/v1/recommendations", name="list_recommendations",
        says="List recommendations", rights=EVERYONE, run=_list, query=shapes.Recommendations,
        answer=list[reading.RecommendationRow],
    ),
    Route(
        method="POST", path="/v1/recommendations", name="add_recommendation",
        says="Write down what is advised", rights=ADVISERS, run=_add,
        body=shapes.RecommendationIn, status=201, answer=reading.RecommendationRow,
        shown_by="show_recommendation",
    ),
    Route(
        method="GET", path="/v1/recommendations/{key}", name="show_recommendation",
        says="Show a recommendation", rights=EVERYONE, query=Past, noun="recommendation",
        run=lambda call: call.show("recommendation", call.find("recommendation")),
    ),
    Route(
        method="PUT", path="/v1/recommendations/{key}/answer", name="answer_recommendation",
        says="Accept or reject it, with a reason", rights=ANSWERERS, run=_answer,
        body=shapes.AnswerIn, noun="recommendation", matches=True,
    ),
)  # fmt: skip
