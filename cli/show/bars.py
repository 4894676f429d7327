"""How far long work has come: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.desk import Desk

Tick = Callable[[int, int], None]  # done, in all


@contextmanager
def bar(desk: "Desk", what: str) -> Iterator[Tick]:
    """Show progress on standard error; the work calls what it is given."""
    if desk.json or not desk.look.terminal or not sys.stderr.isatty():
        yield _nothing
        return
    from cli.show.terminal import bar as drawn

    with drawn(desk.say(what), desk.look) as tick:
        yield tick


def _nothing(done: int, total: int) -> None:
    """Draw nothing."""
