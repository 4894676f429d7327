"""Passwords of local accounts: set by the administration or by oneself, kept as Argon2id."""

from functools import cache
from unicodedata import normalize

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from cycle.errors import Fault, Forbidden
from cycle.i18n import N_
from cycle.model.sessions import AccountPassword
from cycle.store import sessions
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.accounts import ADMIN

SHORTEST, LONGEST = 12, 200  # characters
NAMED = 4  # characters of a name that a password must not hold; shorter ones are in any text


@cache
def hasher() -> PasswordHash:
    """Give what makes and checks hashes: Argon2id at the cost its library recommends."""
    return PasswordHash((Argon2Hasher(),))


def fits(password: str, hashed: str) -> bool:
    """Tell whether this is the password the hash was made of."""
    return hasher().verify(_spelled(password), hashed)


def hash_of(password: str) -> str:
    """Make what is kept of a password."""
    return hasher().hash(_spelled(password))


def set_password(unit: Unit, name: str, password: str, *, old: str | None = None) -> None:
    """Give an account a new password and end its sessions; the journal tells only that it was so.

    Without the old one only admin may. Raises Forbidden, Invalid, NotFound.
    """
    record = lookup.account(unit, name)
    kept = unit.session.get(AccountPassword, (unit.town.id, record.id))
    own = record.id == unit.actor.account_id
    if ADMIN not in unit.actor.roles or (own and old is not None):
        _insist_on_old(kept, old if own else None)
    given.insist(_weak(record.name, password))
    hashed = hash_of(password)
    if kept is None:
        unit.add(AccountPassword(account_id=record.id, hash=hashed, changed_at=unit.now))
    else:
        kept.hash, kept.changed_at = hashed, unit.now
    record.updated_at = unit.now
    unit.tell(record, "password_set", key=record.name)
    unit.session.flush()
    sessions.end_all(unit, record.id)


def _insist_on_old(kept: AccountPassword | None, old: str | None) -> None:
    if kept is None or old is None or not fits(old, kept.hash):
        raise Forbidden(
            N_("The old password does not fit."),
            code="password_wrong",
            fix=N_("Type it again, or ask the system administration for a new one."),
        )


def _spelled(password: str) -> bytes:
    """Give an ü as one sign, whichever keyboard or file it comes from."""
    return normalize("NFC", password).encode("utf-8", "surrogatepass")


def _weak(name: str, password: str) -> Fault | None:
    if len(password) < SHORTEST:
        says = N_("A password has at least {n} characters; several words are easy to remember.")
        return Fault("password", "too_short", says, {"n": SHORTEST})
    if len(password) > LONGEST:
        return Fault("password", "too_long", N_("A password has at most {n} characters."),
                     {"n": LONGEST})  # fmt: skip
    named = len(name) >= NAMED and name.casefold() in password.casefold()
    if named or len(set(password)) < 5:  # noqa: PLR2004 - signs
        says = N_("This password is too easy to guess.")
        return Fault("password", "too_easy", says)
    return None
