"""Rows for every table, made from what its columns say: whoever adds a column has them at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Table, Text, insert

from cycle.model import METADATA
from cycle.model.columns import Figure, Instant
from cycle.store.engine import open_engine
from cycle.store.store import Store

ROWS = 4  # as many as a decision has kinds of subjects
TOWNS = ("a", "b")
Row = dict[str, Any]

# Of these columns exactly one is filled, in each row another.
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "decision_subject": ("measure_id", "goal_id", "report_id", "cycle_id"),
    "participation": ("measure_id", "goal_id", "cycle_id"),
    "waiver": ("measure_id", "cycle_id"),
    "owed": ("measure_id", "cycle_id"),
    "deadline": ("measure_id", "cycle_id"),
    "recommendation": ("finding_id", "evaluation_id"),
}
_FIRST_DAYS = ("_from", "_start")  # endings of columns that begin a period


def fill(connection: Connection, *towns: str) -> None:
    """Put `ROWS` valid rows of each town into every table."""
    for table in METADATA.sorted_tables:
        for town in towns or TOWNS:
            connection.execute(insert(table), rows_of(table, town))


def filled(url: str) -> None:
    """Prepare a store with two towns in every table, for `fresh_url`."""
    Store.create(url).close()
    engine = open_engine(url)
    with engine.begin() as connection:
        fill(connection)
    engine.dispose()


def rows_of(table: Table, town: str) -> list[Row]:
    """Make the rows of one town; no two towns share an id."""
    if table.name == "municipality":
        return [_row(table, town, 0) | {"id": town, "ags": "16999000", "ars": "169990000000"}]
    return [_row(table, town, i) for i in range(ROWS)]


def id_of(table: str, town: str, i: int) -> str:
    """Name the row that other rows point to."""
    return f"{table}-{town}-{i}"


def _row(table: Table, town: str, i: int) -> Row:
    row = {column.name: _value(table, column, town, i) for column in table.columns}
    for n, name in enumerate(ONE_OF.get(table.name, ())):
        if n != i % len(ONE_OF[table.name]):
            row[name] = None
    return row | _exceptions(table.name, town, i)


def _exceptions(table: str, town: str, i: int) -> Row:
    """Make what the rules of a single table ask for."""
    if table == "measure_link":
        return {"successor_id": id_of("measure", town, (i + 1) % ROWS)}
    if table == "area_succession":
        return {"to_area_id": id_of("area", town, (i + 1) % ROWS)}
    if table == "public_view":
        return {"opened_by_id": id_of("account", town, (i + 1) % ROWS)}
    if table == "cycle":
        return {"round": i + 1}
    if table == "consequence" and i < ROWS - 1:
        return {"countersigned_on": None}
    return {}


def _value(table: Table, column: Column[Any], town: str, i: int) -> object:
    info = column.info
    if column.name == "municipality_id":
        return town
    if column.name == "id":
        return id_of(table.name, town, i)
    if target := info.get("of"):
        return _pointer(table.name, target, town, i)
    if words := info.get("one_of"):
        return words[i % len(words)]
    return _plain(column, i)


def _pointer(table: str, target: str, town: str, i: int) -> str | None:
    if target != table:
        return id_of(target, town, i)
    return id_of(target, town, i - 1) if i else None  # the first has no one before it


def _plain(column: Column[Any], i: int) -> object:
    kind = column.type
    if isinstance(kind, Figure):
        return Decimal(f"{i}.123456789012345678901234567890")
    if isinstance(kind, Instant):
        return datetime(2026, 3, 29, 1, 30, i, 123456, tzinfo=UTC)  # the hour that Berlin has not
    if isinstance(kind, Date):
        return date(2026, 1 if column.name.endswith(_FIRST_DAYS) else 12, i + 1)
    if isinstance(kind, Boolean):
        return i % 2 == 0
    if isinstance(kind, BigInteger):
        return min(max(column.info.get("least") or 0, 1) + i, column.info.get("most") or 2**62)
    assert isinstance(kind, Text)
    return f"{column.name} ä{i}"[: column.info["limit"]]
