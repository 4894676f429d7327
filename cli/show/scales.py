"""The axis of a chart: round values at even distances, and numbers that stay short."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cli.show.labels import PERCENT
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk

_ROUND: Final = (1, 2, 2.5, 5, 10)
_SHORT: Final = 9  # signs of a number beside an axis
_THOUSAND: Final = 1000
_LARGE: Final = ((_THOUSAND**3, N_("{n} bn")), (_THOUSAND**2, N_("{n} m")))
_HUNDRED: Final = 100
_MOST_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from the lowest to the highest round one, and where one lies in a room of cells."""

    ticks: tuple[float, ...]
    places: int  # decimals its values need

    def at(self, value: float, room: float) -> float:
        """Give how far from the lowest value it lies."""
        low, high = self.ticks[0], self.ticks[-1]
        return (float(value) - low) / (high - low) * room


def scale(values: Sequence[float], most: int, *, whole: bool = False) -> Scale:
    """Find a scale with at most so many steps; equal values get some air around them."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        air = abs(low) / 10 or 1.0
        low, high = (low if whole else low - air), high + air
    step = _step((high - low) / most, whole=whole)
    first, last = math.floor(low / step), math.ceil(high / step)
    last += first == last
    places = min(max(0, -math.floor(math.log10(step))), _MOST_PLACES)
    places += step * 10**places % 1 > 0
    return Scale(tuple(n * step for n in range(first, last + 1)), places)


def _step(least: float, *, whole: bool) -> float:
    power = 10 ** math.floor(math.log10(least))
    found = next(each * power for each in _ROUND if each * power >= least * (1 - 1e-9))
    return max(1.0, float(math.ceil(found))) if whole else found


def short(desk: "Desk", value: float | Decimal, places: int | None = None) -> str:
    """Write a number in few signs: thousands, millions where it is large."""
    told = desk.tongue.number(Decimal(str(value)), places)
    if len(told) <= _SHORT:
        return told
    size = abs(float(value))
    if size >= 1:
        rows = (row for row in _LARGE if size >= row[0])
        by, template = next(rows, (_THOUSAND, N_("{n} k")))
        places = 0 if size / by >= _HUNDRED else 1
        told = desk.say(template, n=desk.tongue.number(Decimal(str(value)) / by, places))
    return told if len(told) <= _SHORT else f"{float(value):.1e}"


def figure(desk: "Desk", value: float | Decimal, unit: str) -> str:
    """Write a value as its unit asks: a percentage with one decimal, else two at most."""
    exact = Decimal(str(value))
    if unit == PERCENT:
        return short(desk, exact, 1)
    if exact == exact.to_integral_value():
        return short(desk, exact, 0)
    return short(desk, exact if exact == round(exact, 2) else round(exact, 2))
