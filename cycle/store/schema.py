"""The revision of a store: where it is, where it should be, and how it gets there."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from cycle import clock
from cycle.errors import Unavailable
from cycle.i18n import N_
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
    if here == HEAD:
        return
    newer = here is not None and here > HEAD
    raise Unavailable(
        N_("The store has revision {here}, this version works with {wanted}."),
        code="store_revision",
        fix=N_("Install a newer version of Kreislauf.")
        if newer
        else N_("Bring the store up to date with `cycle db upgrade`."),
        here=here or "-",
        wanted=HEAD,
    )


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
                step(connection)
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, switch: str) -> None:
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={switch}")


def backup_before(engine: Engine) -> Path | None:
    """Copy a SQLite store beside itself before it is changed; None where there is no file."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or not Path(name).exists():
        return None
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    copy = Path(f"{name}.{stamp}.bak")
    with closing(sqlite3.connect(name)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    return copy
