"""To log a measure and to write down more about it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import SQLModel

from cycle.errors import Conflict, Invalid
from cycle.i18n import N_
from cycle.ids import new_id
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import MEASURES, TOLD
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
from cycle.reading.town import town
from cycle.store.checks import tidy
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.moves import FINAL, settle
from cycle.usecases.rights import need, own

WRITTEN = frozenset(MeasureFields.model_fields)
_OWNERS = ("department_head", "planner")


def log(
    unit: Unit,
    *,
    title: str,
    cycle: str | None = None,
    lead: str | None = None,
    goal: str | None = None,
    side_goals: Sequence[str] = (),
    areas: Sequence[str] = (),
    fields: Sequence[str] = (),
    findings: Sequence[str] = (),
    partners: Sequence[str] = (),
    by_import: bool = False,
    **written: Any,  # noqa: ANN401 - the fields of MeasureFields
) -> Measure:
    """Log a measure as a draft, with its four open consequences (T1).

    Without `cycle` it goes into the open round with the latest start; without `lead` the one
    department of the account leads it, an import may leave it open. Raises Refused and Invalid.
    """
    round_ = lookup.cycle(unit, cycle) if cycle else latest_open(unit)
    title = tidy(title)
    need(unit, *_OWNERS)
    _step_log(unit, title, round_)
    lead = lead or (None if by_import else _own_unit(unit))
    own(unit, lead, *_OWNERS)
    record = unit.add(
        Measure(
            **_written(written, imported=by_import),
            title=title,
            ref=unit.next_key("M", unit.day.year),
            cycle_id=round_.id,
            lineage_id=new_id(),
            lead_id=lookup.department(unit, lead).id if lead else None,
        )
    )
    unit.tell(record, TOLD["log"], move=(None, "draft"))
    unit.session.flush()
    for kind in CONSEQUENCES:
        unit.add(Consequence(measure_id=record.id, kind=kind))
    _tie(unit, record, goal, side_goals, areas, fields, findings, partners)
    return record


def edit(
    unit: Unit,
    key: str,
    *,
    expect: int | None = None,
    lead: str | None = None,
    goal: str | None = None,
    side_goals: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    fields: Sequence[str] | None = None,
    findings: Sequence[str] | None = None,
    partners: Sequence[str] | None = None,
    **written: Any,  # noqa: ANN401 - the fields of MeasureFields
) -> Measure:
    """Change what is written of a measure; None leaves a thing as it is.

    Raises Conflict where the version is stale or the measure is off the circle.
    """
    record = lookup.measure(unit, key)
    own(unit, _code(unit, record.lead_id), *_OWNERS)
    lookup.expect(record, expect)
    if record.state in FINAL:
        raise Conflict(
            N_("{key} is closed ({state}); closed measures are only read."),
            code="closed",
            fix=N_("Log a new measure with `cycle measure log` and name this one in it."),
            key=key,
            state=record.state,
        )
    for name, value in _written(written).items():
        setattr(record, name, value)
    if "title" in written:
        record.title_confirmed = True
    if lead:
        own(unit, lead, "planner", "department_head")
        record.lead_id = lookup.department(unit, lead).id
    unit.tell(record, "edited", ties=_named(goal, areas, fields, findings, partners))
    record.updated_at = unit.now
    _tie(unit, record, goal, side_goals, areas, fields, findings, partners)
    settle(unit, record)
    return record


def latest_open(unit: Unit) -> Cycle:
    """Give the open round with the latest start; Invalid where none is open."""
    found = [c for c in lookup.every(unit, Cycle) if c.stage != "closed"]
    if not found:
        raise Invalid(
            N_("No planning round is open."),
            fix=N_("Open one with `cycle round open --title TITLE --start DATE`."),
        )
    return max(found, key=lambda c: (c.period_start, c.ref))


def _step_log(unit: Unit, title: str, round_: Cycle) -> None:
    policy = town(unit.reading()).policy
    facts = MeasureFacts(
        today=unit.day,
        policy=policy,
        cycle=round_.ref,
        cycle_stage=round_.stage,
        cycle_open=round_.stage != "closed",
        ask=Ask(title=title),
    )
    MEASURES.step(None, "log", facts, policy)


def _own_unit(unit: Unit) -> str | None:
    if unit.actor.for_unit:
        return unit.actor.for_unit
    return next(iter(unit.actor.units)) if len(unit.actor.units) == 1 else None


def _written(given: dict[str, Any], *, imported: bool = False) -> dict[str, Any]:
    more = {"external_id", "source", "source_date", "taken_over", "title_confirmed"}
    known = WRITTEN | more if imported else WRITTEN
    if strange := sorted(set(given) - known):
        raise Invalid(
            N_("A measure has no field {names}."),
            fix=N_("The fields are: {known}."),
            names=", ".join(strange),
            known=", ".join(sorted(known)),
        )
    return {n: tidy(v) if isinstance(v, str) else v for n, v in given.items()}


def _tie(  # noqa: PLR0917 - the ties as the verbs name them
    unit: Unit,
    record: Measure,
    goal: str | None,
    side_goals: Sequence[str] | None,
    areas: Sequence[str] | None,
    fields: Sequence[str] | None,
    findings: Sequence[str] | None,
    partners: Sequence[str] | None,
) -> None:
    """Write the links that were given; those not given stay."""
    if goal or side_goals:
        _tie_goals(unit, record, goal, side_goals or ())
    for codes, (model, column, find) in zip(
        (areas, fields, findings, partners), _TIES, strict=True
    ):
        if codes is not None:
            ends = {find(unit, code).id for code in codes}
            _swap(unit, model, column, record.id, ends)
    unit.session.flush()


def _tie_goals(unit: Unit, record: Measure, goal: str | None, sides: Iterable[str]) -> None:
    wanted = {lookup.goal(unit, key).id: "side" for key in sides}
    here = {tie.goal_id: tie for tie in lookup.every(unit, MeasureGoal, measure_id=record.id)}
    if goal:
        wanted[lookup.goal(unit, goal).id] = "main"
        for tie in here.values():
            if tie.contribution == "main" and tie.goal_id not in wanted:
                unit.session.delete(tie)
    for goal_id, contribution in wanted.items():
        if goal_id in here:
            here[goal_id].contribution = contribution
        else:
            unit.add(MeasureGoal(measure_id=record.id, goal_id=goal_id, contribution=contribution))
            unit.get(Goal, goal_id).uncovered = False
    unit.session.flush()


_TIES: tuple[tuple[type[SQLModel], str, Callable[[Unit, str], Entity]], ...] = (
    (MeasureArea, "area_id", lookup.area),
    (MeasureField, "field_id", lookup.field),
    (MeasureFinding, "finding_id", lookup.finding),
    (MeasurePartner, "org_unit_id", lookup.department),
)


def _swap(unit: Unit, model: type[SQLModel], column: str, id_: str, wanted: set[str]) -> None:
    here = {getattr(tie, column): tie for tie in lookup.every(unit, model, measure_id=id_)}
    for gone in set(here) - wanted:
        unit.session.delete(here[gone])
    for new in sorted(wanted - set(here)):
        unit.add(model(measure_id=id_, **{column: new}))


def _code(unit: Unit, unit_id: str | None) -> str | None:
    return unit.get(OrgUnit, unit_id).code if unit_id else None


def _named(goal: str | None, *ties: Sequence[str] | None) -> list[str]:
    return [*([goal] if goal else []), *(code for some in ties for code in some or ())]
