"""What is to follow from the evaluation of a measure (Folgeentscheidung)."""

from datetime import date

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.evaluations import Disposition, Evaluation, EvaluationMeasure
from cycle.model.measures import Measure
from cycle.model.words import CHOICES
from cycle.store.unit import Unit
from cycle.usecases import carrying, given, lookup
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle


def decide(
    unit: Unit,
    key: str,
    *,
    choice: str,
    reason: str,
    decision: str | None = None,
    on: date | None = None,
    changes: str | None = None,
) -> Disposition:
    """Decide whether a measure is continued, adapted, stopped or complete; a later word counts.

    By steering; or by social planning, with the decision or the day of the steering meeting.
    `adapt` says what changes. Without any evaluation the reason is the exception's.
    """
    measure, role = owing(unit, key, "steering", "planner")
    changed = given.maybe(changes)
    given.insist(
        strange("choice", choice, CHOICES),
        given.missing("reason", reason),
        given.missing("changes", changed) if choice == "adapt" else _needless(changed),
        given.missing("on", decision or on) if role == "planner" else None,
        given.ahead(unit, "on", on or unit.day),
    )
    by = lookup.decision(unit, decision) if decision else None
    judged = _latest(unit, measure)
    day = on or (by.decided_on if by else unit.day)
    record = lookup.by(unit, Disposition, measure_id=measure.id) or Disposition(
        measure_id=measure.id, choice=choice, reason=reason, decided_by=role, on_date=day
    )
    record.evaluation_id, record.choice = judged, choice
    record.reason = given.text("reason", reason)
    record.changes, record.decided_by = changed, role
    record.decision_id = by.id if by else None
    record.on_date = day
    unit.tell(unit.add(record), "decided", key=measure.ref, role=role)
    settle(unit, measure)
    carrying.relieve(unit, measure)
    return record


def _needless(changes: str | None) -> Fault | None:
    if changes is None:
        return None
    says = N_("{name} is told only where a measure is adapted.")
    return Fault("changes", "contradicts", says, {"name": "changes"})


def _latest(unit: Unit, measure: Measure) -> str | None:
    """Give the id of the latest final evaluation that judged the measure."""
    covering = lookup.every(unit, EvaluationMeasure, measure_id=measure.id)
    found = [unit.get(Evaluation, tie.evaluation_id) for tie in covering]
    final = [e for e in found if e.status == "final" and e.purpose == "summative"]
    last = max(final, key=lambda e: (e.concluded_on or e.period_end, e.ref), default=None)
    return last.id if last else None
