"""What a town can set: each number of the policy with its unit, its range and its order.

What a field means stands in words/policy_de.py and words/policy_en.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

ESCALATIONS: Final = ("off", "list")
GUARD_SETS: Final = ("softened", "blocking")
ROLES_OF: Final = "roles"
ROUND: Final = "round."  # before the moves of a round: round.advance
PLACES: Final = 4  # decimals of a share
_CENTURY: Final = 36_500  # days


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a town can set: what it is, in which unit, and how far it may go."""

    name: str
    group: str
    unit: str  # days, months, share, times, count, yes_no or word
    kind: type[int] | type[Decimal] | type[bool] | type[str]
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    above: Decimal | None = None  # greater than this
    words: tuple[str, ...] = ()
    empty: bool = False  # may be left open


def _days(name: str, group: str, least: int = 1) -> Field:
    return Field(name, group, "days", int, least, _CENTURY)


def _months(name: str, group: str, *, empty: bool = False) -> Field:
    return Field(name, group, "months", int, 1, 120, empty=empty)


def _share(name: str, group: str) -> Field:
    return Field(name, group, "share", Decimal, Decimal(0), Decimal(1))


def _below(name: str) -> Field:
    return Field(name, "effect", "share", Decimal, Decimal(-1), Decimal(0))


def _yes_no(name: str, group: str) -> Field:
    return Field(name, group, "yes_no", bool)


_ALL: Final = (
    _months("status_interval_months", "deadlines"),
    _months("council_interval_months", "deadlines", empty=True),
    _days("evaluation_due_days", "deadlines"),
    _days("disposition_days", "deadlines"),
    _days("review_days", "deadlines"),
    _months("ongoing_evaluation_months", "deadlines"),
    _days("consequence_valid_days", "deadlines"),
    _months("commitment_months", "deadlines"),
    _months("take_over_months", "deadlines"),
    _days("start_days", "deadlines"),
    _days("stuck_days", "deadlines"),
    _days("answer_days", "deadlines"),
    _days("recommendation_days", "deadlines"),
    _days("decide_days", "deadlines"),
    _days("council_note_days", "deadlines"),
    _days("present_days", "deadlines"),
    _days("complete_days", "deadlines"),
    _days("next_round_days", "deadlines"),
    _months("report_months", "deadlines"),
    _days("start_yellow_days", "delivery"),
    _days("start_red_days", "delivery"),
    _days("end_red_days", "delivery"),
    _days("milestone_red_days", "delivery"),
    _days("grace_days", "delivery", 0),
    Field("money_red", "delivery", "times", Decimal, most=Decimal(10), above=Decimal(1)),
    _share("money_low", "delivery"),
    _share("money_low_after", "delivery"),
    _below("effect_yellow"),
    _below("effect_red"),
    _share("attained", "effect"),
    _share("tolerance", "effect"),
    Field("small_number", "effect", "count", int, 1, 1000),
    _yes_no("wilson", "effect"),
    _days("override_days", "effect"),
    _days("grant_warning_days", "money"),
    _days("grant_notice_days", "money"),
    _share("budget_cut_share", "money"),
    _days("budget_choice_days", "money"),
    Field("escalation", "escalation", "word", str, words=ESCALATIONS),
    _days("escalate_superior_days", "escalation"),
    _days("escalate_steering_days", "escalation"),
    _days("escalate_body_days", "escalation"),
    Field("suppression_k", "publishing", "count", int, 3, 1000),
    _yes_no("none_needs_text", "duties"),
    _yes_no("four_eyes", "duties"),
    _yes_no("youth_office", "duties"),
)
FIELDS: Final[Mapping[str, Field]] = MappingProxyType({each.name: each for each in _ALL})
ASCENDING: Final = (  # each strictly below the next
    ("effect_red", "effect_yellow"),
    ("start_yellow_days", "start_red_days"),
    ("grant_warning_days", "grant_notice_days"),
    ("money_low", "money_low_after"),
    ("escalate_superior_days", "escalate_steering_days", "escalate_body_days"),
)
