"""A real terminal of its own for a command, and a person who types at it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

PATIENCE = 30.0
READS = 0.3  # seconds until a person has read the question; readline is ready by then
ROOT = Path(__file__).parents[2]
CTRL_C = "\x03"
_HOME, _REST = "\x1b[H", "\x1b[J"
_CODE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")


def _own_terminal() -> None:
    """Let Ctrl-C at the terminal reach the command, as it does where a person sits."""
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests in the background hear of none


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    process.wait()


def typed(
    words: Sequence[str],
    answers: Sequence[tuple[str, str]] = (),
    env: Mapping[str, str] | None = None,
    piped: str | None = None,
) -> tuple[int, str]:
    """Call `cycle` at a terminal; each answer is typed once its question has appeared.

    `piped` is what a command before it in a pipe has written.
    """
    ours, theirs = pty.openpty()
    here = {**os.environ, "COLUMNS": "80", "TERM": "xterm", "PYTHONPATH": str(ROOT), **(env or {})}
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        stdin=theirs if piped is None else subprocess.PIPE, stdout=theirs, stderr=theirs,
        env=here, start_new_session=True, preexec_fn=_own_terminal,  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    os.close(theirs)
    if process.stdin:
        process.stdin.write((piped or "").encode())
        process.stdin.close()
    shown, left, end = "", list(answers), time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            ready, _, _ = select.select([ours], [], [], 0.1)
            try:
                part = os.read(ours, 4096).decode(errors="replace") if ready else ""
            except OSError:  # the other end has closed
                break
            shown += part
            if left and left[0][0] in shown[-400:]:
                time.sleep(READS)
                os.write(ours, left.pop(0)[1].encode())
            elif not ready and process.poll() is not None:
                break
        return process.wait(timeout=5), shown.replace("\r\n", "\n")
    finally:
        _end(process)
        os.close(ours)


class Seat:
    """A command that goes on at a terminal of its own, and the person who sits there."""

    def __init__(self, *words: str, columns: int = 80, lines: int = 60) -> None:
        self.shown = ""
        self._ours, theirs = pty.openpty()
        self.resize(columns, lines)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *words],
            stdin=theirs, stdout=theirs, stderr=theirs,
            env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), "CYCLE_LANG": "en"},
            start_new_session=True, preexec_fn=_own_terminal,  # noqa: PLW1509 - no threads here
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _end(self._process)
        os.close(self._ours)

    @property
    def screen(self) -> list[str]:
        """Give the lines of the picture that was drawn last, without colours."""
        whole = self.shown.rpartition(_REST)[0].rpartition(_HOME)[2]
        return _CODE.sub("", whole).splitlines()

    def resize(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, size)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def stop(self, number: int) -> None:
        self._process.send_signal(number)

    def until(self, seen: Callable[[], object] | str) -> None:
        """Look at the terminal until something is to be seen there."""
        there = (lambda: seen in _CODE.sub("", self.shown)) if isinstance(seen, str) else seen
        end = time.monotonic() + PATIENCE
        while not there():
            assert time.monotonic() < end, self.shown
            assert self._read() or there() or self._process.poll() is None, self.shown

    def ended(self) -> int:
        """Look at it until the command ends, and give its exit code."""
        end = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < end, self.shown
            self._read()
        while self._read():
            pass
        return self._process.returncode

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 0.05)
        try:
            part = os.read(self._ours, 65536).decode(errors="replace") if ready else ""
        except OSError:  # the other end has closed
            part = ""
        self.shown += part.replace("\r\n", "\n")
        return bool(part)
