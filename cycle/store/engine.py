"""Opening the store for writing: SQLite in WAL with full sync, or PostgreSQL with its limits."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from cycle.errors import Unavailable
from cycle.i18n import N_

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last commits when the power fails
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
)
PG_OPTIONS = (
    "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
)


def open_engine(url: str, *, create: bool = False) -> Engine:
    """Open the store at `url`; only `create` may make a SQLite file that is not there yet.

    Raises Unavailable when the file is missing or the driver is not installed.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, create=create)
    return _open_postgresql(url)


def _open_sqlite(url: str, *, create: bool) -> Engine:
    name = make_url(url).database
    memory = name in (None, "", ":memory:")
    if not memory:
        _place(Path(str(name)), url, create=create)
    more: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(
        url, connect_args={"isolation_level": None, "check_same_thread": False}, **more
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _place(path: Path, url: str, *, create: bool) -> None:
    if path.exists():
        return
    if not create:
        raise Unavailable(
            N_("There is no store at {url}."),
            code="store_missing",
            fix=N_("Create one with `cycle init`, or look around with `cycle demo`."),
            url=url,
        )
    path.parent.mkdir(parents=True, exist_ok=True)


def _set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own type
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy types it so
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgresql(url: str) -> Engine:
    try:
        return create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            connect_args={"options": PG_OPTIONS, "application_name": "kreislauf"},
            pool_pre_ping=True,
            pool_recycle=1800,
        )
    except ModuleNotFoundError as missing:
        raise Unavailable(
            N_("The driver for PostgreSQL is not installed."),
            code="driver_missing",
            fix=N_("Install it with `pip install 'kreislauf[postgresql]'`."),
        ) from missing
