"""What stands around every call: its id, a wall against large bodies, headers, one line of log."""

import json
import logging
import re
import time
from secrets import token_hex
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.entry import heard_of
from api.metrics import METRICS
from api.problems import Turned
from api.web.shown import too_much

MOST: Final = 2**20  # bytes of a body
BATCH: Final = 10 * 2**20  # bytes of a batch
PAGE: Final = 12 * 2**20  # bytes of a form: who pastes too much is told so with all of it kept
DRAINED: Final = 2**20  # bytes that are read and dropped, so that the caller hears the answer
PAGE_DRAINED: Final = 60 * 2**20  # a browser that still sends shows no answer at all
LOG: Final = logging.getLogger("kreislauf.access")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,36}")
_TRACE: Final = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"cache-control", b"no-store"),
)


class Around:
    """Wraps the app."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app to wrap."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one call through, and note it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        call = _Call(scope, receive, send)
        scope.setdefault("state", {})["request_id"] = call.id
        try:
            call.insist_on_size()
            await self.app(scope, call.receive, call.send)
        except Turned as away:
            await call.turn(away)
        finally:
            call.note()


class _Call:
    """One call on its way in and its answer on the way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.headers = dict(scope["headers"])
        self.id = _request_id(self.headers)
        batch = scope["path"].endswith(":batch")
        self.page = page = not scope["path"].startswith("/v1/")
        self.most = PAGE if page else BATCH if batch else MOST
        beyond = BATCH + DRAINED if batch else MOST  # a batch answers itself what is too much
        self.wall = PAGE if page else beyond
        self.began = time.perf_counter()
        self.read = 0
        self.more = True  # there is more of the body to come
        self.status = 0

    def insist_on_size(self) -> None:
        """Turn away what says that it is too large, before any of it is read."""
        told = self.headers.get(b"content-length", b"0")
        if not told.isdigit() or int(told) > self.most:
            raise Turned("too_large")

    async def receive(self) -> Message:
        message = await self._receive()
        self.more = bool(message.get("more_body"))
        if message["type"] == "http.request":
            self.read += len(message.get("body", b""))
            if self.read > self.wall:
                raise Turned("too_large")
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            told = self.scope["state"].get("told") or {}
            named = {name.lower() for name, _ in message["headers"]}
            added = [*HEADERS, (b"x-request-id", self.id.encode())]
            added += [(name.lower().encode(), value.encode()) for name, value in told.items()]
            message["headers"] = [
                *message["headers"], *((n, v) for n, v in added if n not in named),
            ]  # fmt: skip
        await self._send(message)

    async def turn(self, away: Turned) -> None:
        """Drain a little of what comes, so that the caller hears why it is turned away."""
        if self.status:
            raise away
        await self._drain()
        request = Request(self.scope)
        response = (
            too_much(request)
            if self.page and "text/html" in request.headers.get("Accept", "")
            else problems.turned(away.code, heard_of(request), away.headers)
        )
        response.headers["Connection"] = "close"
        await response(self.scope, self._receive, self.send)

    async def _drain(self) -> None:
        drained, most = 0, PAGE_DRAINED if self.page else DRAINED
        while self.more and drained < most:
            message = await self._receive()
            if message["type"] != "http.request":
                return
            drained += len(message.get("body", b""))
            self.more = bool(message.get("more_body"))

    def note(self) -> None:
        took = time.perf_counter() - self.began
        route = self.scope.get("route")
        path = getattr(route, "path", "-")
        METRICS.note(self.scope["method"], path, self.status, took)
        told: dict[str, Any] = {
            "request_id": self.id,
            "method": self.scope["method"],
            "path": self.scope["path"],
            "status": self.status,
            "ms": round(took * 1000, 1),
        }
        LOG.info("call", extra={"call": told})


def _request_id(headers: dict[bytes, bytes]) -> str:
    """Take the id the caller or its proxy gave, else make one."""
    given = headers.get(b"x-request-id", b"").decode("latin-1")
    if _ID.fullmatch(given):
        return given
    trace = _TRACE.fullmatch(headers.get(b"traceparent", b"").decode("latin-1"))
    return trace[1] if trace else token_hex(8)


class AsJson(logging.Formatter):
    """Writes a line of log as JSON: nothing a caller sent can break out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line."""
        told: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "call", {}),
        }
        if request_id := getattr(record, "request_id", None):
            told["request_id"] = request_id
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=True)
