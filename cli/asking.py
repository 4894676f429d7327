"""To ask the person at the terminal, in plain lines that a screen reader can follow.

Where standard input brings keys, the person is asked at the terminal itself.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.show.look import as_read, asks
from cycle.errors import Invalid
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk

YES: Final = frozenset({"y", "yes", "j", "ja"})
_TERMINAL: Final = Path("/dev/tty")


def someone() -> bool:
    """Tell whether a person can be asked."""
    return asks() or _sits_there()


def _sits_there() -> bool:
    """Tell whether a person looks at what a pipe of keys brings about."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        return False
    try:
        _TERMINAL.open("rb", buffering=0).close()
    except OSError:
        return False
    return True


def answer(desk: "Desk", question: str) -> str:
    """Ask and give the answer without blanks around it; whoever ends the input wants nothing."""
    said = as_read(desk.look, question)
    try:
        return (input(f"{said} ") if asks() else _at_the_terminal(said)).strip()
    except EOFError:
        raise left() from None


def agreed(desk: "Desk", question: str) -> bool:
    """Ask for yes or no; anything else is no."""
    return answer(desk, f"{question} {desk.say('(y/n)')}").casefold() in YES


def left() -> Invalid:
    """Say that nothing was done, as the person did not want it."""
    return Invalid(N_("Nothing was changed."), fix=N_("Say yes to go on."))


def _at_the_terminal(question: str) -> str:
    with _TERMINAL.open("r+b", buffering=0) as terminal:
        terminal.write(f"{question} ".encode())
        said = terminal.read(1024)
    if not said:
        raise EOFError
    return said.decode(errors="replace")
