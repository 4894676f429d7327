"""What a measure owes, one verb each: consequences, people, levers, money, steps, progress."""

import pytest

from cycle.store.store import Store
from tests.cli.calls import Cycle


@pytest.fixture
def key(light: Cycle) -> str:
    return light.done("measure", "log", "Sprache", "--lead", "51", "--goal-text", "Alle sprechen")


def _show(light: Cycle, key: str) -> dict[str, dict[str, dict[str, object]]]:
    shown: dict[str, dict[str, dict[str, object]]] = light("measure", "show", key, "--json").json
    return shown


def test_consequences_are_assessed_one_by_one_or_settled_together(light: Cycle, key: str) -> None:
    light.done("consequence", "set", key, "built", "organisational", "--none")
    light.done("consequence", "set", key, "staffing", "--text", "zwei Kräfte", "--fte", "3,5",
               "--grade", "S8b", "--temporary", "--lang", "de")  # fmt: skip
    light.done("consequence", "set", key, "financial", "--text", "jedes Jahr", "--annual",
               "231.000,00", "--cover", "budgeted", "--lang", "de")  # fmt: skip
    states = {kind: each["state"] for kind, each in _show(light, key)["consequences"].items()}
    assert states == {
        "built": "none", "staffing": "assessed", "organisational": "none", "financial": "assessed",
    }  # fmt: skip
    light.done("consequence", "countersign", key, "--on", "2026-02-01", "--ref", "20.1/4")
    assert _show(light, key)["consequences"]["financial"]["countersigned"] is True


def test_an_amount_of_another_kind_is_refused(light: Cycle, key: str) -> None:
    said = light("consequence", "set", key, "built", "--text", "Räume", "--fte", "1")
    assert said.code == 2
    assert light("consequence", "set", key, "nonsense", "--none").code == 2


def test_people_are_involved_in_measures_goals_and_rounds(light: Cycle, key: str) -> None:
    words = ("--format", "survey", "--level", "consult", "--group", "residents", "--summary",
             "412 von 1150", "--from", "2026-01-10", "--participants", "412")  # fmt: skip
    for subject in (key, "G-2026-001", "Z-2026"):
        light.done("participation", "add", subject, *words)
    said = light("participation", "add", key, "--format", "survey", "--level", "consult", "--json")
    assert said.code == 2
    assert {e["pointer"] for e in said.problem["errors"]} >= {"groups"}


def test_levers_and_partners_are_noted(light: Cycle, key: str) -> None:
    light.done("department", "add", "WV-A", "Wohlfahrtsverband A", "--kind",
               "independent_provider")  # fmt: skip
    light.done("measure", "edit", key, "--partner", "WV-A")
    light.done("commitment", "add", key, "--partner", "WV-A", "--on", "2026-01-05")
    light.done("enforcement", "add", key, "--lever", "contract", "--responsible", "51")
    assert light("commitment", "add", key, "--partner", "99").code == 3


def test_money_is_written_down_by_year(light: Cycle, key: str) -> None:
    light.done("budget", "set", key, "--year", "2026", "--planned", "180000", "--approved",
               "120000")  # fmt: skip
    assert light("budget", "set", key, "--year", "2026", "--planned", "viel").code == 2


def test_milestones_are_known_by_their_number(light: Cycle, key: str) -> None:
    assert light.done("milestone", "add", key, "Räume fertig", "--due", "2026-09-30") == "1"
    assert light.done("milestone", "add", key, "Team steht", "--due", "2026-10-31") == "2"
    light.done("milestone", "done", key, "1", "--on", "2026-09-01")
    light.done("milestone", "drop", key, "2", "--reason", "entfällt")
    assert light("milestone", "done", key, "9").code == 3


