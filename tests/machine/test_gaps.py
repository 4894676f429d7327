import re
from datetime import date

import pytest

from cycle.machine.gaps import (
    BY_ID,
    GROUPS,
    LOOP_IDS,
    RULES,
    command,
    first_day_without,
    says,
    task,
)
from cycle.machine.roles import LEAD, ROLES
from cycle.machine.standing import ALWAYS
from cycle.machine.words import gaps_de, gaps_en


def test_every_open_end_of_the_circle_has_its_rule() -> None:
    assert set(LOOP_IDS) == {
        "finding_without_response", "goal_without_measure", "goal_without_target",
        "measure_without_finding", "evaluation_not_planned", "evaluation_owed",
        "feedback_missing", "recommendation_unanswered", "report_not_presented",
        "budget_missing", "observation_missing", "lead_missing", "goal_unclassified",
        "finding_without_area", "strand_unlinked", "participation_missing", "goal_only_output",
        "agreement_missing", "next_round_missing",
    }  # fmt: skip


def test_no_rule_stands_twice() -> None:
    assert len(BY_ID) == len(RULES)


def test_what_presses_most_stands_first_in_its_group() -> None:
    pressing = ["act", "watch", "info"]
    for group in GROUPS:
        places = [pressing.index(rule.severity) for rule in RULES if rule.group == group]
        assert places == sorted(places)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_names_who_owes_it(rule: object) -> None:
    assert BY_ID[getattr(rule, "id", "")].who in ROLES | {LEAD}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("rule", list(BY_ID))
def test_every_rule_can_be_said_on_a_line_and_names_a_command(rule: str, lang: str) -> None:
    assert 0 < len(says(rule, lang)) <= 62
    assert task(rule, lang)
    assert re.fullmatch(r"cycle [a-z]+ [a-z-]+ .*KEY-1.*|cycle [a-z]+ [a-z-]+ KEY-1",
                        command(rule, lang, "KEY-1"))  # fmt: skip


def test_both_languages_say_the_same_rules_and_commands() -> None:
    assert set(gaps_de.GAPS) == set(gaps_en.GAPS) == set(BY_ID)
    for rule in BY_ID:
        ours = command(rule, "de", "X").split()[:3]
        assert ours == command(rule, "en", "X").split()[:3]


@pytest.mark.parametrize(
    ("frequency", "newest", "first"),
    [
        ("yearly", date(2024, 12, 31), date(2026, 9, 28)),  # its value may come on the day before
        ("monthly", date(2026, 9, 30), date(2027, 7, 28)),
        ("school_year", date(2025, 7, 31), date(2027, 4, 28)),
        ("irregular", date(1990, 1, 1), None),
        ("irregular", None, ALWAYS),
        ("yearly", None, ALWAYS),
    ],
)
def test_a_value_is_missed_from_the_day_on_which_the_next_one_should_be_there(
    frequency: str, newest: date | None, first: date | None
) -> None:
    assert first_day_without(frequency, 270, newest) == first
