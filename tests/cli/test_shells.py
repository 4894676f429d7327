"""Completion in real shells: what they show, and what stands on the line afterwards."""

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import which

import pytest

from cycle.reading.door import file_of
from cycle.store.store import Store
from tests import makers
from tests.cli.sitting import Sitting, words
from tests.conftest import FreshUrl, settle_saalestadt, without
from tests.makers import DAY

LATEST = 2.0  # seconds until TAB has been answered on a busy machine, where no text is awaited
SHELLS = ("bash", "zsh", "fish")
NASTY = (
    "$(touch pwned)`touch pwned`; touch pwned",
    "Mensa\x1b]0;evil\x07\x1b[31m \u202eenil\u2069 \x9b31m",
    "Eins\tzwei\nM-9999-999\tdrei\r/\n",
    "%F{red}%{x%} '\" \\ * ~ !! {a,b} $HOME",
)


def _settle(url: str) -> None:
    """Prepare a town whose titles and names are those of somebody who means no good."""
    settle_saalestadt(url)
    store = Store.open(url)
    for number in range(len(NASTY)):
        title = f"Nummer {number}"
        store.perform(partial(makers.a_measure, title=title), "planner", day=DAY)
    store.close()
    with sqlite3.connect(file_of(url)) as raw:  # past every check
        for number, title in enumerate(NASTY, 1):
            key = f"M-2026-{number:03d}"
            raw.execute("UPDATE measure SET title = ? WHERE ref = ?", (title, key))
        raw.execute("UPDATE body SET short_name = 'q $(touch pwned)' WHERE short_name = 'SR'")
        raw.execute("UPDATE body SET short_name = 'w\x1b[31m' WHERE short_name = 'LG'")
    raw.close()


@pytest.fixture(params=SHELLS)
def sitting(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_url: FreshUrl
) -> Iterator[Sitting]:
    if which(request.param) is None:
        without(f"The shell {request.param} is not installed here.")
    made = Sitting(request.param, tmp_path, fresh_url("sqlite", _settle))
    yield made
    made.leaves()


def test_a_command_is_completed(sitting: Sitting) -> None:
    sitting.types("cycle mea\t")
    sitting.sees("measure")
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["measure"]


def test_keys_are_listed_with_their_titles(sitting: Sitting) -> None:
    sitting.types("cycle measure show M-2026-00\t\t")
    sitting.sees("M-2026-001", "M-2026-004", "$(touch pwned)`touch pwned`; touch pwned")


def test_titles_of_strangers_steer_nothing(sitting: Sitting) -> None:
    sitting.types("cycle measure show M-2026-0\t\t\t")
    shown = sitting.sees("%F{red}%{x%} '\" \\ * ~ !! {a,b} $HOME", "evil", "enil")
    for sign in ("\x07\x1b[31m", "\u202e", "\u2069", "\x9b", "0;evil\x07"):
        assert sign not in shown


def test_a_title_is_never_put_in(sitting: Sitting, tmp_path: Path) -> None:
    sitting.types("cycle measure show M-2026-0\t")
    sitting.waits(LATEST)
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["measure", "show", "M-2026-00"]
    assert not list(tmp_path.rglob("pwned"))


def test_a_key_of_a_stranger_is_one_word_and_runs_nothing(sitting: Sitting, tmp_path: Path) -> None:
    sitting.types("cycle body show q\t")
    sitting.sees("pwned")
    sitting.waits()
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["body", "show", "q $(touch pwned)"]
    assert not list(tmp_path.rglob("pwned"))


def test_a_key_that_would_steer_the_terminal_is_not_offered(sitting: Sitting) -> None:
    sitting.types("cycle body show w\t")
    sitting.waits(LATEST)
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["body", "show", "w"]


def test_a_flag_takes_its_value_behind_the_sign(sitting: Sitting) -> None:
    sitting.types("cycle measure list --state=rep\t")
    sitting.sees("orted")
    sitting.waits()
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["measure", "list", "--state=reported"]


def test_files_are_completed_where_a_file_is_meant(sitting: Sitting, tmp_path: Path) -> None:
    (tmp_path / "sicherung.db").touch()
    sitting.types(f"cycle db restore {tmp_path}/sich\t")
    sitting.sees("rung.db")
    sitting.waits()
    sitting.types("\r")
    assert words(sitting.sees(">.")) == ["db", "restore", f"{tmp_path}/sicherung.db"]
