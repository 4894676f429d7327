"""What it means for the town when a database complains: one table for both drivers.

Reading and writing say the same words. Drivers are told apart by what their errors carry:
`sqlite_errorcode`, or the `sqlstate` of PostgreSQL.
"""

import sqlite3

from cycle.errors import Conflict, Invalid, KreislaufError, Unavailable
from cycle.i18n import N_
from migrations import HEAD

_SAYS = {
    "store_busy": (N_("The store is busy."), N_("Try again in a moment.")),
    "store_slow": (
        N_("The store took too long and stopped."),
        N_("Try again in a moment, or ask for less at once."),
    ),
    "store_full": (
        N_("The store has no room left: {why}"),
        N_("Make room where it lies and repeat it; nothing was changed."),
    ),
    "store_read_only": (
        N_("The store can only be read: {why}"),
        N_("Check who may write the file and its folder."),
    ),
    "store_unreadable": (
        N_("The store cannot be read: {why}"),
        N_("Check who may read it, and that it is a store of Kreislauf."),
    ),
    "store_foreign": (
        N_("There are tables of something else in the store: {why}"),
        N_("Name a store of Kreislauf, or one that is empty."),
    ),
    "store_unreachable": (
        N_("The store cannot be reached: {why}"),
        N_("Check `CYCLE_DB` and that the server is running."),
    ),
    "store_no_wal": (
        N_("The store cannot keep its log beside itself: {why}"),
        N_("Put it on a local disk, not on a network drive, or use PostgreSQL."),
    ),
}
_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_CANTOPEN: "store_unreadable",
    sqlite3.SQLITE_CORRUPT: "store_unreadable",
    sqlite3.SQLITE_IOERR: "store_unreadable",
    sqlite3.SQLITE_NOTADB: "store_unreadable",
    sqlite3.SQLITE_PERM: "store_unreadable",
}
_POSTGRESQL = {
    "25006": "store_read_only",
    "25P03": "store_slow",  # the deed stood still for too long
    "40001": "store_busy",  # could not be put in one order with another deed
    "40P01": "store_busy",  # each waited for the other
    "42501": "store_unreadable",
    "53100": "store_full",
    "53300": "store_busy",  # too many connections
    "55P03": "store_busy",  # waited too long for a row
    "57014": "store_slow",
}
_TAKEN = {
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
}
_AWAY = {"08", "57", "58"}  # classes of states in which the server does not serve


def meaning(error: BaseException | None) -> KreislaufError | None:
    """Say in our own words what a driver refused; None where it is our own mistake."""
    why = (str(error).splitlines() or [""])[0]
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR), why)
    if isinstance(error, (UnicodeEncodeError, OverflowError)):
        return _unfit(why)
    state: str | None = getattr(error, "sqlstate", "")  # None where the driver itself refused
    if state == "":
        return None
    return _of_postgresql(state, {each.__name__ for each in type(error).__mro__}, why)


def unavailable(code: str, why: str = "") -> Unavailable:
    """Tell that the store cannot be used as it is, and what to do about it."""
    says, fix = _SAYS[code]
    return Unavailable(says, code=code, fix=fix, why=why)


def missing(url: str) -> Unavailable:
    """Tell that there is no store."""
    return Unavailable(
        N_("There is no store at {url}."),
        code="store_missing",
        fix=N_("Create one with `cycle init`, or look around with `cycle demo`."),
        url=url,
    )


def no_driver() -> Unavailable:
    """Tell that the extra for PostgreSQL is not installed."""
    return Unavailable(
        N_("The driver for PostgreSQL is not installed."),
        code="driver_missing",
        fix=N_("Install it with `pip install 'kreislauf[postgresql]'`."),
    )


def other_revision(here: str | None) -> Unavailable:
    """Tell that the store is older or newer than this version, or is empty."""
    newer = here is not None and here > HEAD
    return Unavailable(
        N_("The store has revision {here}, this version works with {wanted}."),
        code="store_revision",
        fix=N_("Install a newer version of Kreislauf.")
        if newer
        else N_("Bring the store up to date with `cycle db upgrade`."),
        here=here or "-",
        wanted=HEAD,
    )


def _of_sqlite(number: int, why: str) -> KreislaufError | None:
    kind = number & 0xFF  # the rest tells finer kinds of the same
    if kind in _SQLITE:
        return unavailable(_SQLITE[kind], why)
    if kind == sqlite3.SQLITE_CONSTRAINT:
        return _taken(why) if number in _TAKEN else _unfit(why)
    return _unfit(why) if kind == sqlite3.SQLITE_TOOBIG else None


def _of_postgresql(state: str | None, kinds: set[str], why: str) -> KreislaufError | None:
    if state in _POSTGRESQL:
        return unavailable(_POSTGRESQL[state], why)
    if state == "23505":
        return _taken(why)
    if kinds & {"DataError", "IntegrityError"}:
        return _unfit(why)
    if state is None and "OperationalError" in kinds:
        return unavailable("store_unreachable", why)
    return unavailable("store_unreachable", why) if state and state[:2] in _AWAY else None


def _taken(why: str) -> Conflict:
    return Conflict(
        N_("The store refused this: {why}"),
        code="duplicate",
        fix=N_("It may be there already; look it up with the list command."),
        why=why,
    )


def _unfit(why: str) -> Invalid:
    return Invalid(N_("The store refused this: {why}"), why=why)
