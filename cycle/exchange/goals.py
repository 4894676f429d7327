"""Goals out of a list, each with at most one target."""

from collections.abc import Iterable
from typing import Any

from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, at
from cycle.exchange.layouts import Column, Layout, named
from cycle.exchange.outcome import CHANGED, NEW, SAME, Note, Wrong
from cycle.exchange.ties import area_codes, codes, field_codes, identity, unit_code
from cycle.i18n import N_
from cycle.model.goals import Goal, GoalArea, GoalField, GoalTarget
from cycle.model.indicators import IndicatorVersion
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.model.words import GOAL_LEVELS, STRANDS, TARGET_KINDS
from cycle.store.unit import Unit
from cycle.usecases import goals, lookup

Given = dict[str, Any]
_KINDS = {code: code for code in TARGET_KINDS} | {
    "erreichen": "reach", "mindestens": "at_least", "höchstens": "at_most",
    "im Korridor halten": "keep_band", "Abstand verringern": "reduce_gap",
}  # fmt: skip
LAYOUT = Layout(
    "goals",
    (
        Column("ref", "ref", ("key", "schlüssel")),
        Column("nummer", "number", ("nr", "ziel-nr", "number")),
        Column("ziel", "text", ("text", "wortlaut", "goal"), needed=True),
        Column("ebene", "level", ("level", "zielebene"), words=named("level", GOAL_LEVELS)),
        Column("uebergeordnet", "parent", ("oberziel", "parent")),
        Column("handlungsfelder", "fields", ("handlungsfeld", "fields"), "list"),
        Column("raeume", "areas", ("sozialräume", "areas"), "list"),
        Column("befunde", "findings", ("befund", "findings"), "list"),
        Column("zustaendig", "owner", ("federführung", "owner")),
        Column("frist", "due", ("bis", "due"), "end"),
        Column("kriterium", "criterion", ("criterion",)),
        Column("zielgruppe", "target_group", ("target_group",)),
        Column("strang", "strand", ("strand",), words=named("strand", STRANDS)),
        Column("vorlage", "source", ("quelle", "paper", "source")),
        Column("runde", "cycle", ("cycle", "planungsrunde")),
        Column("indikator", "indicator", ("indicator",)),
        Column("zielwert", "value", ("value", "target"), "decimal"),
        Column("zieldatum", "date", ("date",), "end"),
        Column("zielraum", "area", ("area",)),
        Column("zielart", "kind", ("kind",), words=_KINDS),
        Column("ausgangswert_vom", "baseline", ("baseline",), "day"),
    ),
)
_TARGET = ("indicator", "value", "date", "area", "kind", "baseline")
_COLUMNS = {"criterion": "qualitative_criterion"}


class GoalTaker:
    """Takes goals; a target that stands already is revised by hand, with its reason."""

    def __init__(self, _fitted: Fitted) -> None:
        """Take goals of any file."""
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file: a goal stands below the one above it."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Write a goal, or bring the one known by that row to what it says."""
        given: Given = dict(row.values)
        field = next(iter(given.get("fields", ())), None)
        known_by = identity(given.get("source"), field, given.get("number"), given["text"])
        if self.twins.again(known_by, row):
            return SAME
        _resolve(desk, given, field)
        there = _there(desk.unit, given, known_by)
        aim = {name: given.pop(name) for name in _TARGET if name in given}
        given.pop("source", None)
        if there is None:
            there, mark = goals.add(desk.unit, **given, external_id=known_by), NEW
        else:
            mark = _changed(desk.unit, there, given)
        if _aimed(desk.unit, there, aim) and mark == SAME:
            mark = CHANGED
        return mark

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell which fields came along."""
        if desk.tally["fields"]:
            yield Note("fields", _FIELDS, {"count": desk.tally["fields"]})


_FIELDS = N_("{count} fields of action were added along.")


def _resolve(desk: Desk, given: Given, field: str | None) -> None:
    if "fields" in given:
        given["fields"] = field_codes(desk, given["fields"])
    if "areas" in given:
        given["areas"], _ = area_codes(desk, given["areas"])
    if "owner" in given:
        given["owner"] = unit_code(desk, given["owner"], "owner", create=False)
    if "parent" in given:
        by_number = identity(given.get("source"), field, given["parent"], "")
        above = lookup.by(desk.unit, Goal, external_id=by_number)
        with at("parent"):
            given["parent"] = (above or lookup.goal(desk.unit, given["parent"])).ref
    for key in given.get("findings", ()):
        with at("findings"):
            lookup.finding(desk.unit, key)


def _there(unit: Unit, given: Given, known_by: str) -> Goal | None:
    if "ref" in given:
        with at("ref"):
            return lookup.goal(unit, given.pop("ref"))
    return lookup.by(unit, Goal, external_id=known_by)


def _changed(unit: Unit, there: Goal, given: Given) -> str:
    changes = {
        name: value
        for name, value in given.items()
        if name not in {"fields", "areas", "findings", "cycle", "owner", "parent"}
        and getattr(there, _COLUMNS.get(name, name)) != value
    }
    if "owner" in given and _id(unit, OrgUnit, code=given["owner"]) != there.owner_id:
        changes["owner"] = given["owner"]
    if "parent" in given and _id(unit, Goal, ref=given["parent"]) != there.parent_id:
        changes["parent"] = given["parent"]
    for name, link, column, model in (
        ("fields", GoalField, "field_id", FieldOfAction),
        ("areas", GoalArea, "area_id", Area),
    ):
        if not set(given.get(name, ())) <= codes(unit, link, column, model, goal_id=there.id):
            changes[name] = given[name]
    if not changes:
        return SAME
    goals.edit(unit, there.ref, **changes)
    return CHANGED


def _id(unit: Unit, model: type[Any], **wanted: str) -> str | None:
    found = lookup.by(unit, model, **wanted)
    return found.id if found else None


def _aimed(unit: Unit, there: Goal, aim: Given) -> bool:
    """Set the target a row tells; say whether there was none."""
    if not aim:
        return False
    if "indicator" not in aim:
        raise Wrong("missing", N_("A target needs its indicator."), N_("Fill this cell."),
                    at="indicator")  # fmt: skip
    with at("indicator"):
        measured = lookup.indicator(unit, aim["indicator"])
    for known in lookup.every(unit, GoalTarget, goal_id=there.id, replaced_on=None):
        version = unit.get(IndicatorVersion, known.indicator_version_id)
        same_area = "area" not in aim or lookup.area(unit, aim["area"]).id == known.area_id
        if version.indicator_id == measured.id and same_area:
            _unrevised(there, known, aim)
            return False
    with at("value"):
        goals.target(unit, there.ref, **aim)
    return True


def _unrevised(there: Goal, known: GoalTarget, aim: Given) -> None:
    told = {"value": known.target_value, "date": known.target_date, "kind": known.kind}
    if any(aim[name] != told[name] for name in told if name in aim):
        raise Wrong(
            "target_differs",
            N_("{key} has another target already."),
            N_("Revise it with `cycle goal revise {key} --reason REASON`."),
            at="value",
            key=there.ref,
        )
