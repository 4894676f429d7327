"""How strict a town is with itself: presets and the numbers behind the deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from cycle.machine.core import Guard


@dataclass(frozen=True, slots=True)
class Policy:
    """What the municipality chose; the defaults are those of the preset *standard*."""

    preset: str = "standard"
    evaluation_due_days: int = 180  # after a measure is finished
    disposition_days: int = 90  # after its evaluation
    review_days: int = 180  # until a deferred or suspended one is looked at again
    status_interval_months: int = 6
    take_over_months: int = 12  # after `init`
    consequence_valid_days: int = 365
    ongoing_evaluation_months: int = 24
    none_needs_text: bool = True  # "none, because …"
    four_eyes: bool = True  # who proposed does not record the approval; light only notes it
    youth_office: bool = True  # the town is itself a youth-welfare authority (§ 71 SGB VIII)

    def softens(self, guard: Guard[Any]) -> bool:
        """Tell whether the guard, not met, is only noted as owed (*nachzutragen*)."""
        return self.preset == "light" and guard.waivable


PRESETS: Mapping[str, Policy] = MappingProxyType(
    {
        "light": Policy("light", status_interval_months=12, none_needs_text=False),
        "standard": Policy(),
    }
)


def chosen(preset: str, *, youth_office: bool) -> Policy:
    """Give the preset a town chose with what its own record says otherwise."""
    return replace(PRESETS[preset], youth_office=youth_office)
