"""What nobody can waive: what must be so before a move, said again beside the machine."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from cycle.machine.facts import Ask, MeasureFacts

WAIVABLE = frozenset({
    "target_incomplete", "baseline_missing", "finding_missing", "lead_missing",
    "financial_not_countersigned", "area_missing", "participation_missing",
    "evaluation_not_planned", "enforcement_missing", "commitment_missing", "consequence_stale",
    "youth_committee_not_heard", "amendment_unconfirmed", "dossier_changed", "same_account",
    "budget_reserved", "milestone_missing", "end_in_future", "milestone_open",
    "final_progress_missing", "effectiveness_unrated", "result_missing",
    "evaluator_not_independent", "recommendation_unanswered", "costs_missing", "repeal_missing",
    "evaluation_owed", "change_undecided",
})  # fmt: skip
BEGUN = frozenset({"in_progress", "suspended", "implemented"})


@dataclass(frozen=True)
class Asked:
    """A move as somebody asked for it."""

    key: str
    name: str
    to: str | None
    ask: Ask
    day: date
    heirs: tuple[str, ...]  # the states of the successors named


Pledge = Callable[[MeasureFacts, Asked], bool]


def kept(seen: MeasureFacts, asked: Asked) -> bool:
    """Tell whether all was there that nobody can waive, by the facts before the move."""
    return _PLEDGES[asked.name](seen, asked) if asked.name in _PLEDGES else True


def adopted(seen: MeasureFacts) -> bool:
    """Tell whether what it is bound by says yes."""
    return seen.adopted or (seen.binding == "administrative" and seen.noted)


def _begins(seen: MeasureFacts, asked: Asked) -> bool:
    begins = asked.ask.on or asked.day
    permitted = seen.early_start or seen.adopted_on is None or begins >= seen.adopted_on
    return begins <= asked.day and permitted


def _judged(seen: MeasureFacts, _: Asked) -> bool:
    begins, start = seen.evaluation_start, seen.actual_start
    return seen.evaluation is not None and (not begins or not start or begins >= start)


def _fed_back(seen: MeasureFacts, asked: Asked) -> bool:
    choice = asked.ask.disposition or seen.disposition
    return bool(choice and (asked.ask.reason or seen.disposition_reasoned) and seen.feedback)


def _dropped(_: MeasureFacts, asked: Asked) -> bool:
    code, reason, heirs = asked.ask.code, asked.ask.reason, asked.heirs
    explained = bool(code) and (code != "other" or bool(reason))
    return explained and (code != "replaced" or bool(heirs)) and _alive(heirs)


def _alive(states: Collection[str]) -> bool:
    return not {"reported", "rejected", "cancelled", "superseded"} & set(states)


def _found(seen: MeasureFacts, asked: Asked) -> bool:
    ask, until = asked.ask, seen.take_over_until
    in_time = seen.moves == 0 and until is not None and asked.day <= until
    start = asked.to not in BEGUN or bool(ask.start or seen.actual_start)
    return bool(ask.source and ask.source_date) and in_time and start


def _passed_on(_: MeasureFacts, asked: Asked) -> bool:
    return bool(asked.heirs) and _alive(asked.heirs) and sum(asked.ask.shares) == 1


_PLEDGES: dict[str, Pledge] = {
    "target": lambda seen, _: seen.goals >= 1 and seen.main_goals == 1,
    "propose": lambda seen, _: not seen.open_consequences,
    "resubmit": lambda seen, _: not seen.open_consequences,
    "send_back": lambda _, asked: bool(asked.ask.reason),
    "approve": lambda seen, _: adopted(seen),
    "defer": lambda seen, _: seen.outcome in {"deferred", "referred", "removed", "withdrawn"},
    "reject": lambda seen, _: seen.outcome == "rejected",
    "start": _begins,
    "suspend": lambda _, asked: bool(asked.ask.code),
    "reopen": lambda seen, asked: bool(asked.ask.reason) and seen.evaluation is None,
    "evaluate": _judged,
    "report_back": _fed_back,
    "cancel": _dropped,
    "supersede": _passed_on,
    "take_over": _found,
}

SETTLED: dict[str, Callable[[MeasureFacts], bool]] = {  # what is owed is there once it is settled
    "main_goal_missing": lambda seen: seen.main_goals == 1,
    "target_incomplete": lambda seen: bool(seen.main_goal_targets or seen.main_goal_criterion),
    "finding_missing": lambda seen: seen.findings > 0 or seen.origin is not None,
    "consequence_open": lambda seen: not seen.open_consequences,
    "financial_not_countersigned": lambda seen: seen.countersigned,
    "participation_missing": lambda seen: seen.participation,
    "evaluation_not_planned": lambda seen: seen.evaluation_planned,
    "decision_missing": adopted,
    "milestone_missing": lambda seen: seen.milestones > 0 or seen.is_ongoing,
    "milestone_open": lambda seen: seen.open_milestones == 0,
    "final_progress_missing": lambda seen: seen.final_progress,
    "result_missing": lambda seen: seen.evaluation is not None,
    "recommendation_unanswered": lambda seen: seen.open_recommendations == 0,
}
