"""Departments beside the states of their measures, as wide as the screen allows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cycle.machine import words
from cycle.machine.states import STATES

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
ON: Final = tuple(state.name for state in STATES if state.stage)
OFF: Final = tuple(state.name for state in STATES if not state.stage)
NAME: Final = 14  # a department's name needs that many signs
NOTHING: Final = "·"


class Matrix:
    """The table for one screen: with the names of states where they fit, else with short ones."""

    def __init__(self, desk: "Desk", units: Sequence[Found]) -> None:
        """Take the departments, those with most measures first."""
        self.desk = desk
        self.units = sorted(units, key=lambda u: (-sum(u["states"].values()), u["code"]))
        full, short = self._cells("state", (*ON, *OFF)), self._cells("state_short", ON)
        wide = _room(full, desk) >= 0
        self.fits = wide or _room(short, desk) >= 0
        self.short = self.fits and not wide
        self.cells = full if wide else short

    def lines(self, most: int) -> list[str]:
        """Write the head and at most so many departments, and how many more there are."""
        shown = len(self.units) if len(self.units) <= most else most - 1
        lines = [self._line(*cells) for cells in self._named(shown)]
        rest = len(self.units) - shown
        if rest > 0:
            says = self.desk.tongue.plural(
                "and {n} more department", "and {n} more departments", rest
            )
            lines.append(self.desk.look.spell(f"  {says}"))
        return lines

    def legend(self, states: Mapping[str, int]) -> list[str]:
        """Write how many measures are in each state, and what its column is called."""
        told = [self._counted(state, states[state], self.short) for state in ON if states[state]]
        off = [self._counted(state, states[state], False) for state in OFF if states[state]]  # noqa: FBT003 - by its own name
        if off and self.short:
            off = [f"{self.desk.say('Off')}\u00a0" + ",\u00a0".join(off)]
        return tables.told("\u00a0· ".join(told + off), self.desk.look, 2)

    def _counted(self, state: str, count: int, short: bool) -> str:  # noqa: FBT001 - as above
        lang = self.desk.tongue.lang
        name = f"{words.name('state', state, lang)} {count}"
        told = f"{words.name('state_short', state, lang)} {name}" if short else name
        return told.replace(" ", "\u00a0")

    def _cells(self, kind: str, states: Sequence[str]) -> list[list[str]]:
        """Give the columns of figures, each with its head."""
        lang, spell = self.desk.tongue.lang, self.desk.look.spell
        columns = [
            [
                words.name(kind, state, lang),
                *(_figure(u["states"].get(state, 0)) for u in self.units),
            ]
            for state in states
        ]
        if len(states) == len(ON):
            off = [sum(u["states"].get(s, 0) for s in OFF) for u in self.units]
            columns.append([self.desk.say("Off"), *map(_figure, off)])
        sums = [sum(u["states"].values()) for u in self.units]
        late = [u["overdue"] for u in self.units]
        columns += [[self.desk.say("All"), *map(_figure, sums)],
                    [self.desk.say("Ovd."), *map(_figure, late)]]  # fmt: skip
        return [[spell(cell) for cell in column] for column in columns]

    def _named(self, shown: int) -> list[tuple[str, list[str]]]:
        names = [self.desk.say("Department")] + [f"{u['code']} {u['name']}" for u in self.units]
        rows = zip(*self.cells, strict=True)
        return [(n, list(row)) for n, row in zip(names, rows, strict=True)][: shown + 1]

    def _line(self, name: str, figures: Sequence[str]) -> str:
        widths = [max(map(len, column)) for column in self.cells]
        room = min(NAME + _room(self.cells, self.desk), self._longest())
        told = " ".join(each.rjust(w) for each, w in zip(figures, widths, strict=True))
        return f"  {tables.cut(name, self.desk.look, room):{room}} {told}"

    def _longest(self) -> int:
        names = [self.desk.say("Department"), *(f"{u['code']} {u['name']}" for u in self.units)]
        return max(len(self.desk.look.spell(name)) for name in names)


def _figure(count: int) -> str:
    return str(count) if count else NOTHING


def _room(columns: Sequence[Sequence[str]], desk: "Desk") -> int:
    """Tell how much wider than needed the screen is; less than nothing where it is too narrow."""
    return desk.look.width - 2 - NAME - sum(max(map(len, column)) + 1 for column in columns)
