"""A store that is followed: looked at briefly again and again, and let go of in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from cycle.errors import Unavailable
from cycle.reading.door import Reader
from cycle.reading.journal import head
from cycle.reading.pool import Readers

Answer = TypeVar("Answer")
_PASSING: Final = {"store_busy", "store_slow"}  # is over in a moment
_LATEST: Final = """
SELECT e.n, e.at FROM event e WHERE e.municipality_id = :m ORDER BY e.n DESC LIMIT 1
"""
_FIRST: Final = "SELECT MIN(e.n) FROM event e WHERE e.municipality_id = :m AND e.day >= :day"


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest deed: its number, and when it was recorded."""

    n: int
    at: datetime


class Following:
    """One store, for whoever follows it: between two looks nobody who writes waits for them."""

    def __init__(self, url: str) -> None:
        """Take the store's URL; nothing is opened yet."""
        self._readers = Readers(url)
        self._file = url.startswith("sqlite")

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """See the store as it is now; raises Unavailable where it is gone.

        The connection to a server stays open. A file is opened anew each time: it may have been
        moved away meanwhile, or another put into its place.
        """
        try:
            with self._readers.lend() as reader:
                yield reader
        finally:
            if self._file:
                self._readers.close()

    def ask(self, question: Callable[[Reader], Answer]) -> Answer | None:
        """Ask the store as it is now; None where it is too busy for the moment."""
        try:
            with self.look() as reader:
                return question(reader)
        except Unavailable as gone:
            if not passing(gone):
                raise
            return None

    def close(self) -> None:
        """Give the connection back."""
        self._readers.close()


def passing(gone: Unavailable) -> bool:
    """Tell whether the store is only busy for the moment."""
    return gone.code in _PASSING


def latest(reader: Reader) -> Latest | None:
    """Give the latest deed, whoever may see it; None in a town that has only just begun."""
    return reader.one(_LATEST, Latest)


def before(reader: Reader, day: date) -> int:
    """Give the number behind which the deeds of a day and later stand."""
    first = reader.value(_FIRST, day=day)
    return head(reader) if first is None else int(first) - 1
