"""The revision of a store: where it is, where it should be, and how it gets there."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from cycle import clock
from cycle.reading.failures import other_revision, unavailable
from cycle.store.engine import in_memory, open_engine
from cycle.store.refusals import translated
from migrations import HEAD


def config(connection: Connection | None = None) -> Config:
    """Tell Alembic where the steps are; they travel inside the wheel."""
    made = Config()
    made.set_main_option("script_location", "migrations:")
    made.set_main_option("path_separator", "os")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def revision_here(engine: Engine) -> str | None:
    """Give the store's revision, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check(engine: Engine) -> None:
    """Raise Unavailable unless the store has exactly the wanted revision."""
    here = revision_here(engine)
    if here != HEAD:
        raise other_revision(here)


def settle(engine: Engine) -> None:
    """Give an empty store its tables; Unavailable where it is of another revision or not ours."""
    if revision_here(engine) is not None:
        check(engine)
        return
    _insist_on_empty(engine)
    upgrade(engine)


def upgrade_store(url: str) -> Path | None:
    """Bring an older store up to date; on SQLite give the copy that was made of it before.

    Raises Unavailable when it is missing, newer than this version or not ours.
    """
    engine = open_engine(url)
    try:
        with translated():
            here = revision_here(engine)
            if here is None:
                _insist_on_empty(engine)
            elif here > HEAD:
                raise other_revision(here)
            copy = backup_before(engine) if here not in {None, HEAD} else None
            upgrade(engine)
            return copy
    finally:
        engine.dispose()


def _insist_on_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = sorted({*inspect(connection).get_table_names()} - {"alembic_version"})
    if tables:
        raise unavailable("store_foreign", ", ".join(tables[:3]))


def upgrade(engine: Engine, target: str = "head") -> None:
    """Bring the store to `target`."""
    _steps(engine, lambda c: command.upgrade(config(c), target))


def downgrade(engine: Engine, target: str) -> None:
    """Take the store back to `target`."""
    _steps(engine, lambda c: command.downgrade(config(c), target))


def _steps(engine: Engine, step: Callable[[Connection], None]) -> None:
    with engine.connect() as connection:
        # A no-op inside a transaction; with it on, a rebuilt parent deletes its children.
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                step(connection)
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, switch: str) -> None:
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={switch}")


def backup_before(engine: Engine) -> Path | None:
    """Copy a SQLite store beside itself before it is changed; None where there is no file."""
    if engine.dialect.name != "sqlite" or in_memory(engine.url):
        return None
    name = str(engine.url.database)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    copy = Path(f"{name}.{stamp}.bak")
    with closing(sqlite3.connect(name)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    return copy
