import io
import json

import pytest

from cli import asking
from tests.cli.calls import Cycle
from tests.cli.terminals import typed

FREEZE = ("measure", "suspend", "--mandate", "voluntary", "--code", "budget_freeze")


@pytest.fixture
def keys(cycle: Cycle) -> list[str]:
    """Two voluntary measures under way, and one the law demands."""
    found = []
    for mandate in ("voluntary", "voluntary", "statutory"):
        key = cycle.done("measure", "log", "Hausbesuche", "--lead", "51", "--mandate", mandate)
        cycle.done("measure", "take-over", key, "--state", "in_progress", "--source", "Liste",
                   "--source-date", "2026-01-10", "--start", "2024")  # fmt: skip
        found.append(key)
    return found


def states(cycle: Cycle, keys: list[str]) -> list[str]:
    return [str(cycle("measure", "show", key, "--json").json["state"]) for key in keys]


def test_a_script_says_yes_beforehand(cycle: Cycle, keys: list[str]) -> None:
    said = cycle(*FREEZE, "--yes", "--lang", "en")
    assert (said.code, said.out) == (0, "")
    assert said.err == "2 measures are now: suspended.\n"
    assert states(cycle, keys) == ["suspended", "suspended", "in_progress"]


def test_without_yes_a_script_is_told_how_many_it_would_be(cycle: Cycle, keys: list[str]) -> None:
    said = cycle(*FREEZE, "--json")
    assert said.code == 2
    assert said.problem["detail"].startswith("2 measures would be moved")
    assert states(cycle, keys)[0] == "in_progress"


@pytest.mark.parametrize(("answer", "state"), [("j", "suspended"), ("n", "in_progress")])
def test_a_person_is_asked_once(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch, answer: str, state: str
) -> None:
    asked: list[str] = []

    def answers(says: str) -> str:
        asked.append(says)
        return answer

    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", answers)
    assert cycle(*FREEZE, "--lang", "en").code == (0 if answer == "j" else 2)
    assert asked == ["Go on? (y/n) "]
    assert states(cycle, keys) == [state, state, "in_progress"]


def test_a_dry_run_tells_of_each_what_would_become_of_it(cycle: Cycle, keys: list[str]) -> None:
    said = cycle(*FREEZE, "--dry-run", "--lang", "en")
    assert said.err == "2 measures would then be: suspended.\n"
    assert keys[0] in said.out
    assert keys[2] not in said.out
    said = cycle(*FREEZE, "--dry-run", "--json")
    assert said.json == {"dry_run": True, "moved": keys[:2], "refused": []}
    assert states(cycle, keys)[0] == "in_progress"


def test_what_was_refused_is_listed_with_the_reason(cycle: Cycle, keys: list[str]) -> None:
    cycle.done("progress", "report", keys[0], "--course", "done")
    finish = ("measure", "finish", "--mandate", "voluntary", "--yes")
    said = cycle(*finish, "--lang", "en")
    assert said.code == 0
    assert said.err == "1 measure is now: implemented.\n1 measure stays where it is:\n"
    assert keys[1] in said.out
    assert keys[0] not in said.out
    said = cycle(*finish, "--json")
    assert said.code == 6  # nothing is left that can be moved
    (refused,) = said.json["refused"]
    assert refused["key"] == keys[1]
    assert [reason["guard"] for reason in refused["blocked_by"]] == ["final_progress_missing"]
    rows = cycle(*finish, "--format", "csv").out.splitlines()
    assert rows[0].startswith("key,state,guard")


def test_all_or_nothing(cycle: Cycle, keys: list[str]) -> None:
    cycle.done("progress", "report", keys[0], "--course", "done")
    said = cycle("measure", "finish", "--mandate", "voluntary", "--yes", "--all-or-nothing")
    assert said.code == 6
    assert states(cycle, keys) == ["in_progress"] * 3


def test_one_measure_may_be_tried_too(cycle: Cycle, keys: list[str]) -> None:
    said = cycle("measure", "suspend", keys[2], "--code", "budget_freeze", "--dry-run", "--json")
    assert said.json["moved"] == [keys[2]]
    cycle.done("measure", "suspend", keys[2], "--code", "budget_freeze", "--yes")
    assert states(cycle, keys)[2] == "suspended"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("suspend", "--code", "budget_freeze", "--yes"), "A MEASURE is missing"),
        (("suspend", "M-1", "--mandate", "voluntary"), "Name a measure or pick several, not both"),
        (("suspend", "M-1", "--department", "51"), "Name a measure or pick several, not both"),
        (("approve", "--mandate", "voluntary", "--paper", "1/2026", "--yes"), "recorded first"),
        (("resume", "--mandate", "voluntary", "--expect-version", "3", "--yes"), "one measure"),
        (("suspend", "--department", "51", "--code", "budget_freeze", "--yes"), "spares what"),
    ],
)
def test_what_contradicts_itself_is_refused(
    cycle: Cycle, keys: list[str], words: tuple[str, ...], says: str
) -> None:
    said = cycle("measure", *words, "--json", "--lang", "en")
    assert said.code == 2
    problem = said.problem
    told = [problem["detail"], *(each["says"] for each in problem.get("errors", ()))]
    assert any(says in each for each in told)
    assert states(cycle, keys) == ["in_progress"] * 3


