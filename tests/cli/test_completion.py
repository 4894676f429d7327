import os
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from cli.completion import CODE
from cli.tab import words
from cli.tab.answers import answer
from cycle.reading.completing import MOST
from cycle.reading.door import file_of
from cycle.store.store import Store
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.house.catalogue import ROOT
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


def _raw(url: str, sql: str) -> None:
    """Write past every check, as somebody may who opens the store's file."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(url))) as raw, raw:
            raw.execute(sql)
    else:
        with psycopg.connect(url) as server:
            server.execute(sql)


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
    assert list(_offered("wait", "M-1", "--for", "state=rep")) == ["state=reported"]
    assert "measure.*" in _offered("watch", "--type", "m")
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


def test_bash_is_told_what_to_put_in_and_shown_more_only_in_lists(url: str) -> None:
    _log(url, "Hort", "Mensa")
    line = "cycle measure show M-2026-0"
    assert _bash(line, "\t") == ["M-2026-001", "M-2026-002"]
    assert [shown.rstrip() for shown in _bash(line)] == ["M-2026-001  Hort", "M-2026-002  Mensa"]
    assert all(len(shown) >= 30 for shown in _bash(line))  # none fits beside another in 60 columns
    assert _bash(f"{line}01") == ["M-2026-001"]


def test_bash_takes_only_what_stands_behind_its_last_break() -> None:
    assert _bash("cycle measure list --state=dra") == ["draft"]
    assert _bash("cycle measure list --state su") == ["suspended", "superseded"]
    assert _bash("cycle measure show @l") == ["last"]
    assert _bash("cycle 'measure' \"sh\"ow --st") == []
    assert _bash("cycle measure li --st") == []
    assert _bash("cycle meas\\ure list --sta") == ["--state"]
    assert _bash("cycle ") == _bash("cycle  ") != []


def test_a_shortened_key_is_not_lost_to_what_several_have_in_common(url: str) -> None:
    _log(url, *"abcdefghijk")
    _raw(url, "UPDATE measure SET ref = 'M-2025-001' WHERE ref = 'M-2026-011'")
    assert _bash("cycle measure show 1", "\t") == []
    assert len(_bash("cycle measure show 1", "?")) == 2
    assert _bash("cycle measure show 2", "\t") == ["M-2026-002"]


def test_what_bash_would_read_as_more_than_a_word_is_quoted(url: str) -> None:
    _raw(url, "UPDATE body SET short_name = 'AG $(x) 78' WHERE short_name = 'JHA'")
    _raw(url, "UPDATE body SET short_name = 'AH 78' WHERE short_name = 'SR'")
    assert _bash("cycle body show ag") == ["AG\\ \\$\\(x\\)\\ 78"]
    assert _bash('cycle body show "A') == ["AH 78"]  # the other cannot be quoted for certain
    assert _bash("cycle body show 'AH ") == ["AH 78"]


def test_a_list_fits_the_screen(url: str) -> None:
    _log(url, "x" * 80, "y" * 80)
    zsh = answer("zsh", ["60", "measure", "show", "M"]).splitlines()
    for lines in (_bash("cycle measure show M"), zsh):
        assert {len(line.rpartition("\t")[2]) for line in lines} == {59}
        assert all(line.endswith("…") for line in lines)
    assert answer("zsh", ["", "measure", "sh"]) == answer("zsh", ["80", "measure", "sh"])


def test_the_demo_stands_in_until_there_is_a_store_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "data" / "kreislauf"
    home.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(home.parent))
    monkeypatch.setenv("CYCLE_ACTOR", "planner")
    assert _offered("measure", "show", "M") == {}
    demo = f"sqlite:///{home / 'saalestadt.db'}"
    settle_saalestadt(demo)
    _log(demo, "Hort")
    assert _offered("measure", "show", "M") == {"M-2026-001": "Hort"}
    settle_saalestadt(f"sqlite:///{home / 'kreislauf.db'}")
    assert _offered("measure", "show", "M") == {}
    assert _offered("--demo", "measure", "show", "M") == {"M-2026-001": "Hort"}


def _entry(*typed: str, **around: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "_CYCLE_COMPLETE": "fish", "PYTHONPATH": str(ROOT), **around}
    return subprocess.run(
        [*ENTRY, "80", *typed], env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "db",
    [
        "sqlite:////nowhere/at/all.db", "postgresql://nobody@/nothing?host=/nowhere", "no store",
        f"sqlite:///{ROOT}/README.md",
    ],
)  # fmt: skip
def test_without_a_store_there_are_words_and_no_word_of_complaint(db: str) -> None:
    said = _entry("journal", "", CYCLE_DB=db)
    assert (said.returncode, said.stdout.split("\t")[0], said.stderr) == (0, "blackout", "")
    assert _entry("measure", "show", "M", CYCLE_DB=db).stdout == ""


def test_whatever_is_wrong_the_shell_hears_nothing_of_it() -> None:
    for around in ({"_CYCLE_COMPLETE": "tcsh"}, {"CYCLE_CONFIG": "/nowhere"}, {"CYCLE_LANG": "xx"}):
        said = _entry("measure", "show", "M", **around)
        assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_a_locked_store_does_not_hold_up_the_shell(
    fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    monkeypatch.setenv("CYCLE_DB", url)
    holder = sqlite3.connect(file_of(url), isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("UPDATE municipality SET name = name")
    before = time.monotonic()
    said = _entry("measure", "show", "M")
    took = time.monotonic() - before
    holder.close()
    assert (said.stdout, said.stderr, took < SILENCE) == ("", "", True)


def test_a_store_that_is_silent_does_not_hold_up_the_shell() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        db = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
        before = time.monotonic()
        said = _entry("measure", "show", "M", CYCLE_DB=db)
        assert (said.stdout, said.stderr) == ("", "")
        assert time.monotonic() - before < SILENCE


def test_an_answer_begins_light(url: str) -> None:
    """A press of TAB loads neither the command line nor anything of the writing rooms."""
    heavy = ("argparse", "cli.main", "cli.desk", "rich", "sqlalchemy", "sqlmodel", "cycle.store")
    said = subprocess.run(
        [sys.executable, "-X", "importtime", *ENTRY[1:], "80", "measure", "show", "M"],
        env={**os.environ, "_CYCLE_COMPLETE": "fish", "PYTHONPATH": str(ROOT)},
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}
    assert "cycle.reading.completing" in loaded
    assert not loaded & set(heavy)


def test_the_installed_command_is_the_one_that_answers_first() -> None:
    said = subprocess.run(
        [*ENTRY, "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("cycle ")
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert table["project"]["scripts"] == {"cycle": "cli.entry:main"}
