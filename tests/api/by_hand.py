"""A call written to the wire by hand, to break off in the middle."""

import socket

from tests.api.serving import Served


def by_hand(served: Served, where: str, name: str) -> socket.socket:
    """Begin a batch as a program would that may break off."""
    host, port = served.address.removeprefix("http://").split(":")
    line = socket.create_connection((host, int(port)))
    line.sendall(
        f"POST {where} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.tokens[name]}\r\n"
        "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    return line


def chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"
