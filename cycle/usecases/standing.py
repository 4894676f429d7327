"""Whether a decision still stands: it is never changed, but corrected or repealed by another."""

from datetime import date

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.decisions import Decision
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.minutes import ADOPTED


def decision(unit: Unit, key: str) -> Decision:
    """Give the decision of that key; Conflict where a correction took its place."""
    record = lookup.decision(unit, key)
    by = correction(unit, record)
    if by:
        raise _overtaken(N_("{key} was corrected by {by}."), record, by)
    return record


def correction(unit: Unit, record: Decision) -> Decision | None:
    """Give the decision that corrects this one."""
    return lookup.by(unit, Decision, corrects_id=record.id)


def unrepealed(unit: Unit, record: Decision, but: Decision | None = None) -> None:
    """Raise Conflict where an adopted decision that stands itself, not `but`, repealed it."""
    for by in lookup.every(unit, Decision, repeals_id=record.id):
        if by is not but and by.result in ADOPTED and not correction(unit, by):
            raise _overtaken(N_("{key} was repealed by {by} already."), record, by)


def to_repeal(unit: Unit, key: str | None, on: date, but: Decision | None) -> Decision | None:
    """Give the decision that is to be repealed: adopted, earlier and still in force."""
    if not key:
        return None
    record = decision(unit, key)
    given.insist(_not_adopted(record), given.unordered("on", record.decided_on, on))
    unrepealed(unit, record, but)
    return record


def _overtaken(says: str, record: Decision, by: Decision) -> Conflict:
    fix = N_("Work with {by}: `cycle decision show {by}`.")
    return Conflict(says, code="overtaken", fix=fix, key=record.ref, by=by.ref)


def _not_adopted(record: Decision) -> Fault | None:
    if record.result in ADOPTED:
        return None
    says = N_("{key} was not adopted, so there is nothing to repeal.")
    return Fault("repeals", "not_adopted", says, {"key": record.ref})
