"""Webhooks as their administration sees them, what is on its way, and what a sender must know."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading.door import Reader
from cycle.reading.keys import find, unknown
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight

STATES: Final = ("waiting", "delivered", "dead", "skipped")


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One line of the list of webhooks."""

    name: str
    url: str
    account: str
    types: tuple[str, ...]  # none: all
    waiting: int
    dead: int
    disabled_at: datetime | None
    disabled_reason: str | None
    version: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One event on its way to a webhook, or there."""

    n: int
    type: str
    subject: str
    state: str
    attempts: int
    next_at: datetime | None  # when it is tried next
    last_status: int | None
    last_error: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a sender sends to, with whose eyes, and what it signs with."""

    id: str
    name: str
    url: str
    disabled_at: datetime | None
    account: str
    account_disabled_at: datetime | None
    roles: frozenset[str]
    units: frozenset[str]
    secrets: tuple[str, ...] = field(repr=False)

    @property
    def sight(self) -> Sight:
        """Tell how far the account sees."""
        return Sight(self.roles, self.units)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is still to be sent, for the watch over a server."""

    outbox: int  # events that were not fanned out yet
    waiting: int
    dead: int
    oldest: datetime | None  # since when the oldest waits to be fanned out


_COUNT: Final = (
    "(SELECT COUNT(*) FROM delivery d WHERE d.municipality_id = :m AND d.webhook_id = w.id"
    " AND d.state = '{state}') AS {state}"
)
_LIST: Final = f"""
SELECT w.name, w.url, a.name AS account, w.disabled_at, w.disabled_reason, w.version,
  {_COUNT.format(state="waiting")}, {_COUNT.format(state="dead")},
  (SELECT string_agg(t.type, '|') FROM webhook_type t
    WHERE t.municipality_id = :m AND t.webhook_id = w.id) AS types
FROM webhook w
JOIN account a ON a.municipality_id = :m AND a.id = w.account_id
WHERE w.municipality_id = :m AND {{where}} ORDER BY w.name
"""
_DELIVERIES: Final = """
SELECT d.n, d.type, d.subject, d.state, d.attempts, d.last_status, d.last_error, d.done_at,
  CASE WHEN d.state = 'waiting' THEN d.next_at END AS next_at
FROM delivery d
JOIN webhook w ON w.municipality_id = :m AND w.id = d.webhook_id AND w.name = :name
WHERE d.municipality_id = :m{narrowed} ORDER BY d.n DESC LIMIT :limit
"""
_TARGET: Final = """
SELECT w.id, w.name, w.url, w.disabled_at, a.name AS account,
  a.disabled_at AS account_disabled_at,
  (SELECT string_agg(r.role, '|') FROM account_role r
    WHERE r.municipality_id = :m AND r.account_id = a.id) AS roles,
  (SELECT string_agg(o.code, '|') FROM account_unit u
    JOIN org_unit o ON o.municipality_id = :m AND o.id = u.org_unit_id
    WHERE u.municipality_id = :m AND u.account_id = a.id) AS units,
  (SELECT string_agg(s.secret, '|') FROM webhook_secret s
    WHERE s.municipality_id = :m AND s.webhook_id = w.id
      AND (s.until IS NULL OR s.until > :now)) AS secrets
FROM webhook w
JOIN account a ON a.municipality_id = :m AND a.id = w.account_id
WHERE w.municipality_id = :m AND (w.id = :webhook OR w.name = :webhook)
"""
_DUE: Final = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox WHERE municipality_id = :m)
OR EXISTS (SELECT 1 FROM delivery d
  JOIN webhook w ON w.municipality_id = :m AND w.id = d.webhook_id AND w.disabled_at IS NULL
  WHERE d.municipality_id = :m AND d.state = 'waiting' AND d.next_at <= :now
    AND (d.leased_until IS NULL OR d.leased_until <= :now))
"""
_BACKLOG: Final = """
SELECT (SELECT COUNT(*) FROM outbox WHERE municipality_id = :m) AS outbox,
  (SELECT COUNT(*) FROM delivery d
    JOIN webhook w ON w.municipality_id = :m AND w.id = d.webhook_id AND w.disabled_at IS NULL
    WHERE d.municipality_id = :m AND d.state = 'waiting') AS waiting,
  (SELECT COUNT(*) FROM delivery WHERE municipality_id = :m AND state = 'dead') AS dead,
  (SELECT MIN(at) FROM outbox WHERE municipality_id = :m) AS oldest
"""


def listed(reader: Reader, *, sees_accounts: bool = True) -> list[WebhookRow]:
    """Give every webhook, by name; Forbidden for all but the administration."""
    insist(sees_accounts=sees_accounts)
    return reader.rows(_LIST.format(where="1 = 1"), WebhookRow)


def show(reader: Reader, name: str, *, sees_accounts: bool = True) -> Json:
    """Give one webhook; NotFound for a name none has, Forbidden as for the list."""
    insist(sees_accounts=sees_accounts)
    name = find(reader, "webhook", name)
    return plain(reader.one(_LIST.format(where="w.name = :name"), WebhookRow, name=name))


def deliveries(
    reader: Reader,
    name: str,
    state: str | None = None,
    *,
    before: int | None = None,
    limit: int = 200,
    sees_accounts: bool = True,
) -> list[DeliveryRow]:
    """Give what is on its way to a webhook or was, the latest event first, from `before` on."""
    insist(sees_accounts=sees_accounts)
    narrowed = ""
    values: dict[str, Any] = {"name": find(reader, "webhook", name), "limit": limit}
    if state is not None:
        narrowed, values["state"] = " AND d.state = :state", state
    if before is not None:
        narrowed, values["before"] = f"{narrowed} AND d.n < :before", before
    return reader.rows(_DELIVERIES.format(narrowed=narrowed), DeliveryRow, **values)


def target(reader: Reader, webhook: str, now: datetime) -> Target:
    """Give whom to send to, by id or name, with the secrets that sign at this moment."""
    here = reader.one(_TARGET, Target, webhook=webhook, now=now)
    if here is None:
        raise unknown("webhook", webhook)
    return here


def due(reader: Reader, now: datetime) -> bool:
    """Tell whether there may be something to send."""
    return bool(reader.value(_DUE, now=now))


def backlog(reader: Reader) -> Backlog:
    """Count what is still to be sent and what could not be."""
    return reader.rows(_BACKLOG, Backlog)[0]


def insist(*, sees_accounts: bool) -> None:
    """Raise Forbidden for all but the administration."""
    if not sees_accounts:
        raise Forbidden(
            N_("Webhooks are shown to the administration only."),
            fix=N_("Name an account of the administration with --actor."),
        )
