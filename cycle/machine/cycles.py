"""A planning round on its way: report, goal, measure, evaluation, closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from cycle.machine.core import Guard, Lack, Machine, Transition
from cycle.machine.facts import Ask
from cycle.machine.policy import PRESETS, Policy
from cycle.machine.states import State

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """Everything that decides where a round may go from where it stands."""

    today: date
    key: str = ""
    title: str = ""
    stage: str | None = None
    policy: Policy = PRESETS["standard"]
    overlapping: Keys = ()  # rounds of the same fields and strand before their evaluation
    predecessor: str | None = None
    predecessor_stage: str | None = None
    # Report
    reports_presented: int = 0
    findings: int = 0
    unsourced_findings: Keys = ()  # to act on, citing neither observation nor source
    unread_feedback: Keys = ()
    # Goals
    unanswered_findings: Keys = ()
    adopted_goals: int = 0  # operational
    goals_without_target: Keys = ()  # or without date or baseline
    goals_without_acceptance: Keys = ()
    # Measures
    undecided_measures: Keys = ()
    unstarted_measures: Keys = ()  # approved, and no reason given
    # Closing
    undisposed_measures: Keys = ()  # neither final nor with a disposition
    unevaluated_measures: Keys = ()  # disposed of without an evaluation or an exception from it
    unrated_goals: Keys = ()
    open_recommendations: Keys = ()
    open_measures: Keys = ()  # not final
    decision: bool = False
    # The move
    waived: frozenset[str] = frozenset()
    ask: Ask = field(default_factory=Ask)


G = Guard[CycleFacts]


def _values(f: CycleFacts, **more: object) -> Lack:
    """Return what every sentence about this round may name, and more."""
    return {"machine": "cycle", "key": f.key, **more}


def _none_of(
    name: str, who: str, keys: Callable[[CycleFacts], Keys], *, waivable: bool = True
) -> G:
    """Make a guard that names everything still in the way."""

    def lack(f: CycleFacts) -> Lack | None:
        found = keys(f)
        return _values(f, keys=found, count=len(found)) if found else None

    return Guard(name, lack, waivable, who)


def _some(name: str, who: str, holds: Callable[[CycleFacts], object], **kind: bool) -> G:
    """Make a guard of a plain yes or no."""
    return Guard(name, lambda f: None if holds(f) else _values(f), who=who, **kind)


def _predecessor_open(f: CycleFacts) -> Lack | None:
    if f.predecessor is None or f.predecessor_stage in ("evaluation", "closed"):
        return None
    return _values(f, predecessor=f.predecessor, stage=f.predecessor_stage)


title_missing = _some(
    "title_missing",
    "planner",
    lambda f: (f.ask.title or f.title).strip(),
    waivable=False,
    asked=True,
)
source_missing = _some(
    "source_missing", "planner", lambda f: f.ask.source, waivable=False, asked=True
)
start_missing = _some("start_missing", "planner", lambda f: f.ask.start, waivable=False, asked=True)
reason_missing = _some(
    "reason_missing", "steering", lambda f: (f.ask.reason or "").strip(), waivable=False, asked=True
)
decision_missing = _some(
    "decision_missing", "steering", lambda f: f.decision or f.ask.decision, waivable=False
)
# Two rounds of the same fields before their evaluation contradict each other: never waived.
cycle_overlaps = _none_of("cycle_overlaps", "planner", lambda f: f.overlapping, waivable=False)
predecessor_open = Guard("predecessor_open", _predecessor_open, waivable=False, who="planner")
report_not_presented = _some(
    "report_not_presented", "planner", lambda f: f.reports_presented, waivable=True
)
no_finding = _some("no_finding", "planner", lambda f: f.findings, waivable=True)
finding_without_source = _none_of(
    "finding_without_source", "planner", lambda f: f.unsourced_findings
)
feedback_unread = _none_of("feedback_unread", "planner", lambda f: f.unread_feedback)
finding_without_response = _none_of(
    "finding_without_response", "planner", lambda f: f.unanswered_findings
)
goal_not_adopted = _some("goal_not_adopted", "planner", lambda f: f.adopted_goals, waivable=True)
goal_without_target = _none_of("goal_without_target", "planner", lambda f: f.goals_without_target)
goal_without_acceptance = _none_of(
    "goal_without_acceptance", "planner", lambda f: f.goals_without_acceptance
)
measure_undecided = _none_of("measure_undecided", "planner", lambda f: f.undecided_measures)
measure_not_started = _none_of("measure_not_started", "planner", lambda f: f.unstarted_measures)
measure_without_disposition = _none_of(
    "measure_without_disposition", "steering", lambda f: f.undisposed_measures, waivable=False
)
evaluation_owed = _none_of("evaluation_owed", "evaluator", lambda f: f.unevaluated_measures)
goal_unrated = _none_of("goal_unrated", "planner", lambda f: f.unrated_goals)
recommendation_unanswered = _none_of(
    "recommendation_unanswered", "planner", lambda f: f.open_recommendations
)
measure_open = _none_of("measure_open", "steering", lambda f: f.open_measures, waivable=False)

STAGES: Final = tuple(State(s, s) for s in ("report", "goal", "measure", "evaluation"))
CLOSED: Final = State("closed", None, final=True)

_TAKEN = (title_missing, source_missing, start_missing)
_OPENED = (title_missing, cycle_overlaps, predecessor_open)
_REPORTED = (report_not_presented, no_finding, finding_without_source, feedback_unread)
_AIMED = (
    finding_without_response,
    goal_not_adopted,
    goal_without_target,
    goal_without_acceptance,
)
_ACTED = (measure_undecided, measure_not_started)
_JUDGED = (
    measure_without_disposition,
    evaluation_owed,
    goal_unrated,
    recommendation_unanswered,
)
_WHY = (reason_missing,)
_GIVEN_UP = (reason_missing, decision_missing, measure_open)


def _row(  # noqa: PLR0917 - a row is read by its columns
    code: str,
    name: str,
    sources: str,
    to: str,
    roles: str,
    guards: tuple[G, ...],
    asks: str = "",
    *,
    only_if: Mapping[str, Callable[[CycleFacts], bool]] = MappingProxyType({}),
) -> Transition[CycleFacts]:
    """Write one row without the commas; whoever takes over or goes back chooses where to."""
    return Transition(
        code, name, tuple(sources.split()), to, frozenset(roles.split()),
        guards, tuple(asks.split()), only_if, chosen=name in ("take_over", "reopen"),
    )  # fmt: skip


_ANY = "report goal measure evaluation"
_BACK = "stage reason"
_BOTH = "planner steering"
_DECISION = {"planner": lambda f: bool(f.decision or f.ask.decision)}

# fmt: off
ROUNDS: Final = Machine("cycle", (*STAGES, CLOSED), (
    *(
        _row("C0", "take_over", "", s.name, "planner", _TAKEN, "stage title source start")
        for s in (*STAGES, CLOSED)
    ),
    _row("C1", "open", "", "report", "planner", _OPENED, "title start"),
    _row("C2", "advance", "report", "goal", "planner", _REPORTED),
    _row("C3", "advance", "goal", "measure", _BOTH, _AIMED, "decision", only_if=_DECISION),
    _row("C4", "advance", "measure", "evaluation", "planner", _ACTED),
    _row("C5", "advance", "evaluation", "closed", "steering", _JUDGED),
    _row("C6", "reopen", "goal measure evaluation closed", "report", "steering", _WHY, _BACK),
    _row("C6", "reopen", "measure evaluation closed", "goal", "steering", _WHY, _BACK),
    _row("C6", "reopen", "evaluation closed", "measure", "steering", _WHY, _BACK),
    _row("C6", "reopen", "closed", "evaluation", "steering", _WHY, _BACK),
    _row("C7", "abandon", _ANY, "closed", "steering", _GIVEN_UP, "reason decision"),
))
# fmt: on
