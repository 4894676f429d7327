"""Signing in at the web pages: the password, how often it may be wrong, and who may come in."""

from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Final

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.model.sessions import AccountPassword, SignInTry
from cycle.model.town import Account
from cycle.reading.sessions import Session
from cycle.store import sessions
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, lookup
from cycle.usecases.passwords import hasher

WINDOW: Final = timedelta(minutes=15)
OF_NAME, OF_ADDRESS = 5, 20  # wrong tries in a window


def sign_in(store: Store, name: str, password: str, *, address: str, now: datetime) -> str:
    """Give what the browser is to show from now on.

    Raises Forbidden `sign_in_wrong` without telling what is wrong, and `sign_in_slow_down` after
    too many wrong tries for this name or from this address.
    """
    tried = (_whose("name", name), _whose("address", address))
    with store.unit(None) as unit:
        _insist_on_patience(unit, tried, now)
        known = _known(unit, name)
        kept = unit.session.get(AccountPassword, (unit.town.id, known.id)) if known else None
        hashed = kept.hash if kept else _nobodys()
    right = hasher().verify(password, hashed)
    with store.unit(None) as unit:
        if not right or known is None or kept is None:
            _count(unit, tried, now)
        else:
            _forgive(unit, tried[:1])
            return sessions.begin(unit, known.id)
    raise Forbidden(
        N_("Account and password do not fit together."),
        code="sign_in_wrong",
        fix=N_("Check both, and that the Caps Lock key is off."),
    )


def come_in(
    store: Store,
    name: str,
    *,
    roles: list[str],
    departments: list[str],
    day: date | None = None,
) -> str:
    """Begin a session for somebody the town's own sign-in vouches for, with what it grants.

    Raises Forbidden for a disabled account, and where no role was granted.
    """
    if not roles:
        raise Forbidden(
            N_("The town's sign-in knows you, but gives you no role in Kreislauf."),
            code="no_role",
            fix=N_("Ask the system administration for one."),
        )
    with store.unit(None, day=day) as unit:
        known = lookup.by(unit, Account, name=name) or accounts.arrive(unit, name)
        if known.disabled_at:
            raise Forbidden(
                N_("This account is disabled."),
                code="account_disabled",
                fix=N_("Ask the system administration."),
            )
        vouched = {"roles": sorted(roles), "departments": sorted(departments)}
        return sessions.begin(unit, known.id, vouched=vouched)


def change_places(store: Store, session: Session, other: str | None) -> str:
    """Begin to act for another account, or for oneself again, in a session with a new secret."""
    from cycle.reading import deputies  # noqa: PLC0415 - a rare wish

    with store.unit(session.account) as unit:
        account = lookup.account(unit, session.account)
        acts_for = None
        if other:
            deputies.stands_in(unit.reading(), session.account, other)
            acts_for = lookup.account(unit, other).id
        sessions.end_one(unit, session.token_hash)
        return sessions.begin(unit, account.id, acts_for_id=acts_for)


def begin_again(store: Store, name: str) -> str:
    """Begin a session for somebody whose others ended, as after a change of the password."""
    with store.unit(name) as unit:
        return sessions.begin(unit, lookup.account(unit, name).id)


@cache
def _nobodys() -> str:
    """Give a hash to compare with where nobody has that name, so that it takes as long."""
    return hasher().hash("nobody knows this one")


def _known(unit: Unit, name: str) -> Account | None:
    found = lookup.by(unit, Account, name=name)
    return found if found and not found.disabled_at else None


def _whose(kind: str, name: str) -> str:
    """Name a counter without keeping what was typed: it may have been the password."""
    return sha256(f"{kind}:{name.casefold()}".encode("utf-8", "surrogatepass")).hexdigest()


def _insist_on_patience(unit: Unit, tried: tuple[str, str], now: datetime) -> None:
    for whose, most in zip(tried, (OF_NAME, OF_ADDRESS), strict=True):
        found = unit.session.get(SignInTry, (unit.town.id, whose))
        if found and found.count >= most and now - found.since < WINDOW:
            minutes = max(1, -int((now - found.since - WINDOW).total_seconds() // 60))
            raise Forbidden(
                N_("Too many wrong tries. Please wait {minutes} minutes."),
                code="sign_in_slow_down",
                fix=N_("Or let the system administration give you a new password."),
                minutes=minutes,
            )


def _count(unit: Unit, tried: tuple[str, str], now: datetime) -> None:
    for whose in tried:
        found = unit.session.get(SignInTry, (unit.town.id, whose), with_for_update=True)
        if found is None:
            unit.add(SignInTry(whose=whose, since=now, count=1))
        elif now - found.since >= WINDOW:
            found.since, found.count = now, 1
        else:
            found.count += 1


def _forgive(unit: Unit, tried: tuple[str, ...]) -> None:
    for whose in tried:
        if found := unit.session.get(SignInTry, (unit.town.id, whose)):
            unit.session.delete(found)
