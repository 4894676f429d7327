"""The screen that stays: drawn anew in its place, and left as it was found."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

# A screen of its own, without cursor, and lines end at its edge; and back again.
_TAKE, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST = "\x1b[H", "\x1b[K\n", "\x1b[J"
_USUAL = (80, 24)


class Live:
    """Shows one text after the other in the same place; the last one stays behind."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self._last = ""

    @contextmanager
    def taken(self) -> "Iterator[Live]":
        """Take the terminal, and give it back with the last text on it."""
        with _unheard_keys():
            _write(_TAKE)
            try:
                yield self
            finally:
                _write(_LEAVE)
                if self._last:
                    print(self._last)

    def draw(self, text: str, below: Sequence[str], more: Sequence[str], *, from_end: bool) -> None:
        """Draw a text in one go, these lines below it; `more` too where it is higher than that.

        A text that is read `from_end` keeps its last lines on a screen that is too low.
        """
        self._last = text
        lines, foot = text.split("\n"), list(below)
        if len(lines) > (room := height() - len(foot) - 1):
            foot = [*more, *foot]
            room = max(height() - len(foot) - 1, 1)
            lines = lines[-room:] if from_end else lines[:room]
        _write(_HOME + _REST_OF_LINE.join([*lines, "", *foot]) + _REST)


def size() -> tuple[int, int]:
    """Tell how many columns and lines the terminal has."""
    try:
        wide, high = os.get_terminal_size(sys.stdout.fileno())
    except OSError:  # no terminal any more
        return _USUAL
    return wide, high


def height() -> int:
    """Tell how many lines the terminal has."""
    return size()[1] or _USUAL[1]


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def _unheard_keys() -> Iterator[None]:
    """Let what is typed meanwhile neither stand in the picture nor come to the shell afterwards."""
    import termios

    if not sys.stdin.isatty():
        yield
        return
    keys = sys.stdin.fileno()
    before = termios.tcgetattr(keys)
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(keys, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(keys, termios.TCSAFLUSH, before)
