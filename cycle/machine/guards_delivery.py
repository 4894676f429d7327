"""What a measure needs once it is decided, and to leave the circle: the guards of T9 to T18."""

from cycle.machine.core import Lack
from cycle.machine.facts import MeasureFacts
from cycle.machine.guards import may, must, unless, values
from cycle.machine.roles import LEAD

DECIDED = frozenset({"approved", "in_progress", "suspended", "implemented", "evaluated"})
BOUND = frozenset({"approved", "in_progress", "suspended"})  # money may be bound or spent

# Reasons: T4, T10, T13, T15, T16


def _reason_text(f: MeasureFacts) -> Lack | None:
    return None if (f.ask.reason or "").strip() else values(f)


def _reason_code(f: MeasureFacts) -> Lack | None:
    if not f.ask.code:
        return values(f, variant="code")
    return _reason_text(f) if f.ask.code == "other" else None


def _disposition_reason(f: MeasureFacts) -> Lack | None:
    return None if f.disposition_reasoned or not f.ask.disposition else _reason_text(f)


reason_missing = must("reason_missing", LEAD, _reason_text, asked=True)
reason_code_missing = must("reason_missing", LEAD, _reason_code, asked=True)
disposition_unreasoned = must("reason_missing", LEAD, _disposition_reason, asked=True)

# To begin, pause and finish: T9–T13


def _start_before_decision(f: MeasureFacts) -> Lack | None:
    # What was decided on it and stands no more (repealed, corrected) permits no start.
    if f.outcome and not (f.adopted or f.noted or f.taken_over):
        return values(f, date=f.begins, variant="undone")
    early = f.adopted_on is not None and f.begins < f.adopted_on and not f.early_start
    if f.begins <= f.today and not early:
        return None
    future = "future" if f.begins > f.today else None
    return values(f, date=f.begins, decided_on=f.adopted_on, variant=future)


def _end_in_future(f: MeasureFacts) -> Lack | None:
    end = f.ask.on or f.actual_end or f.today
    return values(f, date=end) if end > f.today else None


def _forecast_missing(f: MeasureFacts) -> Lack | None:
    end = f.ask.forecast_end
    if f.is_ongoing or (end and end >= f.today):
        return None
    return values(f, date=end)


def _milestone_open(f: MeasureFacts) -> Lack | None:
    return values(f, count=f.open_milestones) if f.open_milestones else None


start_before_decision = must("start_before_decision", LEAD, _start_before_decision, asked=True)
budget_reserved = may("budget_reserved", "finance", unless(lambda f: not f.budget_reserved))
milestone_missing = may("milestone_missing", LEAD, unless(lambda f: f.milestones or f.is_ongoing))
forecast_missing = must("forecast_missing", LEAD, _forecast_missing, asked=True)
end_in_future = may("end_in_future", LEAD, _end_in_future, asked=True)
milestone_open = may("milestone_open", LEAD, _milestone_open)
final_progress_missing = may("final_progress_missing", LEAD, unless(lambda f: f.final_progress))
measure_is_ongoing = must("measure_is_ongoing", "planner", unless(lambda f: not f.is_ongoing))
final_evaluation_exists = must(
    "final_evaluation_exists", "planner", unless(lambda f: not f.evaluation)
)

# To evaluate and to lead back: T14, T15


def _evaluation_not_final(f: MeasureFacts) -> Lack | None:
    return None if f.evaluation else values(f, begun=f.evaluation_open)


def _evaluation_before_start(f: MeasureFacts) -> Lack | None:
    begins, start = f.evaluation_start, f.actual_start
    if begins is None or start is None or begins >= start:
        return None
    return values(f, date=begins, start=start)


def _result_missing(f: MeasureFacts) -> Lack | None:
    if f.main_goal_targets == 0:  # one sentence stands for the numbers
        return None if f.evaluation_text else _judged(f, goal=f.main_goal, count=0)
    missing = f.targets_without_result if f.evaluation else f.main_goal_targets
    explained = f.evaluation_overall == "not_assessable" and f.evaluation_text
    return None if explained or not missing else _judged(f, goal=f.main_goal, count=missing)


def _effectiveness_unrated(f: MeasureFacts) -> Lack | None:
    return None if f.effectiveness_rated else _judged(f)


