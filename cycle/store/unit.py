"""One deed, one transaction: the records, their journal events and what is to be sent out."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from cycle.machine.chain import GENESIS, canonical, chain_hash, payload_hash
from cycle.model.columns import Entity, table_of
from cycle.model.town import Municipality
from cycle.reading.door import Reader
from cycle.reading.sight import Sight
from cycle.reading.values import given
from cycle.store import standings
from cycle.store.checks import check_words
from cycle.store.put import put
from cycle.store.rows import Written

Record = TypeVar("Record", bound=SQLModel)
UNTOLD = {"version", "created_at", "updated_at", "municipality_id", "id", "secret_hash"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the account, its roles and departments, and for whom (im Auftrag)."""

    account_id: str
    name: str
    roles: frozenset[str]
    units: frozenset[str] = frozenset()  # codes of its departments
    for_unit_id: str | None = None
    for_unit: str | None = None
    by_import: bool = False  # the council system is the second pair of eyes
    for_account_id: str | None = None  # whom a deputy acts for
    request_id: str | None = None  # of the call at a door that brings the deed

    @property
    def sight(self) -> Sight:
        """Tell how far who acts sees."""
        return Sight(self.roles, self.units)


@dataclass(slots=True)
class Unit:
    """What a use case works with; leaving the store's `unit()` block commits it once."""

    session: Session
    town: Municipality
    actor: Actor
    day: date
    now: datetime
    told: list[dict[str, Any]] = field(default_factory=list)
    written: Written = field(default_factory=Written)
    reader: Reader | None = None  # plain SQL on the connection of the session

    def add(self, record: Record) -> Record:
        """Take a new record into this municipality."""
        stamp(record, self)
        self.session.add(record)
        return record

    def get(self, model: type[Record], id_: str | None) -> Record:
        """Give the record that must be there."""
        found = self.session.get(model, (self.town.id, id_))
        if found is None:
            msg = f"{model.__name__} {id_} is gone"
            raise LookupError(msg)
        return found

    def reading(self) -> Reader:
        """Flush, and read by plain SQL what this deed has written so far."""
        self.session.flush()
        reader = self._plain()
        if "municipality" in self.written.touched:
            reader.forget()
        return reader

    def _plain(self) -> Reader:
        """Give the connection of this deed for plain SQL."""
        if self.reader is None:
            connection = self.session.connection()
            raw = connection.connection.dbapi_connection
            self.reader = Reader(raw, connection.dialect.name, self.town.id)
        return self.reader

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Do a part of the deed in a savepoint: where it fails, it leaves no trace."""
        self.session.flush()
        told, before, self.written = len(self.told), self.written, Written()
        try:
            with self.session.begin_nested():
                yield
                self.session.flush()
        except BaseException:
            del self.told[told:]
            self.written = before
            self._plain().forget()
            raise
        before.join(self.written)
        self.written = before

    def next_number(self, name: str) -> int:
        """Count on under a name, within this transaction."""
        return int(self._plain().value(_COUNT, name=name))

    def next_key(self, prefix: str, year: int, digits: int = 3) -> str:
        """Give the next short key people see, such as M-2026-014."""
        return f"{prefix}-{year}-{self.next_number(f'{prefix}-{year}'):0{digits}d}"

    def wrote(self, table: str, key: tuple[str, ...], columns: Mapping[str, object]) -> None:
        """Note a row written past the session, by a statement for many; keys without the town's."""
        stored = {name: given(value) for name, value in columns.items()}
        self.written.note(SQLModel.metadata.tables[table], key, stored)

    def tell(
        self,
        record: Entity | Municipality,
        action: str,
        *,
        key: str = "",
        move: tuple[str | None, str | None] = (None, None),
        role: str = "",
        **facts: object,
    ) -> None:
        """Note a deed for the journal: the record, what changed in it, and further facts."""
        self.note(
            table_of(type(record)).name,
            record.id,
            key or str(getattr(record, "ref", None) or getattr(record, "code", "")),
            action,
            _changes(record) | facts,
            move=move,
            role=role,
        )

    def note(
        self,
        entity: str,
        entity_id: str,
        key: str,
        action: str,
        payload: Mapping[str, object],
        *,
        move: tuple[str | None, str | None] = (None, None),
        role: str = "",
    ) -> None:
        """Note a deed on something that is no record of its own, such as the journal itself."""
        check_words(payload)
        self.told.append(
            {
                "entity": entity,
                "entity_id": entity_id,
                "key": key,
                "action": action,
                "from_state": move[0],
                "to_state": move[1],
                "role": role or self.role(),
                "payload": payload,
            }
        )

    def role(self, *wanted: str) -> str:
        """Name the role in which the actor acts: a wanted one if held, else the first."""
        held = [r for r in wanted if r in self.actor.roles]
        return held[0] if held else min(self.actor.roles, default="reader")

    def write_journal(self) -> None:
        """Number and chain what was told, and queue it for those who follow."""
        self.session.flush()
        written = self.written.as_json()
        if not self.told:
            if written:
                msg = f"a deed wrote what it does not tell: {written[:200]}"
                raise AssertionError(msg)
            return
        last, prev = self._head(len(self.told))
        standings.keep(self)
        events, payloads, outbox = [], [], []
        for n, told in enumerate(self.told, last - len(self.told) + 1):
            content = canonical(told.pop("payload"))
            salt, kept = secrets.token_hex(16), written if n == last else None
            event = self._event(n, told, payload_hash(salt, content, kept), prev)
            prev = event["hash"]
            events.append(event)
            payloads.append({"n": n, "salt": salt, "content": content, "rows": kept})
            kind = f"{told['entity']}.{told['action']}"
            outbox.append({"n": n, "type": kind, "at": self.now, "attempts": 0})
        reader = self._plain()
        for table, rows in (("event", events), ("event_payload", payloads), ("outbox", outbox)):
            put(reader, table, rows)
        reader.send(_MARK, mark=prev)
        self.told.clear()
        self.written = Written()

    def _head(self, count: int) -> tuple[int, str]:
        ((last, mark),) = self._plain().pairs(_JOURNAL, count=count)
        return int(last), mark or GENESIS

    def _event(self, n: int, told: dict[str, Any], hashed: str, prev: str) -> dict[str, Any]:
        event = {
            "municipality_id": self.town.id,
            "n": n,
            **told,
            "at": self.now,
            "day": self.day,
            "account_id": self.actor.account_id,
            "for_unit_id": self.actor.for_unit_id,
            "for_account_id": self.actor.for_account_id,
            "request_id": self.actor.request_id,
            "payload_hash": hashed,
            "prev_hash": prev,
        }
        return {**event, "hash": chain_hash(event)}


