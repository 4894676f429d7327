"""Many records at once, by a number of statements that does not grow with them."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import SQLModel

from cycle.model.columns import Entity, table_of
from cycle.store.checks import check
from cycle.store.unit import Unit

R = TypeVar("R", bound=SQLModel)
E = TypeVar("E", bound=Entity)
Changes = Mapping[str, Any]  # columns of one record


def among(unit: Unit, model: type[R], name: str, wanted: Sequence[str], *empty: str) -> list[R]:
    """Give the records whose column holds one of these values, the columns `empty` being empty."""
    if not wanted:
        return []
    unit.session.flush()
    columns = table_of(model).c
    query = select(model).where(
        columns.municipality_id == unit.town.id,
        columns[name].in_(wanted),
        *(columns[each].is_(None) for each in empty),
    )
    return list(unit.session.scalars(query.order_by(*table_of(model).primary_key)))


def ends(
    unit: Unit, model: type[SQLModel], name: str, wanted: Sequence[str], other: str
) -> list[tuple[str, str]]:
    """Give the two ends of the links that begin at one of these, in the order of their keys."""
    unit.session.flush()
    table = table_of(model)
    query = select(table.c[name], table.c[other]).where(
        table.c.municipality_id == unit.town.id, table.c[name].in_(wanted)
    )
    found = unit.session.execute(query.order_by(*table.primary_key))
    return [(here, there) for here, there in found]


def matching(
    unit: Unit, model: type[R], *, lock: bool = False, **wanted: Sequence[object]
) -> list[R]:
    """Give the records each of whose columns holds one of the values wanted of it.

    With `lock` no other deed changes them until this one is over, and they are read anew.
    """
    if not all(wanted.values()):
        return []
    unit.session.flush()
    columns = table_of(model).c
    where = (columns[name].in_(each) for name, each in wanted.items())
    query = select(model).where(columns.municipality_id == unit.town.id, *where)
    query = query.order_by(*table_of(model).primary_key)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(unit.session.scalars(query))


def change(unit: Unit, model: type[E], told: Sequence[tuple[E, Changes]]) -> None:
    """Change these columns of each record by one statement, in the versions that were read.

    Every record is given the same columns. Conflict where another deed came between.
    """
    if not told:
        return
    before = [record.version for record, _ in told]
    new = [{n: v for n, v in each.items() if getattr(record, n) != v} for record, each in told]
    for record, changes in told:
        for name, value in {**changes, "updated_at": unit.now}.items():
            set_committed_value(record, name, value)
        set_committed_value(record, "version", record.version + 1)
    check(told[0][0])
    _write(unit, model, told, before)
    for (record, _), changes in zip(told, new, strict=True):
        also = {"updated_at": unit.now, "version": record.version}
        unit.wrote(table_of(model).name, (record.id,), {**changes, **also})


def _write(
    unit: Unit, model: type[E], told: Sequence[tuple[E, Changes]], before: Sequence[int]
) -> None:
    """Write what is the record's own, matched by id and version."""
    table, moment = table_of(model), unit.now
    rows = [
        {"its_id": record.id, "seen": version, "now": moment}
        | {f"new_{name}": value for name, value in changes.items()}
        for (record, changes), version in zip(told, before, strict=True)
    ]
    statement = _update(model, tuple(told[0][1])).where(table.c.municipality_id == unit.town.id)
    found = unit.session.connection().execute(statement, rows).rowcount
    if found != len(told):
        msg = f"{len(told) - found} of {len(told)} rows of {table.name} have changed"
        raise StaleDataError(msg)


@cache
def _update(model: type[SQLModel], names: tuple[str, ...]) -> Update:
    table = table_of(model)
    new = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    return (
        update(table)
        .where(table.c.id == bindparam("its_id"), table.c.version == bindparam("seen"))
        .values(**new, version=table.c.version + 1, updated_at=bindparam("now"))
    )
