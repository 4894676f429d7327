"""What became of a file that was sent, said for people: every row, and every fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.exchange.kinds import TABLES
from cycle.exchange.layouts import Layout
from cycle.exchange.outcome import Change, Outcome, RowTold, hint
from cycle.i18n import N_, Tongue

LONG: Final = 120  # characters of a cell that are shown
MISFITS: Final = 5  # columns of which it is told why they do not fit
TITLES: Final = ("title", "sentence", "text", "name", "paper_name")  # what a record is called
_COLUMNS: Final = {  # without the map, which a browser has not
    "column_unknown": N_("The column {column} is not known. Known are: {known}."),
    "column_near": N_("The column {column} is not known; did you mean {near}?"),
    "column_missing": N_("The column {column} is missing."),
    "column_twice": N_("The columns {other} and {column} mean the same; leave one out."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One fault of a file, said."""

    row: str
    column: str
    says: str
    fix: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What one row does, said."""

    no: int
    new: bool
    key: str
    title: str
    changes: tuple[tuple[str, str, str], ...]  # column, was, is


def faults(outcome: Outcome, tongue: Tongue) -> list[Told]:
    """Say every fault of a file; hints for the terminal are left out."""
    return [
        Told(str(each.row or ""), each.column, tongue.say(each.says, **each.values),
             each.hint(tongue))
        for each in outcome.faults
    ]  # fmt: skip


def deeds(outcome: Outcome, tongue: Tongue, most: int) -> list[Deed]:
    """Say what the first rows do that do something."""
    layout = TABLES[outcome.kind][0]
    return [
        Deed(row.no, row.mark == "new", row.key, _title(row, layout, tongue),
             tuple(_change(each, layout, tongue) for each in row.changes))
        for row in outcome.rows[:most]
    ]  # fmt: skip


def misfits(wrong: Invalid, tongue: Tongue) -> list[Fault]:
    """Say why a file cannot be read, each reason as a fault of the field it was sent in."""
    if wrong.faults:
        return [_column(each) for each in wrong.faults[:MISFITS]]
    says = tongue.say(wrong.says, **wrong.values)
    mend = hint(str(wrong.fix), wrong.values, tongue)
    return [Fault("file", wrong.code, "{said}", {"said": f"{says} {mend}".strip()})]


def _column(fault: Fault) -> Fault:
    kind = "column_near" if "near" in fault.values else fault.code
    return Fault("file", fault.code, _COLUMNS.get(kind, fault.says), fault.values)


def _title(row: RowTold, layout: Layout, tongue: Tongue) -> str:
    """Call a record by its title, or by what stands in its first cells."""
    named = next((row.values[name] for name in TITLES if row.values.get(name)), None)
    return _short(str(named)) if named else " · ".join(_cells(row, layout, tongue))


def _cells(row: RowTold, layout: Layout, tongue: Tongue) -> Iterator[str]:
    shown = [name for name in row.values if str(row.values[name]) != row.key]
    for name in shown[:3]:
        yield _short(layout.filled[name].said(row.values[name], tongue))


def _change(change: Change, layout: Layout, tongue: Tongue) -> tuple[str, str, str]:
    column = layout.filled.get(change.fills)
    told = [column.said(each, tongue) if column else str(each or "")
            for each in (change.was, change.now)]  # fmt: skip
    return change.header, _short(told[0]), _short(told[1])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONG else f"{line[: LONG - 1]}…"
