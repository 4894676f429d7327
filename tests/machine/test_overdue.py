import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cycle.machine.overdue import (
    BY_CODE,
    LEVELS,
    RULES,
    UNREPORTED,
    Rule,
    command,
    days_over,
    deadline,
    due,
    escalation,
    first_day,
    level,
    name,
    reach,
    rule_of,
    says,
    task,
    who,
)
from cycle.machine.policy import PRESETS, Policy
from cycle.machine.roles import ROLES
from cycle.machine.words import overdue_de, overdue_en

TODAY = date(2026, 11, 22)
STANDARD = PRESETS["standard"]
STRICT_OF_COUNCIL = replace(STANDARD, council_interval_months=3)

# From which day it counts, the last day on which it is not overdue, the day it is owed
DAYS = {
    "O1": (date(2026, 3, 1), date(2026, 6, 29), date(2026, 6, 29)),
    "O2": (date(2026, 3, 1), date(2026, 4, 30), date(2026, 4, 30)),
    "O3": (date(2026, 3, 1), date(2026, 4, 30), date(2026, 4, 30)),
    "O4": (date(2026, 1, 15), date(2026, 4, 15), date(2026, 4, 15)),
    "O5": (date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 1)),
    "O6": (date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 1)),
    "O7": (date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30)),
    "O8": (date(2025, 11, 15), date(2026, 5, 29), date(2026, 5, 15)),
    "O9": (date(2026, 10, 15), date(2026, 10, 15), date(2026, 10, 15)),
    "O10": (date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30)),
    "O11": (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1)),
    "O12": (date(2027, 1, 28), date(2027, 1, 28), date(2027, 1, 28)),
    "O13": (date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 30)),
    "O14": (date(2026, 9, 27), date(2026, 9, 27), date(2026, 9, 27)),
    "O15": (date(2027, 5, 21), TODAY - timedelta(days=1), date(2027, 5, 21)),
    "O16": (date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 31)),
    "O17": (date(2026, 1, 31), date(2026, 3, 2), date(2026, 1, 31)),
    "O18": (date(2024, 2, 29), date(2026, 3, 1), date(2026, 3, 1)),
    "O19": (date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 30)),
}


def test_the_rules_are_those_of_the_trade_each_once() -> None:
    assert [(rule.code, rule.id) for rule in RULES] == [
        ("O1", "finding_unanswered"), ("O2", "report_not_presented"), ("O3", "goal_incomplete"),
        ("O4", "proposal_undecided"), ("O5", "deferred_review"), ("O6", "start_late"),
        ("O7", "evaluation_missing"), ("O8", "status_report_missing"),
        ("O9", "milestone_overdue"), ("O10", "end_overdue"), ("O11", "condition_open"),
        ("O12", "disposition_missing"), ("O13", "recommendation_open"),
        ("O14", "observation_missing"), ("O15", "grant_ending"), ("O16", "suspended_review"),
        ("O17", "stage_stuck"), ("O18", "commitment_unconfirmed"), ("O19", "next_round_missing"),
    ]  # fmt: skip


def _first(rule: Rule, basis: date, policy: Policy) -> date:
    return first_day(rule, due(rule, basis, policy), policy)


@pytest.mark.parametrize("code", BY_CODE)
def test_every_rule_holds_back_until_its_last_day_and_shows_on_the_next(code: str) -> None:
    basis, last, owed = DAYS[code]
    rule = BY_CODE[code]
    assert due(rule, basis, STANDARD) == owed
    assert first_day(rule, owed, STANDARD) == last + timedelta(days=1)


@pytest.mark.parametrize("rule", [*RULES, rule_of("O19", UNREPORTED)])
def test_every_number_of_the_policy_a_rule_names_moves_its_days(rule: Rule) -> None:
    basis = date(2026, 1, 1)
    for number in filter(None, (rule.days, rule.months, rule.grace, rule.ahead)):
        more = replace(STANDARD, **{number: getattr(STANDARD, number) + 1})
        assert _first(rule, basis, more) != _first(rule, basis, STANDARD)


def test_a_round_without_a_report_counts_in_months() -> None:
    rule = rule_of("O19", UNREPORTED)
    assert _first(rule, date(2024, 11, 21), STANDARD) == TODAY
    assert rule_of("O19") is BY_CODE["O19"]
    assert rule_of("O9", UNREPORTED) is BY_CODE["O9"]