def test_nothing_to_move_is_no_error(cycle: Cycle, keys: list[str]) -> None:
    said = cycle("measure", "resume", "--state", "suspended", "--lang", "en")
    assert (said.code, said.out) == (0, "")
    assert said.err == "No measure fits these flags; nothing is moved.\n"
    assert len(keys) == 3


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


FORMATS = ("table", "plain", "json", "ndjson", "csv", "md")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_list_of_ours_in_any_format_names_the_measures_to_move(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch, format_: str, lang: str
) -> None:
    listed = cycle.done("measure", "list", "--format", format_, "--lang", lang)
    piped(monkeypatch, listed)
    said = cycle("measure", "suspend", "-", "--code", "staff_missing", "--dry-run", "--json")
    assert said.json["moved"] == keys


def test_keys_are_words_lines_and_no_comments(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, f"# from the budget office\n{keys[0]} 2  # and the second\n{keys[0]}\n")
    said = cycle("measure", "suspend", "-", "--code", "staff_missing", "--yes", "--json")
    assert said.json["moved"] == keys[:2]
    assert states(cycle, keys) == ["suspended", "suspended", "in_progress"]


def test_what_a_move_brought_about_names_the_measures_of_the_next(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, cycle.done(*FREEZE, "--yes", "--json"))
    shown = cycle.done("measure", "show", "-", "--format", "ndjson").splitlines()
    assert [json.loads(line)["key"] for line in shown] == keys[:2]


@pytest.mark.parametrize(("text", "says"), [("", "No key came"), ("{no", "begins like JSON")])
def test_what_names_no_key_is_wrong_usage(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    piped(monkeypatch, text)
    said = cycle("measure", "show", "-", "--lang", "en")
    assert said.code == 2
    assert says in said.err
    assert keys


def test_several_keys_may_stand_as_words(cycle: Cycle, keys: list[str]) -> None:
    said = cycle("measure", "suspend", "1", "3", "--code", "staff_missing", "--yes", "--lang", "en")
    assert said.err == "2 measures are now: suspended.\n"
    assert states(cycle, keys) == ["suspended", "in_progress", "suspended"]


def test_every_key_that_is_unknown_is_named(cycle: Cycle, keys: list[str]) -> None:
    said = cycle("measure", "resume", keys[0], "M-1999-001", "77", "--yes", "--lang", "en")
    assert said.code == 3
    assert "M-1999-001, 77" in said.err
    said = cycle("measure", "resume", keys[0], "M-2026-0011", "--yes", "--lang", "en")
    assert said.code == 3
    assert "Did you mean M-2026-001" in said.err


def test_one_that_cannot_be_written_leaves_all_as_they_were(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = cycle.done("measure", "log", "Irrtum", "--lead", "51")
    cycle.done("measure", "cancel", last, "--code", "entered_in_error")
    piped(monkeypatch, f"{keys[0]} {last}")
    said = cycle("measure", "edit", "-", "--priority", "1", "--lang", "en")
    assert said.code == 5
    assert f"At {last} it cannot be done" in said.err
    assert cycle("journal", keys[0], "--json").json[-1]["action"] == "taken_over"
    piped(monkeypatch, f"{keys[0]} {keys[1]}")
    both = cycle("measure", "edit", "-", "--priority", "1", "--json").json
    assert [each["key"] for each in both] == keys[:2]
    piped(monkeypatch, f"{keys[0]} {keys[1]}")
    assert cycle("measure", "edit", "-", "--priority", "2", "--expect-version", "9").code == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_several_records_are_shown_one_after_the_other(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    piped(monkeypatch, " ".join(keys))
    shown = cycle.done("measure", "show", "-", "--format", format_)
    assert all(key in shown for key in keys)
    piped(monkeypatch, " ".join(keys))
    can = cycle.done("measure", "can", "-", "suspend", "--format", format_)
    assert all(key in can for key in keys)


def test_a_goal_may_be_named_by_its_number_alone(cycle: Cycle, keys: list[str]) -> None:
    goal = cycle.done("goal", "add", "Alle schwimmen")
    cycle.done("measure", "edit", keys[0], "--goal", "1", "--field", "jug")
    shown = cycle("measure", "show", keys[0], "--json").json
    assert (shown["goals"], shown["fields"]) == ([{"key": goal, "contribution": "main"}], ["JUG"])
    assert cycle("measure", "edit", keys[0], "--goal", "G-2026-0011").code == 3


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\x04", 2)])
def test_who_pipes_keys_at_a_terminal_is_asked_there(
    cycle: Cycle, keys: list[str], answer: str, code: int
) -> None:
    words = ["measure", "suspend", "-", "--code", "staff_missing", "--db", cycle.url]
    ended, shown = typed([*words, "--lang", "en"], [("(y/n)", answer)], piped="\n".join(keys))
    assert ended == code, shown
    assert "3 measures would then be: suspended." in shown
    assert ("suspended" in states(cycle, keys)) == (code == 0)


def test_many_are_named_in_part_before_a_person_is_asked(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(22):
        cycle.done("measure", "log", f"Kurs {n}", "--lead", "51")
    monkeypatch.setattr(asking, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "y")
    said = cycle("measure", "cancel", "--state", "draft", "--code", "entered_in_error",
                 "--lang", "en")  # fmt: skip
    assert said.code == 0
    assert "… and 2 more" in said.out
