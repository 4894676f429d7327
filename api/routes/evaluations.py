"""Evaluations: handed in one by one, each safe to send again."""

from typing import Any

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.parts import insist_in_sight
from api.shapes import evaluations as shapes
from api.shapes.base import Past
from cycle.reading import evaluations as reading
from cycle.usecases import evaluations

EVALUATORS = frozenset({"evaluator", "planner"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    insist_in_sight(call, "measure", asked.measure)
    return put_next(call, reading.listed(call.reader, measure=asked.measure, page=page(asked)))


def _add(call: Call) -> Made:
    """Record it; one that is stored already is shown with 200."""
    words = call.body.handed()
    record = evaluations.conclude(call.unit, **words)
    new = bool(call.unit.told)
    where = {"Location": f"/v1/evaluations/{record.ref}"}
    return Made("evaluation", record.ref, 201 if new else 200, headers=where)


ROUTES = (
    Route(
        method="GET", path="/v1/evaluations", name="list_evaluations", says="List evaluations",
        rights=EVERYONE, run=_list, query=shapes.Evaluations, answer=list[reading.EvaluationRow],
    ),
    Route(
        method="POST", path="/v1/evaluations", name="record_evaluation",
        says="Record an evaluation; the measure it completes moves on", rights=EVALUATORS,
        run=_add, body=shapes.EvaluationIn, status=201, also=(200,), answer=reading.EvaluationRow,
        shown_by="show_evaluation",
        example={
            "measure": "M-2024-008", "source": "survey", "external_id": "2026-Q4-17",
            "overall": "effective", "ratings": {"effectiveness": 3},
            "results": [{"goal": "G-2024-009", "text": "Vier von fünf Familien fanden Hilfe."}],
        },
    ),
    Route(
        method="GET", path="/v1/evaluations/{key}", name="show_evaluation",
        says="Show an evaluation", rights=EVERYONE, query=Past, noun="evaluation",
        run=lambda call: call.show("evaluation", call.find("evaluation")),
    ),
)  # fmt: skip
