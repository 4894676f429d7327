"""An emergency decision (Eilentscheidung): the office decides at once, a body hears of it after."""

from datetime import timedelta

from cycle.model.decisions import Body, Consultation, Decision, DecisionSubject
from cycle.model.duties import Deadline
from cycle.store.unit import Unit
from cycle.usecases import lookup, minutes
from cycle.usecases.policy import policy

COUNCIL_NOTE = "council_note"
_URGENT = "urgent"
_DEALT_WITH = frozenset({*minutes.ADOPTED, "partly_adopted", "rejected", "noted", "settled"})
_ADVISING = frozenset({"advisory_board", "steering_group", "administration_board", "working_group"})


def told(unit: Unit, record: Decision, wrong: Decision | None) -> None:
    """Ask that a body is told of an urgent decision, or note that one dealt with it.

    A correction moves the day, or takes back what the wrong one asked for.
    """
    if record.kind == _URGENT and record.result in minutes.ADOPTED:
        _ask(unit, record, wrong)
    elif wrong is not None and wrong.kind == _URGENT:
        _meet(unit, lookup.every(unit, Deadline, code=COUNCIL_NOTE, text=wrong.ref, met_on=None))
    elif _heard(unit, record):
        _meet(unit, _open(unit, record))


def _ask(unit: Unit, record: Decision, wrong: Decision | None) -> None:
    due = record.decided_on + timedelta(days=policy(unit.town).council_note_days)
    known = {"code": COUNCIL_NOTE, "text": (wrong or record).ref}
    for measure in _measures(unit, record):
        asked = lookup.by(unit, Deadline, measure_id=measure, **known) or unit.add(
            Deadline(measure_id=measure, code=COUNCIL_NOTE, due=due, source="law")
        )
        asked.due, asked.text = due, record.ref
        if any(_later(unit, record, subject) for subject in _decisions(unit, measure)):
            asked.met_on = asked.met_on or unit.day
    unit.session.flush()


def _decisions(unit: Unit, measure: str) -> list[Decision]:
    subjects = lookup.every(unit, DecisionSubject, measure_id=measure)
    return [unit.get(Decision, subject.decision_id) for subject in subjects]


def _later(unit: Unit, urgent: Decision, other: Decision) -> bool:
    return other.decided_on >= urgent.decided_on and _heard(unit, other)


def _open(unit: Unit, record: Decision) -> list[Deadline]:
    """Give what is still to be told of the measures of a decision, by decisions before it."""
    return [
        deadline
        for measure in _measures(unit, record)
        for deadline in lookup.every(
            unit, Deadline, measure_id=measure, code=COUNCIL_NOTE, met_on=None
        )
        if lookup.decision(unit, deadline.text or "").decided_on <= record.decided_on
    ]


def _meet(unit: Unit, deadlines: list[Deadline]) -> None:
    for deadline in deadlines:
        deadline.met_on = unit.day
    unit.session.flush()


def _heard(unit: Unit, record: Decision) -> bool:
    """Tell whether a body of the town's council dealt with it, not one that only advises."""
    if record.consultation_id is None or record.result not in _DEALT_WITH:
        return False
    body = unit.get(Consultation, record.consultation_id).body_id
    return body is not None and unit.get(Body, body).kind not in _ADVISING


def _measures(unit: Unit, record: Decision) -> list[str]:
    return [id_ for column, id_ in minutes.subjects_of(unit, record) if column == "measure_id"]
