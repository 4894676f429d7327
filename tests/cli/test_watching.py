"""What follows the store, as programs read it: documents, deeds and codes; and what it refuses."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import IO

import pytest

from cli.show.live import Live
from cycle import clock
from cycle.store.store import Store
from cycle.usecases import measures
from tests.cli.calls import Cycle
from tests.cli.terminals import ROOT

Seen = Callable[[str], object]
Step = tuple[Seen, Callable[[], object]]
LEFT = "\x1b[?1049l"  # the screen as it was before
PATIENCE = 10.0  # seconds


class Aside:
    """Somebody who waits until something was written, does a step, and at last presses Ctrl-C."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.out, self._patch = StringIO(), patch
        self._main = threading.main_thread().ident or 0
        self._threads: list[threading.Thread] = []

    def told(self) -> str:
        return self.out.getvalue()

    def __call__(self, *steps: Step, last: Seen, number: int = signal.SIGINT) -> None:
        def run() -> None:
            try:
                for seen, act in steps:
                    _come(seen, self.told)
                    act()
                _come(last, self.told)
            finally:
                signal.pthread_kill(self._main, number)

        if not sys.stdout.isatty():
            self._patch.setattr("sys.stdout", self.out)
        self._threads.append(threading.Thread(target=run))
        self._threads[-1].start()

    def join(self) -> None:
        for each in self._threads:
            each.join()


@pytest.fixture
def aside(light: Cycle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Aside]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    made = Aside(monkeypatch)
    yield made
    made.join()
    signal.signal(signal.SIGINT, before)


def _come(seen: Seen, told: Callable[[], str] = str) -> None:
    end = time.monotonic() + PATIENCE
    while not seen(told()) and time.monotonic() < end:
        time.sleep(0.01)


def _log(url: str, title: str = "Lesen") -> str:
    store = Store.open(url)
    try:
        with store.unit("local") as unit:
            return measures.log(unit, title=title, lead="51").ref
    finally:
        store.close()


def test_a_program_gets_a_document_a_line_whenever_it_changes(light: Cycle, aside: Aside) -> None:
    aside(
        (lambda out: out.count("\n") == 1, lambda: _log(light.url)),
        last=lambda out: out.count("\n") == 2,
    )
    said = light("measure", "list", "--watch", "--json")
    first, second = (json.loads(line) for line in aside.told().splitlines())
    assert (said.code, first, [each["title"] for each in second]) == (0, [], ["Lesen"])


def test_pages_follow_one_another_where_no_screen_can_be_drawn_anew(
    light: Cycle, aside: Aside
) -> None:
    key = _log(light.url)

    aside(
        (lambda out: out.count("Last change") == 1, lambda: _log(light.url, "Was ein anderer tat")),
        (lambda out: out.count("Last change") == 1, lambda: _rename(light.url, key)),
        last=lambda out: out.count("Last change") == 2,
    )
    said = light("measure", "show", key, "--watch", "--lang", "en")
    assert said.code == 0
    assert "\x1b" not in aside.told()
    assert "Lesen" in aside.told().partition("Last change")[0]
    assert "Rechnen" in aside.told().partition("Last change")[2]


def _rename(url: str, key: str) -> None:
    store = Store.open(url)
    with store.unit("local") as unit:
        measures.edit(unit, key, title="Rechnen")
    store.close()


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
    key = _log(light.url)
    monkeypatch.setattr("sys.stdin", StringIO(key))
    aside(
        (lambda out: key in out, lambda: _rename(light.url, key)),
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
    _log(light.url)
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


def test_every_deed_is_a_line_and_none_is_left_out(light: Cycle, aside: Aside) -> None:
    first = _log(light.url)
    aside(
        (lambda out: first in out, lambda: _log(light.url)),
        last=lambda out: out.count("measure.logged") == 2,
    )
    said = light("watch", "--since", "0")
    assert said.code == 130
    told = [json.loads(line) for line in aside.told().splitlines()]
    assert [each["n"] for each in told] == list(range(1, len(told) + 1))
    assert told == _feed(light)


def _feed(light: Cycle) -> list[object]:
    """Give what `GET /v1/changes` gives."""
    from cycle.reading.changes import changes  # noqa: PLC0415 - beside what it is compared with
    from cycle.reading.door import open_reader  # noqa: PLC0415 - as above
    from cycle.reading.shapes import plain  # noqa: PLC0415 - as above
    from cycle.reading.sight import Sight  # noqa: PLC0415 - as above

    reader = open_reader(light.url)
    rows = changes(reader, Sight(frozenset({"admin", "planner"})), after=0, limit=200).rows
    reader.close()
    return [plain(each) for each in rows]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("--type", "measure.*"), {"M-2026-001", "M-2026-002"}),
        (("--type", "measure.logged", "m-2"), {"M-2026-002"}),
        (("--since", "7d", "M-2026-001"), {"M-2026-001"}),
        (("--since", "2026-01-01", "--type", "org_unit.added"), {"51"}),
        (("51", "--since", "1w"), {"51"}),
    ],
)
def test_only_those_deeds_are_told_that_were_asked_for(
    light: Cycle, aside: Aside, words: tuple[str, ...], keys: set[str]
) -> None:
    _log(light.url)
    _log(light.url)
    since = () if "--since" in words else ("--since", "0")
    wanted = len(keys)
    aside(last=lambda out: out.count("\n") >= wanted)
    assert light("watch", *words, *since).code == 130
    told = [json.loads(line) for line in aside.told().splitlines()]
    assert {each["key"] for each in told} == keys


