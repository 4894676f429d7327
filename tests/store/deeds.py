"""A bare town, a few deeds in it and people who do them at once, for tests of the store alone."""

import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from typing import TypeVar

from sqlalchemy import Engine, inspect, select

from cycle.errors import KreislaufError, Unavailable
from cycle.model import METADATA
from cycle.model.town import Account, AccountRole, Municipality, OrgUnit
from cycle.reading.door import open_reader
from cycle.reading.journal import verify
from cycle.store.records import by
from cycle.store.store import Store
from cycle.store.unit import Actor, Unit

T = TypeVar("T")
Content = dict[str, list[tuple[object, ...]]]
NOBODY = 65534
CROWD = multiprocessing.get_context("forkserver")  # each new one is there in no time
CROWD.set_forkserver_preload(["tests.store.warm"])


def settled(url: str) -> None:
    """Prepare a store with a town, the account `local` and its department D-2026-001."""
    store = Store.create(url)
    with store.unit(None) as unit:
        unit.town.name, unit.town.ags = "Saalestadt", "16999000"
        unit.add(unit.town)
        unit.session.flush()  # SQLAlchemy writes tables by their names, not parents first
        account = unit.add(Account(name="local"))
        unit.add(AccountRole(account_id=account.id, role="planner"))
        unit.session.flush()
        unit.actor = Actor(account.id, "local", frozenset({"planner"}))
        enrol(unit)
    store.close()


def enrol(unit: Unit, name: str = "Jugend") -> str:
    """Add a department and tell it: everything that a deed writes."""
    found = unit.add(OrgUnit(code=unit.next_key("D", 2026), name=name))
    unit.tell(found, "added")
    return found.code


def department(unit: Unit, code: str = "D-2026-001") -> OrgUnit:
    """Give a department that is there."""
    found = by(unit, OrgUnit, code=code)
    assert found is not None
    return found


def rename(unit: Unit, name: str, code: str = "D-2026-001") -> None:
    """Change a department and tell it."""
    found = department(unit, code)
    found.name = name
    unit.tell(found, "renamed")


def count_on(unit: Unit, record: OrgUnit | Municipality) -> None:
    """Raise the number in a name by one: a change that is lost where two overwrite each other."""
    number = int(record.name) if record.name.isdigit() else 0
    record.name = str(number + 1)
    unit.tell(record, "counted", key="D-2026-001")


def content(engine: Engine) -> Content:
    """Give every row of every table."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
            if table.name in there
        }


def insist_on_whole(url: str) -> list[str]:
    """Check that records, journal, payloads and outbox tell the same; give the departments."""
    reader = open_reader(url)
    try:
        assert verify(reader) == []
        told = reader.pairs("SELECT n FROM event WHERE municipality_id = :m ORDER BY n")
        assert [n for (n,) in told] == list(range(1, len(told) + 1))
        for table in ("event_payload", "outbox"):
            sql = f"SELECT n FROM {table} WHERE municipality_id = :m ORDER BY n"
            assert reader.pairs(sql) == told
        there = reader.pairs("SELECT code FROM org_unit WHERE municipality_id = :m ORDER BY code")
        added = reader.pairs(
            "SELECT key FROM event WHERE municipality_id = :m AND action = 'added' ORDER BY key"
        )
        assert added == there
        assert [c for (c,) in there] == [f"D-2026-{n:03}" for n in range(1, len(there) + 1)]
        return [code for (code,) in there]
    finally:
        reader.close()


def at_once(count: int, task: Callable[[], object]) -> None:
    """Let as many threads do the same; the first error of one is raised."""
    gate, errors = threading.Barrier(count), list[BaseException]()

    def run() -> None:
        try:
            gate.wait()
            task()
        except BaseException as error:  # noqa: BLE001 - handed to the test below
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if errors:
        raise errors[0]


def enrol_many(url: str, count: int) -> None:
    """Do the same deed again and again, in a process of one's own."""
    store = Store.open(url)
    for _ in range(count):
        store.perform(enrol)
    store.close()


def write_until_killed(url: str, acks: Connection) -> None:
    """Do deeds without end and tell each one that is done; where the store is busy, try again."""
    store = Store.open(url)
    while True:
        try:
            done = store.perform(_busy_deed)
        except Unavailable as busy:
            if busy.code != "store_busy":
                raise
            continue
        acks.send(done)


def _busy_deed(unit: Unit) -> str:
    rename(unit, f"nach {unit.next_number('renamed')}")
    return enrol(unit)


def hold_lock(path: str, told: Connection, seconds: float) -> None:
    """Keep the only place a SQLite writer has, as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        told.send("held")
        told.poll(seconds)
        connection.execute("ROLLBACK")


def as_nobody(task: Callable[[str], str], url: str) -> str:
    """Do something as a user who owns nothing here: root may write what is read-only."""
    here, there = CROWD.Pipe(duplex=False)
    process = CROWD.Process(target=_as_nobody, args=(task, url, there))
    process.start()
    there.close()
    try:
        told: str = here.recv()
    finally:
        process.join()
    return told


def _as_nobody(task: Callable[[str], str], url: str, told: Connection) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        told.send(task(url))
    except KreislaufError as error:
        told.send(f"{error.code}: {error}")
