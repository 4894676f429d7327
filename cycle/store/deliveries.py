"""What is on its way to webhooks: fanned out, leased to a sender, noted, forgotten.

The outbox is emptied by one sender at a time, in the order of the journal: would two do it side
by side, a later event of a record could set out before an earlier one. Deliveries are leased by
as many senders as there are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import TextClause, bindparam, text

from cycle.model.columns import Instant
from cycle.store.unit import Unit

CHUNK: Final = 2000  # events that are fanned out at once
LOOK: Final = 100  # due deliveries that are looked through for some that may be leased
REMEMBERED: Final = timedelta(days=30)  # what was delivered is seen for so long


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery this sender alone may send until the lease runs out."""

    webhook_id: str
    n: int
    type: str
    subject: str
    attempts: int  # before this one
    until: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending: the state it leads to, and what people are told of it."""

    state: str
    status: int | None = None  # of the answer
    error: str | None = None
    next_at: datetime | None = None  # when it is tried again
    attempted: bool = True


def _sql(sql: str, *moments: str) -> TextClause:
    """Write a statement whose values of these names are moments."""
    return text(sql).bindparams(*(bindparam(each, type_=Instant) for each in moments))


_HEAD: Final = text("SELECT value FROM counter WHERE municipality_id = :m AND name = 'journal'")
_WAITING: Final = "SELECT n FROM outbox WHERE municipality_id = :m ORDER BY n LIMIT :most"
_FAN_OUT: Final = _sql(
    """
INSERT INTO delivery (municipality_id, webhook_id, n, subject, type, state, attempts, next_at)
SELECT o.municipality_id, w.id, o.n, e.key, o.type, 'waiting', 0, :now
FROM outbox o
JOIN event e ON e.municipality_id = :m AND e.n = o.n
JOIN webhook w ON w.municipality_id = :m AND w.disabled_at IS NULL AND w.after < o.n
WHERE o.municipality_id = :m AND o.n BETWEEN :first AND :last
  AND (NOT EXISTS (SELECT 1 FROM webhook_type t WHERE t.municipality_id = :m
      AND t.webhook_id = w.id)
    OR EXISTS (SELECT 1 FROM webhook_type t WHERE t.municipality_id = :m
      AND t.webhook_id = w.id AND t.type IN (o.type, e.entity || '.*')))
ON CONFLICT (municipality_id, webhook_id, n) DO NOTHING
""",
    "now",
)
_TAKE_OUT: Final = text(
    "DELETE FROM outbox WHERE municipality_id = :m AND n BETWEEN :first AND :last"
)
_ACTIVE: Final = text("SELECT id FROM webhook WHERE municipality_id = :m AND disabled_at IS NULL")
# Whether an older one of its subject waits is looked up row by row, along indexes, until enough are
# found. As a join, sorted first, or along the index of what is due (which COALESCE rules out for
# the older one), it takes PostgreSQL seconds where much has just piled up.
_ALONG_THE_INDEX: Final = text("SET LOCAL enable_sort = off")
_DUE: Final = """
SELECT d.webhook_id, d.n, d.type, d.subject, d.attempts FROM delivery d
WHERE d.municipality_id = :m AND d.state = 'waiting' AND d.next_at <= :now
  AND (d.leased_until IS NULL OR d.leased_until <= :now) AND d.webhook_id IN ({open})
  AND (SELECT 1 FROM delivery b WHERE b.municipality_id = :m AND b.webhook_id = d.webhook_id
    AND b.subject = d.subject AND b.n < d.n AND COALESCE(b.state, '') = 'waiting' LIMIT 1) IS NULL
ORDER BY d.next_at LIMIT :look{lock}
"""
_LEASE: Final = _sql(
    "UPDATE delivery SET leased_until = :until"
    " WHERE municipality_id = :m AND webhook_id = :webhook AND n = :n",
    "until",
)
_NOTE: Final = _sql(
    """
UPDATE delivery SET state = :state, attempts = attempts + :attempted, last_status = :status,
  last_error = :error, next_at = COALESCE(:next_at, next_at), leased_until = NULL,
  done_at = :done_at
WHERE municipality_id = :m AND webhook_id = :webhook AND n = :n AND state = 'waiting'
  AND (leased_until = :until OR :state = 'delivered')
""",
    "next_at", "done_at", "until",
)  # fmt: skip
_AGAIN: Final = """
UPDATE delivery SET state = 'waiting', attempts = 0, next_at = :now, leased_until = NULL,
  done_at = NULL
