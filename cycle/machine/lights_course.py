"""How far a target has come, and how sure that is; nothing is rounded before it is shown."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cycle.machine.colours import LightReason
from cycle.machine.lights_data import UNREADABLE, DataFacts

Number = Decimal | Fraction
GAP: Final = "reduce_gap"
ON_THE_WAY: Final = ("reach", GAP)  # kinds that need a beginning and an end
_PER: Final = (100, 1000, 1, 10_000, 100_000)  # percent, per thousand, as it is …
_Z: Final = Decimal("1.959963984540054")  # of the normal distribution, for 95 percent


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target, the value it starts from and the newest one that compares with it."""

    name: str = ""  # indicator and area, in words
    kind: str = "reach"
    aim: Decimal | None = None  # under reduce_gap the distance from the town's value
    due: date | None = None
    tolerance: Decimal | None = None
    steps: tuple[tuple[date, Decimal], ...] = ()  # of a stepped path, by day
    baseline: Number | None = None
    baseline_on: date | None = None
    baseline_city: Number | None = None  # the whole town at the same time
    value: Number | None = None
    city: Number | None = None
    numerator: int | None = None
    denominator: int | None = None
    share: bool = False  # of the denominator
    protected_at_source: bool = False
    not_comparable_since: date | None = None
    series: DataFacts = field(default_factory=DataFacts)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a target has come, as shares of the way from its baseline."""

    attained: Fraction  # A
    expected: Fraction  # E, at the day of the value
    expected_value: Fraction  # of the area

    @property
    def gap(self) -> Fraction:
        """Give A - E; below zero it lags behind."""
        return self.attained - self.expected


def course(facts: TargetFacts) -> Course | None:
    """Tell how far a target has come; None where that cannot be told."""
    return None if unknown(facts) else _course(facts)


def unknown(facts: TargetFacts) -> LightReason | None:
    """Find why nothing can be said of a target."""
    under_way = facts.kind in ON_THE_WAY
    if facts.aim is None or (under_way and facts.due is None):
        return LightReason("target_incomplete")
    if under_way and (facts.baseline is None or facts.baseline_on is None):
        return LightReason("baseline_missing")
    seen_on, status = facts.series.newest_on, facts.series.status
    if seen_on is None:
        return LightReason("no_value")
    if facts.baseline_on and seen_on <= facts.baseline_on:
        return LightReason("no_value_since", {"day": facts.baseline_on})
    if status in UNREADABLE or facts.value is None:
        return LightReason(UNREADABLE.get(status or "", "withheld"), {"day": seen_on})
    return _no_way(facts) if under_way else None


def _no_way(facts: TargetFacts) -> LightReason | None:
    if facts.kind == GAP and None in {facts.city, facts.baseline_city}:
        return LightReason("city_missing")
    start, _, end = _way(facts)
    return LightReason("no_distance") if start == end else None


def _way(facts: TargetFacts) -> tuple[Fraction, Fraction, Fraction]:
    """Give where a target starts, where it is now and where it is to end."""
    start, here = Fraction(facts.baseline or 0), Fraction(facts.value or 0)
    if facts.kind == GAP:
        start = abs(start - Fraction(facts.baseline_city or 0))
        here = abs(here - Fraction(facts.city or 0))
    return start, here, Fraction(facts.aim or 0)


def _course(facts: TargetFacts) -> Course | None:
    if facts.kind not in ON_THE_WAY:
        return None
    start, here, end = _way(facts)
    expected = _expected(facts, start, end)
    value = start + expected * (end - start)
    if facts.kind == GAP:
        city = Fraction(facts.city or 0)
        value = city + value if Fraction(facts.value or 0) >= city else city - value
    return Course((here - start) / (end - start), expected, value)


def _expected(facts: TargetFacts, start: Fraction, end: Fraction) -> Fraction:
    """Give the share of the way that should be done on the day of the newest value."""
    seen_on, first, last = facts.series.newest_on, facts.baseline_on, facts.due
    if seen_on is None or first is None or last is None or seen_on >= last:
        return Fraction(1)
    if facts.steps:
        due = [value for day, value in sorted(facts.steps) if day <= seen_on]
        done = (Fraction(due[-1]) - start) / (end - start) if due else Fraction(0)
    else:
        done = Fraction((seen_on - first).days, (last - first).days)
    return min(max(done, Fraction(0)), Fraction(1))


def interval(facts: TargetFacts) -> tuple[Decimal, Decimal] | None:
    """Give the 95 % Wilson interval around a share, in the value's own unit."""
    cases, all_ = facts.numerator, facts.denominator
    if not facts.share or facts.value is None or not cases or not all_ or cases > all_:
        return None
    share, n, square = Decimal(cases) / all_, Decimal(all_), _Z * _Z
    middle = share + square / (2 * n)
    spread = _Z * ((share * (1 - share) + square / (4 * n)) / n).sqrt()
    unit = decimal(Fraction(facts.value)) / share / (1 + square / n)
    return (middle - spread) * unit, (middle + spread) * unit


def decimal(exact: Fraction) -> Decimal:
    """Write an exact number with digits, to be shown."""
    return Decimal(exact.numerator) / exact.denominator


def exact(value: Decimal | None, numerator: int | None, denominator: int | None) -> Number | None:
    """Give a value without its rounding, where numerator and denominator tell what it is."""
    if value is None or not numerator or not denominator:
        return value
    step = Fraction(Decimal(1).scaleb(int(value.as_tuple().exponent)))
    told = (Fraction(numerator * per, denominator) for per in _PER)
    return next((each for each in told if abs(each - Fraction(value)) * 2 <= step), value)
