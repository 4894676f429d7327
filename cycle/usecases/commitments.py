"""What partners promised: their part in a measure is voluntary, the council binds only the town."""

from datetime import date

from cycle.model.measures import MeasurePartner
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing
from cycle.usecases.moves import settle


def add(
    unit: Unit, key: str, partner: str, *, on: date | None = None, text: str | None = None
) -> MeasurePartner:
    """Record the commitment of a partner, or renew it; who commits becomes a partner."""
    measure, role = owing(unit, key, "department_head", "planner")
    given.insist(given.ahead(unit, "on", on or unit.day))
    whose = lookup.department(unit, partner)
    there = lookup.by(unit, MeasurePartner, measure_id=measure.id, org_unit_id=whose.id)
    there = there or unit.add(MeasurePartner(measure_id=measure.id, org_unit_id=whose.id))
    there.committed_on = on or unit.day
    there.commitment = given.maybe(text) or there.commitment
    unit.tell(measure, "committed", role=role, partner=whose.code, on=there.committed_on)
    settle(unit, measure)
    return there
