"""Answers to calls that may be repeated: kept together with what the first call brought about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, text

from cycle.errors import Conflict, Invalid, Unavailable
from cycle.i18n import N_
from cycle.model.columns import Instant
from cycle.store.refusals import translated
from cycle.store.unit import Unit

KEPT: Final = timedelta(hours=72)
_UNDER_WAY: Final = 102
_CLAIM: Final = text("""
INSERT INTO kept_answer (municipality_id, account_id, key, fingerprint, status, headers, body, at)
VALUES (:m, :account, :key, :fingerprint, 102, '', '', :now)
ON CONFLICT (municipality_id, account_id, key) DO UPDATE
  SET fingerprint = excluded.fingerprint, status = 102, headers = '', body = '', at = excluded.at
  WHERE kept_answer.at < :forgotten
RETURNING 1
""").bindparams(bindparam("now", type_=Instant), bindparam("forgotten", type_=Instant))
_KNOWN: Final = text("""
SELECT fingerprint, status, headers, body FROM kept_answer
WHERE municipality_id = :m AND account_id = :account AND key = :key
""")
_KEEP: Final = text("""
UPDATE kept_answer SET status = :status, headers = :headers, body = :body
WHERE municipality_id = :m AND account_id = :account AND key = :key
""")
_FORGET: Final = text(
    "DELETE FROM kept_answer WHERE municipality_id = :m AND at < :forgotten"
).bindparams(bindparam("forgotten", type_=Instant))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was answered."""

    status: int
    headers: Mapping[str, str]
    body: str


def claim(unit: Unit, key: str, fingerprint: str) -> Answer | None:
    """Take a key for this call, or give the answer it had before.

    Raises Invalid where the key came with other content, Conflict while the first call is still
    under way in another process.
    """
    values = _place(unit, key) | {"fingerprint": fingerprint, "now": unit.now}
    try:
        with translated():
            taken = unit.session.execute(_CLAIM, values | {"forgotten": unit.now - KEPT}).first()
    except Unavailable as busy:
        if busy.code == "store_busy":
            raise in_flight() from busy
        raise
    if taken:
        return None
    found: Any = unit.session.execute(_KNOWN, _place(unit, key)).one()
    if found[0] != fingerprint:
        raise reused()
    return Answer(int(found[1]), json.loads(found[2]), found[3])


def keep(unit: Unit, key: str, answer: Answer) -> None:
    """Keep the answer in the transaction of its effect: one is never there without the other."""
    told = {"status": answer.status, "headers": json.dumps(dict(answer.headers))}
    unit.session.execute(_KEEP, _place(unit, key) | told | {"body": answer.body})


def forget(unit: Unit, now: datetime) -> None:
    """Let go of answers nobody will ask for again."""
    unit.session.execute(_FORGET, {"m": unit.town.id, "forgotten": now - KEPT})


def in_flight() -> Conflict:
    """Say that the first call with this key is not answered yet."""
    return Conflict(
        N_("The first call with this Idempotency-Key is still under way."),
        code="idempotency_in_flight",
        fix=N_("Wait a moment and send it again."),
    )


def reused() -> Invalid:
    """Say that a key was used for something else before."""
    wrong = Invalid(
        N_("This Idempotency-Key was sent before with other content."),
        fix=N_("Take a new key for every new call."),
    )
    wrong.code = "idempotency_key_reused"
    return wrong


def _place(unit: Unit, key: str) -> dict[str, Any]:
    return {"m": unit.town.id, "account": unit.actor.account_id, "key": key}
