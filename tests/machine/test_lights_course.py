"""How far a target has come: the scenarios by their numbers, time, steps, gaps and chance."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cycle.machine.lights_course import TargetFacts, course, exact, interval
from cycle.machine.lights_effect import target_light
from tests.machine.targets import (
    CAREFUL,
    END,
    HALF,
    S3,
    STANDARD,
    START,
    TODAY,
    codes,
    colour,
    gap_to_town,
    on_the_way,
    s1,
    s2,
    seen,
    share,
)


@pytest.mark.parametrize(
    ("facts", "attained", "expected", "gap", "light"),
    [
        (s1(93, 281, date(2024, 12, 31)), "0.0285", "0.2505", "-0.222", "yellow"),
        (s1(81, 276, date(2025, 12, 31)), "0.4783", "0.5003", "-0.022", "green"),
        (s1(88, 290, date(2026, 9, 30)), "0.3586", "0.6872", "-0.329", "red"),
        (s2(97, 902, date(2024, 7, 31)), "-0.1645", "0.2003", "-0.365", "red"),
        (s2(99, 895, date(2025, 7, 31)), "-0.2746", "0.4001", "-0.675", "red"),
        (S3, "0.4248", "0.3737", "0.051", "green"),
    ],
)
def test_the_scenarios_are_judged_as_their_numbers_say(
    facts: TargetFacts, attained: str, expected: str, gap: str, light: str
) -> None:
    way = course(facts)
    assert way
    assert round(Decimal(float(way.attained)), 4) == Decimal(attained)
    assert round(Decimal(float(way.expected)), 4) == Decimal(expected)
    assert round(Decimal(float(way.gap)), 3) == Decimal(gap)
    assert colour(facts, today=TODAY) == light


def test_what_chance_may_explain_is_uncertain_where_the_town_wants_that_rule() -> None:
    facts = s1(88, 290, date(2026, 9, 30))
    around, way = interval(facts), course(facts)
    assert around
    assert way
    assert [round(each, 2) for each in around] == [Decimal("25.34"), Decimal("35.86")]
    assert round(Decimal(float(way.expected_value)), 2) == Decimal("27.61")
    light = target_light(facts, CAREFUL, TODAY)
    assert (light.colour, light.reasons[0].code) == ("yellow", "uncertain")
    assert codes(facts, CAREFUL, TODAY) == ["uncertain", "far_behind"]
    assert codes(facts, STANDARD, TODAY) == ["far_behind"]


def test_chance_explains_no_clear_miss_and_softens_no_yellow() -> None:
    assert colour(s2(990, 8950, date(2025, 7, 31)), CAREFUL, TODAY) == "red"
    assert codes(s1(93, 281, date(2024, 12, 31)), CAREFUL, TODAY) == ["behind"]


@pytest.mark.parametrize(
    "unfit",
    [
        {"share": False},  # a rate may be more than all
        {"denominator": None},
        {"denominator": 80},  # fewer than the cases
    ],
)
def test_without_a_share_of_known_size_nothing_is_put_down_to_chance(
    unfit: dict[str, Any],
) -> None:
    facts = replace(s1(88, 290, date(2026, 9, 30)), **unfit)
    assert interval(facts) is None
    assert colour(facts, CAREFUL, TODAY) == "red"


def test_nothing_is_put_down_to_chance_where_there_is_no_way_to_be_on() -> None:
    facts = TargetFacts(kind="at_most", aim=Decimal(20), series=seen(HALF), **share(88, 290))
    assert colour(facts, CAREFUL) == "red"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START + timedelta(days=1), Fraction(1, 731)),
        (HALF, Fraction(366, 731)),
        (END, Fraction(1)),
        (END + timedelta(days=400), Fraction(1)),
    ],
)
def test_time_is_counted_in_days_up_to_the_day_of_the_value(on: date, expected: Fraction) -> None:
    way = course(on_the_way(on=on))
    assert way
    assert way.expected == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (START + timedelta(days=30), Fraction(0)),
        (date(2024, 6, 29), Fraction(0)),
        (date(2024, 6, 30), Fraction(1, 10)),
        (date(2025, 5, 31), Fraction(1, 10)),
        (date(2025, 6, 30), Fraction(6, 10)),
        (END, Fraction(1)),
    ],
)
def test_a_stepped_path_expects_what_its_last_step_says(on: date, expected: Fraction) -> None:
    steps = ((date(2025, 6, 30), Decimal(40)), (date(2024, 6, 30), Decimal(90)))
    way = course(on_the_way(on=on, steps=steps))
    assert way
    assert way.expected == expected


def test_a_step_beyond_the_aim_expects_no_more_than_all() -> None:
    way = course(on_the_way(steps=((date(2024, 6, 30), Decimal(-5)),)))
    assert way
    assert way.expected == 1


@pytest.mark.parametrize(
    ("value", "light"),
    [("27", "green"), ("13", "green"), ("28", "yellow"), ("31", "red"), ("9", "red")],
)
def test_a_gap_closes_from_either_side(value: str, light: str) -> None:
    assert colour(gap_to_town(value)) == light


@pytest.mark.parametrize(("value", "side"), [("31", 1), ("9", -1)])
def test_the_value_expected_of_a_gap_lies_on_the_areas_side(value: str, side: int) -> None:
    way = course(gap_to_town(value))
    assert way
    assert way.expected_value == 20 + side * (12 - 10 * Fraction(366, 731))


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "told"),
    [
        ("10.2941", 91, 884, Fraction(9100, 884)),  # percent
        ("102.94", 91, 884, Fraction(91000, 884)),  # per thousand
        ("0.1029", 91, 884, Fraction(91, 884)),
        ("10294", 91, 884, Fraction(9_100_000, 884)),  # per hundred thousand
        ("12.5", 91, 884, Decimal("12.5")),  # says something else than its base
        ("10.2941", None, 884, Decimal("10.2941")),
        ("10.2941", 91, None, Decimal("10.2941")),
        ("0", 0, 884, Decimal(0)),
    ],
)
def test_a_value_is_taken_without_its_rounding_where_its_base_is_known(
    value: str, numerator: int | None, denominator: int | None, told: Fraction | Decimal
) -> None:
    assert exact(Decimal(value), numerator, denominator) == told
    assert exact(None, numerator, denominator) is None
