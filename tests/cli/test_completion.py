import sys

import pytest

from cli.completion import CODE
from cli.tab import words
from cli.tab.answers import answer
from cycle.reading.completing import MOST
from cycle.store.store import Store
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers import DAY

ENTRY = [sys.executable, "-c", "import sys; from cli.entry import main; sys.exit(main())"]
BREAKS = " \t\n\"'@><=;|&(:"
SILENCE = 3.0  # seconds, on a busy machine; the store itself is given 0.6


@pytest.fixture(params=STORES)
def url(
    request: pytest.FixtureRequest, fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> str:
    found = fresh_url(request.param, settle_saalestadt)
    monkeypatch.setenv("CYCLE_DB", found)
    monkeypatch.setenv("CYCLE_ACTOR", "planner")
    return found


def _log(url: str, *titles: str) -> None:
    store = Store.open(url)
    for title in titles:
        store.perform(lambda unit, t=title: makers.a_measure(unit, title=t), "planner", day=DAY)  # type: ignore[misc] # the default binds it
    store.close()


def _offered(*typed: str) -> dict[str, str]:
    """Ask as fish asks: words, and a text beside each."""
    lines = answer("fish", ["80", *typed]).splitlines()
    return {word: says for word, _, says in (line.partition("\t") for line in lines)}


def _bash(line: str, kind: str = "?") -> list[str]:
    size = str(len(line.encode()))
    return answer("bash", [line, size, str(ord(kind)), BREAKS, "60"]).splitlines()


@pytest.mark.parametrize("shell", CODE)
def test_a_shell_gets_its_completion(nowhere: Cycle, shell: str) -> None:
    assert f"_CYCLE_COMPLETE={shell}" in nowhere.done("completion", shell)
    assert f"completion {shell}" in nowhere.done("completion", "--help")


def test_a_shell_nobody_knows_is_refused(nowhere: Cycle) -> None:
    assert nowhere("completion", "cmd").code == 2


def test_the_words_are_those_of_the_tree() -> None:
    mend = "run `uv run python -m cli.tab.words`"
    assert words.PATH.read_text("utf-8") == words.written(), mend


def test_words_of_every_level_are_completed() -> None:
    assert {"measure", "milestone"} <= set(_offered("m"))
    assert {"send-back", "suspend"} <= set(_offered("measure", "s"))
    assert "--disposition" in _offered("measure", "report-back", "M-1", "--d")
    assert list(_offered("measure", "suspend", "M-1", "--code", "budget_f")) == ["budget_freeze"]
    assert list(_offered("measure", "list", "--state=su")) == [
        "--state=suspended",
        "--state=superseded",
    ]
    assert list(_offered("--lang", "de", "--json", "measure", "sh")) == ["show"]
    assert list(_offered("help", "exi")) == ["exit-codes"]
    assert {"--help", "--version", "--demo"} <= set(_offered("-"))
    assert "--no-citywide" in _offered("measure", "log", "--no")
    assert {"release", "noted"} == set(_offered("overdue", ""))


def test_words_say_what_they_do_in_the_language_asked_for() -> None:
    assert _offered("measure", "sh") == {"show": "show one measure and what may follow"}
    assert "eine Maßnahme zeigen" in _offered("--lang", "de", "measure", "sh")["show"]


def test_what_was_said_is_not_offered_again_unless_it_may_be() -> None:
    assert "--state" not in _offered("measure", "list", "--state", "draft", "--")
    assert "--area" in _offered("measure", "log", "--area", "01", "--")


def test_nothing_is_offered_where_nobody_can_know() -> None:
    for typed in (
        ["maesure", ""], ["measure", "shwo", ""], ["measure", "log", ""], ["--db", ""],
        ["measure", "show", "--", "--"], ["measure", "suspend", "M-1", "--reason", "-"],
        ["help", "formats", ""],
    ):  # fmt: skip
        assert _offered(*typed) == {}, typed


def test_names_of_files_are_left_to_the_shell() -> None:
    for shell in CODE:
        line = ["cycle db restore ", "17", "9", BREAKS, "80"] if shell == "bash" else None
        assert answer(shell, line or ["80", "db", "restore", ""]) == "/\n"


def test_keys_come_with_their_titles(url: str) -> None:
    _log(url, "Hort", "Mensa")
    both = {"M-2026-001": "Hort", "M-2026-002": "Mensa"}
    assert _offered("measure", "show", "M-2026-0") == both
    assert _offered("measure", "propose", "M-2026-001", "2") == {"M-2026-002": "Mensa"}
    assert _offered("measure", "list", "--department", "s") == {"StP": "Stabsstelle Sozialplanung"}
    assert list(_offered("measure", "list", "--cycle=")) == ["--cycle=Z-2026"]
    assert "JHA" in _offered("decision", "open", "--body", "")
    assert _offered("trace", "M-2026-001") == {"M-2026-001": "Hort"}
    assert "planner" in _offered("--actor", "")
    assert _offered("measure", "show", "@") == {"@last": ""}


def test_drafts_of_other_departments_are_not_offered(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _log(url, "Hort")
    assert list(_offered("--actor", "youth", "measure", "show", "M")) == ["M-2026-001"]
    assert _offered("--actor", "schools", "measure", "show", "M") == {}
    monkeypatch.setenv("CYCLE_ACTOR", "reader")
    assert _offered("measure", "show", "1") == {}
    assert _offered("account", "show", "") == {}


def test_of_many_keys_the_last_one_says_that_there_are_more(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _log(url, *(f"Nummer {n}" for n in range(MOST + 2)))
    offered = _offered("measure", "show", "M-2026-0")
    assert len(offered) == MOST + 1
    assert offered[f"M-2026-{MOST + 2:03d}"] == "… and more between: type on"
