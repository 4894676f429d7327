"""Targets and values to judge: those of the scenarios, and one from 100 down to 0."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cycle.machine.lights_course import TargetFacts
from cycle.machine.lights_data import DataFacts
from cycle.machine.lights_effect import target_light
from cycle.machine.policy import PRESETS, Policy

STANDARD = PRESETS["standard"]
CAREFUL = replace(STANDARD, wilson=True)
TODAY = date(2026, 11, 22)
START, HALF, END = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)  # 366 and 365 days


def seen(on: date, status: str = "final") -> DataFacts:
    return DataFacts(newest_on=on, status=status)


def share(numerator: int, denominator: int) -> dict[str, Any]:
    value = Fraction(numerator * 100, denominator)
    return {"value": value, "numerator": numerator, "denominator": denominator, "share": True}


def s1(numerator: int, denominator: int, on: date) -> TargetFacts:
    """Early language support: from 96 of 288 at the end of 2023 to 25 % at the end of 2027."""
    return TargetFacts(
        aim=Decimal(25), due=date(2027, 12, 31), baseline=Fraction(9600, 288),
        baseline_on=date(2023, 12, 31), series=seen(on), **share(numerator, denominator),
    )  # fmt: skip


def s2(numerator: int, denominator: int, on: date) -> TargetFacts:
    """School leavers: from 91 of 884 in 2023 to 7.5 % in 2028."""
    return TargetFacts(
        aim=Decimal("7.5"), due=date(2028, 7, 31), baseline=Fraction(9100, 884),
        baseline_on=date(2023, 7, 31), series=seen(on), **share(numerator, denominator),
    )  # fmt: skip


S3 = TargetFacts(
    aim=Decimal(15), due=date(2028, 12, 31), baseline=Fraction(21200, 5180),
    baseline_on=date(2024, 12, 31), series=seen(date(2026, 6, 30)), **share(463, 5306),
)  # fmt: skip


def on_the_way(value: str | None = "50", on: date = HALF, **more: Any) -> TargetFacts:  # noqa: ANN401
    """Aim from 100 at the start to 0 at the end; half of the time is 366 of 731 days."""
    words: dict[str, Any] = {
        "aim": Decimal(0), "due": END, "baseline": Decimal(100), "baseline_on": START,
        "value": None if value is None else Decimal(value), "series": seen(on),
    }  # fmt: skip
    return TargetFacts(**words | more)


def colour(facts: TargetFacts, policy: Policy = STANDARD, today: date = HALF) -> str:
    return target_light(facts, policy, today).colour


def codes(facts: TargetFacts, policy: Policy = STANDARD, today: date = HALF) -> list[str]:
    return [reason.code for reason in target_light(facts, policy, today).reasons]


def gap_to_town(value: str, city: str | None = "20") -> TargetFacts:
    """Bring an area that lies 12 points above the town within 2 points of it."""
    return on_the_way(
        value, kind="reduce_gap", aim=Decimal(2), baseline=Decimal(32), baseline_city=Decimal(20),
        city=None if city is None else Decimal(city),
    )  # fmt: skip
