"""A reader of the stream of changes, as a program would write it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Follower:
    """Follows the stream, and comes back to its place as often as it leaves."""

    client: httpx.Client
    place: str | None = None  # id of the last event it knows
    seen: list[tuple[int, str, Any]] = field(default_factory=list)
    comments: int = 0

    def follow(self, most: int, *, until: int | None = None) -> bool:
        """Read so many events, or up to one; tell whether the stream was still open then."""
        begun = len(self.seen)
        headers = {"Last-Event-ID": self.place} if self.place else {}
        with self.client.stream("GET", "/v1/changes/stream", headers=headers) as response:
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"].startswith("text/event-stream")
            for lines in _events(response):
                self._take(lines)
                known = int(self.place or 0)
                if len(self.seen) - begun >= most or (until is not None and known >= until):
                    return True
        return False

    def _take(self, lines: list[str]) -> None:
        parts = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
        self.comments += sum(line.startswith(":") for line in lines)
        if "id" in parts:
            self.place = parts["id"]
        if "data" in parts:
            self.seen.append((int(parts["id"]), parts["event"], json.loads(parts["data"])))


def _events(response: httpx.Response) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in response.iter_lines():
        if line:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
