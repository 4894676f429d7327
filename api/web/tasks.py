"""Where each thing a measure may lack is settled: by guard, the page, or who settles it elsewhere.

A task is a page of few questions. What the department cannot answer names who does; a head of
department is not asked it.
"""

from dataclasses import dataclass
from typing import Final

from cycle.i18n import N_

OWN: Final = frozenset({"department_head", "planner"})
FINANCE: Final = frozenset({"finance", "planner"})
CLERK: Final = frozenset({"committee_clerk", "planner"})
STEERING: Final = frozenset({"steering", "planner"})


@dataclass(frozen=True, slots=True)
class Task:
    """One entry of the task list of a measure."""

    slug: str
    name: str  # template
    roles: frozenset[str] = OWN  # who may answer
    core: bool = False  # listed as long as the measure is planned, answered or not
    guards: tuple[str, ...] = ()  # what it settles


TASKS: Final = (
    Task("words", N_("Title and description"), core=True, guards=("title_missing",)),
    Task("goal", N_("Goals it serves"), core=True, guards=("main_goal_missing",)),
    Task("findings", N_("What it answers to"), core=True, guards=("finding_missing",)),
    Task("where", N_("Areas and fields of action"), core=True, guards=("area_missing",)),
    Task("period", N_("Period"), core=True, guards=("measure_is_ongoing",)),
    Task("lead", N_("Lead and partners"), core=True, guards=("lead_missing",)),
    Task("built", N_("Consequences: rooms and buildings"), core=True),
    Task("staffing", N_("Consequences: staff"), core=True),
    Task("organisational", N_("Consequences: organisation"), core=True),
    Task("financial", N_("Consequences: money"), core=True),
    Task("cover", N_("Where the money is to come from")),
    Task("countersign", N_("Countersignature of the finance office"), FINANCE,
         guards=("financial_not_countersigned",)),
    Task("participation", N_("Involvement of people and providers"), core=True,
         guards=("participation_missing",)),
    Task("evaluation", N_("When and how it is evaluated"), core=True,
         guards=("evaluation_not_planned",)),
    Task("enforcement", N_("What makes it binding"), guards=("enforcement_missing",)),
    Task("commitments", N_("Promises of the partners"), guards=("commitment_missing",)),
    Task("milestones", N_("Milestones"), guards=("milestone_missing", "milestone_open")),
    Task("budget", N_("Budget of a year"), OWN | FINANCE, guards=()),
    Task("money", N_("Money committed and spent"), OWN | FINANCE, guards=("costs_missing",)),
    Task("group", N_("Whom it is for, and why it is done")),
    Task("amendment", N_("Confirm the changed text"), frozenset({"planner"}),
         guards=("amendment_unconfirmed",)),
    Task("waiver", N_("Grant an exception"), STEERING),
)  # fmt: skip
BY_SLUG: Final = {task.slug: task for task in TASKS}
CONSEQUENCES: Final = ("built", "staffing", "organisational", "financial")
_BY_GUARD: Final = {guard: task.slug for task in TASKS for guard in task.guards}

_DECIDE: Final = "/decisions/new?measure={key}"
_EVALUATE: Final = "/measures/{key}/evaluations/new"
_GOAL: Final = "/goals/{goal}/target"
# What is settled on pages of others, by guard; nothing where only another person or time helps.
ELSEWHERE: Final = {
    "cycle_not_open": "/cycles",
    "target_incomplete": _GOAL,
    "baseline_missing": _GOAL,
    "decision_missing": _DECIDE,
    "youth_committee_not_heard": _DECIDE,
    "outcome_missing": _DECIDE,
    "repeal_missing": _DECIDE,
    "budget_reserved": "/decisions",
    "dossier_changed": "/measures/{key}/moves/send_back",
    "same_account": "",
    "final_progress_missing": "/progress?only={key}",
    "final_evaluation_exists": "",
    "evaluation_not_final": _EVALUATE,
    "evaluation_before_start": "/measures/{key}/moves/start",
    "effectiveness_unrated": _EVALUATE,
    "result_missing": _EVALUATE,
    "not_yet_due": "",
    "evaluator_not_independent": _EVALUATE,
    "evaluation_owed": _EVALUATE,
    "disposition_missing": "/measures/{key}/disposition",
    "feedback_missing": "/open/gaps/feedback_missing",
    "recommendation_unanswered": "/recommendations",
    "consequence_open": "/measures/{key}/tasks/{kind}",
    "consequence_stale": "/measures/{key}/tasks/{kind}",
    "take_over_closed": "",
}
# What the form of the move itself asks for.
ASKED: Final = frozenset({
    "reason_missing", "review_date_missing", "start_before_decision",
    "forecast_missing", "end_in_future", "successor_missing", "shares_not_one",
    "change_undecided", "source_missing", "start_missing",
})  # fmt: skip


def task_of(guard: str) -> str:
    """Give the slug of the task that settles a guard; empty where it is settled elsewhere."""
    return _BY_GUARD.get(guard, "")


def settled_at(guard: str, key: str, *, goal: str = "", kind: str = "") -> str:
    """Give the page on which what a guard misses is supplied; empty where there is none."""
    if slug := task_of(guard):
        return f"/measures/{key}/tasks/{slug}"
    place = ELSEWHERE.get(guard, "")
    if "{goal}" in place and not goal:
        return f"/measures/{key}/tasks/goal"
    return place.format(key=key, goal=goal, kind=kind or "built")
