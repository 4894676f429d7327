"""How often an account may call: a bucket that fills steadily, one a token in each process."""

from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final

from api.problems import Turned

MANY: Final = 10_000  # buckets that are remembered


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class Limits:
    """Counts the calls of every token."""

    def __init__(self, calls: int = 600, seconds: int = 60) -> None:
        """Allow so many calls in so many seconds; 0 calls mean no limit."""
        self.calls = calls
        self.seconds = seconds
        self._buckets: dict[str, _Bucket] = {}
        self._lock = Lock()

    def take(self, name: str) -> dict[str, str]:
        """Count a call and give the headers that tell what is left; Turned where nothing is."""
        if not self.calls:
            return {}
        now = monotonic()
        with self._lock:
            if len(self._buckets) > MANY:
                self._forget(now)
            bucket = self._buckets.setdefault(name, _Bucket(self.calls, now))
            rate = self.calls / self.seconds
            bucket.left = min(float(self.calls), bucket.left + (now - bucket.seen) * rate)
            bucket.seen = now
            enough = bucket.left >= 1
            bucket.left -= 1 if enough else 0
            left = int(bucket.left)
        policy = f'"default";q={self.calls};w={self.seconds}'
        wait = ceil((1 - bucket.left) / rate) if left < 1 else ceil(1 / rate)
        told = {"RateLimit-Policy": policy, "RateLimit": f'"default";r={left};t={wait}'}
        if not enough:
            wrong = Turned("too_many_requests")
            wrong.headers = {**told, "Retry-After": str(wait)}
            raise wrong
        return told

    def _forget(self, now: float) -> None:
        """Let go of buckets that are full again."""
        full = [name for name, b in self._buckets.items() if now - b.seen > self.seconds]
        for name in full:
            del self._buckets[name]
