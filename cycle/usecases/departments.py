"""Departments come to an end: what they answer for is listed and handed over, no state changes."""

from collections.abc import Callable, Sequence
from datetime import date

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.machine.facts import MeasureFacts
from cycle.model.duties import Enforcement
from cycle.model.goals import Goal
from cycle.model.measures import Measure, MeasurePartner
from cycle.model.reports import Recommendation
from cycle.model.town import OrgUnit
from cycle.reading.departments import OpenItem, open_items
from cycle.store.unit import Unit
from cycle.usecases import effects, given, lookup
from cycle.usecases.moves import settle
from cycle.usecases.rights import need

PLANNER = "planner"


def active(unit: Unit, code: str) -> OrgUnit:
    """Give a department that can answer for something from now on; Invalid for a dissolved one."""
    record = lookup.department(unit, code)
    if record.active_to and record.active_to < unit.day:
        raise Invalid(
            N_("{key} was dissolved on {day}; it answers for nothing new."),
            fix=N_("Name the unit that took over; `cycle department list` shows which there are."),
            key=record.code,
            day=record.active_to,
        )
    return record


def dissolve(
    unit: Unit, code: str, *, on: date, successor: str | None = None, dry_run: bool = False
) -> OrgUnit:
    """Tell the last day of a department; a successor takes over all it answers for.

    `dry_run` only checks. Raises Forbidden, NotFound, Invalid, Conflict where it is dissolved.
    """
    role = need(unit, PLANNER, *(() if successor else ("admin",)))
    record = lookup.department(unit, code)
    if record.active_to:
        raise Conflict(
            N_("{key} was dissolved on {day} already."),
            code="duplicate",
            fix=N_("Hand over what is left: `cycle department hand-over {key} DEPARTMENT`."),
            key=record.code,
            day=record.active_to,
        )
    given.insist(
        given.unordered("on", record.active_from, on), _too_early(unit, record, on, successor)
    )
    if successor:
        _taker(unit, record, successor)
    if dry_run:
        return record
    record.active_to = on
    unit.tell(record, "dissolved", role=role, successor=successor)
    unit.session.flush()
    if successor:
        hand_over(unit, code, successor)
    return record


def _too_early(unit: Unit, record: OrgUnit, on: date, successor: str | None) -> Fault | None:
    if successor is None or on <= unit.day:
        return None
    says = N_("{key} answers until {day}; hand over then: `cycle department hand-over {key} {to}`.")
    values = {"key": record.code, "day": on, "to": successor}
    return Fault("successor", "too_early", says, values)


def _taker(unit: Unit, giver: OrgUnit, code: str) -> OrgUnit:
    taker = active(unit, code)
    if taker is giver:
        says = N_("{key} cannot take its own place.")
        given.insist(Fault("to", "itself", says, {"key": giver.code}))
    return taker


def hand_over(unit: Unit, code: str, to: str, keys: Sequence[str] = ()) -> list[OpenItem]:
    """Let another unit answer for these measures, goals and recommendations, or for everything.

    Where it was a partner or had a lever in hand, the other one is or has. Each record tells it
    in the journal; states, decisions and dossiers stay. Accounts are let in by admin. Raises
    Forbidden, NotFound, and Invalid for a dissolved unit or a key that is not its own.
    """
    need(unit, PLANNER)
    giver = lookup.department(unit, code)
    taker = _taker(unit, giver, to)
    held = [i for i in open_items(unit.reading(), giver.code, today=unit.day) if i.kind in _GIVEN]
    known = {item.key for item in held}
    given.insist(*(_not_its_own(key, giver) for key in keys if key not in known))
    passed = [item for item in held if not keys or item.key in keys]
    for key in dict.fromkeys(item.key for item in passed):
        kinds = [item.kind for item in passed if item.key == key]
        _pass(unit, key, kinds, giver, taker)
    return passed


def _not_its_own(key: str, giver: OrgUnit) -> Fault:
    says = N_("{key} is nothing that {giver} answers for.")
    return Fault("keys", "not_its_own", says, {"key": key, "giver": giver.code})


def _pass(unit: Unit, key: str, kinds: Sequence[str], giver: OrgUnit, taker: OrgUnit) -> None:
    """Change whose one record is, and tell it once."""
    record = _GIVEN[kinds[0]](unit, key)
    record.updated_at = unit.now
    if isinstance(record, Goal):
        record.owner_id = taker.id
    elif isinstance(record, Recommendation):
        record.addressee_id = taker.id
    else:
        _pass_measure(unit, record, kinds, giver, taker)
    facts = {"of": giver.code, "to": taker.code, "what": list(kinds)}
    unit.tell(record, "handed_over", key=record.ref, role=PLANNER, move=(None, None), **facts)
    unit.session.flush()


def _pass_measure(
    unit: Unit, record: Measure, kinds: Sequence[str], giver: OrgUnit, taker: OrgUnit
) -> None:
    """Change who leads it, takes part in it, or has its levers in hand."""
    intact = record.state == "proposed" and not record.dossier_changed
    if "measure" in kinds:
        record.lead_id = taker.id
    if "partner" in kinds:
        _partner(unit, record, giver, taker)
    for tie in lookup.every(unit, MeasurePartner, measure_id=record.id, org_unit_id=record.lead_id):
        unit.session.delete(tie)  # who leads is no partner of itself
    for lever in lookup.every(unit, Enforcement, measure_id=record.id, responsible_id=giver.id):
        lever.responsible_id = taker.id
    if intact:  # under another name it is the same measure
        effects.follow(unit, record, "propose", MeasureFacts(today=unit.day))
    settle(unit, record)


def _partner(unit: Unit, record: Measure, giver: OrgUnit, taker: OrgUnit) -> None:
    """Let what was promised count on, unless the other one promised something itself."""
    ties = {t.org_unit_id: t for t in lookup.every(unit, MeasurePartner, measure_id=record.id)}
    old = ties[giver.id]
    there = ties.get(taker.id) or unit.add(
        MeasurePartner(measure_id=record.id, org_unit_id=taker.id)
    )
    if there.committed_on is None:
        there.committed_on, there.commitment = old.committed_on, old.commitment
    unit.session.delete(old)


# What can be handed over, and how it is found.
_GIVEN: dict[str, Callable[[Unit, str], Measure | Goal | Recommendation]] = {
    "measure": lookup.measure,
    "goal": lookup.goal,
    "recommendation": lookup.recommendation,
    "partner": lookup.measure,
    "enforcement": lookup.measure,
}
