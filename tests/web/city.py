"""The demo city behind a real server, open to the public, and clients of whoever looks at it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx

from api.web import entry
from cycle import demo
from cycle.store import sessions
from cycle.store.store import Store
from cycle.usecases import lookup, public_view
from tests.api.serving import Served, serving
from tests.conftest import FreshUrl

STARTS = ("/", "/public")
_LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
_LEFT_OUT = re.compile(r"[?&](lang|after|n)=")  # the same pages in English, and further on


@dataclass(frozen=True)
class Followed:
    """A link that was followed: where it stood, where it led, and what came."""

    whence: str
    path: str
    came: httpx.Response


def followed(client: httpx.Client) -> Iterator[Followed]:
    """Follow every link from the start pages on."""
    todo, seen = [("", start) for start in STARTS], set(STARTS)
    while todo:
        whence, path = todo.pop()
        came = client.get(path, follow_redirects=True)
        yield Followed(whence, path, came)
        if "text/html" not in came.headers["content-type"]:
            continue
        for found in _LINK.findall(came.text):
            to = unescape(found)
            if to not in seen and not _LEFT_OUT.search(to):
                seen.add(to)
                todo.append((path, to))


@dataclass(frozen=True)
class City:
    """The city as it is served, and where its store is."""

    served: Served
    url: str

    def clients(self, names: Iterable[str]) -> dict[str, httpx.Client]:
        """Give each of them a client that is signed in; nobody is the name ""."""
        return {name: self._client(name) for name in dict.fromkeys(names)}

    def _client(self, name: str) -> httpx.Client:
        client = self.served.client(Accept="text/html")
        if name:
            with self.served.store.unit("admin") as unit:
                token = sessions.begin(unit, lookup.account(unit, name).id)
            client.cookies.set(entry.PLAIN, token)
        return client


@contextmanager
def demo_city(kind: str, made: FreshUrl, folder: Path) -> Iterator[City]:
    """Build the demo city in a store of this kind, open it to the public and serve it."""
    url = made(kind, demo.build)
    store = Store.open(url)
    with store.unit("admin") as unit:
        public_view.propose_open(unit)
    with store.unit("steering") as unit:
        public_view.confirm_open(unit)
    with serving(store, url, folder, cast=False) as found:
        yield City(found, url)
    store.close()
