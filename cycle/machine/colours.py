"""What a traffic light is: a colour with its reasons; of several the worst, never an average."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from cycle.machine.days import months_later

GREEN: Final = "green"
YELLOW: Final = "yellow"
RED: Final = "red"
GREY: Final = "grey"  # nothing can be said
COLOURS: Final = (RED, YELLOW, GREEN, GREY)  # the worst first

_LAST_YEAR: Final = 9000  # deadlines behind it never come


@dataclass(frozen=True, slots=True)
class LightReason:
    """Why a light is not green: a code that has words, and the values of its sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    about: str = ""  # the indicator and its area, where a goal has several


@dataclass(frozen=True, slots=True)
class Light:
    """One light of one record."""

    colour: str
    reasons: tuple[LightReason, ...] = ()


def lit(colour: str, code: str, /, **values: object) -> Light:
    """Give a light with its one reason."""
    return Light(colour, (LightReason(code, values),))


def worst(lights: Iterable[Light]) -> Light:
    """Give the worst colour with the reasons of all, those of the worst first."""
    ordered = sorted(lights, key=lambda light: COLOURS.index(light.colour))
    return Light(ordered[0].colour, tuple(r for light in ordered for r in light.reasons))


def until(day: date, *, days: int = 0, months: int = 0) -> date:
    """Give the last day that is still well when so much time is allowed from a day on."""
    if months and day.year >= _LAST_YEAR:
        return date.max
    try:
        return (months_later(day, months) if months else day) + timedelta(days=days)
    except OverflowError:
        return date.max


def after(day: date) -> date:
    """Give the first day on which a last day is past."""
    return until(day, days=1)
