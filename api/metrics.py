"""Counts of this process for a monitoring system (Prometheus text format)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Lock
from time import time
from typing import Final

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
_TOOK: Final = "kreislauf_http_request_duration_seconds"
Name = tuple[str, str]  # method and route


class Metrics:
    """What was called how often, and how long it took."""

    def __init__(self) -> None:
        """Begin to count."""
        self.began = time()
        self._calls: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[tuple[Name, float]] = Counter()
        self._seconds: Counter[Name] = Counter()
        self._lock = Lock()

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one call."""
        name = (method, route)
        with self._lock:
            self._calls[method, route, status] += 1
            self._seconds[name] += seconds  # type: ignore[assignment] # seconds have parts
            for bound in BOUNDS:
                if seconds <= bound:
                    self._within[name, bound] += 1

    def lines(self, more: Mapping[str, float]) -> Iterator[str]:
        """Give every count; `more` are gauges by name."""
        with self._lock:
            calls, within = dict(self._calls), dict(self._within)
            seconds = dict(self._seconds)
        yield "# TYPE kreislauf_http_requests_total counter"
        for (method, route, status), count in sorted(calls.items()):
            named = f'method="{method}",route="{route}",status="{status}"'
            yield f"kreislauf_http_requests_total{{{named}}} {count}"
        yield f"# TYPE {_TOOK} histogram"
        for (method, route), total in sorted(seconds.items()):
            named = f'method="{method}",route="{route}"'
            count = sum(n for (m, r, _), n in calls.items() if (m, r) == (method, route))
            for bound in BOUNDS:
                found = within.get(((method, route), bound), 0)
                yield f'{_TOOK}_bucket{{{named},le="{bound}"}} {found}'
            yield f'{_TOOK}_bucket{{{named},le="+Inf"}} {count}'
            yield f"{_TOOK}_sum{{{named}}} {total:.6f}"
            yield f"{_TOOK}_count{{{named}}} {count}"
        for name, value in {"process_start_time_seconds": self.began, **more}.items():
            yield f"# TYPE {name} gauge"
            yield f"{name} {value}"


METRICS: Final = Metrics()
