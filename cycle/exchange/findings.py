"""Findings out of a list: what a report says, each with what it rests on."""

from collections.abc import Iterable
from typing import Any

from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, at
from cycle.exchange.layouts import Column, Layout, named
from cycle.exchange.outcome import CHANGED, NEW, SAME, Note
from cycle.exchange.ties import area_codes, codes, field_codes, identity
from cycle.i18n import N_
from cycle.model.reports import Finding, FindingArea, FindingField, FindingObservation
from cycle.model.space import Area
from cycle.model.town import FieldOfAction
from cycle.model.words import FINDING_KINDS, SEVERITIES
from cycle.store.unit import Unit
from cycle.usecases import findings, lookup, observations

Given = dict[str, Any]
LAYOUT = Layout(
    "findings",
    (
        Column("ref", "ref", ("key", "schlüssel")),
        Column("bericht", "report", ("report",), needed=True),
        Column("nummer", "number", ("nr", "number")),
        Column("befund", "text", ("text", "wortlaut", "finding"), needed=True),
        Column("art", "kind", ("kind",), words=named("finding_kind", FINDING_KINDS)),
        Column("gewicht", "severity", ("dringlichkeit", "severity"),
               words=named("severity", SEVERITIES)),
        Column("quelle", "source", ("fundstelle", "source")),
        Column("raeume", "areas", ("sozialräume", "raum", "areas"), "list"),
        Column("handlungsfelder", "fields", ("handlungsfeld", "fields"), "list"),
        Column("indikator", "indicator", ("indicator",)),
        Column("wert_raum", "value_area", ("value_area",)),
        Column("wert_stichtag", "value_day", ("stichtag", "period_end"), "day"),
    ),
)  # fmt: skip
_TIES = (
    ("areas", FindingArea, "area_id", Area),
    ("fields", FindingField, "field_id", FieldOfAction),
)


class FindingTaker:
    """Takes findings into the report each row names."""

    def __init__(self, _fitted: Fitted) -> None:
        """Take findings of any file."""
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Write a finding, or bring the one known by that row to what it says."""
        unit, given = desk.unit, dict[str, Any](row.values)
        known_by = identity(given["report"], None, given.pop("number", None), given["text"])
        if self.twins.again(known_by, row):
            return SAME
        with at("report"):
            lookup.report(unit, given["report"])
        given["areas"], _ = area_codes(desk, given.get("areas", ()))
        given["fields"] = field_codes(desk, given.get("fields", ()))
        given["observations"] = _cited(unit, given)
        there = _there(unit, given, known_by)
        if there is None:
            findings.add(unit, **given, external_id=known_by)
            return NEW
        return _changed(unit, there, given)

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell which fields came along."""
        if desk.tally["fields"]:
            yield Note("fields", _FIELDS, {"count": desk.tally["fields"]})


_FIELDS = N_("{count} fields of action were added along.")


def _cited(unit: Unit, given: Given) -> tuple[tuple[str, str, Any], ...]:
    """Give the observation a row cites: without an area that of the whole town."""
    indicator, day = given.pop("indicator", None), given.pop("value_day", None)
    area = given.pop("value_area", None) or unit.town.ags
    if not indicator or not day:
        return ()
    with at("indicator"):
        measured = lookup.indicator(unit, indicator)
    with at("value_area"):
        place = lookup.area(unit, area, day)
    with at("value_day"):
        observations.known(unit, measured, place, day)
    return ((indicator, area, day),)


def _there(unit: Unit, given: Given, known_by: str) -> Finding | None:
    if "ref" in given:
        with at("ref"):
            return lookup.finding(unit, given.pop("ref"))
    return lookup.by(unit, Finding, external_id=known_by)


def _changed(unit: Unit, there: Finding, given: Given) -> str:
    told = ("text", "kind", "severity", "source")
    changes = {n: given[n] for n in told if n in given and given[n] != getattr(there, n)}
    for name, link, column, model in _TIES:
        if not set(given[name]) <= codes(unit, link, column, model, finding_id=there.id):
            changes[name] = given[name]
    if given["observations"] and not _rests(unit, there, given["observations"][0]):
        changes["observations"] = given["observations"]
    if not changes:
        return SAME
    findings.edit(unit, there.ref, **changes)
    return CHANGED


def _rests(unit: Unit, there: Finding, cited: tuple[str, str, Any]) -> bool:
    indicator, area, day = cited
    observed = observations.known(
        unit, lookup.indicator(unit, indicator), lookup.area(unit, area, day), day
    )
    wanted = {"finding_id": there.id, "observation_id": observed.id}
    return lookup.by(unit, FindingObservation, **wanted) is not None
