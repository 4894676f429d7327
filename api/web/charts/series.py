"""What the chart of an indicator tells: values, targets and breaks, as frozen words.

A value that is withheld is put away here already: what draws it and what writes its table never
holds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from api.web.charts.scales import decimals

Found = Mapping[str, Any]
Point = tuple[date, Decimal]

SHOWN: Final = frozenset(
    ("final", "provisional", "revised", "estimated", "zero_rounded", "uncertain", "nil")
)
WITHHELD: Final = "confidential_or_unknown"
KINDS: Final = ("reach", "at_least", "at_most", "keep_band")  # of targets that can be drawn
_JOINED: Final = 1.5  # periods that may lie between two values of a line
_MONTHS: Final = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12, "school_year": 12}
_MONTH: Final = 30.5  # days


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a series."""

    day: date
    value: Decimal | None
    status: str = "final"
    basis: str = "measured"
    part: int = 0  # of a broken series


@dataclass(frozen=True, slots=True)
class Target:
    """What a goal wants the indicator to reach."""

    goal: str
    kind: str
    value: Decimal
    day: date
    baseline: Point | None = None
    steps: tuple[Point, ...] = ()
    tolerance: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which values do not compare with those before."""

    on: date
    kind: str  # definition, boundaries
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeriesData:
    """An indicator in one area over time."""

    name: str
    unit: str
    area: str
    values: tuple[Value, ...]
    targets: tuple[Target, ...] = ()
    breaks: tuple[Break, ...] = ()
    frequency: str = ""
    polarity: str = "context"


def series_data(found: Found) -> SeriesData:
    """Take a series as the reading room gives it (`indicator_series.line`)."""
    here = found["indicator"]
    return SeriesData(
        here["name"],
        here["unit"],
        found["area"]["name"],
        tuple(_value(each, found["breaks"]) for each in found["values"]),
        tuple(_target(each) for each in found["targets"] if _drawable(each)),
        tuple(Break(_day(b["on"]), b["kind"], b["reason"] or "") for b in found["breaks"]),
        here["frequency"],
        here["polarity"],
    )


def known(each: Value) -> Decimal | None:
    """Give the number to show: never one that is withheld; exactly nothing is a zero."""
    if each.status == "nil":
        return Decimal()
    return each.value if each.status in SHOWN else None


def places(data: SeriesData) -> int:
    """Give the decimals with which all numbers of the chart are written."""
    values = [value for each in data.values if (value := known(each)) is not None]
    return decimals([*values, *(target.value for target in data.targets)])


def joined(data: SeriesData) -> Iterator[tuple[Point, Point]]:
    """Give the pairs of values between which a line may be drawn: no gap, no break between."""
    months = _MONTHS.get(data.frequency, 0) * _JOINED
    for part in sorted({each.part for each in data.values}):
        own = sorted((each for each in data.values if each.part == part), key=lambda e: e.day)
        for one, two in pairwise(own):
            low, high = known(one), known(two)
            apart = (two.day - one.day).days / _MONTH
            if low is not None and high is not None and (not months or apart <= months):
                yield (one.day, low), (two.day, high)


def ways(target: Target) -> Iterator[list[Point]]:
    """Give the lines on which the way to a target runs, the last of them to the target itself."""
    end = (target.day, target.value)
    if target.kind != "reach":
        start = target.baseline[0] if target.baseline else None
        spread = target.tolerance if target.kind == "keep_band" else Decimal()
        for value in sorted({end[1] - spread, end[1] + spread}):
            yield [(start, value), (end[0], value)] if start else [(end[0], value)]
    elif target.baseline is None:
        yield [end]
    elif target.steps:
        corners = [target.baseline]
        for day, value in [*target.steps, end]:
            corners += [(day, corners[-1][1]), (day, value)]
        yield corners
    else:
        yield [target.baseline, end]


def _drawable(target: Found) -> bool:
    there = target["target_value"] is not None and target["target_date"] is not None
    return there and target["kind"] in KINDS


def _target(each: Found) -> Target:
    there = each["baseline_value"] is not None and each["baseline_date"] is not None
    return Target(
        each["goal"],
        each["kind"],
        _number(each["target_value"]),
        _day(each["target_date"]),
        (_day(each["baseline_date"]), _number(each["baseline_value"])) if there else None,
        tuple((_day(step["due"]), _number(step["value"])) for step in each["steps"]),
        _number(each["tolerance"] or 0),
    )


def _value(each: Found, breaks: Sequence[Found]) -> Value:
    value = None if each["value"] is None else _number(each["value"])
    status = each["status"]
    shown = value if status in SHOWN else None
    return Value(_day(each["period_end"]), shown, status, each["basis"], _part(each, breaks))


def _part(each: Found, breaks: Sequence[Found]) -> int:
    """Tell in which part of a broken series a value lies: one more after every break."""
    defined = [b for b in breaks if b["definition"] and b["definition"] <= each["definition"]]
    moved = [b for b in breaks if b["kind"] == "boundaries"]
    before = [b for b in moved if b["on"] > each["period_end"] and each["basis"] != "recalculated"]
    return len(defined) * (len(moved) + 1) + len(moved) - len(before)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _number(value: float | Decimal) -> Decimal:
    return Decimal(str(value))
