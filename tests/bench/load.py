"""The one who calls: a process of its own, plain sockets, as many connections as it is told.

It reads one job a line, JSON: port, seconds, and for every connection the requests it sends one
after the other, round and round. It answers with a line of what came back.
"""

import asyncio
import json
import sys
import time
from itertools import cycle
from typing import Any

MOST = 3  # failures after which a connection gives up
HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "


class Caller(asyncio.Protocol):
    """One connection: sends a request, waits for its answer, sends the next."""

    def __init__(self, requests: list[str], until: float, step: int) -> None:
        self.requests = cycle([each.encode() for each in requests])
        self.until = until
        self.step = step  # requests that belong together
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.took: list[float] = []
        self.failed: list[str] = []
        self.held = b""
        self.wanted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.held += data
        if not self.wanted:
            end = self.held.find(HEAD)
            if end < 0:
                return
            self.wanted = end + len(HEAD) + _length(self.held[:end].lower())
        if len(self.held) >= self.wanted:
            self._answered()

    def _answered(self) -> None:
        now = time.perf_counter()
        self.took.append(now - self.began)
        if self.held[9:10] != b"2":
            self.failed.append(self.held.decode(errors="replace"))
        self.held, self.wanted = b"", 0
        going_on = now < self.until or len(self.took) % self.step
        if going_on and len(self.failed) < MOST:
            self._send()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if error:
            self.failed.append(repr(error))
        self.over.set_result(None)


def _length(head: bytes) -> int:
    place = head.find(LENGTH)
    return int(head[place + len(LENGTH) :].partition(b"\r")[0]) if place >= 0 else 0


async def called(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job."""
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    until = began + job["seconds"]
    made = [
        await loop.create_connection(
            lambda mine=each: Caller(mine, until, job["step"]),  # type: ignore[misc] # bound here
            "127.0.0.1", job["port"],
        )
        for each in job["requests"]
    ]  # fmt: skip
    callers = [caller for _, caller in made]
    await asyncio.gather(*(caller.over for caller in callers))
    took = sorted(each for caller in callers for each in caller.took)
    return {
        "calls": len(took),
        "rate": len(took) / (time.perf_counter() - began),
        "p50": took[len(took) // 2] * 1000,
        "p99": took[len(took) * 99 // 100] * 1000,
        "failed": [text for caller in callers for text in caller.failed][:MOST],
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(asyncio.run(called(json.loads(line)))), flush=True)
