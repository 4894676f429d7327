"""A real terminal of its own for a command, and a person who types at it."""

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PATIENCE = 30.0
READS = 0.3  # seconds until a person has read the question; readline is ready by then
ROOT = Path(__file__).parents[2]


def _own_terminal() -> None:
    """Let Ctrl-C at the terminal reach the command, as it does where a person sits."""
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests in the background hear of none


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
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)
