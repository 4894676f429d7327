"""What the databases say is said again in our words, the same for both."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from cycle.errors import Conflict, Invalid, KreislaufError, Unavailable
from cycle.reading.failures import _SAYS, meaning, unavailable


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as connection:
        connection.execute(
            "CREATE TABLE t (n int PRIMARY KEY, u int UNIQUE, c int CHECK (c < 9), x NOT NULL)"
        )
        connection.execute("INSERT INTO t VALUES (1, 1, 1, 1)")
        yield connection


def _said(connection: sqlite3.Connection, sql: str, *values: object) -> KreislaufError | None:
    with pytest.raises((sqlite3.Error, UnicodeEncodeError, OverflowError)) as refused:
        connection.execute(sql, values)
    return meaning(refused.value)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ((1, 2, 2, 2), Conflict),
        ((2, 1, 2, 2), Conflict),
        ((2, 2, 9, 2), Invalid),
        ((2, 2, 2, None), Invalid),
        ((2**70, 2, 2, 2), Invalid),
        ((2, 2, 2, "\ud800"), Invalid),
    ],
)
def test_what_a_file_refuses_is_a_duplicate_or_invalid(
    file: sqlite3.Connection, values: tuple[object, ...], error: type[KreislaufError]
) -> None:
    assert isinstance(_said(file, "INSERT INTO t VALUES (?, ?, ?, ?)", *values), error)


def test_a_row_that_is_there_twice_by_its_hidden_number_is_a_duplicate(
    file: sqlite3.Connection,
) -> None:
    said = _said(file, "INSERT INTO t (rowid, n, u, c, x) VALUES (1, 2, 2, 2, 2)")
    assert isinstance(said, Conflict)
    assert said.code == "duplicate"


def test_a_text_that_is_too_big_for_a_file_is_invalid(file: sqlite3.Connection) -> None:
    file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1000)
    assert isinstance(_said(file, "SELECT ?", "x" * 2000), Invalid)


def test_a_mistake_of_ours_stays_one(file: sqlite3.Connection) -> None:
    assert _said(file, "SELECT FROM") is None
    assert _said(file, "SELECT ?", object()) is None
    assert meaning(LookupError("gone")) is None
    assert meaning(None) is None
    assert meaning(psycopg.errors.UndefinedTable("gone")) is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.errors.SerializationFailure, "store_busy"),
        (psycopg.errors.DeadlockDetected, "store_busy"),
        (psycopg.errors.LockNotAvailable, "store_busy"),
        (psycopg.errors.TooManyConnections, "store_busy"),
        (psycopg.errors.QueryCanceled, "store_slow"),
        (psycopg.errors.IdleInTransactionSessionTimeout, "store_slow"),
        (psycopg.errors.DiskFull, "store_full"),
        (psycopg.errors.ReadOnlySqlTransaction, "store_read_only"),
        (psycopg.errors.InsufficientPrivilege, "store_unreadable"),
        (psycopg.errors.AdminShutdown, "store_unreachable"),
        (psycopg.errors.CannotConnectNow, "store_unreachable"),
        (psycopg.errors.ConnectionFailure, "store_unreachable"),
        (psycopg.errors.IoError, "store_unreachable"),
        (psycopg.OperationalError, "store_unreachable"),
    ],
)
def test_what_keeps_a_server_from_serving_is_told(error: type[psycopg.Error], code: str) -> None:
    said = meaning(error("first line\nsecond line"))
    assert isinstance(said, Unavailable)
    assert said.code == code
    assert "second" not in str(said)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (psycopg.errors.UniqueViolation, Conflict),
        (psycopg.errors.CheckViolation, Invalid),
        (psycopg.errors.ForeignKeyViolation, Invalid),
        (psycopg.errors.NumericValueOutOfRange, Invalid),
        (psycopg.DataError, Invalid),
    ],
)
def test_what_a_server_refuses_is_a_duplicate_or_invalid(
    error: type[psycopg.Error], told: type[KreislaufError]
) -> None:
    assert isinstance(meaning(error("no")), told)


@pytest.mark.parametrize("code", sorted(_SAYS))
def test_whoever_cannot_use_the_store_is_told_what_to_do(code: str) -> None:
    said = unavailable(code, "{because}")
    assert str(said)
    assert said.fix
    assert said.code == code
