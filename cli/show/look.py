"""What the screen can show: is it a terminal, does it take colour, how wide is it."""

import io
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

PLAIN_SIGNS = str.maketrans(
    {
        "→": "->", "←": "<-", "–": "-", "—": "-", "…": "...", "·": "-", "„": '"', "“": '"',
        "”": '"', "’": "'", "‘": "'", "≥": ">=", "≤": "<=", "×": "x", "€": "EUR", "\u00a0": " ",
        "\u202f": " ", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
        "●": "*", "▲": "^", "■": "#", "○": "o", "─": "-", "✓": "x", "◆": "*", "│": "|",
        "├": "+", "└": "`", "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*",
        "█": "#",
    }
)  # fmt: skip
# A title comes from anybody: no sign in it may move the cursor, hide or turn round what stands by.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "␡",
    **dict.fromkeys((*range(0x80, 0xA0), *_TURNING), "\ufffd"),
}
_HARMFUL = re.compile("[" + re.escape("".join(map(chr, _SHOWN))) + "]")
_FOREIGN = r"[\x00-\t\x0b-\x1f\x7f]|[^\x00-\x7f]+"
_COLOURED = "(\x1b\\[(?:(?:0|1|22|39|3[0-7]|38;5;\\d{1,3})(?:;(?!m)|(?=m)))*m)"


def harmless(text: str, *, coloured: bool = False) -> str:
    """Show what would steer the screen as signs; what we coloured ourselves may stay so."""
    if not _HARMFUL.search(text):
        return text
    if "\r\n" in text:  # the end of a line, as spreadsheets write it
        return "\r\n".join(harmless(part, coloured=coloured) for part in text.split("\r\n"))
    parts = re.split(_COLOURED, text) if coloured else [text]
    parts[::2] = [part.translate(_SHOWN) for part in parts[::2]]
    return "".join(parts)


def escaped(text: str, *, plain_signs: bool = False) -> str:
    """Write JSON so that no sign of it steers the screen, all in ASCII where that was asked for."""
    return re.sub(_FOREIGN if plain_signs else _HARMFUL, _by_number, text)


def _by_number(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


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
        """Write nothing that steers the screen, and ASCII only where that was asked for."""
        text = harmless(text, coloured=self.colour)
        if not self.ascii:
            return text
        return text.translate(PLAIN_SIGNS).encode("ascii", "replace").decode()

    def paint(self, text: str) -> str:
        """Lay quiet colours over a text, where the screen takes them."""
        if not self.colour:
            return text
        from cli.show.terminal import painted

        return painted(text, self)

    def bold(self, heading: str) -> str:
        """Write a heading that stands above a table, as all others are written."""
        return self.paint(f"{heading}\n---").removesuffix("\n---")


def columns() -> int:
    """Tell how wide the screen is: as COLUMNS says, else as the terminal does, else 80."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):  # no terminal, or closed
        return 80


def look(*, plain_signs: bool = False, environ: Mapping[str, str] | None = None) -> Look:
    """Look at standard output and at what the user wishes."""
    environ = os.environ if environ is None else environ
    dumb = environ.get("TERM") == "dumb"
    terminal = sys.stdout.isatty() and not dumb
    forced = environ.get("CLICOLOR_FORCE", "") not in ("", "0")
    colour = (terminal or forced) and not environ.get("NO_COLOR") and not dumb
    return Look(
        terminal, colour, max(columns(), 40), plain_signs or not _speaks_unicode(sys.stdout)
    )


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
