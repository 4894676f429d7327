"""Tokens as admin sees them, and the account behind one that is shown at a door."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One line of the list of tokens; nothing of the secret."""

    name: str
    account: str
    roles: tuple[str, ...]
    departments: tuple[str, ...]
    read_only: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Who shows a token: its account, narrowed, and whether it still counts."""

    id: str
    name: str
    secret_hash: str = field(repr=False)
    account: str
    disabled: bool  # the account
    roles: frozenset[str]  # none: it opens nothing
    departments: frozenset[str]
    read_only: bool
    narrowed: bool  # to departments of its own
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    def over(self, now: datetime) -> bool:
        """Tell whether it opens nothing any more: run out, revoked, or its account disabled."""
        ran_out = self.expires_at is not None and self.expires_at <= now
        return ran_out or self.revoked_at is not None or self.disabled


# Whoever was narrowed to departments the account has lost since holds no role: an evaluator
# of no department would see those of all.
_HELD: Final = """
  (SELECT string_agg(tr.role, '|') FROM token_role tr
    JOIN account_role r ON r.municipality_id = :m AND r.account_id = t.account_id
      AND r.role = tr.role
    WHERE tr.municipality_id = :m AND tr.token_id = t.id
      AND (NOT EXISTS (SELECT 1 FROM token_unit n
          WHERE n.municipality_id = :m AND n.token_id = t.id)
        OR EXISTS (SELECT 1 FROM token_unit n
          JOIN account_unit l ON l.municipality_id = :m AND l.account_id = t.account_id
            AND l.org_unit_id = n.org_unit_id
          WHERE n.municipality_id = :m AND n.token_id = t.id))) AS roles,
  (SELECT string_agg(o.code, '|') FROM account_unit l
    JOIN org_unit o ON o.municipality_id = :m AND o.id = l.org_unit_id
    LEFT JOIN token_unit n ON n.municipality_id = :m AND n.token_id = t.id
      AND n.org_unit_id = l.org_unit_id
    WHERE l.municipality_id = :m AND l.account_id = t.account_id
      AND (n.token_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM token_unit e
        WHERE e.municipality_id = :m AND e.token_id = t.id))) AS departments
"""
_FROM: Final = """
FROM token t
JOIN account a ON a.municipality_id = :m AND a.id = t.account_id
LEFT JOIN token_use u ON u.municipality_id = :m AND u.token_id = t.id
WHERE t.municipality_id = :m AND {where}
"""
_ROWS: Final = (
    "SELECT t.name, a.name AS account, t.read_only, t.created_at, t.expires_at, t.revoked_at,"
    f" u.last_used_at, t.version, {_HELD} {_FROM} ORDER BY t.name"
)
_CALLER: Final = (
    "SELECT t.id, t.name, t.secret_hash, a.name AS account, t.read_only,"
    " a.disabled_at IS NOT NULL AS disabled, EXISTS (SELECT 1 FROM token_unit n"
    " WHERE n.municipality_id = :m AND n.token_id = t.id) AS narrowed,"
    f" t.expires_at, t.revoked_at, u.last_used_at, {_HELD} {_FROM}"
).format(where="t.code = :code")


def listed(reader: Reader, *, sees_accounts: bool = False) -> list[TokenRow]:
    """Give every token by name, with what it opens today; Forbidden for all but admin."""
    _insist(sees_accounts=sees_accounts)
    return reader.rows(_ROWS.format(where="1 = 1"), TokenRow)


def show(reader: Reader, name: str, *, sees_accounts: bool = False) -> Json:
    """Give one token; NotFound for a name no token has, Forbidden as for the list."""
    _insist(sees_accounts=sees_accounts)
    name = find(reader, "token", name)
    return plain(reader.one(_ROWS.format(where="t.name = :name"), TokenRow, name=name))


def caller(reader: Reader, code: str) -> Caller | None:
    """Give who shows the token of this code, for a door to compare the secret; one statement."""
    return reader.one(_CALLER, Caller, code=code)


def _insist(*, sees_accounts: bool) -> None:
    if not sees_accounts:
        raise Forbidden(
            N_("Tokens are shown to the system administration only."),
            fix=N_("Name an account that may administer the store with --actor."),
        )
