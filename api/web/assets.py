"""What pages look like and are drawn with: style sheets, fonts, scripts, named by their content.

A name changes with what is inside, so browsers keep a file for a year and never show an old one.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

STATIC: Final = Path(__file__).parent / "static"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
SHEET: Final = "kreislauf.css"
SHEETS: Final = (  # what it is put together from
    "kern/kern.min.css",
    "fonts/fonts.css",
    "frame.css",
    "text.css",
    "arranging.css",
    "parts.css",
    "forms.css",
    "charts.css",
    "media.css",
)
HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}
_URL: Final = re.compile(rb'url\("([^":]+)"\)')  # from the folder static; data: stays


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as browsers get it."""

    name: str  # with the sign of its content: kreislauf.3f2a91c0d4e7.css
    type: str
    body: bytes
    zipped: bytes  # empty where the file is packed already

    @property
    def weight(self) -> int:
        """Bytes on the way to a browser."""
        return len(self.zipped or self.body)


@cache
def shelf() -> dict[str, Asset]:
    """Give all files by their path below static, read and packed once a process."""
    found = {_path(file): file for file in sorted(STATIC.rglob("*")) if file.suffix in TYPES}
    made = {path: _asset(path, file.read_bytes()) for path, file in found.items()
            if path not in SHEETS}  # fmt: skip
    sheets = b"\n".join(found[path].read_bytes() for path in SHEETS)
    named = _URL.sub(lambda match: b'url("%s")' % _named(match, made), sheets)
    return made | {SHEET: _asset(SHEET, named)}


def address(path: str) -> str:
    """Give where a page finds a file: `/static/kreislauf.3f2a91c0d4e7.css` for `kreislauf.css`."""
    return f"/static/{shelf()[path].name}"


def routes() -> list[Route]:
    """Give the address under which the files are served."""
    return [Route("/static/{name:path}", answered, methods=["GET"], name="static")]


async def answered(request: Request) -> Response:
    """Answer with a file of the shelf; there is no way from a name to the disk."""
    found = _by_name().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404, {"Cache-Control": "no-store"})
    zipped = bool(found.zipped) and _takes_gzip(request)
    etag = f'"{found.name}{"-gzip" if zipped else ""}"'
    headers = HEADERS | {"ETag": etag} | ({"Content-Encoding": "gzip"} if zipped else {})
    if etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.zipped if zipped else found.body, 200, headers, found.type)


@cache
def _by_name() -> dict[str, Asset]:
    return {each.name: each for each in shelf().values()}


def _path(file: Path) -> str:
    return file.relative_to(STATIC).as_posix()


def _asset(path: str, body: bytes) -> Asset:
    stem, dot, kind = Path(path).name.rpartition(".")
    name = f"{stem}.{sha256(body).hexdigest()[:12]}{dot}{kind}"
    zipped = b"" if kind == "woff2" else gzip.compress(body, mtime=0)
    return Asset(name, TYPES[dot + kind], body, zipped)


def _named(match: re.Match[bytes], made: dict[str, Asset]) -> bytes:
    return made[match[1].decode()].name.encode()


def _takes_gzip(request: Request) -> bool:
    asked = request.headers.get("Accept-Encoding", "").replace(" ", "").lower().split(",")
    return any(each == "gzip" or (each.startswith("gzip;") and not each.endswith("q=0"))
               for each in asked)  # fmt: skip
