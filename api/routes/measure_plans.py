"""What a measure owes before it is decided: consequences, goals, involvement, steps, levers."""

from typing import Any

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.parts import added, adds, look, number, puts, reads, reads_within, said
from api.routes.measures import WRITERS
from api.shapes import parts as shapes
from api.shapes.base import Past
from cycle.reading import duties
from cycle.usecases import (
    commitments,
    consequences,
    enforcements,
    evaluations,
    measures,
    milestones,
    participations,
)

HERE = "/v1/measures/{key}"
FINANCE = frozenset({"finance", "planner"})


def _assess(call: Call) -> Made:
    """Null empties an amount, so that it is handed on."""
    words = call.body.words()
    consequences.assess(call.unit, call.key, [call.path["kind"]], **words)
    return Made("measure", call.key)


def _goals(call: Call) -> Any:  # noqa: ANN401 - JSON
    return call.show("measure", look(call))["goals"]


def _involve(call: Call) -> Made:
    participations.add(call.unit, measure=call.key, **said(call))
    return added(call, "measures", "measure", "participations")


def _done(call: Call) -> Made:
    milestones.done(call.unit, call.key, number(call, "no"), **said(call))
    return Made("measure", call.key)


def _drop(call: Call) -> Made:
    milestones.drop(call.unit, call.key, number(call, "no"), **said(call))
    return Made("measure", call.key)


ROUTES = (
    Route(
        method="GET", path=f"{HERE}/consequences", name="list_consequences",
        says="Tell what a measure demands in rooms, staff, order and money", rights=EVERYONE,
        run=reads(duties.consequences), query=Past, noun="measure",
        answer=list[duties.ConsequenceRow],
    ),
    Route(
        method="PUT", path=f"{HERE}/consequences/{{kind}}", name="assess_consequence",
        says="Assess one consequence of a measure, or say that there is none",
        tells="`kind` is built, staffing, organisational or financial. A change of the financial"
        " one undoes its countersignature.",
        rights=WRITERS | FINANCE, run=_assess, body=shapes.ConsequenceIn, noun="measure",
        matches=True, example={"text": "Zwei Räume in der Kita Nord", "cost_cents": 1250000},
    ),
    Route(
        method="POST", path=f"{HERE}/countersignatures", name="countersign_measure",
        says="Record that the finance office countersigned", rights=FINANCE,
        run=adds(consequences.countersign, "measures", "measure", "consequences"),
        body=shapes.CountersignatureIn, noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="GET", path=f"{HERE}/goals", name="list_goals_of_measure",
        says="Tell which goals a measure serves", rights=EVERYONE, run=_goals, query=Past,
        noun="measure", answer=list[dict[str, str]],
    ),
    Route(
        method="PUT", path=f"{HERE}/goals", name="set_goals_of_measure",
        says="Say which goals a measure serves", rights=WRITERS, run=puts(measures.edit, "measure"),
        body=shapes.GoalsIn, noun="measure", matches=True, example={"goal": "G-2026-001"},
    ),
    Route(
        method="GET", path=f"{HERE}/participations", name="list_participations",
        says="Tell how people were involved in a measure", rights=EVERYONE,
        run=reads(duties.participations), query=Past, noun="measure",
        answer=list[duties.ParticipationRow],
    ),
    Route(
        method="POST", path=f"{HERE}/participations", name="add_participation",
        says="Record how people were involved", rights=WRITERS, run=_involve,
        body=shapes.ParticipationIn, noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="GET", path=f"{HERE}/milestones", name="list_milestones",
        says="List the dated steps of a measure", rights=EVERYONE, run=reads(duties.milestones),
        query=Past, noun="measure", answer=list[duties.MilestoneRow],
    ),
    Route(
        method="POST", path=f"{HERE}/milestones", name="add_milestone", says="Add a dated step",
        rights=WRITERS, run=adds(milestones.add, "measures", "measure", "milestones"),
        body=shapes.MilestoneIn, noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="POST", path=f"{HERE}/milestones/{{no}}/done", name="reach_milestone",
        says="Record that a step was reached", rights=WRITERS, run=_done, body=shapes.DoneIn,
        noun="measure",
    ),
    Route(
        method="POST", path=f"{HERE}/milestones/{{no}}/drop", name="drop_milestone",
        says="Drop a step, with the reason", rights=WRITERS, run=_drop, body=shapes.ReasonIn,
        noun="measure",
    ),
    Route(
        method="GET", path=f"{HERE}/enforcements", name="list_enforcements",
        says="Tell what makes a measure binding", rights=EVERYONE,
        run=reads_within(duties.enforcements), query=Past, noun="measure",
        answer=list[duties.EnforcementRow],
    ),
    Route(
        method="POST", path=f"{HERE}/enforcements", name="add_enforcement",
        says="Say what makes a measure binding", rights=WRITERS,
        run=adds(enforcements.add, "measures", "measure", "enforcements"),
        body=shapes.EnforcementIn, noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="GET", path=f"{HERE}/commitments", name="list_commitments",
        says="Tell what the partners of a measure have promised", rights=EVERYONE,
        run=reads(duties.commitments), query=Past, noun="measure",
        answer=list[duties.CommitmentRow],
    ),
    Route(
        method="POST", path=f"{HERE}/commitments", name="add_commitment",
        says="Record what a partner has promised", rights=WRITERS,
        run=adds(commitments.add, "measures", "measure", "commitments"),
        body=shapes.CommitmentIn, noun="measure", status=201, shown_by="show_measure",
        example={"partner": "WV-A"},
    ),
    Route(
        method="GET", path=f"{HERE}/evaluation-plan", name="show_evaluation_plan",
        says="Tell when and with what questions a measure is to be evaluated", rights=EVERYONE,
        run=reads(duties.plans), query=Past, noun="measure", answer=list[duties.PlanRow],
    ),
    Route(
        method="PUT", path=f"{HERE}/evaluation-plan", name="plan_evaluation",
        says="Plan the evaluation of a measure, one plan a purpose", rights=WRITERS,
        run=puts(evaluations.plan, "measure"), body=shapes.EvaluationPlanIn, noun="measure",
        matches=True,
    ),
)  # fmt: skip
