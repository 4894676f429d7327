"""Records by the keys and codes people see."""

from difflib import get_close_matches
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import SQLModel

from cycle.errors import Conflict, NotFound
from cycle.i18n import N_
from cycle.model.columns import Entity, table_of
from cycle.model.cycles import Cycle
from cycle.model.decisions import Body, Decision, Paper
from cycle.model.evaluations import Evaluation
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator
from cycle.model.measures import Measure
from cycle.model.reports import Finding, Recommendation, Report
from cycle.model.space import Area, AreaScheme
from cycle.model.town import Account, FieldOfAction, OrgUnit
from cycle.store.unit import Unit

R = TypeVar("R", bound=SQLModel)


def by(unit: Unit, model: type[R], **wanted: object) -> R | None:
    """Give the one record whose columns have these values, None where there is none."""
    table = table_of(model)
    query = select(model).where(table.c.municipality_id == unit.town.id)
    for name, value in wanted.items():
        query = query.where(table.c[name] == value)
    unit.session.flush()
    return unit.session.scalars(query).first()


def every(unit: Unit, model: type[R], **wanted: object) -> list[R]:
    """Give all records whose columns have these values."""
    table = table_of(model)
    query = select(model).where(table.c.municipality_id == unit.town.id)
    for name, value in wanted.items():
        query = query.where(table.c[name] == value)
    unit.session.flush()
    return list(unit.session.scalars(query))


def _must(unit: Unit, model: type[R], column: str, key: str) -> R:
    found = by(unit, model, **{column: key})
    if found is None:
        raise unknown(unit, model, column, key)
    return found


def unknown(unit: Unit, model: type[SQLModel], column: str, key: str) -> NotFound:
    """Say that nothing is known by this key, and which keys are like it."""
    table = table_of(model)
    known = unit.session.scalars(
        select(table.c[column]).where(table.c.municipality_id == unit.town.id).limit(5000)
    )
    near = get_close_matches(key, [str(k) for k in known], n=3, cutoff=0.6)
    if near:
        return NotFound(
            N_("Nothing is known by the key {key}."),
            fix=N_("Did you mean {near}?"),
            key=key,
            near=", ".join(near),
        )
    return NotFound(
        N_("Nothing is known by the key {key}."),
        fix=N_("`cycle {noun} list` shows what there is."),
        key=key,
        noun={"org_unit": "department", "field_of_action": "field", "cycle": "round"}.get(
            table.name, table.name
        ),
    )


def measure(unit: Unit, key: str) -> Measure:
    """Give the measure of that key, e.g. M-2026-014."""
    return _must(unit, Measure, "ref", key)


def goal(unit: Unit, key: str) -> Goal:
    """Give the goal of that key."""
    return _must(unit, Goal, "ref", key)


def cycle(unit: Unit, key: str) -> Cycle:
    """Give the round of that key."""
    return _must(unit, Cycle, "ref", key)


def report(unit: Unit, key: str) -> Report:
    """Give the report of that key."""
    return _must(unit, Report, "ref", key)


def finding(unit: Unit, key: str) -> Finding:
    """Give the finding of that key."""
    return _must(unit, Finding, "ref", key)


def recommendation(unit: Unit, key: str) -> Recommendation:
    """Give the recommendation of that key."""
    return _must(unit, Recommendation, "ref", key)


def decision(unit: Unit, key: str) -> Decision:
    """Give the decision of that key."""
    return _must(unit, Decision, "ref", key)


def evaluation(unit: Unit, key: str) -> Evaluation:
    """Give the evaluation of that key."""
    return _must(unit, Evaluation, "ref", key)


def paper(unit: Unit, key: str) -> Paper:
    """Give the paper of that number; `~` may stand for `/`."""
    return _must(unit, Paper, "ref", key.replace("~", "/"))


def body(unit: Unit, name: str) -> Body:
    """Give the body of that short name, or of its full name."""
    return by(unit, Body, short_name=name) or _must(unit, Body, "name", name)


def department(unit: Unit, code: str) -> OrgUnit:
    """Give the department, provider or authority of that code."""
    return _must(unit, OrgUnit, "code", code)


def field(unit: Unit, code: str) -> FieldOfAction:
    """Give the field of action of that code."""
    return _must(unit, FieldOfAction, "code", code)


def scheme(unit: Unit, code: str) -> AreaScheme:
    """Give the scheme of areas of that code."""
    return _must(unit, AreaScheme, "code", code)


def area(unit: Unit, code: str) -> Area:
    """Give the area of that code that is valid on the unit's day, else the latest one."""
    found = sorted(every(unit, Area, code=code), key=lambda a: a.valid_from)
    if not found:
        raise unknown(unit, Area, "code", code)
    valid = [a for a in found if a.valid_from <= unit.day and (a.valid_to or unit.day) >= unit.day]
    return (valid or found)[-1]


def indicator(unit: Unit, code: str) -> Indicator:
    """Give the indicator of that code."""
    return _must(unit, Indicator, "code", code)


def account(unit: Unit, name: str) -> Account:
    """Give the account of that name."""
    return _must(unit, Account, "name", name)


def expect(record: Entity, version: int | None) -> None:
    """Refuse a change that was decided on an older version of the record."""
    if version is not None and record.version != version:
        raise Conflict(
            N_("{key} has changed meanwhile: it is at version {here}, you saw {seen}."),
            fix=N_("Look at it again and repeat your change."),
            key=getattr(record, "ref", ""),
            here=record.version,
            seen=version,
        )
