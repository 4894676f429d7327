"""Signing in at the web pages: the password, how often it may be wrong, and who may come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Final

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.model.sessions import AccountPassword
from cycle.model.town import Account
from cycle.reading.sessions import Session
from cycle.store import sessions, tries
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, lookup, passwords

WINDOW: Final = timedelta(minutes=15)
OF_NAME, OF_ADDRESS = 5, 20  # wrong tries in a window


def sign_in(store: Store, name: str, password: str, *, address: str, now: datetime) -> str:
    """Give what the browser is to show from now on.

    A try counts before it is looked at, so that many at once are not more than as many one after
    another. Raises Forbidden `sign_in_wrong` without telling what is wrong, and
    `sign_in_slow_down` after too many wrong tries for this name or from this address.
    """
    tried = (_whose("name", name), _whose("address", _network(address)))

    def seek(unit: Unit) -> str | None:
        for whose, most in zip(tried, (OF_NAME, OF_ADDRESS), strict=True):
            _count(unit, whose, most, now)
        return _hash_of(unit, name)

    hashed = store.perform(seek, None)
    right = passwords.fits(password, hashed or _nobodys())  # takes long: no transaction waits

    def let_in(unit: Unit) -> str | None:
        known = _known(unit, name)
        if known is None or _hash_of(unit, name) != hashed:
            return None  # disabled, or given another password meanwhile
        tries.forget(unit, tried[0], now, WINDOW)
        tries.take_back(unit, tried[1])
        return sessions.begin(unit, known.id)

    token = store.perform(let_in, None) if hashed and right else None
    if token is None:
        raise Forbidden(
            N_("Account and password do not fit together."),
            code="sign_in_wrong",
            fix=N_("Check both, and that the Caps Lock key is off."),
        )
    return token


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


def change_places(
    store: Store, session: Session, other: str | None, *, day: date | None = None
) -> str:
    """Begin to act for another account, or for oneself again, in the same session, new secrets.

    Raises Forbidden for who does not stand in on this day, and where the session is over.
    """
    from cycle.reading import deputies  # noqa: PLC0415 - a rare wish

    with store.unit(session.account, day=day) as unit:
        acts_for = None
        if other:
            deputies.stands_in(unit.reading(), session.account, other, unit.day)
            acts_for = lookup.account(unit, other).id
        token = sessions.rotate(unit, session.token_hash, acts_for_id=acts_for)
    if token is None:
        raise Forbidden(
            N_("You are signed out."), code="signed_out", fix=N_("Please sign in again.")
        )
    return token


def begin_again(store: Store, name: str) -> str:
    """Begin a session for somebody whose others ended, as after a change of the password."""
    with store.unit(name) as unit:
        return sessions.begin(unit, lookup.account(unit, name).id)


@contextmanager
def tried(store: Store, name: str, *, now: datetime) -> Iterator[None]:
    """Count a try of who is signed in and shows the password once more; a right one counts not.

    Whoever sits down at an open session guesses no more often than at the door.
    """
    whose, wrong = _whose("name", name), False
    store.perform(lambda unit: _count(unit, whose, OF_NAME, now), None)
    try:
        yield
    except Forbidden as error:
        wrong = error.code == "password_wrong"
        raise
    finally:
        if not wrong:
            store.perform(lambda unit: tries.take_back(unit, whose), None)


@cache
def _nobodys() -> str:
    """Give a hash to compare with where nobody has that name, so that it takes as long."""
    return passwords.hash_of("nobody knows this one")


def _known(unit: Unit, name: str) -> Account | None:
    found = lookup.by(unit, Account, name=name) if name.isprintable() else None
    return found if found and not found.disabled_at else None


def _hash_of(unit: Unit, name: str) -> str | None:
    known = _known(unit, name)
    kept = unit.session.get(AccountPassword, (unit.town.id, known.id)) if known else None
    return kept.hash if kept else None


def _whose(kind: str, name: str) -> str:
    """Name a counter without keeping what was typed: it may have been the password."""
    return sha256(f"{kind}:{name.casefold()}".encode("utf-8", "surrogatepass")).hexdigest()


def _network(address: str) -> str:
    """Give the address, of a long one the part its owner cannot change at will."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


def _count(unit: Unit, whose: str, most: int, now: datetime) -> None:
    """Count a try; Forbidden where there were too many, which is not counted then."""
    count, since = tries.count(unit, whose, now, WINDOW)
    if count > most:
        minutes = max(1, -int((now - since - WINDOW).total_seconds() // 60))
        raise Forbidden(
            N_("Too many wrong tries. Please wait {minutes} minutes."),
            code="sign_in_slow_down",
            fix=N_("Or let the system administration give you a new password."),
            minutes=minutes,
        )
