"""Two stores that began alike, compared row by row: only what no two deeds share is left out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, text
from sqlmodel import SQLModel

from cycle.store.store import Store

_OWN = {"created_at", "updated_at", "recorded_at", "at", "salt", "hash", "prev_hash"}
_OWN |= {"payload_hash", "mark"}
Rows = dict[str, list[str]]


def alike(one: Store, other: Store, start: set[str]) -> None:
    """Compare the stores; `start` are the ids both began with."""
    first, second = _dump(one, start), _dump(other, start)
    for table, rows in first.items():
        missing, more = set(rows) - set(second[table]), set(second[table]) - set(rows)
        assert (sorted(missing), sorted(more)) == ([], []), table
        assert len(rows) == len(second[table]), table


def ids(store: Store) -> set[str]:
    """Give the id of every record."""
    with store.engine.connect() as connection:
        return {
            row[0]
            for name, table in SQLModel.metadata.tables.items()
            if "id" in table.c
            for row in connection.execute(text(f'SELECT id FROM "{name}"'))
        }


def _dump(store: Store, start: set[str]) -> Rows:
    with store.engine.connect() as connection:
        found = {
            name: [
                dict(row._mapping) for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            ]
            for name in sorted(SQLModel.metadata.tables)
        }
    names = {
        row["id"]: _name(table, row)
        for table, rows in found.items()
        for row in rows
        if "id" in row and row["id"] not in start
    }
    found["counter"] = [row for row in found["counter"] if row["value"] or row["mark"]]
    return {table: sorted(_line(row, names) for row in rows) for table, rows in found.items()}


def _name(table: str, row: dict[str, Any]) -> str:
    if row.get("ref"):
        return f"<{table} {row['ref']}>"
    told = ("guard", "code", "vintage", "breakdown", "period_end", "text")
    return f"<{table} {' '.join(str(row[name]) for name in told if name in row)}>"


def _line(row: dict[str, Any], names: dict[str, str]) -> str:
    own = {name: value for name, value in row.items() if name not in _OWN}
    if "content" in own and "rows" in own:  # what an event keeps
        content = json.loads(own["content"] or "{}")
        content.pop("recorded_at", None)
        rows = [[t, k, _kept(c)] for t, k, c in json.loads(own["rows"] or "[]")]
        own |= {"content": content, "rows": None}
        own["rows"] = sorted(_named(json.dumps(each, sort_keys=True), names) for each in rows)
    return _named(json.dumps(own, sort_keys=True, default=str), names)


def _kept(columns: dict[str, Any] | None) -> dict[str, Any] | None:
    if columns is None:
        return None
    return {name: value for name, value in columns.items() if name not in _OWN}


def _named(line: str, names: dict[str, str]) -> str:
    for id_, name in names.items():
        if id_ in line:
            line = line.replace(id_, name)
    return line


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _r: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