def test_the_drafts_of_others_are_not_told(light: Cycle, aside: Aside) -> None:
    light.done("account", "add", "leser", "--role", "reader")
    _log(light.url)
    light.done("department", "add", "52", "Soziales")
    aside(last=lambda out: '"52"' in out)
    light("watch", "--since", "0", "--actor", "leser")
    assert '"52"' in aside.told()
    assert "M-2026-001" not in aside.told()


def test_days_to_come_begin_with_what_comes(light: Cycle, aside: Aside) -> None:
    light.done("account", "add", "leser", "--role", "reader")
    aside(last=lambda _: threading.Event().wait(0.3) or True)
    assert light("watch", "--since", "2999-01-01").code == 130
    assert aside.told() == ""


def test_a_store_that_was_set_back_is_told(light: Cycle, aside: Aside) -> None:
    path = Path(light.url.removeprefix("sqlite:///"))
    copy = path.read_bytes()
    key = _log(light.url)

    def set_back() -> None:
        for each in path.parent.glob(f"{path.name}-*"):
            each.unlink()
        path.with_suffix(".new").write_bytes(copy)
        path.with_suffix(".new").rename(path)

    aside((lambda out: key in out, set_back), last=lambda _: True,
          number=signal.SIGWINCH)  # fmt: skip
    said = light("watch", "--since", "0", "--lang", "en")
    assert said.code == 5
    assert "set back" in said.err


def test_who_is_there_already_need_not_wait(light: Cycle) -> None:
    key = _log(light.url)
    said = light("wait", "1", "--for", "state=approved,draft", "--lang", "de")
    assert (said.code, said.out) == (0, f"{key}: Entwurf\n")
    assert light("wait", key, "--for", "state=draft", "--json").json == {
        "key": key, "state": "draft",
    }  # fmt: skip
    assert light("wait", "Z-2026", "--for", "stage=report").code == 0


def test_whoever_waits_in_vain_is_told_so(light: Cycle) -> None:
    key = _log(light.url)
    said = light("wait", key, "--for", "state=targeted", "--timeout", "1s", "--json")
    assert (said.code, said.problem["code"]) == (1, "timed_out")
    light.done("measure", "cancel", key, "--code", "no_need", "--reason", "doppelt")
    said = light("wait", key, "--for", "state=approved", "--json")
    assert (said.code, said.problem["code"]) == (1, "never_comes")


def test_what_came_and_went_has_come(light: Cycle) -> None:
    key, over = _log(light.url), threading.Event()

    def there_and_back() -> None:
        store = Store.open(light.url)
        while not over.wait(0.2):
            with store.unit("local") as unit:
                unit.note("measure", "x", key, "targeted", {}, move=("draft", "targeted"))
        store.close()

    other = threading.Thread(target=there_and_back)
    other.start()
    said = light("wait", key, "--for", "state=targeted", "--timeout", "1h", "--json")
    over.set()
    other.join()
    assert said.json == {"key": key, "state": "targeted"}


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


class _Terminal:
    """Standard output and input that are a terminal, read by a thread."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ours, theirs = pty.openpty()
        self.out = os.fdopen(theirs, "w", encoding="utf-8")
        self.keys = os.fdopen(os.dup(theirs), encoding="utf-8")
        self.shown = ""
        self._patch = patch
        self._reads = threading.Thread(target=self._read)
        self._reads.start()

    def _read(self) -> None:
        while True:
            try:
                self.shown += os.read(self.ours, 65536).decode(errors="replace")
            except OSError:
                return

    def take(self) -> None:
        self._patch.setattr("sys.stdout", self.out)
        self._patch.setattr("sys.stdin", self.keys)

    def close(self) -> None:
        for each in (self.out, self.keys):
            each.close()
        self._reads.join()  # nobody is left to write
        os.close(self.ours)


@pytest.fixture
def terminal(light: Cycle, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Terminal]:
    made = _Terminal(monkeypatch)
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
    light: Cycle, terminal: _Terminal, aside: Aside, words: tuple[str, ...],
    seen: str,
) -> None:  # fmt: skip
    terminal.take()
    code = 130 if words[0] == "watch" else 0
    aside((lambda _: terminal.shown, lambda: _log(light.url)),
          last=lambda _: seen in terminal.shown)  # fmt: skip
    assert light(*words, "--lang", "en").code == code
    _come(lambda _: seen in terminal.shown)
    assert seen in terminal.shown


def test_who_is_told_to_end_gives_the_screen_back(
    light: Cycle, terminal: _Terminal, aside: Aside
) -> None:
    terminal.take()
    aside(last=lambda _: "Ctrl-C ends it" in terminal.shown, number=signal.SIGTERM)
    assert light("status", "--watch", "--lang", "en").code == 128 + signal.SIGTERM
    _come(lambda _: LEFT in terminal.shown)
    assert LEFT in terminal.shown


def test_a_low_screen_keeps_the_lines_that_are_read_first(terminal: _Terminal) -> None:
    terminal.take()
    with Live().taken() as live:
        live.draw("\n".join(f"line {n}" for n in range(30)), ["foot"], ["more"], from_end=False)
    _come(lambda _: "foot" in terminal.shown)
    picture = terminal.shown.partition("\x1b[J")[0]
    assert "line 0" in picture
    assert "line 29" not in picture
    assert "more" in picture
    assert isinstance(terminal.out, TextIOWrapper)
