"""The rows a deed writes, so that the store of any day can be rebuilt from the journal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Table, inspect
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from cycle.machine.chain import BLACKED, canonical
from cycle.model.columns import WORD, table_of
from cycle.reading.values import given

APART: Final = frozenset(  # the journal itself, what follows from records, vintages, and traffic
    {
        "counter", "event", "event_payload", "outbox", "standing", "tally", "observation",
        "token_use", "kept_answer", "webhook_secret", "delivery",
        "account_password", "web_session", "sign_in_try", "kept_upload", "area_shape",
    }
)  # fmt: skip
_KEPT: Final = frozenset({"policy", "content", "sha256", "content_hash", "dossier_hash"})
Key = tuple[str, tuple[str, ...]]  # table, and its key without the municipality
Columns = dict[str, Any]


@dataclass(slots=True)
class Written:
    """What one deed wrote: rows by key, and the records it touched or points to."""

    rows: dict[Key, Columns | None] = field(default_factory=dict)  # None: taken away
    touched: dict[str, set[str]] = field(default_factory=dict)  # table → ids

    def flushing(self, session: Session) -> None:
        """Note what the session is about to write."""
        for record in session.new:
            self._note(record, _values(record))
        for record in session.dirty:
            if session.is_modified(record):
                self._note(record, _changed(record))
        for record in session.deleted:
            self._note(record, None)

    def note(self, table: Table, key: tuple[str, ...], columns: Columns | None) -> None:
        """Note one row, as its columns are stored."""
        for name, value in (columns or {}).items():
            self._point(table.c[name], value)
        if "id" in table.c:
            self.touched.setdefault(table.name, set()).add(key[0])
        if table.name in APART:
            return
        known = self.rows.get((table.name, key))
        kept = None if columns is None else (known or {}) | columns
        self.rows[table.name, key] = kept

    def inserted(self, table: Table, rows: Sequence[Columns]) -> None:
        """Note new rows that one statement wrote, as their columns are stored."""
        for name, of in _pointing(table):
            ends = {row[name] for row in rows if row[name] is not None}
            self.touched.setdefault(of, set()).update(ends)
        if "id" in table.c:
            self.touched.setdefault(table.name, set()).update(row["id"] for row in rows)
        if table.name in APART:
            return
        key = [c.name for c in table.primary_key if c.name != "municipality_id"]
        for row in rows:
            filled = {name: value for name, value in row.items() if value is not None}
            self.rows[table.name, tuple(row[name] for name in key)] = filled

    def join(self, later: "Written") -> None:
        """Take in what a part of the deed wrote."""
        for place, columns in later.rows.items():
            known = self.rows.get(place)
            self.rows[place] = None if columns is None else (known or {}) | columns
        for table, ids in later.touched.items():
            self.touched.setdefault(table, set()).update(ids)

    def as_json(self) -> str | None:
        """Write the rows in the order in which they were first written."""
        if not self.rows:
            return None
        return canonical([[table, key, columns] for (table, key), columns in self.rows.items()])

    def _note(self, record: SQLModel, columns: Columns | None) -> None:
        table = table_of(type(record))
        for column, value in _pointers(record):
            self._point(column, value)
        key = tuple(str(getattr(record, name)) for name in _key(type(record)))
        self.note(table, key, columns)

    def _point(self, column: Column[Any], value: object) -> None:
        if (of := column.info.get("of")) and isinstance(value, str):
            self.touched.setdefault(of, set()).add(value)


def blacked_out(rows: str | None) -> str | None:
    """Take every word a person wrote out of the rows of a deed; keys and figures stay."""
    if rows is None:
        return None
    tables = SQLModel.metadata.tables
    return canonical(
        [
            [name, key, columns and _without_words(tables[name], columns)]
            for name, key, columns in json.loads(rows)
        ]
    )


def _without_words(table: Table, columns: Mapping[str, Any]) -> Columns:
    return {
        name: BLACKED if isinstance(value, str) and _prose(table.c[name]) else value
        for name, value in columns.items()
    }


def _prose(column: Column[Any]) -> bool:
    return column.info.get("limit", 0) > WORD and column.name not in _KEPT


@cache
def _columns(model: type[SQLModel]) -> tuple[tuple[str, Column[Any]], ...]:
    found = inspect(model).column_attrs
    return tuple((each.key, each.columns[0]) for each in found)


@cache
def _key(model: type[SQLModel]) -> tuple[str, ...]:
    """Name the attributes of the key but for the municipality, in the order of the columns."""
    named = {column.name: attribute for attribute, column in _columns(model)}
    key = [c.name for c in table_of(model).primary_key if c.name != "municipality_id"]
    return tuple(named[name] for name in key)


def _values(record: SQLModel) -> Columns:
    told = ((column.name, getattr(record, name)) for name, column in _columns(type(record)))
    return {name: given(value) for name, value in told if value is not None}


def _changed(record: SQLModel) -> Columns:
    state = inspect(record)
    changed: Columns = {}
    for name, column in _columns(type(record)):
        if state.attrs[name].history.has_changes():
            changed[column.name] = given(getattr(record, name))
    if hasattr(record, "version"):
        changed["version"] = record.version + 1
    return changed


@cache
def _pointing(table: Table) -> tuple[tuple[str, str], ...]:
    """Pair the columns that point to a record with the table it is in."""
    return tuple((c.name, c.info["of"]) for c in table.c if "of" in c.info)


def _pointers(record: SQLModel) -> Iterator[tuple[Column[Any], object]]:
    """Give every record pointed to, now and before the change."""
    state = inspect(record)
    for name, column in _columns(type(record)):
        if "of" in column.info:
            yield column, getattr(record, name)
            for old in state.attrs[name].history.deleted or ():
                yield column, old
