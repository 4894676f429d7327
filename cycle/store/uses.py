"""When a token was last shown: traffic and no deed, so past the journal and never in the way."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.exc import SQLAlchemyError

from cycle.errors import KreislaufError
from cycle.model.columns import Instant
from cycle.store.store import Store

ONCE: Final = timedelta(minutes=1)  # a token's use is written no more often
_NOTE: Final = text("""
INSERT INTO token_use (municipality_id, token_id, last_used_at)
SELECT t.municipality_id, t.id, :now FROM token t
WHERE t.municipality_id = (SELECT id FROM municipality ORDER BY created_at LIMIT 1)
  AND t.id = :token
ON CONFLICT (municipality_id, token_id) DO UPDATE SET last_used_at = excluded.last_used_at
  WHERE token_use.last_used_at <= :before
""").bindparams(bindparam("now", type_=Instant), bindparam("before", type_=Instant))
_HURRY: Final = {  # a call waits no longer than this for another writer, milliseconds
    "sqlite": ("PRAGMA busy_timeout=50", "PRAGMA busy_timeout=5000"),
    "postgresql": ("SET LOCAL lock_timeout=50", "RESET lock_timeout"),
}


def is_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether a token last shown then is worth a note now; the store need not be asked."""
    return last is None or not timedelta(0) <= now - last < ONCE


def note_use(store: Store, token_id: str, now: datetime) -> bool:
    """Note that a token is shown now; tell whether that was written.

    A store that is busy, closed or gone makes no difference to the call: the next one notes it.
    """
    try:
        with store.engine.connect() as connection:
            return _noted(connection, token_id, now)
    except (SQLAlchemyError, KreislaufError):
        return False


def _noted(connection: Connection, token_id: str, now: datetime) -> bool:
    hurried, usual = _HURRY[connection.dialect.name]
    raw = connection.connection.cursor()  # past SQLAlchemy, whose every statement begins to write
    raw.execute(hurried)
    try:
        values = {"token": token_id, "now": now, "before": now - ONCE}
        written = connection.execute(_NOTE, values).rowcount == 1
        connection.commit()
    finally:
        connection.rollback()
        raw.execute(usual)
    return written
