"""The light of the delivery: time, milestones, money and reports, the day before and the day of."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cycle.machine.colours import Light
from cycle.machine.lights_delivery import (
    DeliveryFacts,
    OpenStep,
    delivery_light,
    interval_months,
)
from cycle.machine.lights_money import Money
from cycle.machine.policy import PRESETS, Policy

STANDARD, LIGHT = PRESETS["standard"], PRESETS["light"]
TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def running(**facts: Any) -> DeliveryFacts:  # noqa: ANN401 - the words of DeliveryFacts
    words: dict[str, Any] = {"state": "in_progress", "last_report": TODAY}
    return DeliveryFacts(**words | facts)


def judged(facts: DeliveryFacts, policy: Policy = STANDARD, today: date = TODAY) -> Light:
    return delivery_light(facts, policy, today)


def told(facts: DeliveryFacts, policy: Policy = STANDARD, today: date = TODAY) -> tuple[Any, ...]:
    light = judged(facts, policy, today)
    return light.colour, *(reason.code for reason in light.reasons)


@pytest.mark.parametrize("state", ["draft", "targeted", "proposed", "deferred"])
def test_what_is_not_decided_is_not_judged(state: str) -> None:
    late = DeliveryFacts(state=state, planned_start=ago(500), planned_end=ago(300))
    assert told(late) == ("grey", "not_decided")


@pytest.mark.parametrize("state", ["rejected", "cancelled", "superseded"])
def test_what_is_off_the_circle_is_not_judged(state: str) -> None:
    assert told(DeliveryFacts(state=state, planned_end=ago(300))) == ("grey", "off_circle")


@pytest.mark.parametrize(
    ("days", "light"),
    [(0, "green"), (30, "green"), (31, "yellow"), (90, "yellow"), (91, "red")],
)
def test_a_late_start_turns_it(days: int, light: str) -> None:
    facts = DeliveryFacts(state="approved", planned_start=ago(days))
    assert told(facts) == ((light,) if light == "green" else (light, "start_late"))


def test_what_has_begun_is_not_late_to_start_and_what_waits_owes_no_report() -> None:
    assert told(running(planned_start=ago(400))) == ("green",)
    waiting = DeliveryFacts(
        state="approved", planned_end=ago(400), last_report=ago(900), running_since=ago(900)
    )
    assert told(waiting) == ("green",)


@pytest.mark.parametrize(
    ("days", "light"),
    [(-1, "green"), (0, "green"), (1, "yellow"), (90, "yellow"), (91, "red")],
)
def test_a_planned_end_that_is_past_turns_it(days: int, light: str) -> None:
    facts = running(planned_end=ago(days))
    assert told(facts) == ((light,) if light == "green" else (light, "end_past"))
    assert told(replace(facts, is_ongoing=True)) == ("green",)


def test_an_end_expected_later_than_planned_is_yellow_at_once() -> None:
    facts = running(planned_end=ago(-30), forecast_end=ago(-31))
    assert told(facts) == ("yellow", "end_moved")
    assert told(replace(facts, forecast_end=ago(-30))) == ("green",)
    assert told(replace(facts, planned_end=None)) == ("green",)
    assert told(replace(facts, is_ongoing=True)) == ("green",)


@pytest.mark.parametrize(
    ("days", "light"),
    [((0,), "green"), ((1,), "yellow"), ((60,), "yellow"), ((61,), "red"), ((1, 1), "red"),
     ((1, 0), "yellow"), ((), "green")],
)  # fmt: skip
def test_milestones_turn_it_by_age_and_number(days: tuple[int, ...], light: str) -> None:
    facts = running(open_steps=tuple(OpenStep(f"Schritt {n}", ago(n)) for n in days))
    assert judged(facts).colour == light


def test_a_late_milestone_is_named_and_several_are_counted() -> None:
    one = judged(running(open_steps=(OpenStep("Fahrdienst", ago(38)),))).reasons[0]
    assert (one.code, one.values["title"], one.values["day"]) == (
        "step_late", "Fahrdienst", ago(38),
    )  # fmt: skip
    two = judged(running(open_steps=(OpenStep("B", ago(3)), OpenStep("A", ago(5))))).reasons[0]
    assert (two.code, two.values["count"], two.values["day"]) == ("steps_late", 2, ago(5))


@pytest.mark.parametrize(
    ("spent", "committed", "light"),
    [(60, 40, "green"), (61, 40, "yellow"), (110, 0, "yellow"), (30, 81, "red")],
)
def test_more_money_than_approved_turns_it(spent: int, committed: int, light: str) -> None:
    money = Money(2026, 100, 100, committed, spent)
    assert judged(running(money=(money,))).colour == light


@pytest.mark.parametrize(
    ("today", "light"),
    [(date(2026, 9, 30), "green"), (date(2026, 10, 1), "yellow"),
     (date(2028, 9, 30), "green"), (date(2028, 10, 1), "yellow")],
)  # fmt: skip
def test_money_that_does_not_flow_turns_it_when_three_quarters_of_the_year_are_over(
    today: date, light: str
) -> None:
    facts = running(money=(Money(today.year, 100, 100, 0, 24),), last_report=today)
    assert judged(facts, today=today).colour == light
    enough = replace(facts, money=(Money(today.year, 100, 100, 0, 25),))
    assert judged(enough, today=today).colour == "green"


def test_only_what_runs_must_spend_but_nobody_may_overspend() -> None:
    waiting = DeliveryFacts(state="approved", money=(Money(2026, 100, 100),))
    assert told(waiting) == ("green",)
    assert told(replace(waiting, money=(Money(2026, 0, 100, 120),))) == ("red", "money_over")


def test_money_is_judged_by_the_year_and_only_where_some_was_approved() -> None:
    assert told(running(money=(Money(2025, 100, 100, 0, 500),))) == ("green",)
    assert told(running(money=(Money(2026, 100, 0, 0, 500),))) == ("green",)


def test_a_town_sets_when_money_must_flow() -> None:
    facts = running(money=(Money(2026, 100, 100, 0, 24),))
    never = replace(STANDARD, money_low_after=Decimal("1.0"))
    always = replace(STANDARD, money_low_after=Decimal(0))
    assert told(facts, never, date(2026, 12, 30)) == ("green",)
    assert told(facts, always, date(2026, 1, 1)) == ("yellow", "money_unspent")


def test_a_cut_budget_is_yellow_at_least() -> None:
    cut = Money(2026, 100, 99, 0, 90)
    assert told(running(money=(cut,))) == ("yellow", "budget_cut")
    assert told(running(money=(replace(cut, year=2027),))) == ("yellow", "budget_cut")
    assert told(running(money=(replace(cut, year=2025),))) == ("green",)
    assert told(running(money=(replace(cut, approved=0, spent=0),))) == ("green",)
    assert told(running(money=(replace(cut, planned=99),))) == ("green",)
    assert told(DeliveryFacts(state="approved", money=(cut,))) == ("green",)


@pytest.mark.parametrize("state", ["approved", "in_progress"])
def test_an_open_choice_over_the_budget_is_yellow_at_least(state: str) -> None:
    assert told(running(state=state, choice_due=ago(-60))) == ("yellow", "budget_choice")


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 5, 15), "green"),  # due
        (date(2026, 5, 29), "green"),  # and fourteen days
        (date(2026, 5, 30), "yellow"),
        (date(2026, 6, 20), "yellow"),  # scenario 3
        (date(2026, 11, 15), "yellow"),  # twice the interval
        (date(2026, 11, 16), "red"),
    ],
)
def test_silence_turns_it(today: date, light: str) -> None:
    facts = running(last_report=date(2025, 11, 15))
    assert told(facts, today=today) == ((light,) if light == "green" else (light, "report_missing"))


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 2, 28), "green"),
        (date(2026, 3, 14), "green"),
        (date(2026, 3, 15), "yellow"),
        (date(2026, 8, 28), "yellow"),
        (date(2026, 8, 29), "red"),
    ],
)
def test_silence_counts_from_the_first_report_that_was_asked_for(today: date, light: str) -> None:
    facts = running(
        last_report=None, first_report_due=date(2026, 2, 28), running_since=date(2020, 1, 1)
    )
    assert judged(facts, today=today).colour == light


def test_what_nobody_asked_for_a_report_counts_from_the_day_it_ran() -> None:
    facts = running(last_report=None, running_since=date(2026, 1, 1))
    assert judged(facts, today=date(2026, 7, 15)).colour == "green"
    assert judged(facts, today=date(2026, 7, 16)).colour == "yellow"
    assert told(running(last_report=None)) == ("green",)


def test_a_short_interval_is_red_before_the_days_of_grace_are_over() -> None:
    short = replace(STANDARD, status_interval_months=1, grace_days=60)
    facts = running(last_report=date(2026, 1, 1))
    assert judged(facts, short, date(2026, 3, 1)).colour == "green"
    assert judged(facts, short, date(2026, 3, 2)).colour == "red"


def test_the_council_may_ask_more_often() -> None:
    often = replace(STANDARD, council_interval_months=3)
    assert interval_months("council_resolution", often) == 3
    assert interval_months("administrative", often) == 6
    assert interval_months("council_resolution", LIGHT) == 12


def test_what_is_suspended_is_grey_with_its_reason_and_red_after_its_review() -> None:
    halted = DeliveryFacts(
        state="suspended", suspended_on=ago(100), review_on=TODAY, reason_code="budget_freeze",
        planned_end=ago(300), open_steps=(OpenStep("A", ago(200)),),
    )  # fmt: skip
    assert told(halted) == ("grey", "suspended")
    assert judged(halted).reasons[0].values["code"] == "budget_freeze"
    assert told(halted, today=TODAY + timedelta(days=1)) == ("red", "review_past")
    assert told(replace(halted, review_on=None)) == ("grey", "suspended")


@pytest.mark.parametrize("state", ["implemented", "evaluated", "reported"])
def test_what_is_finished_stays_as_it_was_that_day(state: str) -> None:
    done = running(
        state=state, finished_on=ago(300), planned_end=ago(300), forecast_end=ago(200),
        last_report=ago(310), open_steps=(OpenStep("A", ago(299)),),
        money=(Money(2026, 100, 100), Money(2027, 100, 50)),
    )  # fmt: skip
    assert told(done) == ("green",)
    assert told(replace(done, planned_end=ago(301))) == ("yellow", "end_past")
    assert told(replace(done, planned_end=ago(391))) == ("red", "end_past")
    assert told(replace(done, open_steps=(OpenStep("A", ago(301)),))) == ("yellow", "step_late")


def test_what_was_finished_on_an_unknown_day_is_judged_by_today() -> None:
    assert told(running(state="implemented", planned_end=ago(1))) == ("yellow", "end_past")


@pytest.mark.parametrize("binding", ["voluntary_commitment", "contract"])
def test_what_others_do_by_their_own_promise_says_so_in_any_colour(binding: str) -> None:
    assert told(running(binding=binding)) == ("green", "external")
    assert told(running(binding=binding, planned_end=ago(1))) == ("yellow", "end_past", "external")
    halted = DeliveryFacts(state="suspended", binding=binding)
    assert told(halted) == ("grey", "suspended", "external")
    assert told(DeliveryFacts(binding=binding)) == ("grey", "not_decided")


def test_the_worst_leads_and_every_reason_is_told() -> None:
    facts = running(
        planned_end=ago(91), open_steps=(OpenStep("A", ago(1)),), last_report=date(2026, 1, 1)
    )
    assert told(facts) == ("red", "end_past", "report_missing", "step_late")
