"""Who is signed in at the web pages, by what the browser shows; only its hash is kept."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from cycle import clock
from cycle.reading.door import Reader
from cycle.reading.town import town

IDLE: Final = timedelta(hours=1)  # without a call


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in."""

    token_hash: str = field(repr=False)
    account: str
    csrf: str = field(repr=False)
    roles: frozenset[str]
    departments: frozenset[str]
    seen_at: datetime
    vouched: bool = False
    acts_for: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    account: str
    csrf: str
    seen_at: datetime
    vouched: str | None
    acts_for: str | None
    roles: frozenset[str]
    departments: frozenset[str]


_WHOSE: Final = "COALESCE(s.acts_for_id, s.account_id)"
_LOOK: Final = f"""
SELECT a.name AS account, s.csrf, s.seen_at, s.vouched, f.name AS acts_for,
  (SELECT string_agg(r.role, '|') FROM account_role r
    WHERE r.municipality_id = :m AND r.account_id = {_WHOSE}) AS roles,
  (SELECT string_agg(o.code, '|') FROM account_unit u
    JOIN org_unit o ON o.municipality_id = :m AND o.id = u.org_unit_id
    WHERE u.municipality_id = :m AND u.account_id = {_WHOSE}) AS departments
FROM web_session s
JOIN account a ON a.municipality_id = :m AND a.id = s.account_id
LEFT JOIN account f ON f.municipality_id = :m AND f.id = s.acts_for_id
WHERE s.municipality_id = :m AND s.token_hash = :hashed AND a.disabled_at IS NULL
  AND s.ends_at > :now AND s.seen_at > :idle
  AND (s.acts_for_id IS NULL OR f.disabled_at IS NULL AND EXISTS (SELECT 1 FROM deputy d
    WHERE d.municipality_id = :m AND d.account_id = s.account_id
      AND d.for_account_id = s.acts_for_id AND d.from_day <= :day AND d.to_day >= :day
      AND (d.ended_on IS NULL OR d.ended_on > :day)))
"""


def look(reader: Reader, token: str, now: datetime, day: date | None = None) -> Session | None:
    """Give who is signed in with what the browser shows, by one statement; None where nobody is.

    `day` is the town's, where the settings fix it: a deputy acts on some days only.
    """
    shown = hashed(token)
    day = day or town(reader).day or clock.today()
    row = reader.one(_LOOK, _Row, hashed=shown, now=now, idle=now - IDLE, day=day)
    if row is None:
        return None
    roles, departments = row.roles, row.departments
    if row.vouched and not row.acts_for:
        told = json.loads(row.vouched)
        roles, departments = frozenset(told["roles"]), frozenset(told["departments"])
    return Session(
        shown, row.account, row.csrf, roles, departments, row.seen_at,
        vouched=bool(row.vouched), acts_for=row.acts_for,
    )  # fmt: skip


def hashed(token: str) -> str:
    """Give what is kept of a token; a secret of 32 bytes needs no slow hash."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
