"""Indicators out of a list: code, name, unit, base, polarity and source."""

from collections.abc import Iterable
from typing import Any

from cycle.exchange.cells import alike
from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, amend, at, both
from cycle.exchange.layouts import Column, Layout
from cycle.exchange.outcome import CHANGED, NEW, SAME, Note, Wrong
from cycle.i18n import N_
from cycle.model.indicators import Indicator
from cycle.model.words import FREQUENCIES, MEASURE_TYPES, POLARITIES
from cycle.store.unit import Unit
from cycle.usecases import indicators, lookup

UNITS = {
    "percent": "%", "prozent": "%", "%": "%", "persons": "Personen", "people": "Personen",
    "personen": "Personen", "euro": "EUR", "eur": "EUR", "€": "EUR", "count": "Anzahl",
    "anzahl": "Anzahl", "places": "Plätze", "plaetze": "Plätze", "cases": "Fälle",
    "faelle": "Fälle", "households": "Haushalte", "haushalte": "Haushalte",
}  # fmt: skip
_POLARITIES = {code: code for code in POLARITIES} | {
    "mehr ist besser": "higher_better",
    "hoch ist gut": "higher_better",
    "weniger ist besser": "lower_better",
    "niedrig ist gut": "lower_better",
    "Zielkorridor": "target_band",
    "Kontext": "context",
    "ohne Wertung": "context",
}
_FREQUENCIES = {code: code for code in FREQUENCIES} | {
    "monatlich": "monthly",
    "vierteljährlich": "quarterly",
    "halbjährlich": "half_yearly",
    "jährlich": "yearly",
    "Schuljahr": "school_year",
    "unregelmäßig": "irregular",
}
_TYPES = {code: code for code in MEASURE_TYPES} | {
    "Anzahl": "count",
    "Anteil": "share",
    "Quote": "rate",
    "Rate": "rate",
    "Mittelwert": "mean",
    "Index": "index",
}
LAYOUT = Layout(
    "indicators",
    (
        Column("code", "code", ("kennung", "kürzel"), needed=True),
        Column("name", "name", ("bezeichnung", "indikator"), needed=True),
        Column("unit", "unit_of", ("einheit",), needed=True),
        Column("base", "denominator", ("basis", "bezug", "bezugsgröße", "nenner")),
        Column("polarity", "polarity", ("richtung",), words=_POLARITIES),
        Column("source", "source", ("quelle",), needed=True),
        Column("definition", "definition", ("beschreibung",)),
        Column("numerator", "numerator", ("zähler",)),
        Column("measure_type", "measure_type", ("art",), words=_TYPES),
        Column("frequency", "frequency", ("turnus", "häufigkeit"), words=_FREQUENCIES),
        Column("field", "field", ("handlungsfeld",)),
        Column("result_level", "result_level", ("wirkungsstufe",), "whole"),
        Column("sensitive", "sensitive", ("sensibel",), "yes"),
        Column("valid_from", "valid_from", ("gültig ab", "gilt ab"), "day"),
    ),
)
_EDITABLE = ("name", "polarity", "frequency", "result_level", "sensitive")
_MEANING = ("definition", "numerator", "denominator")  # a change of these is a new version


class IndicatorTaker:
    """Takes indicators; what changes their meaning is left to a person who says why."""

    def __init__(self, _fitted: Fitted) -> None:
        """Take indicators of any file."""
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Add an indicator, or bring the one of that code to what the row says."""
        unit, given = desk.unit, dict(row.values)
        if self.twins.again(given["code"], row):
            return SAME
        given["unit_of"] = UNITS.get(alike(given["unit_of"]) or "", given["unit_of"])
        if "field" in given:
            with at("field"):
                lookup.field(unit, given["field"])
        there = lookup.by(unit, Indicator, code=given["code"])
        if there is None:
            given.setdefault("measure_type", type_of(given["unit_of"]))
            indicators.add(unit, given.pop("code"), given.pop("name"), **given)
            return NEW
        return _changed(unit, there, given)

    def notes(self, desk: Desk) -> Iterable[Note]:  # noqa: ARG002 - nothing to tell
        """Nothing."""
        return ()


def type_of(unit_of: str) -> str:
    """Tell by its unit what an indicator measures."""
    if unit_of == "%":
        return "share"
    return "rate" if unit_of.casefold().startswith(("je ", "pro ", "per ")) else "count"


def _changed(unit: Unit, there: Indicator, given: dict[str, Any]) -> str:
    version = indicators.current(unit, there)
    if given["unit_of"] != there.unit:
        raise _other_meaning("unit_of", there.code)
    for name in _MEANING:
        if name in given and given[name] != getattr(version, name):
            raise _other_meaning(name, there.code)
    changes = {n: given[n] for n in _EDITABLE if n in given and given[n] != getattr(there, n)}
    if changes:
        indicators.edit(unit, there.code, **changes)
    mark = CHANGED if changes else SAME
    return both(mark, amend(unit, version, {"source": given["source"]}, key=there.code))


def _other_meaning(name: str, code: str) -> Wrong:
    return Wrong(
        "other_meaning",
        N_("{code} is known here with another meaning."),
        N_("Give it a code of its own, or redefine it by hand and say why."),
        at=name,
        code=code,
    )
