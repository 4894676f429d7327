"""Accounts with their roles and departments; no person's name is kept."""

from dataclasses import dataclass
from datetime import datetime

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the list of accounts."""

    name: str
    kind: str
    roles: tuple[str, ...]
    departments: tuple[str, ...]
    disabled_at: datetime | None
    version: int


_SQL = """
SELECT a.name, a.kind, a.disabled_at, a.version,
  (SELECT string_agg(r.role, '|') FROM account_role r
    WHERE r.municipality_id = :m AND r.account_id = a.id) AS roles,
  (SELECT string_agg(o.code, '|') FROM account_unit u
    JOIN org_unit o ON o.municipality_id = :m AND o.id = u.org_unit_id
    WHERE u.municipality_id = :m AND u.account_id = a.id) AS departments
FROM account a WHERE a.municipality_id = :m AND {where} ORDER BY a.name
"""


def listed(reader: Reader, *, sees_internal: bool = True) -> list[AccountRow]:
    """Give every account, by name; Forbidden for who only reads what is published."""
    _insist(sees_internal=sees_internal)
    return reader.rows(_SQL.format(where="1 = 1"), AccountRow)


def show(reader: Reader, name: str, *, sees_internal: bool = True) -> Json:
    """Give one account; NotFound for a name nobody has, Forbidden as for the list."""
    _insist(sees_internal=sees_internal)
    name = find(reader, "account", name)
    return plain(reader.one(_SQL.format(where="a.name = :name"), AccountRow, name=name))


def _insist(*, sees_internal: bool) -> None:
    if not sees_internal:
        raise Forbidden(
            N_("Accounts are shown to those who work with the store, not to its readers."),
            fix=N_("Ask the system administration, or name your own account with --actor."),
        )


def actor(reader: Reader, name: str) -> AccountRow | None:
    """Give the account that looks, so that a door knows its roles and departments."""
    return reader.one(_SQL.format(where="a.name = :name"), AccountRow, name=name)
