"""Names for records that no two machines give twice: UUID version 7 (RFC 9562)."""

import os
from threading import Lock

from cycle import clock

_NANOSECONDS = 1_000_000  # in a millisecond
_STEPS = 4096  # the 12 bits below the millisecond


class _Mint:
    """Gives every id a later moment than the last, also when the clock stands or goes back."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = Lock()

    def moment(self, nanoseconds: int) -> int:
        """Tell milliseconds and 4096ths of one as a single number that only grows."""
        milliseconds, rest = divmod(nanoseconds, _NANOSECONDS)
        with self._lock:
            self._last = max(milliseconds * _STEPS + rest * _STEPS // _NANOSECONDS, self._last + 1)
            return self._last


_mint = _Mint()


def new_id() -> str:
    """Make a new id, 36 characters; within this process each sorts after the one before."""
    milliseconds, step = divmod(_mint.moment(clock.ticks()), _STEPS)
    chance = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    number = milliseconds << 80 | 0x7 << 76 | step << 64 | 0b10 << 62 | chance
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