def test_progress_is_reported_or_said_to_be_unchanged(light: Cycle, key: str) -> None:
    light.done("measure", "take-over", key, "--state", "in_progress", "--source", "Liste",
               "--source-date", "2026-01-10", "--start", "2024")  # fmt: skip
    light.done("progress", "report", key, "--course", "delayed", "--text", "Baustelle",
               "--delay-reason", "Frost", "--percent", "40")  # fmt: skip
    rows = light("progress", "list", key, "--json").json
    assert [(row["course"], row["percent"]) for row in rows] == [("delayed", 40)]
    light.done("progress", "unchanged", key)
    assert "verzögert" in light.done("progress", "list", key, "--lang", "de")


def test_an_evaluation_is_planned_and_recorded_without_a_move(light: Cycle, key: str) -> None:
    light.done("evaluation", "plan", key, "--due", "2027-06-30", "--question", "Wirkt es?")
    light.done("measure", "take-over", key, "--state", "implemented", "--source", "Liste",
               "--source-date", "2026-01-10", "--start", "2024")  # fmt: skip
    made = light.done(
        "evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt.", "--rating",
        "effectiveness=3", "--recommendation", "Ausweiten", "--on", "2026-03-01", "--no-move",
    )  # fmt: skip
    assert light("measure", "show", key, "--json").json["state"] == "implemented"
    shown = light("evaluation", "show", made, "--json").json
    assert shown["ratings"] == {"effectiveness": 3}
    assert [r["text"] for r in shown["recommendations"]] == ["Ausweiten"]
    assert made in light.done("evaluation", "list", "--measure", key)
    assert "wirksam" in light.done("evaluation", "show", made, "--lang", "de")
    (advice,) = light("recommendation", "list", "--open", "--json").json
    light.done("recommendation", "answer", advice["key"], "--response", "accepted", "--reason",
               "gut")  # fmt: skip
    assert light("recommendation", "list", "--open", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [("--rating", "effectiveness=5"), ("--rating", "effectiveness"), ("--result", "G-1=x@y"),
     ("--result", "G-1=many@2026-01-01")],
)  # fmt: skip
def test_a_rating_or_a_result_that_is_none_is_refused(
    light: Cycle, key: str, words: tuple[str, str]
) -> None:
    said = light("evaluation", "add", key, "--overall", "effective", *words)
    assert said.code == 2
    assert "=" in said.err


def test_what_follows_is_decided(light: Cycle, key: str) -> None:
    light.done("disposition", "set", key, "--choice", "adapt", "--reason", "gut", "--changes",
               "ein Modul mehr")  # fmt: skip


def test_exceptions_are_granted_and_listed(light: Cycle, key: str) -> None:
    light.done("waiver", "grant", key, "finding_missing", "--reason", "Daten kommen 2027")
    light.done("waiver", "grant", "Z-2026", "no-finding", "--reason", "erster Bericht")
    rows = light("waiver", "list", "--json").json
    assert {(row["key"], row["guard"]) for row in rows} == {
        (key, "finding_missing"), ("Z-2026", "no_finding"),
    }  # fmt: skip
    assert "Daten kommen 2027" in light.done("waiver", "list", key)
    said = light("waiver", "grant", key, "main_goal_missing", "--reason", "x", "--lang", "de")
    assert said.code == 6
    assert said.err.startswith(f"{key}: Davon kann niemand eine Ausnahme machen")
    assert light("waiver", "grant", key, "nonsense", "--reason", "x").code == 3


def test_nothing_is_written_where_a_deed_fails(light: Cycle, key: str) -> None:
    before = light("journal", "--json").json
    assert light("milestone", "add", key, "x" * 400, "--due", "2026-09-30").code == 2
    assert light("budget", "set", "M-2026-999", "--year", "2026", "--planned", "1").code == 3
    assert light("journal", "--json").json == before


def test_the_store_is_closed_after_every_deed(light: Cycle, key: str) -> None:
    store = Store.open(light.url)
    with store.unit("local") as unit:
        assert unit.town.name == "Karlsruhe"
    store.close()
