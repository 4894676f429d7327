"""Our own words for what SQLAlchemy and the databases under it refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError

from cycle.errors import Conflict, KreislaufError
from cycle.i18n import N_
from cycle.reading.failures import meaning, unavailable


@contextmanager
def translated() -> Iterator[None]:
    """Say in our own words what a database refused; a mistake of ours stays what it is."""
    try:
        yield
    except (DBAPIError, NoConnection, StaleDataError, UnicodeEncodeError, OverflowError) as error:
        if (told := _told(error)) is None:
            raise
        raise told from error


def _told(error: Exception) -> KreislaufError | None:
    if isinstance(error, StaleDataError):
        return Conflict(
            N_("Someone else changed this meanwhile."),
            fix=N_("Look at it again and repeat your change."),
        )
    if isinstance(error, NoConnection):
        return unavailable("store_busy")
    return meaning(error.orig if isinstance(error, DBAPIError) else error)
