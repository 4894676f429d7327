"""The demo city behind a real server, open to the public, and clients of whoever looks at it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.web import entry
from cycle import demo
from cycle.store import sessions
from cycle.store.store import Store
from cycle.usecases import lookup, public_view
from tests.api.serving import Served, serving
from tests.conftest import FreshUrl


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
