"""Records by the values of their columns, within one unit."""

from typing import TypeVar

from sqlalchemy import select
from sqlmodel import SQLModel

from cycle.model.columns import table_of
from cycle.store.unit import Unit

R = TypeVar("R", bound=SQLModel)
MANY = 5000  # keys looked through for a near one


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


def keys(unit: Unit, model: type[SQLModel], column: str) -> list[str]:
    """Give the keys that are in use, for a hint at near ones."""
    table = table_of(model)
    query = select(table.c[column]).where(table.c.municipality_id == unit.town.id).limit(MANY)
    return [str(key) for key in unit.session.scalars(query)]
