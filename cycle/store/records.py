"""Records by the values of their columns, within one unit."""

from functools import cache
from typing import TypeVar

from sqlalchemy import ScalarResult, Select, bindparam, select
from sqlmodel import SQLModel

from cycle.model.columns import table_of
from cycle.store.unit import Unit

R = TypeVar("R", bound=SQLModel)
MANY = 5000  # keys looked through for a near one


def by(unit: Unit, model: type[R], **wanted: object) -> R | None:
    """Give the one record whose columns have these values, None where there is none."""
    return _found(unit, model, wanted).first()


def every(unit: Unit, model: type[R], **wanted: object) -> list[R]:
    """Give all records whose columns have these values."""
    return list(_found(unit, model, wanted))


def keys(unit: Unit, model: type[SQLModel], column: str) -> list[str]:
    """Give the keys that are in use, for a hint at near ones."""
    table = table_of(model)
    query = select(table.c[column]).where(table.c.municipality_id == unit.town.id).limit(MANY)
    return [str(key) for key in unit.session.scalars(query)]


def _found(unit: Unit, model: type[R], wanted: dict[str, object]) -> ScalarResult[R]:
    unit.session.flush()
    given = {f"the_{name}": value for name, value in wanted.items() if value is not None}
    empty = tuple(name for name, value in wanted.items() if value is None)
    query: Select[R] = _query(model, tuple(given), empty)
    return unit.session.scalars(query, {"m": unit.town.id, **given})


@cache  # to put a query together costs twice what it costs to run it
def _query(model: type[R], given: tuple[str, ...], empty: tuple[str, ...]) -> Select[R]:
    columns = table_of(model).c
    query = select(model).where(columns.municipality_id == bindparam("m"))
    for name in given:
        query = query.where(columns[name.removeprefix("the_")] == bindparam(name))
    for name in empty:
        query = query.where(columns[name].is_(None))
    return query.order_by(*table_of(model).primary_key)  # ids sort by age, on both databases
