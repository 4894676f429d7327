"""A store that is followed at a real terminal: screens that stay, deeds that come, and waiting."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import psycopg
import pytest

from cli.main import main
from tests import postgres
from tests.cli.calls import Cycle
from tests.cli.terminals import CTRL_C, Seat
from tests.conftest import STORES, FreshUrl, without

KEY = "M-2026-001"
ALL = ("built", "staffing", "organisational", "financial")
WORDS = ("--paper", "2026/0123", "--body", "SR", "--on", "2026-05-01")
LEFT = "\x1b[?1049l"  # the screen as it was before


def _prepare(url: str) -> None:
    """Prepare a town with a measure before the committees."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for words in (
            ("init", "--name", "Karlsruhe", "--ags", "08212000", "--start", "2026"),
            ("department", "add", "51", "Jugend"),
            ("body", "add", "SR", "Stadtrat", "--kind", "council"),
            ("measure", "log", "Sprache", "--lead", "51", "--goal-text", "Alle", "--citywide"),
            ("measure", "target", KEY),
            ("consequence", "set", KEY, *ALL, "--none"),
            ("measure", "propose", KEY),
        ):
            assert main([*words, "--db", url]) == 0


@pytest.fixture(params=STORES)
def town(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> Cycle:
    """Call the command on either store, beside what goes on at the terminal."""
    return Cycle(capsys, fresh_url(request.param, _prepare))


@pytest.fixture
def file(capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl) -> Cycle:
    return Cycle(capsys, fresh_url("sqlite", _prepare))


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_screen_is_drawn_anew_when_another_process_writes(town: Cycle) -> None:
    with Seat("status", "--watch", "--db", town.url) as seat:
        seat.until(lambda: "Measures: 1" in seat.screen)
        assert "Last change: " in seat.screen[-1]
        assert seat.screen[-1].endswith("Ctrl-C ends it")
        town.done("measure", "log", "Lesen", "--lead", "51")
        seat.until(lambda: "Measures: 2" in seat.screen)
        seat.type(CTRL_C)
        assert seat.ended() == 0
        stays = seat.shown.rpartition(LEFT)[2]
        assert "Measures: 2" in stays
        assert "Ctrl-C" not in stays


def test_a_screen_fits_the_terminal_whatever_its_size(file: Cycle) -> None:
    def fits(columns: int, lines: int) -> bool:
        widest = max(map(len, seat.screen), default=0)
        return 0 < widest <= columns and len(seat.screen) <= lines

    with Seat("status", "--watch", "--db", file.url, columns=80, lines=60) as seat:
        seat.until(lambda: fits(80, 60))
        wide = max(map(len, seat.screen))
        seat.resize(40, 24)
        seat.until(lambda: fits(40, 24))
        assert any(line.startswith("There is more") for line in seat.screen)
        seat.resize(200, 60)
        seat.until(lambda: max(map(len, seat.screen)) >= wide)
        assert fits(200, 60)
        assert not any(line.startswith("There is more") for line in seat.screen)
        seat.type("xyz\n")  # nothing that is typed comes into the picture
        seat.type(CTRL_C)
        assert seat.ended() == 0
        assert "xyz" not in seat.shown


def test_of_the_journal_the_latest_deeds_are_seen(file: Cycle) -> None:
    with Seat("journal", "--watch", "--db", file.url, lines=8) as seat:
        seat.until(lambda: any("tied to a goal" in line for line in seat.screen))
        file.done("measure", "edit", KEY, "--priority", "1")
        seat.until(lambda: any(line.endswith("edited") for line in seat.screen))
        assert len(seat.screen) <= 8
        seat.type(CTRL_C)
        assert seat.ended() == 0


def test_a_screen_that_is_told_to_end_gives_the_terminal_back(file: Cycle) -> None:
    with Seat("board", "--watch", "--db", file.url) as seat:
        seat.until(lambda: seat.screen)
        seat.stop(signal.SIGTERM)
        assert seat.ended() == 128 + signal.SIGTERM
        assert LEFT in seat.shown


def test_every_deed_is_told_as_it_happens(town: Cycle) -> None:
    with Seat("watch", "--db", town.url) as seat:
        seat.until("Every deed is shown as it happens")
        town.done("measure", "edit", KEY, "--priority", "1")
        seat.until(f"{KEY} edited")
        assert "before the committees" not in seat.shown  # that was before
        seat.type(CTRL_C)
        assert seat.ended() == 130


def test_whoever_waits_is_told_when_another_process_approves(town: Cycle) -> None:
    words = ("--for", "state=approved,rejected", "--timeout", "1h", "--db", town.url)
    with Seat("wait", "m-1", *words) as seat:
        seat.until("Waiting for approved, rejected")
        town.done("measure", "approve", KEY, *WORDS)
        assert seat.ended() == 0
        seat.until(f"{KEY}: approved")


def test_nobody_waits_longer_than_they_want_or_can(file: Cycle) -> None:
    words = ("wait", KEY, "--for", "state=approved", "--db", file.url)
    with Seat(*words) as seat:
        seat.until("Waiting for approved")
        seat.type(CTRL_C)
        assert seat.ended() == 130
        assert "Traceback" not in seat.shown
    with Seat(*words) as seat:
        seat.until("Waiting for approved")
        file.done("measure", "reject", KEY, *WORDS)
        assert seat.ended() == 1
        assert "no step leads there (now: rejected)" in seat.shown


@contextmanager
def _held(url: str) -> Iterator[None]:
    """Hold the store as somebody does who writes for a long time, and write nothing."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(_path(url), isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE counter SET value = value + 1 WHERE name = 'journal'")
            yield
            writer.execute("ROLLBACK")
    else:
        with psycopg.connect(url) as server:
            server.execute("UPDATE counter SET value = value + 1 WHERE name = 'journal'")
            yield
            server.rollback()


def test_a_long_writer_does_not_break_who_follows(town: Cycle) -> None:
    with _held(town.url), Seat("status", "--watch", "--db", town.url) as seat:
        seat.until(lambda: "Measures: 1" in seat.screen)
        seat.resize(60, 60)  # it reads anew meanwhile
        seat.until(lambda: 0 < max(map(len, seat.screen)) <= 60)
        seat.type(CTRL_C)
        assert seat.ended() == 0


def test_whoever_follows_a_file_stands_in_nobodys_way(file: Cycle) -> None:
    with Seat("watch", "--db", file.url) as seat:
        seat.until("Every deed is shown as it happens")
        with closing(sqlite3.connect(_path(file.url), timeout=0, isolation_level=None)) as writer:
            for _ in range(50):
                writer.execute("BEGIN EXCLUSIVE")  # at once, or `database is locked`
                writer.execute("UPDATE counter SET value = value WHERE name = 'journal'")
                writer.execute("COMMIT")
        file.done("measure", "edit", KEY, "--priority", "1")
        seat.until(f"{KEY} edited")


ACTIVITY = """
SELECT query_start, state, now() - state_change > interval '3 s' FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'kreislauf'
"""


def test_whoever_follows_a_server_leaves_no_transaction_open(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> None:
    cycle = Cycle(capsys, fresh_url("postgresql", _prepare))
    states, looks = set(), set()
    with (
        Seat("watch", "--db", cycle.url) as seat,
        psycopg.connect(cycle.url, autocommit=True) as server,
    ):

        def looked() -> bool:
            for begun, state, long in server.execute(ACTIVITY).fetchall():
                looks.add(begun)
                states.add(state)
                assert (state, long) != ("idle in transaction", True)
            return len(looks) >= 4 and "idle" in states

        seat.until("Every deed is shown as it happens")
        seat.until(looked)


@pytest.mark.parametrize("words", [("status", "--watch"), ("watch",)])
def test_a_file_that_is_moved_away_is_told(file: Cycle, words: tuple[str, ...]) -> None:
    with Seat(*words, "--db", file.url) as seat:
        seat.until("Ctrl-C ends it")
        _path(file.url).rename(_path(file.url).with_name("away.db"))
        assert seat.ended() == 7
        assert "There is no store at" in seat.shown.rpartition(LEFT)[2]
        assert "Traceback" not in seat.shown


def test_a_server_that_stops_is_told() -> None:
    try:
        with postgres.running() as server:
            url = server.fresh(_prepare)
            seats = [
                Seat(*words, "--db", url)
                for words in (
                    ("status", "--watch"), ("watch",), ("wait", KEY, "--for", "state=approved"),
                )
            ]  # fmt: skip
            for seat in seats:
                seat.until("Ctrl-C ends it")
    except postgres.MissingServer as missing:
        without(f"PostgreSQL cannot run here: {missing}")
    for seat in seats:
        with seat:
            assert seat.ended() == 7
            assert "The store cannot be reached" in seat.shown.rpartition(LEFT)[2]
            assert "Traceback" not in seat.shown
