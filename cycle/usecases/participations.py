"""How people were involved, in counts only: for a measure, for a goal or for a whole round."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.duties import Owed, Participation, ParticipationArea, ParticipationGroup
from cycle.model.measures import Measure, MeasureGoal
from cycle.model.town import OrgUnit
from cycle.model.words import FORMATS, GROUPS, INFLUENCE
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle
from cycle.usecases.rights import need, own

Subject = dict[str, Any]  # the column that names it, and its id


def add(
    unit: Unit,
    *,
    measure: str | None = None,
    goal: str | None = None,
    cycle: str | None = None,
    format: str,  # noqa: A002 - the word of the trade, at every door
    level: str,
    groups: Sequence[str],
    held_from: date | None = None,
    held_to: date | None = None,
    invited: int | None = None,
    participants: int | None = None,
    summary: str,
    effect: str | None = None,
    areas: Sequence[str] = (),
) -> Participation:
    """Record that people were involved: how, how far, who, where, and what came of it."""
    subject, key, role = _subject(unit, measure, goal, cycle)
    since = held_from or unit.day
    given.insist(
        strange("format", format, FORMATS),
        strange("level", level, INFLUENCE),
        *_groups(groups),
        given.ahead(unit, "held_from", since),
        given.unordered("held_to", since, held_to),
        given.missing("summary", summary),
    )
    places = {lookup.area(unit, code).id for code in areas}
    record = Participation(
        **subject, format=format, influence_level=level, held_from=since, held_to=held_to,
        invited=invited, participants=participants, summary=given.text("summary", summary),
        effect_on_plan=given.maybe(effect),
    )  # fmt: skip
    unit.tell(unit.add(record), "added", key=key, role=role, groups=list(groups))
    _tie(unit, record, groups, places)
    for concerned in _concerned(unit, record):
        settle(unit, concerned)
    return record


def _tie(unit: Unit, record: Participation, groups: Sequence[str], places: Collection[str]) -> None:
    unit.session.flush()
    for group in dict.fromkeys(groups):
        unit.add(ParticipationGroup(participation_id=record.id, group=group))
    for place in sorted(places):
        unit.add(ParticipationArea(participation_id=record.id, area_id=place))


def _subject(
    unit: Unit, measure: str | None, goal: str | None, cycle: str | None
) -> tuple[Subject, str, str]:
    """Find what people were involved in; a goal is its owner's business, a round the planner's."""
    if len([key for key in (measure, goal, cycle) if key]) != 1:
        says = N_("Name one thing that people were involved in: a measure, a goal or a round.")
        given.insist(Fault("measure", "one_subject", says))
    if measure:
        found, role = owing(unit, measure, "department_head", "planner")
        return {"measure_id": found.id}, found.ref, role
    if goal:
        aim = lookup.goal(unit, goal)
        owner = unit.get(OrgUnit, aim.owner_id).code if aim.owner_id else None
        owners = ("department_head", "planner") if owner else ("planner",)
        role = own(unit, owner, *owners)
        aim.updated_at = unit.now
        return {"goal_id": aim.id}, aim.ref, role
    round_ = lookup.cycle(unit, cycle or "")
    stages.writable(round_)
    role = need(unit, "planner")
    round_.updated_at = unit.now
    return {"cycle_id": round_.id}, round_.ref, role


def _groups(groups: Sequence[str]) -> Iterator[Fault | None]:
    if not groups:
        yield given.missing("groups", None)
    for group in groups:
        yield strange("groups", group, GROUPS)


def _concerned(unit: Unit, record: Participation) -> list[Measure]:
    """Give the measures that this may settle something for."""
    if record.measure_id:
        return [unit.get(Measure, record.measure_id)]
    owed = lookup.every(unit, Owed, guard="participation_missing", settled_on=None)
    waiting = [unit.get(Measure, item.measure_id) for item in owed if item.measure_id]
    if record.cycle_id:
        return [m for m in waiting if m.cycle_id == record.cycle_id]
    tied = {t.measure_id for t in lookup.every(unit, MeasureGoal, goal_id=record.goal_id)}
    return [m for m in waiting if m.id in tied]
