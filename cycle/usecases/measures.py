"""To log a measure and to write down more about it."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import SQLModel

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.ids import new_id
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import MEASURES, TOLD
from cycle.machine.policy import ORDER
from cycle.model.columns import Entity
from cycle.model.cycles import Cycle
from cycle.model.duties import Consequence
from cycle.model.goals import Goal
from cycle.model.measures import (
    Measure,
    MeasureArea,
    MeasureField,
    MeasureFields,
    MeasureFinding,
    MeasureGoal,
    MeasurePartner,
)
from cycle.model.town import OrgUnit
from cycle.model.words import CONSEQUENCES
from cycle.reading.cover import covered
from cycle.reading.town import town
from cycle.store.checks import tidy
from cycle.store.inserts import insert_all, new_row
from cycle.store.unit import Unit
from cycle.usecases import departments, given, lookup, stages
from cycle.usecases.moves import FINAL, settle
from cycle.usecases.replanning import replan
from cycle.usecases.rights import narrowed, need, own

WRITTEN = frozenset(MeasureFields.model_fields)
_IMPORTED = frozenset({"external_id", "source", "source_date", "taken_over", "title_confirmed"})
_OWNERS = ("department_head", "planner")
Ties = dict[str, Any]  # keys of goals, findings, partners and places, by the name of the tie


def log(
    unit: Unit,
    *,
    title: str,
    cycle: str | None = None,
    lead: str | None = None,
    by_import: bool = False,
    **written: Any,  # noqa: ANN401 - the fields of MeasureFields, and ties by key
) -> Measure:
    """Log a measure as a draft, with its four open consequences (T1).

    Ties are `goal`, `side_goals`, `areas`, `fields`, `findings`, `partners`. Without `cycle` it
    goes into the open round with the latest start; without `lead` the one department of the
    account leads it, an import may leave it open. Raises Refused and Invalid.
    """
    round_ = lookup.cycle(unit, cycle) if cycle else latest_open(unit)
    title = tidy(title)
    roles = _step_log(unit, title, round_)
    lead = lead or (None if by_import else _own_unit(unit))
    own(unit, lead, *sorted(roles))
    ties, words = _split(written, imported=by_import)
    given.insist(
        given.unordered("planned_end", words.get("planned_start"), words.get("planned_end"))
    )
    record = Measure(
        **words,
        title=title,
        ref=unit.next_key("M", unit.day.year),
        cycle_id=round_.id,
        lineage_id=new_id(),
        lead_id=departments.active(unit, lead).id if lead else None,
        state_since=unit.day,
    )
    unit.tell(unit.add(record), TOLD["log"], move=(None, "draft"))
    unit.session.flush()
    open_ones = ({"measure_id": record.id, "kind": kind} for kind in CONSEQUENCES)
    insert_all(unit, Consequence, [new_row(unit, Consequence, words) for words in open_ones])
    _tie(unit, record, ties)
    return record


def edit(
    unit: Unit,
    key: str,
    *,
    expect: int | None = None,
    lead: str | None = None,
    reason: str | None = None,
    **written: Any,  # noqa: ANN401 - the fields of MeasureFields, and ties by key
) -> Measure:
    """Change what is written of a measure; what is not given stays as it is.

    From approval on other planned dates are a new plan, which takes a `reason`. Raises Invalid,
    and Conflict where the version is stale or the measure is off the circle.
    """
    record = lookup.measure(unit, key)
    own(unit, _code(unit, record.lead_id), *_OWNERS)
    lookup.expect(record, expect)
    _insist_open(record)
    ties, words = _split(written)
    replanned = replan(unit, record, words, reason)
    if lead:  # looked up first: a look flushes, and what is flushed is no change to tell any more
        own(unit, lead, "planner", "department_head")
        words["lead_id"] = departments.active(unit, lead).id
    for name, value in (words | replanned).items():
        setattr(record, name, value)
    if "title" in words:
        record.title_confirmed = True
    if replanned:
        unit.tell(record, "replanned", ties=ties, reason=reason)
    else:
        unit.tell(record, "edited", ties=ties)
    _tie(unit, record, ties)
    settle(unit, record)
    return record


def raise_policy(unit: Unit, key: str, to: str, *, reason: str) -> Measure:
    """Let a stricter policy than the town's hold for one measure, as it needs council or money.

    Only upwards, and for good: a measure is never judged more mildly than its town.
    """
    record = lookup.measure(unit, key)
    role = need(unit, "planner", "steering")
    why = given.text("reason", reason)
    _insist_open(record)
    now = max(unit.town.preset, record.raised_to or unit.town.preset, key=ORDER.index)
    given.insist(_not_above(to, now))
    record.raised_to = to
    unit.tell(record, "policy_raised", role=role, reason=why, town=unit.town.preset)
    settle(unit, record)
    return record


def _not_above(to: str, now: str) -> Fault | None:
    if to in ORDER and ORDER.index(to) > ORDER.index(now):
        return None
    says = N_("{given} is not stricter than the policy that holds now: {now}.")
    return Fault("to", "not_above", says, {"given": to, "now": now})


def _insist_open(record: Measure) -> None:
    if record.state in FINAL:
        raise Conflict(
            N_("{key} is closed ({state}); closed measures are only read."),
            code="closed",
            fix=N_("Log a new measure with `cycle measure log` and name this one in it."),
            key=record.ref,
            state=record.state,
        )


def latest_open(unit: Unit) -> Cycle:
    """Give the open round with the latest start; Invalid where none is open."""
    found = stages.latest_open(unit)
    if found is None:
        raise Invalid(
            N_("No planning round is open."),
            fix=N_("Open one with `cycle round open --title TITLE --start DATE`."),
        )
    return found


def _step_log(unit: Unit, title: str, round_: Cycle) -> frozenset[str]:
    """Let the machine judge the first step, and give the roles in which the actor may make it."""
    need(unit, *_OWNERS)
    policy = town(unit.reading()).policy
    roles = narrowed(policy, "log", unit.actor.roles.intersection(_OWNERS))
    facts = MeasureFacts(
        today=unit.day,
        policy=policy,
        cycle=round_.ref,
        cycle_stage=round_.stage,
        cycle_open=round_.stage != "closed",
        ask=Ask(title=title),
    )
    MEASURES.step(None, "log", facts, policy)
    return roles


def _own_unit(unit: Unit) -> str | None:
    if unit.actor.for_unit:
        return unit.actor.for_unit
    return next(iter(unit.actor.units)) if len(unit.actor.units) == 1 else None


def _split(given: dict[str, Any], *, imported: bool = False) -> tuple[Ties, dict[str, Any]]:
    """Tell the ties from the fields; Invalid names every word that is neither."""
    given = dict(given)
    named = {name: given.pop(name, None) for name in ("goal", "side_goals", *_TIES)}
    ties = {name: keys for name, keys in named.items() if keys is not None}
    known = WRITTEN | _IMPORTED if imported else WRITTEN
    if strange := sorted(set(given) - known):
        raise Invalid(
            N_("A measure has no field {names}."),
            fix=N_("The fields are: {known}."),
            names=", ".join(strange),
            known=", ".join(sorted(known)),
        )
    return ties, {n: tidy(v) if isinstance(v, str) else v for n, v in given.items()}


def _tie(unit: Unit, record: Measure, ties: Ties) -> None:
    """Write the links that were given; those not given stay."""
    if "goal" in ties or ties.get("side_goals"):
        _tie_goals(unit, record, ties.get("goal"), ties.get("side_goals", ()))
    for name, (model, column, find) in _TIES.items():
        if name in ties:
            ends = {find(unit, code).id for code in ties[name]}
            _swap(unit, model, column, record.id, ends)
    unit.session.flush()


def _tie_goals(unit: Unit, record: Measure, goal: str | None, sides: Iterable[str]) -> None:
    wanted = {lookup.goal(unit, key).id: "side" for key in sides}
    here = {tie.goal_id: tie for tie in lookup.every(unit, MeasureGoal, measure_id=record.id)}
    if goal:
        wanted[lookup.goal(unit, goal).id] = "main"
    left = [
        t for t in here.values() if goal and t.contribution == "main" and t.goal_id not in wanted
    ]
    for goal_id, contribution in wanted.items():
        if goal_id in here:
            here[goal_id].contribution = contribution
        else:
            unit.add(MeasureGoal(measure_id=record.id, goal_id=goal_id, contribution=contribution))
            unit.get(Goal, goal_id).uncovered = False
    _leave(unit, left)


def _leave(unit: Unit, ties: Iterable[MeasureGoal]) -> None:
    """Untie from goals, and flag those that no live measure serves any more."""
    for tie in ties:
        unit.session.delete(tie)
        unit.get(Goal, tie.goal_id).uncovered = not covered(unit.reading(), tie.goal_id)


_TIES: dict[str, tuple[type[SQLModel], str, Callable[[Unit, str], Entity]]] = {
    "areas": (MeasureArea, "area_id", lookup.area),
    "fields": (MeasureField, "field_id", lookup.field),
    "findings": (MeasureFinding, "finding_id", lookup.finding),
    "partners": (MeasurePartner, "org_unit_id", lookup.department),
}


def _swap(unit: Unit, model: type[SQLModel], column: str, id_: str, wanted: set[str]) -> None:
    here = {getattr(tie, column): tie for tie in lookup.every(unit, model, measure_id=id_)}
    for gone in set(here) - wanted:
        unit.session.delete(here[gone])
    for new in sorted(wanted - set(here)):
        unit.add(model(measure_id=id_, **{column: new}))


def _code(unit: Unit, unit_id: str | None) -> str | None:
    return unit.get(OrgUnit, unit_id).code if unit_id else None
