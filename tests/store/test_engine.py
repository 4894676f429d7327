"""Every connection that writes is safe before its first word."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cycle.errors import Unavailable
from cycle.store.engine import open_engine, set_pragmas
from cycle.store.store import Store


def test_sqlite_keeps_what_it_promised_and_waits_for_others(file_url: str) -> None:
    with closing(Store.open(file_url)) as office, office.unit() as unit:
        told = {
            name: unit.reading().value(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema",
                         "busy_timeout")
        }  # fmt: skip
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,  # full
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }


def test_every_further_connection_is_set_alike(file_url: str) -> None:
    engine = open_engine(file_url)
    connections = [engine.raw_connection() for _ in range(3)]
    for each in connections:
        assert each.cursor().execute("PRAGMA foreign_keys").fetchone() == (1,)
        each.close()
    engine.dispose()


def test_a_deed_takes_the_writers_place_at_its_first_word(file_url: str) -> None:
    with closing(Store.open(file_url)) as office, office.unit() as unit:
        unit.reading()
        with closing(sqlite3.connect(unit.session.connection().engine.url.database or "")) as other:
            other.execute("PRAGMA busy_timeout=0")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")


def test_a_place_that_cannot_keep_the_log_is_refused(tmp_path: Path) -> None:
    # This way of locking has no shared memory, as on a network drive.
    place = f"file:{tmp_path}/store.db?vfs=unix-dotfile"
    with (
        closing(sqlite3.connect(place, uri=True)) as connection,
        pytest.raises(Unavailable) as refused,
    ):
        set_pragmas(connection)
    assert refused.value.code == "store_no_wal"
    assert "journal_mode=delete" in str(refused.value)
    assert "network drive" in refused.value.fix


def test_a_store_in_memory_needs_no_log() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        set_pragmas(connection)


def test_a_server_ends_what_takes_too_long(server_url: str) -> None:
    with closing(Store.open(server_url)) as office, office.unit() as unit:
        told = {
            name: unit.reading().value(f"SELECT current_setting('{name}')")
            for name in ("statement_timeout", "lock_timeout", "application_name",
                         "idle_in_transaction_session_timeout", "transaction_isolation")
        }  # fmt: skip
    assert told == {
        "statement_timeout": "15s",
        "lock_timeout": "3s",
        "idle_in_transaction_session_timeout": "30s",
        "application_name": "kreislauf",
        "transaction_isolation": "read committed",
    }
