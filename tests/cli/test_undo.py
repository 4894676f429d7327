import io

import pytest

from cli import asking
from tests.cli.calls import Cycle


@pytest.fixture
def key(cycle: Cycle) -> str:
    found = cycle.done("measure", "log", "Hausbesuche", "--lead", "51")
    cycle.done("measure", "take-over", found, "--state", "in_progress", "--source", "Liste",
               "--source-date", "2026-01-10", "--start", "2024")  # fmt: skip
    return found


def state(cycle: Cycle, key: str) -> object:
    return cycle("measure", "show", key, "--json").json["state"]


def test_the_last_deed_is_taken_back(cycle: Cycle, key: str) -> None:
    cycle.done("measure", "suspend", key, "--code", "staff_missing")
    said = cycle("undo", "--yes", "--lang", "en")
    assert said.code == 0
    assert said.err == "Taken back; the journal keeps both:\n"
    assert [line.split() for line in said.out.splitlines()][2] == [
        key, "suspended", "under", "way",
    ]  # fmt: skip
    assert state(cycle, key) == "in_progress"
    assert cycle("journal", key, "--json").json[-1]["action"] == "undone"
    assert cycle("journal", "--verify").code == 0
    assert cycle("db", "check").code == 0


def test_a_dry_run_only_tells(cycle: Cycle, key: str) -> None:
    cycle.done("measure", "edit", "1", "--priority", "1")
    said = cycle("undo", "1", "--dry-run", "--lang", "de")
    assert said.code == 0
    assert key in said.out
    told = cycle("undo", key, "--dry-run", "--json").json
    assert told["dry_run"] is True
    assert [each["action"] for each in told["took_back"]] == ["edited"]
    assert cycle("measure", "show", key, "--json").json["version"] == 3


def test_a_script_says_yes_beforehand(cycle: Cycle, key: str) -> None:
    cycle.done("measure", "suspend", key, "--code", "staff_missing")
    said = cycle("undo", "--lang", "en")
    assert said.code == 2
    assert f"A deed on {key} would be taken back" in said.err
    assert state(cycle, key) == "suspended"


@pytest.mark.parametrize(("answer", "after"), [("j", "in_progress"), ("n", "suspended")])
def test_a_person_is_asked(
    cycle: Cycle, key: str, monkeypatch: pytest.MonkeyPatch, answer: str, after: str
) -> None:
    cycle.done("measure", "suspend", key, "--code", "staff_missing")
    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert cycle("undo", "--lang", "en").code == (0 if answer == "j" else 2)
    assert state(cycle, key) == after


def test_who_ends_the_input_wants_nothing(
    cycle: Cycle, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert cycle("undo", key).code == 2


def test_what_is_none_of_mine_is_refused_with_the_way_out(cycle: Cycle, key: str) -> None:
    said = cycle("undo", key, "--yes", "--actor", "youth", "--lang", "en")
    assert said.code == 5
    assert "nothing of yours" in said.err
    assert cycle("undo", "M-2026-0011", "--yes").code == 3
    assert cycle("undo", "stp", "--yes", "--actor", "youth").code == 5
    cycle.done("decision", "add", "--body", "SR", "--paper", "1/2026", "--result", "adopted",
               "--on", "2026-03-01")  # fmt: skip
    said = cycle("undo", "--yes", "--lang", "en")
    assert said.code == 5
    assert "cycle decision correct D-2026-001" in said.err


def test_what_a_body_decided_is_not_taken_back_but_corrected(light: Cycle) -> None:
    light.done("body", "add", "SR", "Stadtrat", "--kind", "council")
    key = light.done("measure", "log", "Lotsen", "--lead", "51", "--goal-text", "Hilfe finden")
    light.done("measure", "target", key)
    light.done("consequence", "set", key, "all", "--none")
    light.done("measure", "propose", key)
    light.done("measure", "approve", key, "--paper", "7/2026", "--body", "SR")
    said = light("undo", "--yes", "--lang", "en")
    assert said.code == 5
    assert "D-2026-001 is not taken back" in said.err
    assert "`cycle decision correct D-2026-001" in said.err
    assert state(light, key) == "approved"
    light.done("db", "check")
    light.done("journal", "--verify")


def test_what_was_evaluated_is_not_taken_back_but_corrected(cycle: Cycle, key: str) -> None:
    cycle.done("evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt")
    said = cycle("undo", "--yes", "--lang", "en")
    assert said.code == 5
    assert "`cycle evaluation add --corrects E-2026-001`" in said.err


def test_where_somebody_has_gone_on_the_way_out_is_told(cycle: Cycle, key: str) -> None:
    cycle.done("measure", "edit", key, "--planned-end", "2027-06-30", "--actor", "planner")
    cycle.done("milestone", "add", key, "Leitung", "--due", "2027-02-01", "--actor", "youth")
    said = cycle("undo", "--yes", "--actor", "planner", "--lang", "de")
    assert (said.code, f"`cycle journal {key}`" in said.err) == (5, True)
    cycle.done("undo", "--yes", "--actor", "youth")
    cycle.done("undo", "--yes", "--actor", "planner")
    assert cycle("measure", "show", key, "--json").json["planned_end"] is None
    cycle.done("db", "check")
