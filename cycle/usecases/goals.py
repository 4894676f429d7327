"""Goals: written, classified, agreed, adopted and in the end rated."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.ids import new_id
from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalArea, GoalField
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages
from cycle.usecases.agreements import adopt, agree
from cycle.usecases.findings import answer_by_goal
from cycle.usecases.goal_tree import fit
from cycle.usecases.ratings import rate
from cycle.usecases.restatements import restate
from cycle.usecases.rights import need
from cycle.usecases.targets import revise, target

__all__ = ["add", "adopt", "agree", "classify", "edit", "rate", "restate", "revise", "target"]

COLUMNS = {"criterion": "qualitative_criterion"}
PLEDGED = frozenset({"text", "level", "due", "criterion"})  # changed by `revise` once adopted


class GoalWords(TypedDict, total=False):
    """What a person may write of a goal beside its text."""

    level: str
    parent: str | None  # key of the goal above it
    owner: str | None  # code of the department that answers for it
    due: date | None
    criterion: str | None
    target_group: str | None
    strand: str | None
    number: str | None
    specific: str | None
    realistic: str | None
    skip_reason: str | None
    external_id: str | None


class GoalChanges(GoalWords, total=False):
    """What may change in a goal."""

    text: str


def add(
    unit: Unit,
    *,
    text: str,
    cycle: str | None = None,
    findings: Sequence[str] = (),
    fields: Sequence[str] = (),
    areas: Sequence[str] = (),
    predecessor: str | None = None,
    **words: Unpack[GoalWords],
) -> Goal:
    """Write a goal into a round, the open one with the latest start where none is named.

    A head of department may write down an open one; the planner classifies it. Findings it
    answers have their response by it; `predecessor` is the goal of an earlier round that it takes
    on. Raises Forbidden, NotFound, Invalid, Conflict.
    """
    proposal = words.get("level", "open") == "open"
    role = need(unit, "planner", *(("department_head",) if proposal else ()))
    record = stages.current(unit, cycle)
    stages.writable(record)
    given.insist(given.missing("text", text), *_unknown(words))
    before = lookup.goal(unit, predecessor) if predecessor else None
    goal = Goal(
        ref=unit.next_key("G", unit.day.year),
        cycle_id=record.id,
        lineage_id=before.lineage_id if before else new_id(),
        predecessor_id=before.id if before else None,
        added_on=unit.day,
        **_values(unit, {"text": text, **words}),
    )
    fit(unit, goal, unit.get(Goal, goal.parent_id) if goal.parent_id else None, ())
    unit.add(goal)
    unit.tell(goal, "added", move=(None, "draft"), role=role)
    unit.session.flush()
    _tie(unit, goal, findings, fields, areas)
    return goal


def edit(
    unit: Unit,
    key: str,
    *,
    findings: Sequence[str] = (),
    fields: Sequence[str] = (),
    areas: Sequence[str] = (),
    expect: int | None = None,
    **changes: Unpack[GoalChanges],
) -> Goal:
    """Change a goal or add findings, fields and areas to it: `text=…, level=…, parent=…, owner=…`.

    Once the round has left its stage goal, what an adopted goal promises changes by `revise` only;
    what it never said may still be added. Raises Forbidden, NotFound, Invalid, Conflict.
    """
    role = need(unit, "planner")
    goal = lookup.goal(unit, key)
    lookup.expect(goal, expect)
    stages.writable(unit.get(Cycle, goal.cycle_id))
    given.insist(*_unknown(changes))
    values = _values(unit, changes)
    _still_free(unit, goal, values)
    children = lookup.every(unit, Goal, parent_id=goal.id)
    parent_id = values.get("parent_id", goal.parent_id)
    above = unit.get(Goal, parent_id) if parent_id else None
    for name, value in values.items():
        setattr(goal, name, value)
    fit(unit, goal, above, children)
    unit.tell(goal, "edited", role=role)
    goal.updated_at = unit.now
    unit.session.flush()
    _tie(unit, goal, findings, fields, areas)
    return goal


def classify(
    unit: Unit, key: str, level: str, *, parent: str | None = None, skip_reason: str | None = None
) -> Goal:
    """Give an open goal its level: guiding, intermediate or operational."""
    more: dict[str, Any] = {"parent": parent, "skip_reason": skip_reason}
    told = {name: value for name, value in more.items() if value}
    return edit(unit, key, level=level, **told)


def _tie(
    unit: Unit, goal: Goal, findings: Sequence[str], fields: Sequence[str], areas: Sequence[str]
) -> None:
    for key in dict.fromkeys(findings):
        answer_by_goal(unit, lookup.finding(unit, key), goal)
    known = {link.field_id for link in lookup.every(unit, GoalField, goal_id=goal.id)}
    for field_id in {lookup.field(unit, code).id for code in fields} - known:
        unit.add(GoalField(goal_id=goal.id, field_id=field_id))
    there = {link.area_id for link in lookup.every(unit, GoalArea, goal_id=goal.id)}
    for area_id in {lookup.area(unit, code).id for code in areas} - there:
        unit.add(GoalArea(goal_id=goal.id, area_id=area_id))
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)


def _values(unit: Unit, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what a person gave into columns: keys and codes become the records they name."""
    values: dict[str, Any] = {}
    for name, given_ in changes.items():
        if name == "parent":
            values["parent_id"] = lookup.goal(unit, given_).id if given_ else None
        elif name == "owner":
            values["owner_id"] = lookup.department(unit, given_).id if given_ else None
        elif name == "due":
            values["due"] = given_
        elif name in {"text", "level"}:
            values[name] = given.text(name, given_ or "")
        else:
            values[COLUMNS.get(name, name)] = given.maybe(given_)
    return values


def _unknown(words: Mapping[str, object]) -> list[Fault]:
    says = N_("{name} is not something a goal has; it has: {words}.")
    listed = ", ".join(sorted(GoalChanges.__annotations__))
    return [
        Fault(name, "unknown_word", says, {"name": name, "words": listed})
        for name in words
        if name not in GoalChanges.__annotations__
    ]


def _still_free(unit: Unit, goal: Goal, values: dict[str, Any]) -> None:
    """Refuse to change what an adopted goal promises once measures build on it."""
    stage = unit.get(Cycle, goal.cycle_id).stage
    if goal.status in {"draft", "agreed"} or stage not in {"measure", "evaluation"}:
        return
    pledged = {COLUMNS.get(name, name) for name in PLEDGED}
    changed = [
        name
        for name in sorted(pledged & values.keys())
        if getattr(goal, name) not in {None, "open", values[name]}
    ]
    if changed:
        raise Conflict(
            N_("{key} is adopted and its round is in the stage {stage}: {fields} stays as it is."),
            code="goal_fixed",
            fix=N_("Change it openly with `cycle goal revise {key} --reason REASON`."),
            key=goal.ref,
            stage=stage,
            fields=", ".join(changed),
        )