def stamp(record: SQLModel, unit: Unit) -> None:
    """Give a record its municipality and its moments."""
    for name, value in (
        ("municipality_id", unit.town.id),
        ("created_at", unit.now),
        ("updated_at", unit.now),
    ):
        if name in type(record).model_fields and not getattr(record, name, None):
            setattr(record, name, value)


def _changes(record: Entity | Municipality) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if attribute.key in UNTOLD or not history.has_changes():
            continue
        new = history.added[0] if history.added else None
        old = history.deleted[0] if history.deleted else None
        if new is not None or old is not None:
            changed[attribute.key] = new if old is None else {"was": old, "is": new}
    return changed


_COUNT = (
    "INSERT INTO counter (municipality_id, name, value, mark) VALUES (:m, :name, 1, '')"
    " ON CONFLICT (municipality_id, name) DO UPDATE SET value = counter.value + 1"
    " RETURNING value"
)
_JOURNAL = (
    "INSERT INTO counter (municipality_id, name, value, mark) VALUES (:m, 'journal', :count, '')"
    " ON CONFLICT (municipality_id, name) DO UPDATE SET value = counter.value + :count"
    " RETURNING value, mark"
)
_MARK = "UPDATE counter SET mark = :mark WHERE municipality_id = :m AND name = 'journal'"
