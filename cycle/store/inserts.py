"""New rows by statements for many, noted for the journal as those of the session are."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic_core import PydanticUndefined
from sqlalchemy import TextClause, text
from sqlmodel import SQLModel

from cycle.ids import new_id
from cycle.model.columns import Entity, table_of
from cycle.reading.values import given
from cycle.store.unit import UNTOLD, Unit

R = TypeVar("R", bound=SQLModel)
Row = dict[str, Any]  # every column of a record that is not written yet

_COUNT = text(
    "INSERT INTO counter (municipality_id, name, value, mark) VALUES (:m, :name, :count, '')"
    " ON CONFLICT (municipality_id, name) DO UPDATE SET value = counter.value + :count"
    " RETURNING value"
)


def next_keys(unit: Unit, prefix: str, year: int, count: int, digits: int = 3) -> list[str]:
    """Give the next short keys people see, as `Unit.next_key` gives one."""
    last = _counted(unit, f"{prefix}-{year}", count)
    return [f"{prefix}-{year}-{n:0{digits}d}" for n in range(last - count + 1, last + 1)]


def queue(unit: Unit, name: str) -> None:
    """Wait until no other deed counts on under a name, and let none until this one is over."""
    _counted(unit, name, 0)


def _counted(unit: Unit, name: str, count: int) -> int:
    values = {"m": unit.town.id, "name": name, "count": count}
    return int(unit.session.execute(_COUNT, values).scalar_one())


def new_row(unit: Unit, model: type[SQLModel], columns: Mapping[str, Any]) -> Row:
    """Give a record as a row: what is said of it, its id and moments, defaults for the rest."""
    row = {**_defaults(model), "municipality_id": unit.town.id, **columns}
    if issubclass(model, Entity):
        row |= {"id": new_id(), "created_at": unit.now, "updated_at": unit.now}
    return row


def told_of(row: Row) -> Row:
    """Give what the journal is told of a new record."""
    return {name: value for name, value in row.items() if value is not None and name not in UNTOLD}


def insert_all(unit: Unit, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Write new rows by one statement; the caller has compared them with their limits."""
    if not rows:
        return
    stored = [
        {name: value if value is None else given(value) for name, value in row.items()}
        for row in rows
    ]
    unit.session.execute(_insert(model, tuple(stored[0])), stored)
    unit.written.inserted(table_of(model), stored)


@cache
def _defaults(model: type[SQLModel]) -> Row:
    told = {name: field.default for name, field in model.model_fields.items()}
    return {name: None if value is PydanticUndefined else value for name, value in told.items()}


@cache
def _insert(model: type[SQLModel], names: tuple[str, ...]) -> TextClause:
    """Write the statement with values as they are stored, which no type needs to turn again."""
    values = ", ".join(f":{name}" for name in names)
    return text(f"INSERT INTO {table_of(model).name} ({', '.join(names)}) VALUES ({values})")  # noqa: S608 - names of our own columns
