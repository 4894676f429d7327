from collections.abc import Iterator

import pytest

from cli import asking, measures
from tests.cli.calls import Cycle
from tests.cli.terminals import typed

TITLE = ("(a title)", "Spielplatz erneuern\n")
GOAL = ("if not known yet:", "\n")
PLACE = ("*whole town*, or Enter:", "\n")
UNTIL = ("or Enter:", "\n")


@pytest.fixture
def person(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let a person type these answers."""
    answers: list[str] = []

    def types(question: str) -> str:
        assert question
        said = answers.pop(0)
        if said == "^C":
            raise KeyboardInterrupt
        return said

    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr(measures, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", types)
    yield answers
    assert answers == []
    assert cycle.url


def test_three_questions_log_a_measure(cycle: Cycle, person: list[str]) -> None:
    goal = cycle.done("goal", "add", "Alle schwimmen")
    person += ["Schwimmkurse", "1", "ganze Stadt", "Ende 2027"]
    said = cycle("measure", "log", "--lead", "51", "--lang", "en")
    assert said.code == 0
    key = said.out.splitlines()[-1]
    found = cycle("measure", "show", key, "--json").json
    assert found["goals"] == [{"key": goal, "contribution": "main"}]
    assert (found["title"], found["citywide"], found["planned_end"], found["lead"]) == (
        "Schwimmkurse", True, "2027-12-31", "51",
    )  # fmt: skip
    assert "What: Schwimmkurse" in said.err
    assert "Until: Ende 2027" in said.err


def test_enter_skips_all_but_the_title(cycle: Cycle, person: list[str]) -> None:
    person += ["", "Schwimmkurse", "", "", ""]
    said = cycle("measure", "log", "--lang", "en")
    assert said.code == 0
    assert "A title is needed" in said.err
    assert said.err.count("not told yet") == 3


def test_every_answer_is_tried_at_once(cycle: Cycle, person: list[str]) -> None:
    cycle.done("goal", "add", "Alle schwimmen")
    person += ["x" * 91, "Schwimmkurse", "9", "g-2026-001", "nirgends", "7, 16999000", "16999000",
               "irgendwann", "laufend"]  # fmt: skip
    said = cycle("measure", "log", "--lang", "en")
    assert said.code == 0
    for told in ("91 characters", "no number 9", "key nirgends", "key 7", "no time that can"):
        assert told in said.err
    assert cycle("journal", "--json").json[-1]["action"] == "logged"


def test_a_goal_in_words_is_written_down_too(cycle: Cycle, person: list[str]) -> None:
    person += ["Schwimmkurse", "Alle lernen schwimmen", "*", "2026 - 2028"]
    key = cycle.done("measure", "log").splitlines()[-1]
    found = cycle("measure", "show", key, "--json").json
    assert (found["planned_start"], found["planned_end"]) == ("2026-01-01", "2028-12-31")
    goal = cycle("goal", "show", found["goals"][0]["key"], "--json").json
    assert goal["text"] == "Alle lernen schwimmen"


def test_what_was_said_by_flags_is_not_asked(cycle: Cycle, person: list[str]) -> None:
    person += ["Schwimmkurse"]
    said = cycle("measure", "log", "--goal-text", "Ziel", "--citywide", "--period", "2027")
    assert said.code == 0


def test_many_goals_are_offered_in_part(cycle: Cycle, person: list[str]) -> None:
    for n in range(22):
        cycle.done("goal", "add", f"Ziel {n} mit vielen Worten, die in keine Zeile passen " * 2)
    person += ["Schwimmkurse", "22", "", "", ""]
    said = cycle("measure", "log", "--lang", "en")
    assert "2 more" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_ctrl_c_leaves_without_a_trace(cycle: Cycle, person: list[str]) -> None:
    person += ["Schwimmkurse", "^C"]
    said = cycle("measure", "log", "--lang", "en")
    assert said.code == 130
    assert "Nothing was logged" in said.err
    assert cycle("measure", "list", "--json").json == []


def test_what_no_answer_could_mend_is_told_before_the_first(
    cycle: Cycle, person: list[str]
) -> None:
    said = cycle("measure", "log", "--lead", "99", "--lang", "en")
    assert said.code == 3
    assert person == []


def test_a_script_is_told_that_the_title_is_missing(cycle: Cycle) -> None:
    said = cycle("measure", "log", "--lang", "en")
    assert said.code == 2
    assert "title is missing" in said.err


def test_at_a_real_terminal(cycle: Cycle) -> None:
    code, shown = typed(
        ["measure", "log", "--db", cycle.url, "--lang", "en"], [TITLE, GOAL, PLACE, UNTIL]
    )
    assert code == 0, shown
    assert shown.splitlines()[-1] == "M-2026-001"
    code, shown = typed(["measure", "log", "--db", cycle.url], [("1 ", "\x03")])
    assert code == 130, shown
    assert len(cycle("measure", "list", "--json").json) == 1
