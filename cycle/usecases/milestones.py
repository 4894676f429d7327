"""Dated steps of a measure that can be checked."""

from datetime import date

from cycle.errors import Conflict, NotFound
from cycle.i18n import N_
from cycle.model.duties import Milestone
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing
from cycle.usecases.moves import settle

_OWNERS = ("department_head", "planner")


def add(unit: Unit, key: str, title: str, *, due: date) -> Milestone:
    """Add a step with its date."""
    measure, role = owing(unit, key, *_OWNERS)
    name = given.text("title", title)
    there = lookup.every(unit, Milestone, measure_id=measure.id)
    number = max((m.no for m in there), default=0) + 1
    step = unit.add(Milestone(measure_id=measure.id, no=number, title=name, due=due))
    unit.tell(step, "added", key=measure.ref, role=role)
    settle(unit, measure)
    return step


def done(
    unit: Unit, key: str, no: int, *, on: date | None = None, evidence_url: str | None = None
) -> Milestone:
    """Report a step as done, on a day that has come, with a proof where there is one."""
    measure, role = owing(unit, key, *_OWNERS)
    given.insist(
        given.ahead(unit, "on", on or unit.day), given.no_link("evidence_url", evidence_url)
    )
    step = _open(unit, measure, no)
    step.done_on, step.evidence_url = on or unit.day, given.maybe(evidence_url)
    unit.tell(step, "done", key=measure.ref, role=role, no=no)
    settle(unit, measure)
    return step


def drop(unit: Unit, key: str, no: int, *, reason: str) -> Milestone:
    """Give up a step, and say why."""
    measure, role = owing(unit, key, *_OWNERS)
    why = given.text("reason", reason)
    step = _open(unit, measure, no)
    step.dropped_on, step.drop_reason = unit.day, why
    unit.tell(step, "dropped", key=measure.ref, role=role, no=no)
    settle(unit, measure)
    return step


def _open(unit: Unit, measure: Measure, no: int) -> Milestone:
    step = lookup.by(unit, Milestone, measure_id=measure.id, no=no)
    if step is None:
        raise NotFound(
            N_("{key} has no milestone {no}."),
            code="no_milestone",
            fix=N_("`cycle measure show {key}` lists them."),
            key=measure.ref,
            no=no,
        )
    if step.done_on or step.dropped_on:
        raise Conflict(
            N_("Milestone {no} of {key} is done or dropped already."),
            code="milestone_closed",
            fix=N_("`cycle measure show {key}` lists them."),
            key=measure.ref,
            no=no,
        )
    return step
