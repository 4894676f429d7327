"""Tries to sign in, counted in the store, so that all workers count together; no deeds."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, bindparam, text

from cycle.model.columns import Instant
from cycle.store.unit import Unit

_COUNT: Final = (
    text("""
INSERT INTO sign_in_try (municipality_id, whose, since, count) VALUES (:m, :whose, :now, 1)
ON CONFLICT (municipality_id, whose) DO UPDATE SET
  count = CASE WHEN sign_in_try.since <= :over THEN 1 ELSE sign_in_try.count + 1 END,
  since = CASE WHEN sign_in_try.since <= :over THEN excluded.since ELSE sign_in_try.since END
RETURNING count, since
""")
    .bindparams(bindparam("now", type_=Instant), bindparam("over", type_=Instant))
    .columns(count=BigInteger, since=Instant)
)
_FORGET: Final = text("""
DELETE FROM sign_in_try WHERE municipality_id = :m AND (whose = :whose OR since <= :over)
""").bindparams(bindparam("over", type_=Instant))
_TAKE_BACK: Final = text("""
UPDATE sign_in_try SET count = count - 1
WHERE municipality_id = :m AND whose = :whose AND count > 1
""")


def count(unit: Unit, whose: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    """Count one more try, and tell how many there are since when; two at once are two."""
    values = {"m": unit.town.id, "whose": whose, "now": now, "over": now - window}
    found = unit.session.execute(_COUNT, values).one()
    return int(found[0]), found[1]


def forget(unit: Unit, whose: str, now: datetime, window: timedelta) -> None:
    """Forget the tries of who got it right, and all that nobody waits for any more."""
    unit.session.execute(_FORGET, {"m": unit.town.id, "whose": whose, "over": now - window})


def take_back(unit: Unit, whose: str) -> None:
    """Count a try that was right as none, so that many people behind one address stay welcome."""
    unit.session.execute(_TAKE_BACK, {"m": unit.town.id, "whose": whose})
