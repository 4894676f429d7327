"""The light of the effect: the formulas of the trade, their borders and the scenarios."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cycle.machine.lights_course import TargetFacts, course, exact, interval
from cycle.machine.lights_data import DataFacts
from cycle.machine.lights_effect import AimFacts, effect_days, effect_light, target_light
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
    ("gap", "light", "code"),
    [
        (Fraction(-1, 10), "green", []),
        (Fraction(-100001, 1000000), "yellow", ["behind"]),
        (Fraction(-3, 10), "yellow", ["behind"]),
        (Fraction(-300001, 1000000), "red", ["far_behind"]),
    ],
)
def test_the_borders_of_the_gap_belong_to_the_better_colour(
    gap: Fraction, light: str, code: list[str]
) -> None:
    expected = Fraction(366, 731)
    facts = replace(on_the_way(), value=100 * (1 - expected - gap))
    assert (colour(facts), codes(facts)) == (light, code)


def test_a_town_may_set_its_own_borders() -> None:
    strict = replace(STANDARD, effect_yellow=Decimal(0), effect_red=Decimal("-0.01"))
    assert codes(on_the_way("50"), strict) == ["behind"]
    assert codes(on_the_way("52"), strict) == ["far_behind"]


def test_what_moves_away_is_told_so() -> None:
    early = on_the_way("101", START + timedelta(days=100))
    assert (colour(early), codes(early)) == ("yellow", ["away"])
    assert (colour(on_the_way("101")), codes(on_the_way("101"))) == ("red", ["away"])


@pytest.mark.parametrize(
    ("value", "today", "light"),
    [
        ("10", END + timedelta(days=1), "green"),  # nine tenths are enough
        ("10.001", END + timedelta(days=1), "red"),
        ("20", END, "yellow"),
        ("20", END + timedelta(days=1), "red"),
        ("0", END + timedelta(days=1), "green"),
        ("-1", END + timedelta(days=1), "green"),
    ],
)
def test_after_its_day_a_target_is_reached_or_missed(value: str, today: date, light: str) -> None:
    facts = on_the_way(value, END)
    assert colour(facts, today=today) == light
    assert ("missed" in codes(facts, today=today)) == (light == "red")


def test_what_is_reached_is_green_however_strict_a_town_is() -> None:
    harsh = replace(STANDARD, effect_yellow=Decimal("0.5"))
    assert colour(on_the_way("0"), harsh) == "green"
    assert colour(on_the_way("1"), harsh) == "yellow"


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
    ("kind", "value", "light"),
    [
        ("at_least", "40", "green"),
        ("at_least", "39.99", "yellow"),
        ("at_least", "38", "yellow"),  # 5 % of 40 is 2
        ("at_least", "37.99", "red"),
        ("at_most", "40", "green"),
        ("at_most", "42", "yellow"),
        ("at_most", "42.01", "red"),
        ("keep_band", "43", "green"),  # its width is 3
        ("keep_band", "37", "green"),
        ("keep_band", "36.99", "yellow"),
        ("keep_band", "45", "yellow"),
        ("keep_band", "45.01", "red"),
    ],
)
def test_a_bound_is_met_nearly_met_or_not(kind: str, value: str, light: str) -> None:
    width = Decimal(3) if kind == "keep_band" else None
    facts = TargetFacts(
        kind=kind, aim=Decimal(40), value=Decimal(value), tolerance=width, series=seen(HALF)
    )
    assert colour(facts) == light
    expected = {"green": [], "yellow": ["nearly_met"], "red": ["not_met"]}[light]
    assert codes(facts) == expected


def test_a_tolerance_of_its_own_takes_the_place_of_the_towns() -> None:
    facts = TargetFacts(
        kind="at_least", aim=Decimal(40), value=Decimal(39), tolerance=Decimal("0.5"),
        series=seen(HALF),
    )  # fmt: skip
    assert colour(facts) == "red"
    assert colour(replace(facts, tolerance=Decimal(1))) == "yellow"
    assert colour(replace(facts, value=Decimal(40), tolerance=Decimal(0))) == "green"


def gap_to_town(value: str, city: str | None = "20") -> TargetFacts:
    """Bring an area that lies 12 points above the town within 2 points of it."""
    return on_the_way(
        value, kind="reduce_gap", aim=Decimal(2), baseline=Decimal(32), baseline_city=Decimal(20),
        city=None if city is None else Decimal(city),
    )  # fmt: skip


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
    ("facts", "code"),
    [
        (on_the_way(aim=None), "target_incomplete"),
        (on_the_way(due=None), "target_incomplete"),
        (on_the_way(baseline=None), "baseline_missing"),
        (on_the_way(baseline_on=None), "baseline_missing"),
        (on_the_way(None, series=DataFacts()), "no_value"),
        (on_the_way(on=START), "no_value_since"),
        (on_the_way(None, series=seen(HALF, "confidential_or_unknown")), "withheld"),
        (on_the_way(None, series=seen(HALF, "unreliable")), "unreliable"),
        (on_the_way(None, series=seen(HALF, "not_applicable")), "not_applicable"),
        (on_the_way(None), "withheld"),
        (gap_to_town("30", None), "city_missing"),
        (on_the_way(aim=Decimal(100)), "no_distance"),
        (on_the_way(not_comparable_since=HALF), "not_comparable"),
        (TargetFacts(kind="at_least", series=seen(HALF), value=Decimal(1)), "target_incomplete"),
        (TargetFacts(kind="at_least", aim=Decimal(1)), "no_value"),
    ],
)
def test_where_nothing_can_be_said_the_light_is_grey(facts: TargetFacts, code: str) -> None:
    assert (colour(facts), codes(facts)) == ("grey", [code])


def test_the_day_after_the_baseline_something_can_be_said() -> None:
    assert colour(on_the_way("100", START + timedelta(days=1))) == "green"


def test_a_bound_needs_neither_day_nor_baseline() -> None:
    facts = TargetFacts(kind="at_least", aim=Decimal(0), value=Decimal(0), series=seen(HALF))
    assert colour(facts) == "green"
    assert course(facts) is None
    since = replace(facts, baseline_on=HALF)
    assert codes(since) == ["no_value_since"]


def test_a_new_definition_silences_the_light_from_its_day_on() -> None:
    facts = on_the_way(not_comparable_since=HALF)
    assert colour(facts, today=HALF - timedelta(days=1)) == "green"
    assert colour(facts, today=HALF) == "grey"


@pytest.mark.parametrize(
    ("value", "before"), [("0", []), ("50", []), ("70", ["behind"]), ("95", ["far_behind"])]
)
def test_small_numbers_are_never_green_or_red(value: str, before: list[str]) -> None:
    few, enough = (on_the_way(value, numerator=n, denominator=90) for n in (9, 10))
    assert (colour(few), codes(few)) == ("yellow", ["small_numbers", *before])
    assert codes(enough) == before


def test_a_town_says_itself_what_is_a_small_number() -> None:
    few = on_the_way("50", numerator=9)
    assert colour(few, replace(STANDARD, small_number=9)) == "green"


def test_an_official_share_without_its_base_says_so() -> None:
    official = on_the_way("50", share=True, protected_at_source=True)
    assert (colour(official), codes(official)) == ("green", ["cases_unknown"])
    assert codes(replace(official, share=False)) == []
    assert codes(replace(official, protected_at_source=False)) == []


def test_a_measure_shows_the_worst_of_its_targets_with_all_their_reasons() -> None:
    good = replace(on_the_way("50"), name="A")
    grey = replace(on_the_way(None), name="B")
    late = replace(on_the_way("95"), name="C")
    light = effect_light(AimFacts(targets=(good, grey, late)), STANDARD, HALF)
    assert light.colour == "red"
    assert [(r.about, r.code) for r in light.reasons] == [("C", "far_behind"), ("B", "withheld")]


def test_it_is_grey_only_where_nothing_can_be_said_of_any_target() -> None:
    good, grey = on_the_way("50"), on_the_way(None)
    assert effect_light(AimFacts(targets=(good, grey)), STANDARD, HALF).colour == "green"
    assert effect_light(AimFacts(targets=(grey, grey)), STANDARD, HALF).colour == "grey"


def test_a_single_target_needs_no_name() -> None:
    light = effect_light(AimFacts(targets=(replace(on_the_way("95"), name="A"),)), STANDARD, HALF)
    assert [r.about for r in light.reasons] == [""]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (AimFacts(goal=False), "goal_missing"),
        (AimFacts(qualitative=True), "qualitative"),
        (AimFacts(), "target_missing"),
    ],
)
def test_without_a_target_it_says_what_is_missing(facts: AimFacts, code: str) -> None:
    light = effect_light(facts, STANDARD, HALF)
    assert (light.colour, light.reasons[0].code) == ("grey", code)


def test_it_may_turn_after_the_targets_day_and_with_a_new_definition() -> None:
    facts = AimFacts(targets=(on_the_way(not_comparable_since=HALF), on_the_way(due=None)))
    assert effect_days(facts) == {HALF, END + timedelta(days=1)}


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
