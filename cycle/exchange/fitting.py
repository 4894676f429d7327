"""Laying a layout over a file: which of its columns is which of ours, and what its rows say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial

from cycle.errors import Invalid
from cycle.exchange.cells import alike
from cycle.exchange.intake import Row
from cycle.exchange.layouts import Column, Layout
from cycle.exchange.mapping import Mapping
from cycle.exchange.outcome import Outcome, RowFault, Wrong, WrongRow
from cycle.exchange.tables import Line, Table
from cycle.i18n import N_

FAULTS = 100  # of columns that are told; looking for what each may have meant takes its time
RETURNED = ("Hinweis zum Einlesen", "What to mend")  # what we write beside rows sent back


@dataclass(frozen=True, slots=True)
class Fitted:
    """A layout laid over one file."""

    layout: Layout
    town_map: Mapping
    dot: bool
    headers: dict[str, str] = field(default_factory=dict)  # our name of a column → the file's
    constants: dict[str, str] = field(default_factory=dict)  # our name → value of every row

    def values(self, line: Line) -> dict[str, object]:
        """Read a row: what its filled cells mean, by what they fill; raise WrongRow."""
        values: dict[str, object] = {}
        faults = [placed(line, self, _BEYOND)] if line.beyond else []
        for column in self.layout.columns:
            try:
                value = self._value(line, column)
            except Wrong as wrong:
                wrong.at = column.fills
                faults.append(placed(line, self, wrong))
                continue
            if value is not None:
                values[column.fills] = value
        if faults:
            raise WrongRow(faults)
        return values

    def _value(self, line: Line, column: Column) -> object:
        header = self.headers.get(column.name)
        cell = line.cells[header] if header else ""
        cell = self.town_map.translated((column.name, *column.also), cell)
        cell = cell or self.constants.get(column.name, "")
        if cell:
            return column.read(cell, dot=self.dot)
        if column.needed:
            raise Wrong("missing", N_("Nothing is given here."), N_("Fill this cell."))
        return None

    def header(self, fills: str) -> str:
        """Tell how the file calls the column that fills something."""
        column = self.layout.filled.get(fills)
        return self.headers.get(column.name, column.name) if column else fills

    def heading(self, fills: str) -> str:
        """Tell how the file calls the column for something; nothing where it has none."""
        columns = self.layout.columns
        column = next((c for c in columns if fills in {c.fills, c.name}), None)
        return self.headers.get(column.name, "") if column else ""


def fit(layout: Layout, table: Table, town_map: Mapping) -> Fitted:
    """Find every column in a file; raise Invalid naming all that is unknown or missing."""
    fitted = Fitted(layout, town_map, table.dot)
    chosen = _chosen(layout, table, town_map)
    fitted.constants.update({_ours(layout, n).name: v for n, v in town_map.constants.items()})
    for name in town_map.values:
        _ours(layout, name)
    ignored = {alike(name) for name in (*town_map.ignore, *RETURNED)}
    faults: list[RowFault] = []
    for header in table.headers:
        if len(faults) >= FAULTS:
            break
        if alike(header) not in ignored:
            faults += _place(fitted, header, chosen.get(alike(header)))
    faults += _missing(fitted)
    if faults:
        raise Invalid(
            N_("The columns do not fit: {fields}."),
            faults=tuple(faults),
            fix=N_("`cycle template {kind}` prints the header; a map (--map) names yours."),
            fields=", ".join(fault.column or "?" for fault in faults),
            kind=layout.kind,
        )
    return fitted


def _chosen(layout: Layout, table: Table, town_map: Mapping) -> dict[str, Column]:
    """Find the columns that the map names in the file."""
    chosen = {}
    for ours, theirs in town_map.columns.items():
        if alike(theirs) not in {alike(header) for header in table.headers}:
            raise Invalid(
                N_("The map calls {ours} {theirs}, but the file has no such column."),
                fix=N_("The file has: {headers}."),
                ours=ours,
                theirs=theirs,
                headers=", ".join(table.headers),
            )
        chosen[alike(theirs)] = _ours(layout, ours)
    return chosen


def _ours(layout: Layout, name: str) -> Column:
    column = layout.known.get(alike(name))
    if column is None:
        raise Invalid(
            N_("The map names {name}, but a table of {kind} has no such column."),
            fix=N_("It has: {known}."),
            name=name,
            kind=layout.kind,
            known=layout.names,
        )
    return column


def _place(fitted: Fitted, header: str, chosen: Column | None) -> list[RowFault]:
    """Note which column a header is, or say why it is none."""
    column = chosen or fitted.layout.known.get(alike(header))
    if column is None:
        return [_unknown(fitted.layout, header)]
    if column.name in fitted.headers:
        says = N_(
            "The columns {other} and {column} mean the same; leave one out, or name it under"
            " `ignore` in the map."
        )
        return [_at(header, "column_twice", says, other=fitted.headers[column.name])]
    fitted.headers[column.name] = header
    return []


def _unknown(layout: Layout, header: str) -> RowFault:
    if not header:
        return _at(header, "column_unnamed", N_("A column has no name; give it one."))
    near = get_close_matches(alike(header), list(layout.known), n=1, cutoff=0.6)
    if near:
        says = N_("The column {column} is not known; did you mean {near}? Known are: {known}.")
        likely = layout.known[near[0]].name
        return _at(header, "column_unknown", says, near=likely, known=layout.names)
    says = N_(
        "The column {column} is not known; known are: {known}. What is to be left out stands"
        " under `ignore` in the map."
    )
    return _at(header, "column_unknown", says, known=layout.names)


def _missing(fitted: Fitted) -> list[RowFault]:
    says = N_(
        "The column {column} is missing; add it, or give one value for all rows under"
        " [constants] in the map."
    )
    return [
        _at(c.name, "column_missing", says)
        for c in fitted.layout.columns
        if c.needed and c.name not in fitted.headers and c.name not in fitted.constants
    ]


def _at(column: str, code: str, says: str, **values: object) -> RowFault:
    """Tell a fault of the header; its sentence holds the remedy, for it ends the import."""
    given = {"column": column, **values}
    return RowFault(f"column {column}", code, says, given, row=1, column=column)


def readable(lines: Iterable[Line], fitted: Fitted, outcome: Outcome) -> list[Row]:
    """Read every row; those with faults are skipped and their faults kept."""
    rows = []
    for line in lines:
        try:
            place = partial(placed, line, fitted)
            rows.append(Row(fitted.values(line), place, line.no, fitted.heading))
        except WrongRow as wrong:
            outcome.faults += wrong.faults
            outcome.rows_skipped += 1
    return rows


def placed(line: Line, fitted: Fitted, wrong: Wrong) -> RowFault:
    """Say where in the file something is wrong."""
    column = fitted.header(wrong.at) if wrong.at else ""
    pointer = f"row {line.no}, column {column}" if column else f"row {line.no}"
    ours = fitted.layout.filled.get(wrong.at)
    values = {"column": column, "ours": ours.name if ours else "", **wrong.values}
    return RowFault(pointer, wrong.code, wrong.says, values, wrong.fix, line.no, column)


_BEYOND = Wrong(
    "cells_beyond",
    N_("There are cells right of the last column."),
    N_("Look for a delimiter too many in this row."),
)
