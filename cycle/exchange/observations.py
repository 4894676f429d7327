"""Values out of a list, with the signs official tables write where there is no number."""

import re
from collections.abc import Iterable
from typing import Any

from cycle.exchange import cells
from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, at, written
from cycle.exchange.layouts import Column, Layout
from cycle.exchange.outcome import SAME, Note, Wrong
from cycle.i18n import N_
from cycle.model.words import BASES, EMPTY_STATES, VALUE_STATES
from cycle.usecases import lookup, observations

SIGNS = {
    "-": "nil", "–": "nil", "—": "nil",
    ".": "confidential_or_unknown", "*": "confidential_or_unknown",
    "...": "pending", "…": "pending",
    "/": "unreliable", "x": "not_applicable", "X": "not_applicable",
}  # fmt: skip
LETTERS = {"p": "provisional", "r": "revised", "s": "estimated", "e": "estimated"}
_STATES = {code: code for code in (*VALUE_STATES, *EMPTY_STATES)} | LETTERS | {
    "endgültig": "final", "vorläufig": "provisional", "revidiert": "revised",
    "berichtigt": "revised", "geschätzt": "estimated", "unsicher": "uncertain",
    "nichts vorhanden": "nil", "geheim": "confidential_or_unknown",
    "geheim gehalten": "confidential_or_unknown", "unbekannt": "confidential_or_unknown",
    "liegt noch nicht vor": "pending", "ausstehend": "pending",
    "nicht sicher genug": "unreliable", "entfällt": "not_applicable",
}  # fmt: skip
_BASES = {code: code for code in BASES} | {
    "gemessen": "measured", "umgerechnet": "recalculated", "geschätzt": "estimated",
    "interpoliert": "interpolated",
}  # fmt: skip
_MARKED = re.compile(r"(?P<bare>.*\d)\s*(?P<letter>[prse])")
_UNCERTAIN = re.compile(r"\(\s*(?P<bare>.*\d)\s*\)")
LAYOUT = Layout(
    "observations",
    (
        Column("indicator", "indicator", ("indikator", "kennung"), needed=True),
        Column("area", "area", ("raum", "gebiet", "räume", "areacode"), needed=True),
        Column(
            "period_end", "period_end", ("stichtag", "datum", "bis", "ende"), "day", needed=True
        ),
        Column("period_start", "period_start", ("von", "beginn"), "day"),
        Column("value", "value", ("wert",)),
        Column("numerator", "numerator", ("zähler",), "whole"),
        Column("denominator", "denominator", ("nenner",), "whole"),
        Column("status", "status", ("zeichen", "qualität")),
        Column("breakdown", "breakdown", ("gliederung", "merkmal")),
        Column("basis", "basis", ("grundlage",), words=_BASES),
        Column("protected_at_source", "protected_at_source", ("amtlich",), "yes"),
    ),
)


class ObservationTaker:
    """Takes values; one that differs from what is known becomes a new vintage."""

    def __init__(self, fitted: Fitted) -> None:
        """Remember how the file writes its decimals."""
        self.dot = fitted.dot
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Record a value, or a sign where there is none."""
        given: dict[str, Any] = dict(row.values)
        cell = ("indicator", "area", "period_start", "period_end", "breakdown")
        if self.twins.again(tuple(given.get(name) for name in cell), row):
            return SAME
        given |= figures(given.pop("value", ""), given.pop("status", ""), dot=self.dot)
        with at("indicator"):
            lookup.indicator(desk.unit, given["indicator"])
        with at("area"):
            lookup.area(desk.unit, given["area"])
        indicator = given.pop("indicator")
        return written(
            desk.unit,
            lambda: observations.record(desk.unit, indicator, batch=desk.batch, **given),
        )

    def notes(self, desk: Desk) -> Iterable[Note]:  # noqa: ARG002 - nothing to tell
        """Nothing."""
        return ()


def figures(cell: str, status: str, *, dot: bool) -> dict[str, Any]:
    """Read a value and its status: a number, or the sign that stands for one."""
    with at("status"):
        said = SIGNS.get(status) or (cells.word(status, _STATES) if status else None)
    if cell in SIGNS:
        return {"status": _agreed(SIGNS[cell], said)}
    found = _MARKED.fullmatch(cell) or _UNCERTAIN.fullmatch(cell)
    marked = None
    if found:
        marked = LETTERS[found["letter"]] if "letter" in found.groupdict() else "uncertain"
    with at("value"):
        value = cells.decimal(found["bare"] if found else cell, dot=dot) if cell else None
    given = {} if value is None else {"value": value}
    return given | {"status": _agreed(marked, said) or "final"}


def _agreed(sign: str | None, said: object) -> str | None:
    """Let the sign in the cell and the word beside it mean the same."""
    if sign and said and sign != said:
        raise Wrong(
            "signs_differ",
            N_("The value says {sign}, the status {status}."),
            N_("Leave the status empty, or write what the sign means."),
            at="status",
            sign=sign,
            status=said,
        )
    return sign or (str(said) if said else None)
