"""What became of several measures at once: those moved, and what the others still lack."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from cli.show import tables
from cli.show.labels import head
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk

LISTED = 20  # measures that are named before a person says yes


class Line(Protocol):
    """One measure, and one thing that it lacks."""

    @property
    def key(self) -> str: ...  # noqa: D102 - a field
    @property
    def title(self) -> str: ...  # noqa: D102 - a field
    @property
    def who(self) -> str | None: ...  # noqa: D102 - a field
    @property
    def says(self) -> str | None: ...  # noqa: D102 - a field
    @property
    def fix(self) -> str | None: ...  # noqa: D102 - a field


def moved(desk: "Desk", lines: Sequence[Line], most: int | None = None) -> str:
    """Name the measures that go, at most so many of them."""
    shown = lines if most is None else lines[:most]
    heads = [head(name, desk.tongue) for name in ("key", "title")]
    text = tables.table(heads, [[each.key, each.title] for each in shown], desk.look)
    rest = len(lines) - len(shown)
    return f"{text}\n{desk.say(N_('… and {count} more'), count=rest)}" if rest else text


def refused(desk: "Desk", lines: Sequence[Line]) -> str:
    """Tell of each that stays what it lacks, who can mend it, and how."""
    heads = [head("key", desk.tongue), head("who", desk.tongue), desk.say(N_("What is missing"))]
    cells = [[each.key, each.who or "", _lack(each)] for each in lines]
    return tables.table(heads, cells, desk.look, most=99)


def _lack(line: Line) -> str:
    return "\n".join(filter(None, (line.says, line.fix)))
