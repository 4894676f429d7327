"""`--watch`: what is shown anew, to programs and to people, and what cannot be followed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import IO

import pytest

from cli.show.live import Live
from cycle import clock
from tests.cli.aside import PATIENCE, Aside, Terminal, come, log, rename
from tests.cli.calls import Cycle
from tests.cli.terminals import ROOT

LEFT = "\x1b[?1049l"  # the screen as it was before


def test_a_program_gets_a_document_a_line_whenever_it_changes(light: Cycle, aside: Aside) -> None:
    aside(
        (lambda out: out.count("\n") == 1, lambda: log(light.url)),
        last=lambda out: out.count("\n") == 2,
    )
    said = light("measure", "list", "--watch", "--json")
    first, second = (json.loads(line) for line in aside.told().splitlines())
    assert (said.code, first, [each["title"] for each in second]) == (0, [], ["Lesen"])


def test_pages_follow_one_another_where_no_screen_can_be_drawn_anew(
    light: Cycle, aside: Aside
) -> None:
    key = log(light.url)

    aside(
        (lambda out: out.count("Last change") == 1, lambda: log(light.url, "Was ein anderer tat")),
        (lambda out: out.count("Last change") == 1, lambda: rename(light.url, key)),
        last=lambda out: out.count("Last change") == 2,
    )
    said = light("measure", "show", key, "--watch", "--lang", "en")
    assert said.code == 0
    assert "\x1b" not in aside.told()
    assert "Lesen" in aside.told().partition("Last change")[0]
    assert "Rechnen" in aside.told().partition("Last change")[2]


def test_the_latest_answer_gives_the_code(light: Cycle, aside: Aside) -> None:
    aside(last=lambda out: "Last change" in out)
    assert light("status", "--watch", "--exit-code", "--lang", "en").code == 0


def test_a_day_that_begins_is_a_change(
    light: Cycle, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def midnight() -> None:
        now[0] = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # in Berlin

    aside((lambda out: "2026-11-22" in out, midnight),
          last=lambda out: "2026-11-23" in out)  # fmt: skip
    light("status", "--watch", "--json")
    days = [json.loads(line)["today"] for line in aside.told().splitlines()]
    assert days == ["2026-11-22", "2026-11-23"]


def test_a_key_from_a_pipe_is_read_once(
    light: Cycle, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = log(light.url)
    monkeypatch.setattr("sys.stdin", StringIO(key))
    aside(
        (lambda out: key in out, lambda: rename(light.url, key)),
        last=lambda out: "Rechnen" in out,
    )
    assert light("measure", "show", "-", "--watch", "--json").code == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("status", "--watch", "--format", "csv"), "cycle watch --json"),
        (("status", "--watch", "--format", "ndjson"), "cycle watch --json"),
        (("status", "--watch", "--as-of", "2026-01-01"), "--as-of"),
        (("watch", "--format", "md"), "--json"),
        (("watch", "--since", "999999"), "cycle watch --since"),
        (("watch", "--since", "gestern"), "7d"),
        (("watch", "--type", "measure.loged"), "measure.logged"),
        (("wait", "M-1", "--for", "state=aproved"), "approved"),
        (("wait", "M-1", "--for", "state=7"), "in_progress"),
        (("wait", "M-1", "--for", "colour=green"), "state="),
        (("wait", "M-1", "--for", "approved"), "NAME=VALUE"),
        (("wait", "M-1", "--for", "state=approved", "--timeout", "10"), "10m"),
        (("wait", "D-2026-001", "--for", "state=approved"), "M-"),
    ],
)
def test_what_cannot_be_followed_is_told_with_what_can(
    light: Cycle, words: tuple[str, ...], hint: str
) -> None:
    log(light.url)
    said = light(*words, "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("measure", "show", "M-1999-9", "--watch"), ("watch", "M-1999-9"),
        ("wait", "M-1999-9", "--for", "state=approved"), ("wait", "Q-1", "--for", "state=draft"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_followed(light: Cycle, words: tuple[str, ...]) -> None:
    assert light(*words).code == 3


def _piped(light: Cycle, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words, "--db", light.url],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def _line(stream: IO[str] | None) -> str:
    assert stream
    return stream.readline()


@pytest.mark.parametrize("words", [("watch", "--since", "0"), ("status", "--watch", "--json")])
def test_who_stops_reading_ends_it_at_once(light: Cycle, words: tuple[str, ...]) -> None:
    with _piped(light, *words) as ran:
        json.loads(_line(ran.stdout))
        assert ran.stdout
        assert ran.stderr
        ran.stdout.close()
        assert ran.wait(timeout=PATIENCE) == 0
        assert ran.stderr.read() == ""


@pytest.fixture
def terminal(light: Cycle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    made = Terminal(monkeypatch)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("words", "seen"),
    [(("status", "--watch"), "Measures: 1"), (("journal", "--watch"), "logged"),
     (("watch", "--since", "0"), "logged")],
)  # fmt: skip
def test_a_person_sees_what_happens(
    light: Cycle, terminal: Terminal, aside: Aside, words: tuple[str, ...],
    seen: str,
) -> None:  # fmt: skip
    terminal.take()
    code = 130 if words[0] == "watch" else 0
    aside((lambda _: terminal.shown, lambda: log(light.url)),
          last=lambda _: seen in terminal.shown)  # fmt: skip
    assert light(*words, "--lang", "en").code == code
    come(lambda _: seen in terminal.shown)
    assert seen in terminal.shown


def test_who_is_told_to_end_gives_the_screen_back(
    light: Cycle, terminal: Terminal, aside: Aside
) -> None:
    terminal.take()
    aside(last=lambda _: "Ctrl-C ends it" in terminal.shown, number=signal.SIGTERM)
    assert light("status", "--watch", "--lang", "en").code == 128 + signal.SIGTERM
    come(lambda _: LEFT in terminal.shown)
    assert LEFT in terminal.shown


def test_a_low_screen_keeps_the_lines_that_are_read_first(terminal: Terminal) -> None:
    terminal.take()
    with Live().taken() as live:
        live.draw("\n".join(f"line {n}" for n in range(30)), ["foot"], ["more"], from_end=False)
    come(lambda _: "foot" in terminal.shown)
    picture = terminal.shown.partition("\x1b[J")[0]
    assert "line 0" in picture
    assert "line 29" not in picture
    assert "more" in picture
