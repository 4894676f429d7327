"""Sessions of people at the web pages: traffic and no deeds, so past the journal.

A session is over after an hour without a call, after twelve hours at the latest, and at once where
its account is disabled or its password changes.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.exc import SQLAlchemyError

from cycle.errors import KreislaufError
from cycle.model.columns import Instant
from cycle.reading.sessions import IDLE, Session, hashed
from cycle.store.store import Store
from cycle.store.unit import Unit

LONGEST: Final = 12 * 3600  # seconds
ONCE: Final = timedelta(minutes=1)  # a look is written no more often
_HURRY: Final = {  # a call waits no longer than this for another writer, milliseconds
    "sqlite": ("PRAGMA busy_timeout=50", "PRAGMA busy_timeout=5000"),
    "postgresql": ("SET LOCAL lock_timeout=50", "RESET lock_timeout"),
}
_BEGIN: Final = text("""
INSERT INTO web_session (municipality_id, token_hash, account_id, csrf, began_at, seen_at, ends_at,
  vouched)
VALUES (:m, :hashed, :account, :csrf, :now, :now, :ends, :vouched)
""").bindparams(bindparam("now", type_=Instant), bindparam("ends", type_=Instant))
_ROTATE: Final = text("""
UPDATE web_session SET token_hash = :hashed, csrf = :csrf, acts_for_id = :acts_for
WHERE municipality_id = :m AND token_hash = :was
""")
_TOUCH: Final = text("""
UPDATE web_session SET seen_at = :now
WHERE municipality_id = (SELECT id FROM municipality ORDER BY created_at LIMIT 1)
  AND token_hash = :hashed
""").bindparams(bindparam("now", type_=Instant))
_END: Final = text("DELETE FROM web_session WHERE municipality_id = :m AND token_hash = :hashed")
_END_ALL: Final = text(
    "DELETE FROM web_session WHERE municipality_id = :m AND account_id = :account"
)
_FORGET: Final = text(
    "DELETE FROM web_session WHERE municipality_id = :m AND (ends_at <= :now OR seen_at <= :idle)"
).bindparams(bindparam("now", type_=Instant), bindparam("idle", type_=Instant))


def begin(unit: Unit, account_id: str, *, vouched: Mapping[str, Any] | None = None) -> str:
    """Begin a session, with a secret of its own; give what the browser is to show."""
    token = secrets.token_urlsafe(32)
    unit.session.execute(_FORGET, {"m": unit.town.id, "now": unit.now, "idle": unit.now - IDLE})
    unit.session.execute(_BEGIN, {
        "m": unit.town.id, "hashed": hashed(token), "account": account_id,
        "csrf": secrets.token_hex(16), "now": unit.now,
        "ends": unit.now + timedelta(seconds=LONGEST),
        "vouched": json.dumps(vouched) if vouched else None,
    })  # fmt: skip
    return token


def rotate(unit: Unit, token_hash: str, *, acts_for_id: str | None) -> str | None:
    """Go on with new secrets where somebody's rights change; None where the session is over.

    What the browser showed so far opens nothing any more. The session lasts no longer for it, and
    what the town's own sign-in vouched for stays with it.
    """
    token = secrets.token_urlsafe(32)
    changed: Any = unit.session.execute(_ROTATE, {
        "m": unit.town.id, "was": token_hash, "hashed": hashed(token),
        "csrf": secrets.token_hex(16), "acts_for": acts_for_id,
    })  # fmt: skip
    return token if changed.rowcount == 1 else None


def end(store: Store, token: str) -> None:
    """End a session; what is over already stays so."""
    with store.unit(None) as unit:
        unit.session.execute(_END, {"m": unit.town.id, "hashed": hashed(token)})


def end_all(unit: Unit, account_id: str) -> None:
    """End every session of an account."""
    unit.session.execute(_END_ALL, {"m": unit.town.id, "account": account_id})


def touch(store: Store, session: Session, now: datetime) -> bool:
    """Note that somebody is still there, at most once a minute, and never in the way of a call."""
    if timedelta(0) <= now - session.seen_at < ONCE:
        return False
    try:
        with store.engine.connect() as connection:
            return _noted(connection, session, now)
    except (SQLAlchemyError, KreislaufError):
        return False


def _noted(connection: Connection, session: Session, now: datetime) -> bool:
    hurried, usual = _HURRY[connection.dialect.name]
    raw = connection.connection.cursor()  # past SQLAlchemy, whose every statement begins to write
    raw.execute(hurried)
    try:
        values = {"hashed": session.token_hash, "now": now}
        written = connection.execute(_TOUCH, values).rowcount == 1
        connection.commit()
    finally:
        connection.rollback()
        raw.execute(usual)
    return written