def _judged(f: MeasureFacts, **more: object) -> Lack:
    """Say whether there is an evaluation already, which then is to be corrected as a whole."""
    return values(f, evaluation=f.evaluation, variant="again" if f.evaluation else None, **more)


def _not_yet_due(f: MeasureFacts) -> Lack | None:
    # Without any evaluation the purpose is unknown; that one is missing is said elsewhere.
    closing = f.cycle_stage == "evaluation" and f.evaluation_purpose in ("summative", None)
    if f.state != "in_progress" or f.is_ongoing or closing:
        return None
    return values(f, purpose=f.evaluation_purpose)


def _evaluator_not_independent(f: MeasureFacts) -> Lack | None:
    own = f.evaluator_kind == "external" and f.evaluator_unit and f.evaluator_unit == f.lead
    return values(f, unit=f.evaluator_unit) if own else None


def _disposition_missing(f: MeasureFacts) -> Lack | None:
    choice = f.ask.disposition or f.disposition
    reasoned = f.disposition_reasoned or (f.ask.reason or "").strip()
    return None if choice and reasoned else values(f, choice=choice)


def _recommendation_unanswered(f: MeasureFacts) -> Lack | None:
    return values(f, keys=f.unanswered) if f.open_recommendations else None


evaluation_not_final = must("evaluation_not_final", "evaluator", _evaluation_not_final)
evaluation_before_start = must("evaluation_before_start", "evaluator", _evaluation_before_start)
effectiveness_unrated = may("effectiveness_unrated", "evaluator", _effectiveness_unrated)
result_missing = may("result_missing", "evaluator", _result_missing)
not_yet_due = must("not_yet_due", "planner", _not_yet_due)
evaluator_not_independent = may("evaluator_not_independent", "planner", _evaluator_not_independent)
disposition_missing = must("disposition_missing", "steering", _disposition_missing)
feedback_missing = must("feedback_missing", "planner", unless(lambda f: f.feedback))
recommendation_unanswered = may("recommendation_unanswered", "planner", _recommendation_unanswered)

# Off the circle: T16, T17


def _evaluation_owed(f: MeasureFacts) -> Lack | None:
    return values(f, months=6) if f.ran_half_a_year and not f.evaluation else None


def _change_undecided(f: MeasureFacts) -> Lack | None:
    # The steering group's note instead of a decision is a waiver of this guard.
    decided = f.state in DECIDED and f.money_or_lead_changes
    return values(f) if decided and not f.ask.decision else None


def _replacement_missing(f: MeasureFacts) -> Lack | None:
    asked = f.ask.successor or f.ask.code == "replaced"
    return values(f, variant="replaced") if asked and not f.live_successors else None


def _shares_not_one(f: MeasureFacts) -> Lack | None:
    total = sum(f.ask.shares) if f.shares is None else f.shares
    return None if total == 1 else values(f, total=total)


replacement_missing = must(
    "successor_missing",
    "planner",
    _replacement_missing,
    asked=True,
)
costs_missing = may(
    "costs_missing", "finance", unless(lambda f: f.costs_known or f.state not in BOUND)
)
repeal_missing = may(
    "repeal_missing",
    "committee_clerk",
    unless(lambda f: f.repealed or not (f.adopted_by_council and f.state in BOUND)),
)
evaluation_owed = may("evaluation_owed", "evaluator", _evaluation_owed)
successor_missing = must(
    "successor_missing", "planner", unless(lambda f: f.live_successors), asked=True
)
shares_not_one = must("shares_not_one", "planner", _shares_not_one, asked=True)
change_undecided = may("change_undecided", "steering", _change_undecided, asked=True)

# What was there before the system: T18


def _take_over_closed(f: MeasureFacts) -> Lack | None:
    inside = f.take_over_until is not None and f.today <= f.take_over_until
    if inside and not f.moves:
        return None
    return values(f, until=f.take_over_until, variant="moved" if f.moves else None)


source_missing = must(
    "source_missing", "planner", unless(lambda f: f.ask.source and f.ask.source_date), asked=True
)
take_over_closed = must("take_over_closed", "planner", _take_over_closed)
start_missing = must(
    "start_missing", "planner", unless(lambda f: f.ask.start or f.actual_start), asked=True
)
