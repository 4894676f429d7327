"""A measure on the circle: its thirteen states and every move between them, on one screen."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from cycle.errors import Reason
from cycle.machine import guards_delivery as d
from cycle.machine import guards_planning as p
from cycle.machine.core import Machine, Transition, judge
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.guards import G
from cycle.machine.policy import Policy
from cycle.machine.states import STATES

__all__ = ["LIVE", "MEASURES", "STATES", "TOLD", "Ask", "MeasureFacts", "still_owed"]

LIVE: Final = tuple(s.name for s in STATES if not s.final)

_TIED = (
    p.main_goal_missing,
    p.target_incomplete,
    p.baseline_missing,
    p.finding_missing,
    p.lead_missing,
)
_PLANNED = (
    p.consequence_open,
    p.financial_not_countersigned,
    p.area_missing,
    p.participation_missing,
    p.evaluation_not_planned,
    p.enforcement_missing,
    p.commitment_missing,
)
_DECIDED = (
    p.decision_missing,
    p.youth_committee_not_heard,
    p.amendment_unconfirmed,
    p.dossier_changed,
    p.same_account,
)
_PLANNED_AGAIN = (*_PLANNED, p.consequence_stale)
_WHY = (d.reason_missing,)
_PUT_OFF = (p.deferral_missing, p.review_date_missing)
_TURNED_DOWN = (p.rejection_missing,)
_BEGUN = (d.start_before_decision, d.budget_reserved, d.milestone_missing)
_HALTED = (d.reason_code_missing, p.review_date_missing)
_RESUMED = (d.forecast_missing,)
_UNDONE = (d.reason_missing, d.final_evaluation_exists)
_DONE = (d.end_in_future, d.milestone_open, d.final_progress_missing, d.measure_is_ongoing)
_JUDGED = (
    d.evaluation_not_final,
    d.evaluation_before_start,
    d.effectiveness_unrated,
    d.result_missing,
    d.not_yet_due,
    d.evaluator_not_independent,
)
_FED_BACK = (
    d.disposition_missing,
    d.disposition_unreasoned,
    d.feedback_missing,
    d.recommendation_unanswered,
)
_DROPPED = (d.reason_code_missing, d.replacement_missing)
_DROPPED_LATER = (*_DROPPED, d.costs_missing, d.repeal_missing, d.evaluation_owed)
_PASSED_ON = (d.successor_missing, d.shares_not_one, d.change_undecided)
_FOUND = (d.source_missing, d.take_over_closed)
_FOUND_BEGUN = (*_FOUND, d.start_missing)

_BY_PAPER = {"steering": lambda f: f.binding == "administrative"}
_IN_MEETING = {"planner": lambda f: bool(f.ask.decision or f.ask.on)}


def _row(  # noqa: PLR0917 - a row is read by its columns
    code: str,
    name: str,
    sources: str,
    to: str,
    roles: str,
    guards: tuple[G, ...],
    asks: str = "",
    *,
    only_if: Mapping[str, Callable[[MeasureFacts], bool]] = MappingProxyType({}),
    chosen: bool = False,
) -> Transition[MeasureFacts]:
    """Write one row without the commas."""
    return Transition(
        code, name, tuple(sources.split()), to, frozenset(roles.split()),
        guards, tuple(asks.split()), only_if, chosen,
    )  # fmt: skip


def _found(to: str, guards: tuple[G, ...]) -> Transition[MeasureFacts]:
    asks = "state source source_date start"
    return _row("T18", "take_over", "draft", to, "planner", guards, asks, chosen=True)


_OWN = "department_head planner"
_CLERK = "committee_clerk planner"
_LATER = "proposed deferred approved in_progress suspended"
_ALL = " ".join(LIVE)
_MERGE = "successor shares decision"
_CANCEL = "code reason successor decision"
_REPORT = "disposition reason on decision changes"

# fmt: off
MEASURES: Final = Machine("measure", STATES, (
    _row("T1", "log", "", "draft", _OWN, (p.title_missing, p.cycle_not_open), "title"),
    _row("T2", "target", "draft", "targeted", _OWN, _TIED),
    _row("T3", "propose", "targeted", "proposed", _OWN, _PLANNED),
    _row("T4", "send_back", "proposed", "targeted", _OWN + " steering", _WHY, "reason"),
    _row("T5", "approve", "proposed", "approved", _CLERK + " steering", _DECIDED, "decision",
         only_if=_BY_PAPER),
    _row("T6", "defer", "proposed", "deferred", _CLERK, _PUT_OFF, "decision review_on"),
    _row("T7", "resubmit", "deferred", "proposed", _OWN, _PLANNED_AGAIN),
    _row("T8", "reject", "proposed deferred", "rejected", _CLERK, _TURNED_DOWN, "decision"),
    _row("T9", "start", "approved", "in_progress", _OWN, _BEGUN, "on"),
    _row("T10", "suspend", "in_progress", "suspended", _OWN + " finance steering", _HALTED,
         "code review_on reason"),
    _row("T11", "resume", "suspended", "in_progress", _OWN, _RESUMED, "forecast_end"),
    _row("T12", "finish", "in_progress", "implemented", _OWN, _DONE, "on"),
    _row("T13", "reopen", "implemented", "in_progress", "planner", _UNDONE, "reason"),
    _row("T14", "evaluate", "implemented in_progress", "evaluated", "evaluator planner", _JUDGED),
    _row("T15", "report_back", "evaluated", "reported", "steering planner", _FED_BACK, _REPORT,
         only_if=_IN_MEETING),
    _row("T16", "cancel", "draft targeted", "cancelled", _OWN + " committee_clerk steering",
         _DROPPED, _CANCEL),
    _row("T16", "cancel", _LATER, "cancelled", _CLERK + " steering", _DROPPED_LATER, _CANCEL),
    _row("T17", "supersede", _ALL, "superseded", "planner", _PASSED_ON, _MERGE),
    _found("targeted", _FOUND),
    _found("proposed", _FOUND),
    _found("approved", _FOUND),
    _found("in_progress", _FOUND_BEGUN),
    _found("suspended", _FOUND_BEGUN),
    _found("implemented", _FOUND_BEGUN),
))
# fmt: on

TOLD: Final = {  # a move once it is made, as the journal and those who follow it read it
    "log": "logged",
    "target": "targeted",
    "propose": "proposed",
    "send_back": "sent_back",
    "approve": "approved",
    "defer": "deferred",
    "resubmit": "resubmitted",
    "reject": "rejected",
    "start": "started",
    "suspend": "suspended",
    "resume": "resumed",
    "finish": "finished",
    "reopen": "reopened",
    "evaluate": "evaluated",
    "report_back": "reported_back",
    "cancel": "cancelled",
    "supersede": "superseded",
    "take_over": "taken_over",
}

_BEHIND = {  # the guards of the steps a measure in that state has behind it
    "targeted": _TIED,
    "proposed": (*_TIED, *_PLANNED),
    "deferred": (*_TIED, *_PLANNED),
    "approved": (*_TIED, *_PLANNED, *_DECIDED),
    "in_progress": (*_TIED, *_PLANNED, *_DECIDED, *_BEGUN),
    "suspended": (*_TIED, *_PLANNED, *_DECIDED, *_BEGUN),
    "implemented": (*_TIED, *_PLANNED, *_DECIDED, *_BEGUN, *_DONE),
    "evaluated": (*_TIED, *_PLANNED, *_DECIDED, *_BEGUN, *_DONE, *_JUDGED),
}


def still_owed(state: str, facts: MeasureFacts) -> tuple[Reason, ...]:
    """Return what the steps behind that state would still ask for (*nachzutragen*).

    A measure taken over skipped them, a light policy let it pass; neither counts as met.
    """
    behind = (g for g in _BEHIND.get(state, ()) if not g.asked)
    judged = judge(behind, facts, Policy("standard"))
    return judged.blocked
