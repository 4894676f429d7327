import io
import json

import pytest

from tests.cli.calls import Cycle


@pytest.fixture
def key(light: Cycle) -> str:
    return light.done(
        "measure", "log", "Sprachförderung in vier Kitas", "--lead", "51",
        "--goal-text", "Alle Kinder sprechen gut", "--citywide", "--planned-start", "1.8.2026",
    )  # fmt: skip


def test_logging_prints_the_new_key_alone(light: Cycle) -> None:
    said = light("measure", "log", "Sprachförderung")
    assert said.out == "M-2026-001\n"
    assert said.err == "Made: M-2026-001.\n"


def test_logging_for_a_program_shows_the_measure(light: Cycle) -> None:
    said = light("measure", "log", "Sprachförderung", "--lead", "51", "--json")
    assert said.json["key"] == "M-2026-001"
    assert said.json["state"] == "draft"
    assert [offer["name"] for offer in said.json["offers"]]


def test_a_goal_in_words_is_classified_later(light: Cycle, key: str) -> None:
    (goal,) = light("goal", "list", "--json").json
    assert (goal["level"], goal["text"]) == ("open", "Alle Kinder sprechen gut")
    shown = light("measure", "show", key, "--json").json
    assert shown["goals"] == [{"key": goal["key"], "contribution": "main"}]
    assert shown["planned_start"] == "2026-08-01"
    assert shown["citywide"] is True


def test_a_list_is_filtered(light: Cycle, key: str) -> None:
    light.done("measure", "log", "Noch eine", "--field", "ALT", "--prevention", "universal")

    def keys(*words: str) -> list[str]:
        return [each["key"] for each in light("measure", "list", *words, "--json").json]

    assert keys() == [key, "M-2026-002"]
    assert keys("--department", "51") == [key]
    assert keys("--field", "ALT") == ["M-2026-002"]
    assert keys("--prevention", "universal") == ["M-2026-002"]
    assert keys("--state", "approved") == []
    assert keys("--goal", "G-2026-001", "--cycle", "Z-2026") == [key]
    assert light("measure", "list", "--department", "99").code == 3
    assert light("measure", "list", "--state", "nonsense").code == 2


def test_mine_are_the_measures_of_my_departments(light: Cycle, key: str) -> None:
    light.done("measure", "log", "Noch eine")
    light.done("account", "add", "jugend", "--role", "department_head", "--department", "51")
    mine = light("measure", "list", "--mine", "--actor", "jugend", "--json").json
    assert [each["key"] for each in mine] == [key]
    assert light("measure", "list", "--mine", "--json").json == []
    said = light("measure", "list", "--mine", "--actor", "nobody")
    assert said.code == 4


def test_editing_writes_more_down(light: Cycle, key: str) -> None:
    light.done(
        "measure", "edit", key, "--title", "Sprache in fünf Kitas", "--ongoing", "--no-citywide",
        "--mandate", "voluntary", "--field", "JUG", "--field", "BIL", "--priority", "2",
    )  # fmt: skip
    shown = light("measure", "show", key, "--json").json
    assert shown["title"] == "Sprache in fünf Kitas"
    assert shown["fields"] == ["BIL", "JUG"]
    assert shown["citywide"] is False
    assert shown["mandate"] == "voluntary"


def test_no_text_waits_to_be_confirmed(light: Cycle, key: str) -> None:
    said = light("measure", "edit", key, "--confirm-amendment")
    assert said.code == 3
    assert f"`cycle decision list --measure {key}`" in said.err


def test_a_changed_text_is_confirmed_where_the_refusal_says(light: Cycle, key: str) -> None:
    light.done("body", "add", "SR", "Stadtrat", "--kind", "council")
    light.done("measure", "target", key)
    light.done("consequence", "set", key, "built", "staffing", "organisational", "financial",
               "--none")  # fmt: skip
    light.done("measure", "propose", key)
    said = light("measure", "approve", key, "--paper", "2026/0123", "--body", "SR", "--on",
                 "2026-05-01", "--result", "adopted_amended", "--text", "-")  # fmt: skip
    assert said.code == 2  # approve takes no text; the decision is recorded by itself then
    light.done(
        "decision", "add", "--measure", key, "--paper", "2026/0123", "--body", "SR",
        "--on", "2026-05-01", "--result", "adopted_amended", "--changed-text", "In fünf Kitas",
    )  # fmt: skip
    light.done("measure", "edit", key, "--confirm-amendment")
    (decision,) = light("decision", "list", "--measure", key, "--json").json
    assert decision["amendment_confirmed_on"]


def test_a_sheet_tells_state_consequences_and_next_steps(light: Cycle, key: str) -> None:
    text = light.done("measure", "show", key, "--lang", "de")
    assert "Sprachförderung in vier Kitas" in text
    assert "baulich" in text
    assert f"`cycle measure target {key}`" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_can_be_done_tells_what_blocks_it(light: Cycle, key: str) -> None:
    text = light.done("measure", "can", key)
    assert "✓" in text
    offers = light("measure", "can", key, "--json").json
    assert {offer["name"] for offer in offers} >= {"target", "cancel"}
    said = light("measure", "can", key, "approve")
    assert said.code == 3
    assert f"`cycle measure can {key}`" in said.err
    assert [o["name"] for o in light("measure", "can", key, "take-over", "--json").json] == [
        "take_over"
    ] * 6


def test_a_key_comes_from_standard_input(
    light: Cycle, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{key}\n"))
    assert json.loads(light.done("measure", "show", "-", "--json"))["key"] == key
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{key}\n"))
    light.done("measure", "target", "-")
    monkeypatch.setattr("sys.stdin", io.StringIO("a b"))
    said = light("measure", "take-over", "-")
    assert said.code == 2
    assert "xargs" in said.err


def test_on_behalf_of_a_department(light: Cycle) -> None:
    key = light.done("measure", "log", "Im Auftrag", "--for", "51")
    assert light("measure", "show", key, "--json").json["lead"] == "51"
    assert light("journal", key, "--json").json[0]["for_department"] == "51"
    assert light("measure", "log", "x", "--for", "99").code == 3
