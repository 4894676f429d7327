"""A real shell at a terminal of its own, and a person who presses TAB in it."""

import os
import pty
import select
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.house.catalogue import ROOT

PATIENCE = 30.0
READS = 0.4  # seconds until a shell that has told something reads again
_CALL = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
_LOAD = {  # as `cycle completion --help` tells
    "bash": 'eval "$(cycle completion bash)"',
    "zsh": 'eval "$(cycle completion zsh)"',
    "fish": "cycle completion fish | source",
}
# A command that does nothing but tell its words, so that one sees what TAB has put in.
_CYCLE = """#!/bin/sh
if [ -n "$_CYCLE_COMPLETE" ] || [ "$1" = completion ]; then
    exec {python} -c 'import sys; from cli.entry import main; sys.exit(main())' "$@"
fi
printf 'told'; printf ' <%s>' "$@"; echo .
"""


class Sitting:
    """Somebody at a shell in which `cycle` is completed."""

    def __init__(self, shell: str, folder: Path, url: str) -> None:
        self.shown = ""
        cycle = folder / "bin" / "cycle"
        cycle.parent.mkdir()
        cycle.write_text(_CYCLE.format(python=shlex.quote(sys.executable)))
        cycle.chmod(0o755)
        environ = {
            **os.environ, "PATH": f"{cycle.parent}:{os.environ['PATH']}", "HOME": str(folder),
            "TERM": "xterm", "PYTHONPATH": str(ROOT), "CYCLE_DB": url, "CYCLE_ACTOR": "planner",
            "LC_ALL": "C.UTF-8", "CYCLE_LANG": "en", "COLUMNS": "100", "LINES": "40",
        }  # fmt: skip
        self._pid, self._end = pty.fork()
        if not self._pid:
            os.execvpe(_CALL[shell][0], _CALL[shell], environ)  # noqa: S606 - that shell, no other
        self.types(f"stty cols 100 rows 40; {_LOAD[shell]}; echo load''ed\r")
        self.sees("loaded")
        self.waits(READS)

    def types(self, keys: str) -> None:
        """Press keys; what was shown before is forgotten."""
        self.shown = ""
        os.write(self._end, keys.encode())

    def sees(self, *texts: str) -> str:
        """Wait until all of this has appeared; give everything that has."""
        until = time.monotonic() + PATIENCE
        while not all(text in self.shown for text in texts):
            assert time.monotonic() < until, f"{texts} is not in {self.shown!r}"
            self._read(0.1)
        return self.shown

    def waits(self, seconds: float = 1.0) -> str:
        """See what comes without being awaited."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.1)
        return self.shown

    def _read(self, seconds: float) -> None:
        if select.select([self._end], [], [], seconds)[0]:
            self.shown += os.read(self._end, 65536).decode(errors="replace")

    def leaves(self) -> None:
        """Go without a word."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._end)


def words(shown: str) -> Sequence[str]:
    """Give the words of the command that was run."""
    return shown.rpartition("told <")[2].partition(">.")[0].split("> <")
