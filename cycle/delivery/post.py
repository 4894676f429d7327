"""One call to a receiver: to an address that was checked, within a time, with an end to answers.

It follows no redirect, knows no proxy of the environment and keeps no connection. The name stays
in the URL, so that the receiver's certificate is checked against it; only the connection goes to
the address that was judged.
"""

import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore

from cycle.delivery.addresses import Barred, Resolve, checked, resolved
from cycle.delivery.settings import Hooks

CONNECT: Final = 5.0  # seconds
TOTAL: Final = 10.0  # seconds, from looking the host up to the last byte
ANSWER: Final = 64 * 1024  # bytes of an answer that are read
_PORTS: Final = {"https": 443, "http": 80}
_FAILED: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
    ValueError,
    Barred,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or nothing and why, which is for the log alone."""

    status: int | None
    why: str = ""
    sent: bool = True  # False: the fault was on this side, and nobody was called

    @property
    def taken(self) -> bool:
        """Tell whether the receiver has taken the delivery."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - success in HTTP

    @property
    def error(self) -> str | None:
        """Give the one word for people; it does not tell what stands at an address inside."""
        if self.taken:
            return None
        if not self.sent:
            return "not_sent"
        return "no_answer" if self.status is None else "refused"


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    hooks: Hooks,
    *,
    resolve: Resolve = resolved,
    total: float = TOTAL,
) -> Answer:
    """Send a body to an address, and give what came back; never fails."""
    try:
        return Answer(_status(url, body, headers, _Road(hooks, resolve, total), hooks))
    except _FAILED as failed:
        return Answer(None, f"{type(failed).__name__}: {failed}")


def _status(url: str, body: bytes, headers: Mapping[str, str], road: "_Road", hooks: Hooks) -> int:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and hooks.http):
        raise Barred(f"{parts.scheme} is not allowed")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    where = httpcore.URL(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        target=target,
    )
    sent = [("Host", parts.netloc), ("Content-Length", str(len(body))), *headers.items()]
    limits = {"connect": CONNECT, **dict.fromkeys(("read", "write", "pool"), road.total)}
    with (
        httpcore.ConnectionPool(
            ssl_context=trusted(), network_backend=road, max_connections=1
        ) as pool,
        pool.stream(
            "POST", where, headers=sent, content=body, extensions={"timeout": limits}
        ) as response,
    ):
        _drop(response.iter_stream())
        return response.status


@cache
def trusted() -> ssl.SSLContext:
    """Give whom this machine trusts, the town's own authority included; read once, it is slow."""
    return ssl.create_default_context()


def _drop(chunks: Iterable[bytes]) -> None:
    """Read an answer to its end, or as far as anyone would; nobody looks at it."""
    left = ANSWER
    for chunk in chunks:
        left -= len(chunk)
        if left <= 0:
            return


class _Road(httpcore.NetworkBackend):
    """Leads to addresses that were checked, and ends when the time is over."""

    def __init__(self, hooks: Hooks, resolve: Resolve, total: float) -> None:
        self._hooks, self._resolve, self.total = hooks, resolve, total
        self._end = time.monotonic() + total
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers, all of them being checked."""
        failed: Exception = Barred(host)
        for address in checked(host, port, self._hooks, self._resolve):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
                return _Limited(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as unreachable:
                failed = unreachable
        raise failed

    def left(self, timeout: float | None) -> float:
        """Give the seconds the next step may take; the time of all steps is limited too."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if timeout is None else min(left, timeout)


class _Limited(httpcore.NetworkStream):
    """A connection every step of which counts towards the whole time."""

    def __init__(self, inner: httpcore.NetworkStream, road: _Road) -> None:
        self._inner, self._road = inner, road

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, or wait for it."""
        return self._inner.read(max_bytes, self._road.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._inner.write(buffer, self._road.left(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt, and see that the certificate is the host's."""
        left = self._road.left(timeout)
        return _Limited(self._inner.start_tls(ssl_context, server_hostname, left), self._road)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        """Tell what the connection knows of itself."""
        return self._inner.get_extra_info(info)
