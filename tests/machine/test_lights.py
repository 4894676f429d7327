"""The three lights: colours, the days they turn by themselves, data, and their words."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.machine import lights
from cycle.machine.colours import COLOURS, Light, LightReason, after, until, worst
from cycle.machine.lights import LIGHTS, LightFacts, light, schedule, turning_days
from cycle.machine.lights_course import TargetFacts
from cycle.machine.lights_data import DataFacts, data_light
from cycle.machine.lights_delivery import DeliveryFacts, OpenStep
from cycle.machine.lights_effect import AimFacts, data_of_all
from cycle.machine.lights_money import Money
from cycle.machine.policy import PRESETS, Policy
from cycle.machine.standing import ALWAYS
from cycle.machine.words import lights_de, lights_en
from cycle.machine.words.lights import SIGNS, colour, label, sayable, says, set_by_hand

STANDARD = PRESETS["standard"]
DAY = timedelta(days=1)
NEWEST = date(2024, 12, 31)
DUE = date(2026, 9, 27)  # a year and 270 days later
NEXT = date(2027, 9, 27)


def test_of_several_lights_the_worst_counts_and_grey_least() -> None:
    made = {each: Light(each, (LightReason(each),)) for each in COLOURS}
    assert worst(made.values()).colour == "red"
    assert worst([made["green"], made["yellow"]]).colour == "yellow"
    assert worst([made["grey"], made["green"]]).colour == "green"
    mixed = worst([made["grey"], made["green"], made["red"], made["yellow"]])
    assert [reason.code for reason in mixed.reasons] == ["red", "yellow", "green", "grey"]


@pytest.mark.parametrize(
    ("today", "colour_"),
    [(NEWEST, "green"), (DUE, "green"), (DUE + DAY, "yellow"), (NEXT, "yellow"),
     (NEXT + DAY, "red")],
)  # fmt: skip
def test_data_grow_old_by_frequency_and_lag(today: date, colour_: str) -> None:
    found = data_light(DataFacts("yearly", 270, NEWEST, "final"), today)
    assert found.colour == colour_
    assert [r.code for r in found.reasons] == ([] if colour_ == "green" else ["value_old"])


def test_data_that_come_as_they_come_never_grow_old() -> None:
    assert data_light(DataFacts("irregular", 0, NEWEST, "final"), NEXT).colour == "green"


@pytest.mark.parametrize(
    ("facts", "colour_", "code"),
    [
        (DataFacts(), "red", "no_value"),
        (DataFacts(newest_on=NEWEST, status="confidential_or_unknown"), "grey", "withheld"),
        (DataFacts(newest_on=NEWEST, status="unreliable"), "grey", "unreliable"),
        (DataFacts(newest_on=NEWEST, status="final", broken_on=NEWEST), "yellow", "series_broken"),
    ],
)
def test_data_say_why_they_do_not_tell(facts: DataFacts, colour_: str, code: str) -> None:
    found = data_light(facts, NEWEST)
    assert (found.colour, found.reasons[0].code) == (colour_, code)


def test_a_series_is_whole_until_the_day_it_breaks() -> None:
    facts = DataFacts(newest_on=NEWEST, status="final", broken_on=DUE)
    assert data_light(facts, DUE - DAY).colour == "green"
    assert data_light(facts, DUE).colour == "yellow"
    assert [r.code for r in data_light(facts, NEXT + DAY).reasons] == ["value_old", "series_broken"]


def test_a_measure_has_the_worst_data_of_its_targets() -> None:
    good = TargetFacts(series=DataFacts(newest_on=NEWEST, status="final"))
    hidden = TargetFacts(series=DataFacts(newest_on=NEWEST, status="unreliable"))
    assert data_of_all(AimFacts(targets=(good, hidden)), NEWEST).colour == "green"
    assert data_of_all(AimFacts(targets=(hidden,)), NEWEST).colour == "grey"
    assert data_of_all(AimFacts(targets=(good, TargetFacts())), NEWEST).colour == "red"
    assert data_of_all(AimFacts(), NEWEST).colour == "grey"


def test_a_deadline_at_the_end_of_time_never_comes() -> None:
    assert until(date.max, days=30) == date.max
    assert until(date.max, months=6) == date.max
    assert until(date(8999, 12, 31), days=9**9 // 10**3) == date.max
    assert after(date.max) == date.max
    assert until(NEWEST, months=12, days=270) == DUE


def test_what_may_change_without_anybody_doing_anything_is_told_beforehand() -> None:
    facts = LightFacts(
        DeliveryFacts(state="in_progress", planned_end=date(2026, 12, 31),
                      last_report=date(2026, 11, 1)),
        AimFacts(targets=(TargetFacts(series=DataFacts(newest_on=NEWEST, status="final")),)),
    )  # fmt: skip
    assert turning_days("data", facts, STANDARD) == [DUE + DAY, NEXT + DAY]
    assert schedule("data", facts, STANDARD) == [
        (ALWAYS, "green"), (DUE + DAY, "yellow"), (NEXT + DAY, "red"),
    ]  # fmt: skip
    assert schedule("delivery", facts, STANDARD) == [
        (ALWAYS, "green"), (date(2027, 1, 1), "yellow"), (date(2027, 4, 1), "red"),
        (date(2027, 5, 16), "red"), (date(2027, 11, 2), "red"),
    ]  # fmt: skip
    assert schedule("effect", facts, STANDARD) == [(ALWAYS, "grey")]


FIRST, LAST = date(2023, 12, 1), date(2027, 3, 1)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
MAYBE = st.none() | DAYS
NUMBERS = st.decimals(0, 100, places=1)
CENTS = st.integers(0, 120)
DELIVERIES = st.builds(
    DeliveryFacts,
    state=st.sampled_from(["draft", "approved", "in_progress", "suspended", "implemented"]),
    binding=st.sampled_from(["council_resolution", "contract"]),
    is_ongoing=st.booleans(),
    planned_start=MAYBE,
    planned_end=MAYBE,
    forecast_end=MAYBE,
    finished_on=MAYBE,
    review_on=MAYBE,
    open_steps=st.lists(st.builds(OpenStep, st.just("A"), DAYS), max_size=3).map(tuple),
    money=st.lists(
        st.builds(Money, st.integers(2024, 2026), CENTS, CENTS, CENTS, CENTS),
        max_size=2, unique_by=lambda money: money.year,
    ).map(tuple),
    choice_due=MAYBE,
    last_report=MAYBE,
    first_report_due=MAYBE,
    running_since=MAYBE,
)  # fmt: skip
SERIES = st.builds(
    DataFacts,
    frequency=st.sampled_from(["monthly", "yearly", "irregular"]),
    lag_days=st.integers(0, 400),
    newest_on=MAYBE,
    status=st.sampled_from(["final", "unreliable"]),
    broken_on=MAYBE,
)
TARGETS = st.builds(
    TargetFacts,
    kind=st.sampled_from(["reach", "at_least", "at_most", "keep_band", "reduce_gap"]),
    aim=st.none() | NUMBERS,
    due=MAYBE,
    tolerance=st.none() | NUMBERS,
    baseline=st.none() | NUMBERS,
    baseline_on=MAYBE,
    baseline_city=st.none() | NUMBERS,
    value=st.none() | NUMBERS,
    city=st.none() | NUMBERS,
    numerator=st.none() | st.integers(0, 50),
    denominator=st.none() | st.integers(0, 100),
    share=st.booleans(),
    protected_at_source=st.booleans(),
    not_comparable_since=MAYBE,
    series=SERIES,
)
AIMS = st.builds(
    AimFacts, goal=st.booleans(), qualitative=st.booleans(),
    targets=st.lists(TARGETS, max_size=2).map(tuple),
)  # fmt: skip
POLICIES = st.builds(
    replace, st.just(STANDARD), wilson=st.booleans(), status_interval_months=st.integers(1, 12),
    grace_days=st.integers(0, 60), start_yellow_days=st.integers(0, 60),
    money_low_after=st.decimals(0, 1, places=2),
)  # fmt: skip


@pytest.mark.parametrize("name", LIGHTS)
@settings(max_examples=60, deadline=None)
@given(facts=st.builds(LightFacts, DELIVERIES, AIMS), policy=POLICIES)
def test_the_schedule_says_what_the_light_says_on_every_single_day(
    name: str, facts: LightFacts, policy: Policy
) -> None:
    told = schedule(name, facts, policy)
    assert told[0][0] == ALWAYS
    assert all(before < then for (before, _), (then, _) in pairwise(told))
    day = FIRST
    while day <= LAST:
        expected = [each for since, each in told if since <= day][-1]
        assert light(name, facts, policy, day).colour == expected, day
        day += DAY


@settings(max_examples=60, deadline=None)
@given(
    facts=st.builds(LightFacts, DELIVERIES, AIMS), policy=POLICIES, today=DAYS,
    lang=st.sampled_from(["de", "en"]),
)  # fmt: skip
def test_every_light_has_a_colour_and_can_say_why(
    facts: LightFacts, policy: Policy, today: date, lang: str
) -> None:
    for name in LIGHTS:
        found = light(name, facts, policy, today)
        assert found.colour in COLOURS
        assert found.reasons or found.colour == "green"
        for reason in found.reasons:
            said = says(reason, lang)
            assert said.endswith(".")
            assert "{" not in said


CODES = {
    word
    for path in Path(lights.__file__).parent.glob("lights_*.py")
    for word in path.read_text("utf-8").split('"')[1::2]
    if word in lights_en.REASONS
}


def test_every_reason_that_is_given_has_its_sentence_in_both_languages() -> None:
    assert set(sayable("de")) == set(sayable("en")) == CODES
    for code in CODES:
        asked = [
            {name for _, name, _, _ in Formatter().parse(words.REASONS[code]) if name}
            for words in (lights_de, lights_en)
        ]
        assert asked[0] == asked[1], code


def test_sign_and_word_stand_together_and_signs_differ_by_their_form() -> None:
    assert [colour(each, "de") for each in ("green", "yellow", "red", "grey")] == [
        "● grün/auf Kurs", "▲ gelb/gefährdet", "■ rot/kritisch", "○ grau/keine Aussage",
    ]  # fmt: skip
    assert [label(each, "de_DE") for each in LIGHTS] == ["Umsetzung", "Wirkung", "Datenlage"]
    assert set(SIGNS) == set(COLOURS) == set(lights_en.COLOURS)
    assert len(set(SIGNS.values())) == len(COLOURS)
    assert set(lights_de.LIGHTS) == set(lights_en.LIGHTS) == set(LIGHTS)


def test_values_are_written_as_the_reader_writes_them() -> None:
    behind = LightReason("behind", {"attained": Fraction(1, 3), "expected": Fraction(1, 2)}, "A")
    assert says(behind, "de") == "A: Erreicht sind 33\u00a0% des Wegs, erwartet wären 50\u00a0%."
    near = LightReason("nearly_met", {"value": Decimal("25.345"), "aim": Decimal("100.0")})
    assert "25,34 und" in says(near, "de")
    assert "Ziel von 100." in says(near, "de")
    assert "25.34, just" in says(near, "en")
    halted = {"day": NEWEST, "code": "budget_freeze", "review": None}
    assert says(LightReason("suspended", halted), "de") == (
        "Ausgesetzt seit 31.12.2024 (Haushaltssperre); Wiedervorlage am …."
    )
    assert set_by_hand(NEWEST, "de") == "von Hand gesetzt bis 31.12.2024"
    assert set_by_hand(NEWEST, "en") == "set by hand until 2024-12-31"
