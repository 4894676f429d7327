"""Rows as they were before a deed, put back by the session: checked, versioned and journalled."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, inspect
from sqlmodel import SQLModel

from cycle.model.columns import Figure, Instant, table_of
from cycle.store.unit import Unit

Place = tuple[str, tuple[str, ...]]  # table, and the row's key without the municipality's
Images = Mapping[Place, Mapping[str, Any] | None]  # columns as the journal keeps them


def record_at(unit: Unit, place: Place) -> SQLModel | None:
    """Give the record of a row; None where there is none."""
    table, key = place
    found: SQLModel | None = unit.session.get(_models()[table], (unit.town.id, *key))
    return found


def set_back(unit: Unit, before: Images) -> None:
    """Give the records that are there the values they had."""
    for place, row in before.items():
        if row and (record := record_at(unit, place)):
            for name, value in _values(place, row).items():
                if name != "updated_at":  # it has changed now
                    setattr(record, name, value)


def swap_back(unit: Unit, before: Images) -> None:
    """Take away the rows that were not there, and give back those that were."""
    unit.session.flush()
    ordered = sorted(before.items(), key=lambda each: _order().index(each[0][0]))
    for place, row in reversed(ordered):  # what points to a row goes before it
        if row is None and (record := record_at(unit, place)):
            unit.session.delete(record)
            unit.session.flush()
    for place, row in ordered:
        if row and record_at(unit, place) is None:
            unit.add(_models()[place[0]](**_values(place, row)))
    unit.session.flush()


@cache
def _models() -> dict[str, type[SQLModel]]:
    mapped = SQLModel._sa_registry.mappers  # noqa: SLF001 - SQLModel has no other way to them
    return {table_of(each.class_).name: each.class_ for each in mapped}


@cache
def _order() -> tuple[str, ...]:
    """Name the tables so that each comes after those it points to."""
    return tuple(table.name for table in SQLModel.metadata.sorted_tables)


def _values(place: Place, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of a row as the attributes of its record."""
    columns = ((a.key, a.columns[0]) for a in inspect(_models()[place[0]]).column_attrs)
    return {name: _typed(of, row[of.name]) for name, of in columns if of.name in row}


def _typed(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - any column
    """Give a value as its record holds it; the journal keeps it as JSON can."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Figure):
        return Decimal(value)
    return date.fromisoformat(value) if column.type.python_type is date else value
