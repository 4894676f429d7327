"""The stream of changes: every event once, in order, from where its reader was, until it leaves."""

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from api.desk import Call
from api.entry import enter_again
from api.frame import dumps
from api.problems import Turned
from cycle.errors import KreislaufError
from cycle.reading.changes import Changes, changes

if TYPE_CHECKING:
    from api.frame import Route

ALIVE: Final = 15.0  # seconds without an event until a sign of life is sent
AGAIN: Final = 60.0  # seconds until it is looked anew who is listening
AT_ONCE: Final = 100  # events that are read at once
RETRY: Final = 2000  # milliseconds until a reader whose stream broke comes back


class Feed(EventSourceResponse):
    """Follows the journal for one caller."""

    def __init__(self, route: "Route", call: Call, after: int) -> None:
        """Begin behind an event."""
        self._route, self._call, self._after = route, call, after
        self._watch = call.house.watch
        headers = {"X-Accel-Buffering": "no"}  # proxies are to pass on what comes as it comes
        super().__init__(self._events(), headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the caller leaves, may see no more, or the server stops."""
        with self._watch.listening():
            await super().__call__(scope, receive, send)

    async def _events(self) -> AsyncIterator[bytes]:
        yield self._place(RETRY)
        checked = told = time.monotonic()
        while not self._watch.over:
            if time.monotonic() - checked >= AGAIN:
                if not await run_in_threadpool(self._may_stay):
                    return
                checked = time.monotonic()
            if await self._watch.beyond(self._after, told + ALIVE - time.monotonic()):
                found = await run_in_threadpool(self._read)
                if found is None:
                    return
                for row in found.rows:
                    yield format_sse_event(data_str=dumps(row), event=row.type, id=str(row.n))
                    told = time.monotonic()
                self._after = found.until
            if time.monotonic() - told >= ALIVE:
                yield self._place()
                told = time.monotonic()

    def _place(self, retry: int | None = None) -> bytes:
        """Tell how far was looked, without an event: behind that a reader goes on."""
        return format_sse_event(comment="here", id=str(self._after), retry=retry)

    def _read(self) -> Changes | None:
        """Read what came; None where the store cannot be read: the reader will come back."""
        try:
            with self._call.house.readers.lend() as reader:
                return changes(reader, self._call.sight, after=self._after, limit=AT_ONCE)
        except KreislaufError:
            return None

    def _may_stay(self) -> bool:
        try:
            enter_again(self._route, self._call)
        except (Turned, KreislaufError):
            return False
        return True