def test_a_resolution_of_the_council_may_ask_for_reports_more_often() -> None:
    rule, told = BY_CODE["O8"], date(2026, 1, 15)
    assert due(rule, told, STRICT_OF_COUNCIL, binding="council_resolution") == date(2026, 4, 15)
    assert due(rule, told, STRICT_OF_COUNCIL, binding="administrative") == date(2026, 7, 15)
    assert due(rule, told, STANDARD, binding="council_resolution") == date(2026, 7, 15)
    partner = BY_CODE["O18"]
    assert due(partner, told, STRICT_OF_COUNCIL, binding="council_resolution").year == 2028


def test_days_count_from_the_day_owed() -> None:
    assert days_over(date(2026, 9, 30), TODAY) == 53
    assert days_over(date(2026, 10, 15), TODAY) == 38
    assert days_over(TODAY, TODAY) == 0
    assert days_over(date(2026, 12, 31), TODAY) == -39


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (-10, None), (29, None), (30, "superior"), (59, "superior"), (60, "steering"),
        (89, "steering"), (90, "body"), (1000, "body"),
    ],
)  # fmt: skip
def test_the_older_it_is_the_further_it_may_go(days: int, level: str | None) -> None:
    assert reach(days, STANDARD, external=False) == level
    assert escalation(days, STANDARD, external=False) == level


def test_an_external_lead_never_goes_above_steering() -> None:
    reached = [reach(days, STANDARD, external=True) for days in range(400)]
    assert set(reached) == {None, "superior", "steering"}
    assert reach(90, STANDARD, external=True) == "steering"


def test_under_light_nothing_goes_up() -> None:
    assert {reach(days, PRESETS["light"], external=False) for days in range(400)} == {None}


def test_what_was_passed_on_is_not_proposed_again_before_its_next_step() -> None:
    assert escalation(60, STANDARD, external=False, released="superior") == "steering"
    assert escalation(60, STANDARD, external=False, released="steering") is None
    assert escalation(60, STANDARD, external=False, released="body") is None
    assert escalation(90, STANDARD, external=False, released="steering") == "body"
    assert escalation(90, STANDARD, external=True, released="steering") is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_who_owes_it_is_a_role_or_the_department_of_the_record(rule: Rule) -> None:
    assert set(rule.who) <= ROLES | {"lead", "owner", "addressee", "named"}
    assert who(rule, "51", "de")


def test_what_nobody_leads_is_owed_by_planning() -> None:
    assert who(BY_CODE["O9"], "51", "de") == "Fachamt (51)"
    assert who(BY_CODE["O9"], None, "de") == "Sozialplanung"
    assert who(BY_CODE["O15"], "51", "de") == "Kämmerei, Fachamt (51)"
    assert who(BY_CODE["O7"], None, "en") == "evaluator, planning office"
    assert who(BY_CODE["O1"], "51", "de") == "Sozialplanung"


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("code", [*BY_CODE, f"O19.{UNREPORTED}"])
def test_every_rule_has_a_name_a_sentence_a_task_and_a_command(code: str, lang: str) -> None:
    rule, _, about = code.partition(".")
    assert 0 < len(name(rule, lang, about)) <= 40
    assert says(rule, lang, about, what="2 „Fahrdienst“").endswith(".")
    assert task(rule, lang, about)
    typed = command(rule, lang, about, key="KEY-1", noun="measure")
    assert re.fullmatch(r"cycle [a-z]+ [a-z-]+ .*KEY-1.*", typed)


def test_the_sentence_and_the_command_name_which_one() -> None:
    assert "2 „Fahrdienst“" in says("O9", "de", what="2 „Fahrdienst“")
    assert command("O9", "de", "2", key="M-2026-021") == "cycle milestone done M-2026-021 2"


def test_both_languages_say_the_same_rules_and_commands() -> None:
    assert set(overdue_de.OVERDUE) == set(overdue_en.OVERDUE)
    for code, words in overdue_en.OVERDUE.items():
        assert words[3].split()[:3] == overdue_de.OVERDUE[code][3].split()[:3], code
    assert set(overdue_de.DEADLINES) == set(overdue_en.DEADLINES)
    assert set(overdue_de.LEVELS) == set(overdue_en.LEVELS) == set(LEVELS)


def test_deadlines_and_levels_have_names() -> None:
    assert deadline("council_note", "de").startswith("Gremium")
    assert deadline("council_note", "en").startswith("tell")
    assert deadline("something_else", "de") == "something_else"
    assert (level("steering", "de"), level("body", "en")) == ("Lenkungsgruppe", "body")