WHERE municipality_id = :m AND webhook_id = :webhook AND {which}
"""
_FORGET: Final = _sql(
    "DELETE FROM delivery WHERE municipality_id = :m AND state IN ('delivered', 'skipped')"
    " AND done_at < :before",
    "before",
)


def head(unit: Unit) -> int:
    """Give the number of the last event of the journal."""
    return int(unit.session.execute(_HEAD, {"m": unit.town.id}).scalar() or 0)


def drain(unit: Unit, now: datetime) -> int:
    """Fan out the oldest events to the webhooks that want them; give how many there were.

    Events and deliveries change places in one transaction: none is lost, none is doubled.
    """
    lock = " FOR UPDATE" if _locks_rows(unit) else ""
    values = {"m": unit.town.id, "most": CHUNK}
    found = unit.session.execute(text(_WAITING + lock), values).scalars().all()
    if found:
        span = {"m": unit.town.id, "first": min(found), "last": max(found)}
        unit.session.execute(_FAN_OUT, span | {"now": now})
        unit.session.execute(_TAKE_OUT, span)
    return len(found)


def lease(
    unit: Unit,
    now: datetime,
    until: datetime,
    *,
    most: int,
    each: int,
    busy: Mapping[str, int],
) -> list[Leased]:
    """Take deliveries that are due, the longest waiting first; none that another one holds back.

    At most `each` go to one webhook at a time, those `busy` already counted in.
    """
    active = unit.session.execute(_ACTIVE, {"m": unit.town.id}).scalars()
    named = {f"w_{i}": w for i, w in enumerate(active) if busy.get(w, 0) < each}
    if not named:
        return []
    lock = ""
    if _locks_rows(unit):
        unit.session.execute(_ALONG_THE_INDEX)
        lock = " FOR UPDATE OF d SKIP LOCKED"
    due = _sql(_DUE.format(open=", ".join(f":{key}" for key in named), lock=lock), "now")
    found = unit.session.execute(due, {"m": unit.town.id, "now": now, "look": LOOK, **named})
    taken = _fitting([Leased(w, n, t, s, a, until) for w, n, t, s, a in found], most, each, busy)
    if taken:
        unit.session.execute(_LEASE, [_place(unit, one) for one in taken])
    return taken


def note(unit: Unit, leased: Leased, outcome: Outcome, now: datetime) -> None:
    """Note what came of a delivery, unless another sender has taken it over meanwhile.

    That it was delivered is noted in any case: then nobody has to send it again.
    """
    told: dict[str, Any] = {
        "state": outcome.state,
        "status": outcome.status,
        "error": outcome.error,
        "next_at": outcome.next_at,
        "attempted": int(outcome.attempted),
        "done_at": None if outcome.state == "waiting" else now,
    }
    unit.session.execute(_NOTE, _place(unit, leased) | told)


def again(unit: Unit, webhook_id: str, n: int | None) -> int:
    """Let one delivery set out again, or all that are dead; give how many."""
    which = "state = 'dead'" if n is None else "n = :n"
    values: dict[str, Any] = {"m": unit.town.id, "webhook": webhook_id, "now": unit.now}
    values |= {} if n is None else {"n": n}
    done: Any = unit.session.execute(_sql(_AGAIN.format(which=which), "now"), values)
    return int(done.rowcount)


def forget(unit: Unit, now: datetime, kept: timedelta = REMEMBERED) -> None:
    """Let go of what was delivered long ago; what could not be delivered stays."""
    unit.session.execute(_FORGET, {"m": unit.town.id, "before": now - kept})


def _fitting(
    found: Collection[Leased], most: int, each: int, busy: Mapping[str, int]
) -> list[Leased]:
    """Pick as many as there are free hands, at most `each` of one webhook."""
    taken: list[Leased] = []
    counts = dict(busy)
    for one in found:
        if len(taken) < most and counts.get(one.webhook_id, 0) < each:
            counts[one.webhook_id] = counts.get(one.webhook_id, 0) + 1
            taken.append(one)
    return taken


def _locks_rows(unit: Unit) -> bool:
    """Tell whether rows are locked one by one; SQLite lets one write at a time anyway."""
    return unit.session.connection().dialect.name == "postgresql"


def _place(unit: Unit, one: Leased) -> dict[str, Any]:
    return {"m": unit.town.id, "webhook": one.webhook_id, "n": one.n, "until": one.until}
