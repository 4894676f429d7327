"""How strict a town is with itself: presets and the numbers behind deadlines and lights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from cycle.machine.core import Guard


def _no_roles() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Policy:
    """What the municipality chose; the defaults are those of the preset *standard*."""

    preset: str = "standard"
    # Deadlines of a measure and its round.
    evaluation_due_days: int = 180  # after a measure is finished
    disposition_days: int = 90  # after its evaluation
    review_days: int = 180  # until a deferred or suspended one is looked at again
    status_interval_months: int = 6
    council_interval_months: int | None = None  # under a resolution of the council
    take_over_months: int = 12  # after `init`
    consequence_valid_days: int = 365
    ongoing_evaluation_months: int = 24
    commitment_months: int = 24
    answer_days: int = 120
    present_days: int = 60
    complete_days: int = 60
    decide_days: int = 90
    start_days: int = 30
    recommendation_days: int = 180
    stuck_days: int = 30
    next_round_days: int = 180
    report_months: int = 24
    council_note_days: int = 60
    # The light of delivery.
    start_yellow_days: int = 30
    start_red_days: int = 90
    end_red_days: int = 90
    milestone_red_days: int = 60
    money_red: Decimal = Decimal("1.10")
    money_low: Decimal = Decimal("0.25")
    money_low_after: Decimal = Decimal("0.75")
    grace_days: int = 14
    # The light of effect and what any light allows.
    effect_yellow: Decimal = Decimal("-0.10")
    effect_red: Decimal = Decimal("-0.30")
    attained: Decimal = Decimal("0.90")
    tolerance: Decimal = Decimal("0.05")
    small_number: int = 10
    wilson: bool = False
    override_days: int = 100
    # Money from others.
    grant_warning_days: int = 180
    grant_notice_days: int = 365
    budget_cut_share: Decimal = Decimal("0.50")
    budget_choice_days: int = 60
    # Who hears of what is overdue.
    escalation: str = "list"
    escalate_superior_days: int = 30
    escalate_steering_days: int = 60
    escalate_body_days: int = 90
    # What is published.
    suppression_k: int = 3
    # What is asked, and of whom.
    none_needs_text: bool = True  # "none, because …"
    four_eyes: bool = True  # who proposed does not record the approval; light only notes it
    youth_office: bool = True  # the town is itself a youth-welfare authority (§ 71 SGB VIII)
    softened: frozenset[str] = frozenset()  # guards only noted as owed
    blocking: frozenset[str] = frozenset()  # guards that block under light all the same
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=_no_roles, hash=False)

    def softens(self, guard: Guard[Any]) -> bool:
        """Tell whether the guard, not met, is only noted as owed (*nachzutragen*)."""
        if not guard.waivable or guard.id in self.blocking or self.strict:
            return False
        return self.preset == "light" or guard.id in self.softened

    @property
    def strict(self) -> bool:
        """Tell whether an exception takes a decision, and nothing is softened."""
        return self.preset == "strict"

    def narrowed(self, move: str, roles: Iterable[str]) -> frozenset[str]:
        """Give the roles the town leaves to a move; that of a round is called round.advance."""
        held = frozenset(roles)
        return held & set(self.roles[move]) if move in self.roles else held


PRESETS: Mapping[str, Policy] = MappingProxyType(
    {
        "light": Policy(
            "light", status_interval_months=12, none_needs_text=False, escalation="off"
        ),
        "standard": Policy(),
        "strict": Policy("strict"),
    }
)


ORDER: Final = tuple(PRESETS)  # from the mildest to the strictest
LOOSENING: Final = frozenset({"softened", "none_needs_text", "four_eyes"})
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def chosen(preset: str, *, youth_office: bool, overrides: Mapping[str, Any] = _NOTHING) -> Policy:
    """Give the preset a town chose with what it set otherwise."""
    return replace(PRESETS[preset], **{**overrides, "youth_office": youth_office})


def raised(
    preset: str, to: str, *, youth_office: bool, overrides: Mapping[str, Any] = _NOTHING
) -> Policy:
    """Give the policy of one measure that was raised: never milder than the town's own.

    The town's own numbers and roles hold for it too; what the town made milder does not.
    """
    if ORDER.index(to) <= ORDER.index(preset):
        return chosen(preset, youth_office=youth_office, overrides=overrides)
    kept = {name: value for name, value in overrides.items() if name not in LOOSENING}
    return chosen(to, youth_office=youth_office, overrides=kept)
