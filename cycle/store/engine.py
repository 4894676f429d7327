"""Opening the store for writing: SQLite in WAL with full sync, or PostgreSQL with its limits."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from cycle.reading.door import AS_WRITTEN, PLANNED_AT, file_of, is_there
from cycle.reading.failures import missing, no_driver, unavailable

PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last commits when the power fails
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)
PG_OPTIONS = (
    "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
    f" {AS_WRITTEN}"
)


def open_engine(url: str, *, create: bool = False) -> Engine:
    """Open the store at `url`; only `create` may make a SQLite file that is not there yet.

    Raises Unavailable when the file is missing or closed to us, or the driver is not installed.
    """
    return _open_sqlite(url, create=create) if url.startswith("sqlite") else _open_postgresql(url)


def in_memory(url: URL) -> bool:
    """Tell whether the store goes when its engine does."""
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def _open_sqlite(url: str, *, create: bool) -> Engine:
    parsed, more = make_url(url), dict[str, Any]()
    if in_memory(parsed):
        more = {"poolclass": StaticPool}
    else:
        path = Path(file_of(url))
        _place(path, url, create=create)
        parsed = URL.create("sqlite", database=str(path))
    engine = create_engine(
        parsed, connect_args={"isolation_level": None, "check_same_thread": False}, **more
    )
    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _place(path: Path, url: str, *, create: bool) -> None:
    """Make sure that the file can be written, or made."""
    if is_there(path):
        if not os.access(path, os.W_OK):
            raise unavailable("store_read_only", str(path))
        return
    if not create:
        raise missing(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise unavailable("store_read_only", str(refused)) from refused
    if not os.access(path.parent, os.W_OK):
        raise unavailable("store_read_only", str(path.parent))


def set_pragmas(connection: sqlite3.Connection, _record: object = None) -> None:
    """Make a new connection safe; Unavailable where the file system cannot keep a WAL."""
    for pragma in PRAGMAS:
        connection.execute(pragma)
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode not in {"wal", "memory"}:
        raise unavailable("store_no_wal", f"journal_mode={mode}")


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy types it so
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgresql(url: str) -> Engine:
    try:
        return create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            connect_args={
                "options": PG_OPTIONS,
                "application_name": "kreislauf",
                "connect_timeout": 10,
                "prepare_threshold": PLANNED_AT,
            },
            pool_pre_ping=True,
            pool_recycle=1800,
        )
    except ModuleNotFoundError as absent:
        raise no_driver() from absent
