"""Axes: round values at even distances, and numbers as the language writes them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cycle.i18n import N_, Tongue

_ROUND: Final = (1, 2, 2.5, 5, 10)
_THOUSAND: Final = 1000
_LONG: Final = 9  # signs of a number beside an axis
_LARGE: Final = (
    (_THOUSAND**3, N_("{n} bn")), (_THOUSAND**2, N_("{n} m")), (_THOUSAND, N_("{n} k")),
)  # fmt: skip
_MOST_PLACES: Final = 6
_TWO: Final = 2  # decimals of a value
_BEYOND: Final = 10**12  # nobody reads decimals of what is larger
_FROM_ZERO: Final = 0.4  # a lowest value below that share of the highest: the axis begins at zero
_AIR: Final = 0.12  # of a step, below the lowest value
PERCENT: Final = "%"


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from the lowest to the highest round one, and where one lies between."""

    ticks: tuple[float, ...]
    places: int  # decimals its values need

    def at(self, value: float | Decimal) -> float:
        """Give the share of the way from the lowest to the highest value."""
        low, high = self.ticks[0], self.ticks[-1]
        return (float(value) - low) / (high - low)

    def told(self, tongue: Tongue, tick: float) -> str:
        """Write the number of a tick, short."""
        return short(tongue, Decimal(str(round(tick, self.places))), self.places)


def scale(values: Sequence[float], most: int, *, whole: bool = False) -> Scale:
    """Find a scale of at most so many steps; it begins at zero where that costs little room."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if 0 < low < high * _FROM_ZERO or (whole and low > 0):
        low = 0.0
    if low == high:
        air = abs(low) / 10 or 1.0
        low, high = (low if whole else low - air), high + air
    step = _step((high - low) / most, whole=whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    first -= not whole and low > 0 and low / step - first < _AIR
    last += first == last
    places = min(max(0, -math.floor(math.log10(step))), _MOST_PLACES)
    places += round(step * 10**places, 6) % 1 > 0
    return Scale(tuple(n * step for n in range(first, last + 1)), places)


def _step(least: float, *, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    found = next((each * power for each in _ROUND if each * power >= least * (1 - 1e-9)), least)
    return max(1.0, float(math.ceil(found))) if whole else found


def short(tongue: Tongue, value: Decimal, places: int | None = None) -> str:
    """Write a number in few signs: thousands, millions where it is large."""
    told = tongue.number(value, places).replace("-", "−")
    if len(told) <= _LONG:
        return told
    size = abs(value)
    for by, template in _LARGE:
        if size >= by:
            share = value / by
            told = tongue.number(share, 0 if abs(share) >= 100 else 1)  # noqa: PLR2004 - three signs suffice
            told = tongue.say(template, n=told.replace("-", "−"))
            break
    return told if len(told) <= _LONG + 2 else f"{float(value):.1e}"


def figure(tongue: Tongue, value: Decimal | float, unit: str = "", places: int = 0) -> str:
    """Write a value as its unit asks: a percentage with one decimal, else two at most."""
    exact = Decimal(str(value))
    places = 1 if unit == PERCENT else max(places, decimals((exact,)))
    return tongue.number(exact, places).replace("-", "−")


def decimals(values: Iterable[Decimal]) -> int:
    """Give how many decimals values need so that all can be read alike: two at most."""
    return max((min(_needs(value), _TWO) for value in values), default=0)


def _needs(value: Decimal) -> int:
    rounded = round(value, _TWO).normalize() if abs(value) < _BEYOND else Decimal()
    return max(-int(rounded.as_tuple().exponent), 0)


def with_unit(tongue: Tongue, value: Decimal | float, unit: str, places: int = 0) -> str:
    """Write a value and its unit, which stay on one line."""
    told = figure(tongue, value, unit, places)
    return f"{told}\u00a0{unit}" if unit else told
