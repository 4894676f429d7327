"""The watch over the journal: one a process, awake only while somebody listens."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

from cycle.errors import KreislaufError

EACH: Final = 0.5  # seconds between two looks
_LOG: Final = logging.getLogger("kreislauf.api")


class Watch:
    """Wakes all who listen when the journal has grown, or when the server is to stop.

    It lives in the event loop; only the look into the store is made in a thread.
    """

    def __init__(self, look: Callable[[], int]) -> None:
        """Take what gives the number of the latest event."""
        self._look = look
        self._latest = 0
        self._grown = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.listeners = 0
        self.over = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count somebody who listens; the first one begins the watch, the last one ends it."""
        self.listeners += 1
        if self._task is None:
            self._task = asyncio.create_task(self._keep_looking())
        try:
            yield
        finally:
            self.listeners -= 1
            if not self.listeners:
                self._task.cancel()
                self._task = None

    async def beyond(self, n: int, patience: float) -> bool:
        """Wait until there is a later event; False when patience or the server comes to its end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self._latest <= n and not self.over:
                    await self._grown.wait()
        return self._latest > n and not self.over

    def end(self) -> None:
        """Let everybody go: the server waits for them."""
        self.over = True
        self._wake()

    async def _keep_looking(self) -> None:
        while True:
            try:
                latest = await asyncio.to_thread(self._look)
            except KreislaufError as busy:
                _LOG.warning("the feed waits for the store: %s", busy)
            else:
                if latest != self._latest:
                    self._latest = latest
                    self._wake()
            await asyncio.sleep(EACH)

    def _wake(self) -> None:
        """Wake those who wait now; who comes later waits for the next time."""
        self._grown.set()
        self._grown = asyncio.Event()


@contextmanager
def when_told_to_stop(then: Callable[[], None]) -> Iterator[None]:
    """Do something as soon as a signal stops the server, which would wait for those who listen.

    A server waits until every answer has its end before it tells the app that it stops.
    """
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    loop = asyncio.get_running_loop()
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}

    def told(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(then)
        follow = before[signal.Signals(number)]
        if callable(follow):
            follow(number, frame)

    caught = [each for each, follow in before.items() if callable(follow)]
    for each in caught:
        signal.signal(each, told)
    try:
        yield
    finally:
        for each in caught:
            signal.signal(each, before[each])
