"""Reading connections of a server: opened once, lent to one call at a time, each with one view."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue

from cycle.errors import Unavailable
from cycle.reading.door import Reader, open_reader

MOST = 16  # idle connections that are kept


class Readers:
    """Lends readers of one store."""

    def __init__(self, url: str) -> None:
        """Take the store's URL; nothing is opened yet."""
        self._url = url
        self._idle: LifoQueue[Reader] = LifoQueue(MOST)

    @contextmanager
    def lend(self) -> Iterator[Reader]:
        """Give a reader that sees the store as it is now, and stays with that until the end.

        Raises Unavailable where the store is missing, gone or of another revision; then no idle
        connection is trusted any more.
        """
        reader = self._idle_one() or open_reader(self._url, shared=True)
        try:
            reader.look_again()
            yield reader
        except Unavailable:
            reader.close()
            self.close()
            raise
        except BaseException:
            self._take_back(reader)
            raise
        self._take_back(reader)

    def close(self) -> None:
        """Close every idle connection."""
        while reader := self._idle_one():
            reader.close()

    def _idle_one(self) -> Reader | None:
        try:
            return self._idle.get_nowait()
        except Empty:
            return None

    def _take_back(self, reader: Reader) -> None:
        reader.look_away()
        if not reader.municipality_id or self._idle.full():
            reader.close()
        else:
            self._idle.put(reader)
