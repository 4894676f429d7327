"""What a table of one kind holds: its columns, the names towns give them, how cells are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from cycle.exchange import cells, periods
from cycle.i18n import N_, Tongue
from cycle.machine.words import names

READERS: dict[str, Callable[[str], object]] = {
    "text": str,
    "day": cells.day,
    "yes": cells.yes,
    "list": cells.listed,
    "begin": periods.begins,
    "end": periods.ends,
}
FIGURES: dict[str, Callable[..., object]] = {
    "decimal": cells.decimal,
    "whole": cells.whole,
    "cents": cells.cents,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it fills, other names for it, and how its cells are read."""

    name: str
    fills: str
    also: tuple[str, ...] = ()
    kind: str = "text"
    words: Mapping[str, object] | None = None
    needed: bool = False

    def read(self, cell: str, *, dot: bool) -> object:
        """Give what a cell means; raise Wrong when it means nothing."""
        if self.words is not None:
            return cells.word(cell, self.words)
        if self.kind in FIGURES:
            return FIGURES[self.kind](cell, dot=dot)
        return READERS[self.kind](cell)

    def said(self, value: object, tongue: Tongue) -> str:
        """Write what a cell means as somebody would read it."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return tongue.say(N_("yes")) if value else tongue.say(N_("no"))
        if isinstance(value, date):
            return tongue.date(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(map(str, value))
        if self.words is not None:
            said = (word for word, means in self.words.items() if means == value)
            return next((word for word in said if not word.isdigit()), str(value))
        if self.kind == "cents":
            return tongue.money(int(str(value)))
        return tongue.number(value) if isinstance(value, (int, Decimal)) else str(value)


@dataclass(frozen=True)
class Layout:
    """The columns of one kind of table."""

    kind: str
    columns: tuple[Column, ...]

    @cached_property
    def known(self) -> dict[str, Column]:
        """Every name a column goes by, without case and signs."""
        return {cells.alike(n): c for c in self.columns for n in (c.name, *c.also)}

    @cached_property
    def filled(self) -> dict[str, Column]:
        """The columns by what they fill."""
        return {column.fills: column for column in self.columns}

    @property
    def names(self) -> str:
        """The columns, as a sentence lists them."""
        return ", ".join(column.name for column in self.columns)


def named(kind: str, codes: Iterable[str]) -> dict[str, object]:
    """Give the words of a closed list: its codes, and their names in both languages."""
    known = tuple(codes)
    words: dict[str, object] = {
        said[code]: code for said in (names(kind, "de"), names(kind, "en")) for code in known
        if code in said
    }  # fmt: skip
    return words | {code: code for code in known}
