"""Alembic's door: runs the steps on the connection it is handed, and never loses a row."""

from alembic import context
from sqlalchemy import Connection, text

import cycle.model


def _run(connection: Connection) -> None:
    """Run the steps in one transaction; on SQLite without cascades and checked at the end."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=cycle.model.METADATA,
        render_as_batch=sqlite,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
            msg = f"{len(broken)} rows point nowhere after the migration"
            raise RuntimeError(msg)


_run(context.config.attributes["connection"])
