"""What the screen can show: is it a terminal, does it take colour, how wide is it."""

import io
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

PLAIN_SIGNS = str.maketrans(
    {
        "→": "->", "←": "<-", "–": "-", "—": "-", "…": "...", "·": "-", "„": '"', "“": '"',
        "”": '"', "’": "'", "‘": "'", "≥": ">=", "≤": "<=", "×": "x", "€": "EUR", "\u00a0": " ",
        "\u202f": " ", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
        "●": "*", "▲": "^", "■": "#", "○": "o", "─": "-", "✓": "x",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How to draw on standard output."""

    terminal: bool  # someone looks at it, and it can move its cursor
    colour: bool
    width: int
    ascii: bool

    @property
    def drawn(self) -> bool:
        """Tell whether Rich is worth its loading."""
        return self.terminal or self.colour

    def spell(self, text: str) -> str:
        """Write with ASCII signs only, where that was asked for."""
        if not self.ascii:
            return text
        return text.translate(PLAIN_SIGNS).encode("ascii", "replace").decode()


def look(*, plain_signs: bool = False, environ: Mapping[str, str] | None = None) -> Look:
    """Look at standard output and at what the user wishes."""
    environ = os.environ if environ is None else environ
    dumb = environ.get("TERM") == "dumb"
    terminal = sys.stdout.isatty() and not dumb
    forced = environ.get("CLICOLOR_FORCE", "") not in ("", "0")
    colour = (terminal or forced) and not environ.get("NO_COLOR") and not dumb
    width = shutil.get_terminal_size((80, 24)).columns
    return Look(terminal, colour, max(width, 40), plain_signs or not _speaks_unicode(sys.stdout))


def as_read(here: Look, text: str) -> str:
    """Write a message for standard error: a terminal gets it in lines of its own width."""
    if sys.stderr.isatty():
        from cli.show.tables import prose

        text = prose(text, here.width)
    return here.spell(text)


def asks() -> bool:
    """Tell whether a person can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def never_fail(stream: TextIO) -> None:
    """Let a sign that the screen cannot show become another one, not an error."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _speaks_unicode(stream: TextIO) -> bool:
    encoding = (stream.encoding or "utf-8").lower().replace("-", "").replace("_", "")
    return encoding.startswith(("utf", "cp65001"))
