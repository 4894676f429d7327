"""The store as it was known at the end of a day, rebuilt in memory from the journal.

Every deed keeps the rows it wrote; values of indicators keep the day on which they were recorded.
Put together up to a day, they are the store of that day: what was known then, not what is known
of it today. Every question of the reading room is asked of it as of any store.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.reading.columns import Table, columns_of
from cycle.reading.door import Reader
from cycle.reading.standings import entries
from cycle.reading.town import town
from cycle.reading.values import given

_DEEDS: Final = """
SELECT p.rows FROM event e JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
WHERE e.municipality_id = :m AND e.day <= :day AND p.rows IS NOT NULL ORDER BY e.n
"""
_FIRST: Final = "SELECT day FROM event WHERE municipality_id = :m AND n = 1"  # the founding
COPIED: Final = {  # tables the journal keeps no rows of, and the day each row is of
    "observation": "recorded_on",
    "event": "day",
    "area_shape": "drawn_on",
}
Rows = dict[str, dict[tuple[str, ...], dict[str, Any]]]  # table → key → columns


def known_on(reader: Reader, day: date, *, today: date) -> Reader:
    """Give a reader of the store as it was known at the end of `day`.

    Raises Invalid for a day in the future or before the journal begins.
    """
    first = reader.value(_FIRST)
    began = date.fromisoformat(first) if isinstance(first, str) else first
    _insist(day, began, today)
    tables = columns_of(reader)
    then = Reader(_empty(tables), "sqlite", reader.municipality_id)
    for name, kept in replayed(reader, day).items():
        _fill(then, tables[name], kept.values())
    for name, of in COPIED.items():
        _copy(reader, then, tables[name], of, day)
    _tell(then)
    then.statements = 0
    return then


def replayed(reader: Reader, day: date) -> Rows:
    """Put the rows of all deeds until the end of `day` together."""
    found: Rows = {}
    for (text,) in reader.pairs(_DEEDS, day=day):
        for name, key, columns in json.loads(text):
            kept = found.setdefault(name, {})
            if columns is None:
                kept.pop(tuple(key), None)
            else:
                kept.setdefault(tuple(key), {}).update(columns)
    return found


def _insist(day: date, began: date | None, today: date) -> None:
    if day > today:
        raise Invalid(
            N_("{day} lies in the future: nobody knows yet what will be known then."),
            fix=N_("Name a day until today, {today}, or leave --as-of out."),
            day=day,
            today=today,
        )
    if began is None or day < began:
        raise Invalid(
            N_("Nothing was recorded here before {began}, so nothing is known of {day}."),
            fix=N_("Name a day from {began} on."),
            day=day,
            began=began or today,
        )


def _empty(tables: Mapping[str, Table]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for table in tables.values():
        key = ", ".join(table.key)
        listed = ", ".join(table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({listed}, PRIMARY KEY ({key}))")
        for column in table.columns:
            if column.endswith("_id") and column != "municipality_id":
                connection.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
    return connection


def _fill(then: Reader, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    told = [
        [row.get(name, then.municipality_id if name == "municipality_id" else None)
         for name in table.columns]
        for row in rows
    ]  # fmt: skip
    _insert(then, table, told)


def _copy(reader: Reader, then: Reader, table: Table, of: str, day: date) -> None:
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE municipality_id = :m"
    found = reader.pairs(f"{sql} AND {of} <= :day", day=day)
    _insert(then, table, [[given(value) for value in row] for row in found])


def _tell(then: Reader) -> None:
    """Tell what followed from the records on that day; it is counted from the standings."""
    rows = [
        {given_name: given(value) for given_name, value in asdict(entry).items()}
        for entry in entries(then, town(then).policy)
    ]
    then.connection.executemany(
        "INSERT INTO standing (municipality_id, noun, subject, topic, name, day, n, about, since,"
        f" unit_id, cycle_id) VALUES ('{then.municipality_id}', :noun, :subject, :topic, :name,"
        " :day, :n, :about, :since, :unit, :cycle)",
        rows,
    )
    until = (then.municipality_id, "tally", 0, date.max.isoformat())
    then.connection.execute(
        "INSERT INTO counter (municipality_id, name, value, mark) VALUES (?, ?, ?, ?)", until
    )


def _insert(then: Reader, table: Table, rows: Sequence[Sequence[object]]) -> None:
    marks = ", ".join("?" * len(table.columns))
    then.connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
