"""Conditions a body set when it adopted something, such as a budget reservation."""

from collections.abc import Sequence
from datetime import date

from cycle.errors import Invalid, NotFound
from cycle.i18n import N_
from cycle.model.decisions import Condition, Decision
from cycle.model.duties import Deadline
from cycle.store.unit import Unit
from cycle.usecases import given, lookup

Conditions = Sequence[tuple[str, str, date | None]]  # code, text, due


def of(unit: Unit, record: Decision) -> list[Condition]:
    """Give the conditions of a decision in the order they were told."""
    return sorted(lookup.every(unit, Condition, decision_id=record.id), key=lambda c: c.id)


def write(unit: Unit, record: Decision, told: Conditions, wrong: Decision | None) -> None:
    """Add the conditions of a decision; what was met of one that was wrong stays met."""
    before = of(unit, wrong) if wrong else []
    for code, words, due in told:
        text = given.maybe(words) or ""
        made = unit.add(Condition(decision_id=record.id, code=code, text=text, due=due))
        unit.session.flush()
        same = next((c for c in before if (c.code, c.text) == (code, text)), None)
        if same:
            before.remove(same)
            made.met_on, made.met_note = same.met_on, same.met_note
            for deadline in lookup.every(unit, Deadline, condition_id=same.id):
                deadline.condition_id, deadline.due = made.id, due or deadline.due
    unit.session.flush()


def still_open(unit: Unit, record: Decision, code: str, text: str | None) -> Condition:
    """Give the one condition of that code that is not met; `text` tells it from its like."""
    wanted = [
        c
        for c in of(unit, record)
        if c.code == code and c.met_on is None and (text or "") in c.text
    ]
    if not wanted:
        raise NotFound(
            N_("{key} has no open condition {condition}."),
            fix=N_("`cycle decision show {key}` lists its conditions."),
            key=record.ref,
            condition=code,
        )
    if len(wanted) > 1:
        raise Invalid(
            N_("{key} has {count} open conditions of this kind."),
            fix=N_("Tell which one by a word of its text."),
            key=record.ref,
            count=len(wanted),
        )
    return wanted[0]
