"""Who acts in a unit: an account, narrowed by what it came in with, or a deputy of another one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Date, bindparam, text
from sqlalchemy.orm import Session

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.store.unit import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows an account: roles and departments of its token, and for whom it stands in."""

    roles: frozenset[str] | None = None  # None: all the account holds
    units: frozenset[str] | None = None
    for_account: str | None = None  # name of the account a deputy acts for
    request_id: str | None = None  # of the call at a door
    vouched: bool = False  # roles and departments are known to the town's sign-in, not kept here


EVERYTHING: Final = Scope()
_ACCOUNT: Final = text("""
SELECT a.id, a.disabled_at, r.role, NULL FROM account a
LEFT JOIN account_role r ON r.municipality_id = :m AND r.account_id = a.id
WHERE a.municipality_id = :m AND a.name = :name
UNION ALL
SELECT a.id, a.disabled_at, NULL, o.code FROM account a
JOIN account_unit u ON u.municipality_id = :m AND u.account_id = a.id
JOIN org_unit o ON o.municipality_id = :m AND o.id = u.org_unit_id
WHERE a.municipality_id = :m AND a.name = :name
""")
_DEPUTY: Final = text("""
SELECT 1 FROM deputy WHERE municipality_id = :m AND account_id = :deputy
  AND for_account_id = :other AND from_day <= :day AND to_day >= :day
  AND (ended_on IS NULL OR ended_on > :day)
""").bindparams(bindparam("day", type_=Date))


def acting_within(session: Session, town: str, name: str, day: date, scope: Scope) -> Actor:
    """Give the actor; Forbidden for an unknown or disabled account, or a deputy out of time."""
    actor = account = _known(session, town, name)
    if scope.vouched:
        account = replace(actor, roles=scope.roles or frozenset(), units=scope.units or frozenset())
    if scope.for_account:
        account = _known(session, town, scope.for_account)
        _insist_on_deputy(session, town, actor, account, day)
    return replace(
        actor,
        roles=account.roles if scope.roles is None else account.roles & scope.roles,
        units=account.units if scope.units is None else account.units & scope.units,
        for_account_id=account.account_id if scope.for_account else None,
        request_id=scope.request_id,
    )


def _known(session: Session, town: str, name: str) -> Actor:
    rows: Any = session.execute(_ACCOUNT, {"m": town, "name": name}).all()
    if not rows or rows[0][1]:
        raise Forbidden(
            N_("The account {name} is not known here or is disabled."),
            code="account_unknown",
            fix=N_("`cycle account list` shows who may act; name one with --actor."),
            name=name,
        )
    roles = frozenset(role for _, _, role, _ in rows if role)
    return Actor(rows[0][0], name, roles, frozenset(unit for *_, unit in rows if unit))


def _insist_on_deputy(session: Session, town: str, deputy: Actor, other: Actor, day: date) -> None:
    ends = {"m": town, "deputy": deputy.account_id, "other": other.account_id, "day": day}
    if session.execute(_DEPUTY, ends).first() is None:
        raise Forbidden(
            N_("{name} does not stand in for {other} on {day}."),
            code="no_deputy",
            fix=N_("`cycle account deputies` shows who stands in for whom, and when."),
            name=deputy.name,
            other=other.name,
            day=day,
        )
