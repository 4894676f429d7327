"""The three lights at the command line: shown with sign and word, set by hand and lifted."""

import pytest

from cycle.store.store import Store
from tests.cli.calls import Cycle
from tests.makers import DAY
from tests.makers_evaluations import a_measure_with_a_goal

WHY = "Die Zahl stammt aus der Zeit vor dem Umzug."
LIGHTS = ("delivery", "effect", "data")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLE_TODAY", DAY.isoformat())


@pytest.fixture
def key(stored: Store) -> str:
    return a_measure_with_a_goal(stored, "in_progress")


def _set(cycle: Cycle, key: str, *more: str) -> str:
    return cycle.done(
        "measure", "light", key, "--light", "effect", "--colour", "yellow", "--reason", WHY, *more
    )


def test_a_measure_shows_its_lights_in_json_and_in_words(cycle: Cycle, key: str) -> None:
    shown = cycle("measure", "show", key, "--json").json["lights"]
    assert {name: shown[name]["light"] for name in LIGHTS} == {
        "delivery": "green", "effect": "green", "data": "green",
    }  # fmt: skip
    text = cycle.done("measure", "show", key, "--lang", "de")
    assert "Umsetzung  ● grün/auf Kurs" in text
    assert "Datenlage  ● grün/auf Kurs" in text


def test_a_light_set_by_hand_is_shown_beside_the_computed_one(cycle: Cycle, key: str) -> None:
    assert _set(cycle, key) == ""
    effect = cycle("measure", "show", key, "--json").json["lights"]["effect"]
    assert effect["light"] == "green"
    assert effect["manual"] == {"light": "yellow", "reason": WHY, "until": "2027-03-01"}
    text = cycle.done("measure", "show", key, "--lang", "de")
    assert "Wirkung    ● grün/auf Kurs" in text
    assert "▲ gelb/gefährdet, von Hand gesetzt bis 01.03.2027" in text
    assert "Umzug" in text


def test_those_who_only_read_see_no_light_set_by_hand(cycle: Cycle, key: str) -> None:
    _set(cycle, key)
    seen = cycle("measure", "show", key, "--json", "--actor", "reader")
    assert WHY not in seen.out
    assert "manual" not in seen.out


def test_lifting_leaves_the_computed_light(cycle: Cycle, key: str) -> None:
    _set(cycle, key)
    cycle.done("measure", "light", key, "--light", "effect", "--lift")
    assert "manual" not in cycle.done("measure", "show", key, "--json")
    said = cycle("measure", "light", key, "--light", "effect", "--lift")
    assert said.code == 5
    assert "by hand: Effect." in said.err
    said = cycle("measure", "light", key, "--light", "effect", "--lift", "--lang", "de")
    assert "nicht von Hand gesetzt: Wirkung." in said.err


def test_the_journal_names_a_light_set_by_hand_but_not_to_readers(cycle: Cycle, key: str) -> None:
    _set(cycle, key)
    cycle.done("measure", "light", key, "--light", "effect", "--lift")
    told = " ".join(cycle.done("journal", key, "--lang", "de").split())
    assert "Ampel von Hand gesetzt" in told
    assert "Ampel nicht mehr von Hand gesetzt" in told
    seen = cycle.done("journal", key, "--lang", "de", "--actor", "reader")
    assert "angelegt" in seen
    assert "Ampel" not in seen
    assert WHY not in cycle.done("journal", key, "--json", "--actor", "reader")


def test_without_a_reason_nothing_is_set_and_the_flag_is_named(cycle: Cycle, key: str) -> None:
    said = cycle("measure", "light", key, "--light", "effect", "--colour", "yellow")
    assert said.code == 2
    assert "--reason" in said.err
    told = cycle("measure", "light", key, "--light", "effect", "--colour", "yellow", "--json")
    assert [fault["pointer"] for fault in told.problem["errors"]] == ["reason"]
    assert cycle("measure", "light", key, "--colour", "yellow").code == 2
    assert cycle("measure", "light", key, "--light", "effect", "--reason", WHY).code == 2
    assert "manual" not in cycle.done("measure", "show", key, "--json")


def test_heads_of_departments_set_no_lights(cycle: Cycle, key: str) -> None:
    said = cycle(
        "measure", "light", key, "--light", "effect", "--colour", "red", "--reason", WHY,
        "--actor", "youth",
    )  # fmt: skip
    assert said.code == 4


def test_a_list_shows_three_signs_and_what_they_mean(cycle: Cycle, key: str) -> None:
    lines = cycle.done("measure", "list", "--lang", "de").splitlines()
    assert "● ● ●" in lines[2]
    assert lines[-2].startswith("Umsetzung, Wirkung, Datenlage:")
    assert "▲ gelb/gefährdet" in "\n".join(lines[-2:])
    rows = cycle("measure", "list", "--json").json
    assert rows[0]["lights"] == {"delivery": "green", "effect": "green", "data": "green"}
    assert cycle.done("measure", "list", "--ascii", "--lang", "de").isascii()
    assert "Umsetzung" not in cycle.done("measure", "list", "--format", "csv", "--lang", "de")


def test_a_goal_shows_how_far_its_targets_have_come(cycle: Cycle, key: str) -> None:
    (target,) = cycle("goal", "show", "G-2026-001", "--json").json["targets"]
    assert target["light"] == {"light": "green", "reasons": []}
    assert target["data"]["light"] == "green"
    assert (target["attained"], target["expected"], target["gap"]) == (0.4778, 0.5003, -0.0226)
    text = cycle.done("goal", "show", "G-2026-001", "--lang", "de")
    assert "S-SPR 06, Wirkung    ● grün/auf Kurs" in text
    assert "S-SPR 06, Datenlage  ● grün/auf Kurs" in text


def test_an_old_target_has_no_light(cycle: Cycle, key: str) -> None:
    cycle.done("goal", "revise", "G-2026-001", "--value", "20", "--reason", "Neue Lage")
    now, old = cycle("goal", "show", "G-2026-001", "--json").json["targets"]
    assert (now["light"]["light"], old["light"], old["gap"]) == ("yellow", None, None)
    text = cycle.done("goal", "show", "G-2026-001", "--lang", "de")
    assert text.count("Wirkung") == 1
    assert "Erreicht sind 30 % des Wegs, erwartet wären 50 %." in text


def test_a_goal_without_a_target_shows_no_lights(cycle: Cycle) -> None:
    goal = cycle.done("goal", "add", "Alle Kinder starten gleich")
    assert "●" not in cycle.done("goal", "show", goal)
