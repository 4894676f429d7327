"""A receiver as they stand in the world: takes, refuses, dawdles, talks nonsense, hangs up."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: bytes
    path: str


@dataclass
class Receiver:
    """Keeps what came; `script` says what is answered, one after the other, then 200."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    script: list[Behaviour] = field(default_factory=list)
    always: Behaviour | None = None
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=k"

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self.lock:
            self.received.append(Received(dict(handler.headers.items()), body, handler.path))
            then = self.script.pop(0) if self.script else self.always or answer(200)
        self.arrived.release()
        then(handler)


def answer(status: int, body: bytes = b"ok", **headers: str) -> Behaviour:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return give


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 what a day\r\n\r\n")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def slowly(seconds: float) -> Behaviour:
    def give(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answer(200)(handler)

    return give


def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
    """Send a sign now and then, so that no single wait takes long and the whole never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        handler.wfile.write(f"X-{n}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def held_by(gate: threading.Event) -> Behaviour:
    def give(handler: BaseHTTPRequestHandler) -> None:
        gate.wait(30)
        answer(200)(handler)

    return give


@contextmanager
def receiving(tls: Any = None) -> Iterator[Receiver]:  # noqa: ANN401 - an SSLContext
    """Run a receiver on this machine, until the test is over."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - its own
            pass  # who hangs up on us is no fault of the test

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield receiver
    server.shutdown()
    thread.join()
    server.server_close()
