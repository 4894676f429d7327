"""Lines of JSON: parted as they come, and answered while others still come.

Most callers send all they have before they read an answer. So the answer never holds up what
comes in: it waits in a file of its own until it is fetched, and memory stays flat.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

LONGEST: Final = 64 * 1024  # bytes of a line
EACH: Final = 500  # lines of a parcel
LARGE: Final = 4 * 2**20  # bytes after which a parcel is closed with fewer lines
MEDIA: Final = "application/x-ndjson"
KINDS: Final = frozenset({MEDIA, "application/jsonl"})
_HELD: Final = 2**20  # bytes of an answer that are held in memory
_PART: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Raw:
    """A line as it came, or why there is nothing of it."""

    no: int
    text: bytes = b""
    wrong: str = ""  # kind of problem


class Parting:
    """Parts what comes into lines; empty ones count and are passed over."""

    def __init__(self) -> None:
        """Begin before the first line."""
        self.no = 0  # of the last line that ended
        self._line = bytearray()
        self._over = False

    def take(self, part: bytes) -> Iterator[Raw]:
        """Give the lines that end in what came."""
        *ended, rest = part.split(b"\n")
        for piece in ended:
            self._keep(piece)
            yield from self.end()
        self._keep(rest)

    def end(self) -> Iterator[Raw]:
        """Give the line that ends here."""
        self.no += 1
        line = Raw(self.no, bytes(self._line), "line_too_long" if self._over else "")
        self._line, self._over = bytearray(), False
        if line.wrong or line.text.strip():
            yield line

    def _keep(self, piece: bytes) -> None:
        if len(self._line) + len(piece) > LONGEST:
            self._over = True
            self._line.clear()
        if not self._over:
            self._line += piece


async def parcels(
    stream: AsyncIterator[bytes], most: int, lines: int
) -> AsyncGenerator[list[Raw], None]:
    """Part what comes into parcels of lines; `most` bytes and `lines` lines are the wall.

    The line that hits it is told as such, and what stands behind it is passed over.
    """
    parting, parcel, left, size = Parting(), list[Raw](), most, 0
    async for part in stream:
        for raw in parting.take(part[:left]) if part else parting.end():
            if not lines:
                yield [*parcel, Raw(raw.no, wrong="batch_too_large")]
                return
            lines -= 1
            parcel.append(raw)
            size += len(raw.text)
            if len(parcel) == EACH or size > LARGE:
                yield parcel
                parcel, size = [], 0
        left -= len(part)
        if left < 0:
            yield [*parcel, Raw(parting.no + 1, wrong="batch_too_large")]
            return
    yield parcel


def parted(whole: bytes) -> Iterator[Raw]:
    """Part a whole body into lines."""
    parting = Parting()
    yield from parting.take(whole)
    yield from parting.end()


class Streamed(Response):
    """An answer that is made while its question is still being read."""

    media_type = MEDIA

    def __init__(self, lines: AsyncIterator[bytes], headers: Mapping[str, str]) -> None:
        """Take what makes the answer; it reads the question itself."""
        super().__init__(headers=dict(headers))
        del self.headers["content-length"]
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - `lines` receive
        """Make the answer, and send of it what the caller fetches."""
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        with SpooledTemporaryFile(_HELD) as file:
            spool = _Spool(file)
            async with asyncio.TaskGroup() as group:
                group.create_task(spool.fill(self._lines))
                async for part in spool.parts():
                    await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Spool:
    """Bytes that are written at one end and read at the other."""

    def __init__(self, file: SpooledTemporaryFile[bytes]) -> None:
        self._file = file
        self._written = self._read = 0
        self._over = False
        self._more = asyncio.Event()

    async def fill(self, lines: AsyncIterator[bytes]) -> None:
        try:
            async for line in lines:
                self._file.seek(self._written)
                self._written += self._file.write(line)
                self._more.set()
        finally:
            self._over = True
            self._more.set()

    async def parts(self) -> AsyncIterator[bytes]:
        while True:
            self._more.clear()
            while self._read < self._written:
                self._file.seek(self._read)
                part = self._file.read(_PART)
                self._read += len(part)
                yield part
            if self._over:
                return
            await self._more.wait()
