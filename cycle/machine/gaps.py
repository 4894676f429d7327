"""The open ends of the circle: how much each presses, who owes it, what settles it.

Which records have an open end is told by the reading room, except where days must be reckoned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cycle.machine.days import months_later
from cycle.machine.standing import ALWAYS
from cycle.machine.words import gaps_de, gaps_en
from cycle.machine.words.gaps_en import Said

LOOP: Final = "loop"  # open ends of the circle itself
OWED: Final = "owed"  # steps that were passed unmet (nachzutragen)
TAKEN_OVER: Final = "taken_over"  # what came from before the system, apart from the rest
GROUPS: Final = (LOOP, OWED, TAKEN_OVER)

ACT: Final = "act"  # the circle is broken here
WATCH: Final = "watch"  # it will break here
INFO: Final = "info"  # it would be better known


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of open end."""

    id: str
    noun: str  # what has it
    severity: str
    who: str  # a role, or "lead" for the measure's own department
    group: str = LOOP


RULES: Final = (
    Rule("finding_without_response", "finding", ACT, "planner"),
    Rule("report_not_presented", "report", ACT, "planner"),
    Rule("evaluation_owed", "measure", ACT, "evaluator"),
    Rule("feedback_missing", "measure", ACT, "steering"),
    Rule("recommendation_unanswered", "recommendation", ACT, "planner"),
    Rule("next_round_missing", "round", ACT, "planner"),
    Rule("lead_missing", "measure", ACT, "planner"),
    Rule("goal_without_measure", "goal", WATCH, "planner"),
    Rule("goal_without_target", "goal", WATCH, "planner"),
    Rule("measure_without_finding", "measure", WATCH, "planner"),
    Rule("evaluation_not_planned", "measure", WATCH, "planner"),
    Rule("budget_missing", "measure", WATCH, "finance"),
    Rule("observation_missing", "indicator", WATCH, "statistician"),
    Rule("participation_missing", "round", WATCH, "planner"),
    Rule("agreement_missing", "goal", WATCH, "planner"),
    Rule("goal_unclassified", "goal", INFO, "planner"),
    Rule("goal_only_output", "goal", INFO, "planner"),
    Rule("finding_without_area", "finding", INFO, "planner"),
    Rule("strand_unlinked", "round", INFO, "planner"),
    Rule("owed", "measure", WATCH, "lead", OWED),
    Rule("owed_round", "round", WATCH, "planner", OWED),
    Rule("state_unknown", "measure", WATCH, "planner", TAKEN_OVER),
    Rule("owed_taken_over", "measure", INFO, "planner", TAKEN_OVER),
)
BY_ID: Final[Mapping[str, Rule]] = {rule.id: rule for rule in RULES}
LOOP_IDS: Final = tuple(rule.id for rule in RULES if rule.group == LOOP)

PERIODS: Final = {  # months between two values
    "monthly": 1,
    "quarterly": 3,
    "half_yearly": 6,
    "yearly": 12,
    "school_year": 12,
}


def first_day_without(frequency: str, lag_days: int, newest: date | None) -> date | None:
    """Give the first day on which a newer value could be there; None where nobody can tell."""
    if newest is None:
        return ALWAYS
    if frequency not in PERIODS:
        return None
    return months_later(newest, PERIODS[frequency]) + timedelta(days=lag_days + 1)


def says(rule: str, lang: str) -> str:
    """Name the open end, as the head of its group."""
    return _said(rule, lang)[0]


def task(rule: str, lang: str) -> str:
    """Say what is to be done."""
    return _said(rule, lang)[1]


def command(rule: str, lang: str, key: str) -> str:
    """Name the command that settles it, for the record of this key."""
    return _said(rule, lang)[2].format(key=key)


def _said(rule: str, lang: str) -> Said:
    words = gaps_de.GAPS if lang[:2].lower() == "de" else gaps_en.GAPS
    return words[rule]
