"""By when a stage of a round is to end; the plan may be changed as often as need be."""

from datetime import date

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.cycles import STAGES
from cycle.model.cycles import Cycle, StageEntry
from cycle.model.duties import Deadline
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages
from cycle.usecases.duties import strange
from cycle.usecases.rights import need

_OPEN = tuple(stage.name for stage in STAGES)


def plan(unit: Unit, cycle_key: str, *, stage: str, until: date) -> Deadline:
    """Plan the last day of a stage that the round has not left yet.

    Without a plan the stage evaluation ends with the round's period; the others are not judged.
    Raises Forbidden, NotFound, Conflict and Invalid.
    """
    role = need(unit, "planner")
    record = lookup.cycle(unit, cycle_key)
    stages.writable(record)
    given.insist(strange("stage", stage, _OPEN), _left(record, stage), _early(unit, record, until))
    code = f"stage_{stage}"
    planned = lookup.by(unit, Deadline, cycle_id=record.id, code=code, met_on=None)
    planned = planned or unit.add(Deadline(cycle_id=record.id, code=code, due=until))
    planned.due = until
    unit.tell(record, "planned", role=role, stage=stage, until=until)
    record.updated_at = unit.now
    unit.session.flush()
    return planned


def _left(record: Cycle, stage: str) -> Fault | None:
    if stage not in _OPEN or stages.ORDER[stage] >= stages.ORDER[record.stage]:
        return None
    says = N_("The stage {stage} is over; the round is in stage {here}.")
    return Fault("stage", "stage_left", says, {"stage": stage, "here": record.stage})


def _early(unit: Unit, record: Cycle, until: date) -> Fault | None:
    """Find a day before the round was opened; its report is written before its period begins."""
    entered = [entry.entered_on for entry in lookup.every(unit, StageEntry, cycle_id=record.id)]
    first = min([*entered, record.period_start])
    if until >= first:
        return None
    says = N_("{name}: {last} lies before {first}.")
    return Fault("until", "ends_before_it_begins", says,
                 {"name": "until", "first": first, "last": until})  # fmt: skip
