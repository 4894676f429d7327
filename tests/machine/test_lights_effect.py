"""The light of the effect: the formulas of the trade, their borders and the scenarios."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from cycle.machine.lights_course import TargetFacts, course
from cycle.machine.lights_data import DataFacts
from cycle.machine.lights_effect import AimFacts, effect_days, effect_light
from tests.machine.targets import (
    END,
    HALF,
    STANDARD,
    START,
    codes,
    colour,
    gap_to_town,
    on_the_way,
    seen,
)


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
