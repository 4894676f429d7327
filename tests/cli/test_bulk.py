import pytest

from cli import bulk
from tests.cli.calls import Cycle

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
    assert "would be moved (2)" in said.problem["detail"]
    assert states(cycle, keys)[0] == "in_progress"


@pytest.mark.parametrize(("answer", "state"), [("j", "suspended"), ("n", "in_progress")])
def test_a_person_is_asked_once(
    cycle: Cycle, keys: list[str], monkeypatch: pytest.MonkeyPatch, answer: str, state: str
) -> None:
    asked: list[str] = []

    def answers(says: str) -> str:
        asked.append(says)
        return answer

    monkeypatch.setattr(bulk, "asks", lambda: True)
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
    assert said.err == "1 measure is now: implemented.\n"
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
