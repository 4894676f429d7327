"""Measures out of a list: logged as drafts, known again by paper, field and number.

A row never moves a measure by itself. Where it names the paper it comes from, the measure is
marked as taken over; its state stays unknown until someone states it with a source.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from cycle.exchange import periods, plan_goals, standings
from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, at, both
from cycle.exchange.outcome import CHANGED, NEW, SAME, Note, Wrong
from cycle.exchange.ties import area_codes, codes, field_codes, identity, unit_code
from cycle.exchange.titles import title_of
from cycle.i18n import N_
from cycle.model.measures import (
    Measure,
    MeasureArea,
    MeasureField,
    MeasureFields,
    MeasureGoal,
    MeasurePartner,
)
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import lookup, measures

Given = dict[str, Any]
_WRITTEN = frozenset(MeasureFields.model_fields)
_NAMES = re.compile(r"\s*[|;\n]\s*")
_TIES = (
    ("areas", MeasureArea, "area_id", Area),
    ("fields", MeasureField, "field_id", FieldOfAction),
    ("partners", MeasurePartner, "org_unit_id", OrgUnit),
)


class MeasureTaker:
    """Takes measures; fields of action, and the goals a plan words, come along."""

    def __init__(self, fitted: Fitted) -> None:
        """A list that names who is responsible in words may bring units nobody knows yet."""
        self.names_units = "hauptverantwortung" in {*fitted.headers, *fitted.constants}
        self.seen: Counter[str] = Counter()
        self.goals = plan_goals.PlanGoals()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Log a measure, or bring the one known by that row to what it says."""
        given: Given = dict(row.values)
        sentence = _worded(given)
        known_by = self._identity(given, sentence)
        self._resolve(desk, given)
        goal_mark = self.goals.tie(desk, row, given)
        there, known_by = _there(desk.unit, given, known_by)
        if there is None:
            there, mark = self._log(desk, given, known_by), NEW
        else:
            mark = _changed(desk.unit, there, given)
        mark = both(mark, goal_mark, standings.consequences(desk.unit, there, row.values))
        return both(mark, standings.state(desk.unit, there, row.values))

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell what came along, and what a person has to look at."""
        for name, says in _NOTES.items():
            if desk.tally[name]:
                yield Note(name, says, {"count": desk.tally[name]})

    def _identity(self, given: Given, sentence: str) -> str:
        field = next(iter(given.get("fields", ())), None)
        known_by = identity(given.get("source"), field, given.get("number"), sentence)
        self.seen[known_by] += 1
        times = self.seen[known_by]
        return known_by if times == 1 else f"{known_by}#{times}"

    def _resolve(self, desk: Desk, given: Given) -> None:
        """Turn names into codes and words into days."""
        if "fields" in given:
            given["fields"] = field_codes(desk, given["fields"])
        if "areas" in given:
            given["areas"], citywide = area_codes(desk, given["areas"])
            given |= {"citywide": True} if citywide else {}
        if name := given.pop("lead_name", None):
            given.setdefault("lead", unit_code(desk, name, "lead_name", create=True))
        elif "lead" in given:
            given["lead"] = unit_code(desk, given["lead"], "lead", create=False)
        if "partners" in given:
            given["partners"] = tuple(
                unit_code(desk, name, "partners", create=self.names_units)
                for name in dict.fromkeys(self._partners(given["partners"]))
            )
        _dated(given)

    def _partners(self, cell: str) -> list[str]:
        parted = [name for name in _NAMES.split(cell) if name]
        if len(parted) == 1 and self.names_units:
            return [name for name in re.split(r",\s+", cell) if name]
        return parted

    def _log(self, desk: Desk, given: Given, known_by: str) -> Measure:
        more = {name: given[name] for name in ("source", "source_date") if name in given}
        ties = ("cycle", "lead", "goal", "side_goals", "areas", "fields", "partners")
        desk.tally["titles"] += not given["title_confirmed"]
        desk.tally["decisions"] += "decided_paper" in given or "decided_on" in given
        desk.tally["evaluations"] += "evaluation_due" in given
        return measures.log(
            desk.unit,
            by_import=True,
            external_id=known_by,
            taken_over="source" in given,
            title_confirmed=given["title_confirmed"],
            **more,
            **{name: given[name] for name in ties if name in given},
            **{name: value for name, value in given.items() if name in _WRITTEN},
        )


def _worded(given: Given) -> str:
    """Give a measure its title; one that is a sentence keeps its text as description."""
    sentence = given.pop("sentence", None)
    title = given.get("title")
    if not sentence and not title:
        raise Wrong("missing", N_("Nothing is given here."), N_("Fill this cell."), at="title")
    given["title_confirmed"] = bool(title) or title_of(str(sentence)) == sentence
    if sentence:
        given.setdefault("title", title_of(sentence))
        if given["title"] != sentence:
            given.setdefault("description", sentence)
    return str(sentence or title)


def _dated(given: Given) -> None:
    """Read what can be read of a period; its words are kept."""
    if "period_text" in given:
        for name, value in periods.planned(given["period_text"]).items():
            given.setdefault(name, value)


def _there(unit: Unit, given: Given, known_by: str) -> tuple[Measure | None, str]:
    """Find the measure of a row, and what it is known by; drafts out of sight are not there."""
    if "ref" in given:
        with at("ref"):
            return lookup.in_sight(unit, lookup.measure(unit, given["ref"])), known_by
    there = lookup.by(unit, Measure, external_id=known_by)
    if there and not lookup.sees(unit, there):
        known_by = f"{known_by}@{','.join(sorted(unit.actor.units))}"
        there = lookup.by(unit, Measure, external_id=known_by)
    return there, known_by


def _changed(unit: Unit, there: Measure, given: Given) -> str:
    changes = {n: v for n, v in given.items() if n in _WRITTEN and getattr(there, n) != v}
    confirmed = there.title_confirmed or given["title_confirmed"]
    if there.title_confirmed and not given["title_confirmed"]:
        changes.pop("title", None)  # a person's title is better than a cut one
    for name, link, column, model in _TIES:
        if name in given and set(given[name]) != codes(
            unit, link, column, model, measure_id=there.id
        ):
            changes[name] = given[name]
    if "lead" in given and lookup.department(unit, given["lead"]).id != there.lead_id:
        changes["lead"] = given["lead"]
    if "goal" in given and not _serves(unit, there, given["goal"]):
        changes["goal"] = given["goal"]
    if not changes:
        return SAME
    measures.edit(unit, there.ref, **changes)
    there.title_confirmed = confirmed
    return CHANGED


def _serves(unit: Unit, there: Measure, goal: str) -> bool:
    main = lookup.by(unit, MeasureGoal, measure_id=there.id, contribution="main")
    return main is not None and main.goal_id == lookup.goal(unit, goal).id


_NOTES = {
    "goals": N_("{count} goals were added along."),
    "fields": N_("{count} fields of action were added along."),
    "units": N_("{count} units were added by name; give each its kind."),
    "titles": N_("{count} titles were cut from sentences; confirm them one by one."),
    "decisions": N_("{count} decisions were not read; import them with the kind decisions."),
    "evaluations": N_("{count} days of evaluations were not read; plan each with its question."),
}
