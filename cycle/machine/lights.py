"""Three traffic lights that are never mixed: is it done, does life change, can we tell that.

Delivery (Umsetzung), effect (Wirkung) and data (Datenlage) are pure functions of the facts and
the day. As a light may change by itself, the days on which it may are told with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cycle.machine.colours import Light
from cycle.machine.lights_delivery import DeliveryFacts, delivery_days, delivery_light
from cycle.machine.lights_effect import (
    AimFacts,
    data_days_of_all,
    data_of_all,
    effect_days,
    effect_light,
)
from cycle.machine.policy import Policy
from cycle.machine.standing import ALWAYS

DELIVERY: Final = "delivery"
EFFECT: Final = "effect"
DATA: Final = "data"
LIGHTS: Final = (DELIVERY, EFFECT, DATA)


@dataclass(frozen=True, slots=True)
class LightFacts:
    """What the three lights of a measure are judged by."""

    delivery: DeliveryFacts = field(default_factory=DeliveryFacts)
    aims: AimFacts = field(default_factory=AimFacts)


_LIGHTS: Final[Mapping[str, Callable[[LightFacts, Policy, date], Light]]] = {
    DELIVERY: lambda facts, policy, today: delivery_light(facts.delivery, policy, today),
    EFFECT: lambda facts, policy, today: effect_light(facts.aims, policy, today),
    DATA: lambda facts, _, today: data_of_all(facts.aims, today),
}
_DAYS: Final[Mapping[str, Callable[[LightFacts, Policy], set[date]]]] = {
    DELIVERY: lambda facts, policy: delivery_days(facts.delivery, policy),
    EFFECT: lambda facts, _: effect_days(facts.aims),
    DATA: lambda facts, _: data_days_of_all(facts.aims),
}


def light(name: str, facts: LightFacts, policy: Policy, today: date) -> Light:
    """Give one light of a measure on a day, with its reasons."""
    return _LIGHTS[name](facts, policy, today)


def turning_days(name: str, facts: LightFacts, policy: Policy) -> list[date]:
    """Give the days on which a light may change though nobody does anything."""
    return sorted(day for day in _DAYS[name](facts, policy) if day > ALWAYS)


def schedule(name: str, facts: LightFacts, policy: Policy) -> list[tuple[date, str]]:
    """Give the colour of a light for all days: from which day on it is which."""
    days = [ALWAYS, *turning_days(name, facts, policy)]
    return [(day, light(name, facts, policy, day).colour) for day in days]
