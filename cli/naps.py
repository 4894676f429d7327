"""Rests between two looks, which end early when the screen is resized or nobody reads any more."""

import os
import select
import signal
import stat
import sys
from io import UnsupportedOperation
from types import FrameType
from typing import Self


class Naps:
    """Wakes the one who follows a store."""

    def __enter__(self) -> Self:
        """Listen to the screen, and to the far end of a pipe."""
        self._heard, self._rings = os.pipe()
        self._poll = select.poll()
        self._poll.register(self._heard, select.POLLIN)
        if (pipe := _pipe()) is not None:
            self._poll.register(pipe, 0)  # whatever it tells then is that nobody reads
        self._before = signal.signal(signal.SIGWINCH, self._resized)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        signal.signal(signal.SIGWINCH, self._before)
        os.close(self._rings)
        os.close(self._heard)

    def rest(self, seconds: float) -> None:
        """Rest so long, or until the screen is resized; raises BrokenPipeError as a write would."""
        for end, _ in self._poll.poll(seconds * 1000):
            if end != self._heard:
                raise BrokenPipeError
            os.read(self._heard, 4096)  # however often it rang

    def _resized(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals call it
        os.write(self._rings, b".")


def _pipe() -> int | None:
    """Give standard output where another program reads it."""
    try:
        here = sys.stdout.fileno()
    except (UnsupportedOperation, ValueError):
        return None
    return here if stat.S_ISFIFO(os.fstat(here).st_mode) else None
