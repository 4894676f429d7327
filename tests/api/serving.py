"""A real server for tests: uvicorn in a thread, a town of its own, a token for everyone."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from api.app import create
from api.desk import House
from cycle import settings
from cycle.store.store import Store
from cycle.usecases import tokens
from tests.makers import DAY
from tests.people import CAST


@dataclass
class Served:
    """A town and the server before it."""

    address: str  # http://127.0.0.1:port
    store: Store
    house: House
    tokens: Mapping[str, str] = field(repr=False)
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, name: str | None = None, **headers: str) -> httpx.Client:
        """Give a client that calls as this account of the cast, or as nobody."""
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        if name:
            sent["Authorization"] = f"Bearer {self.tokens[name]}"
        made = httpx.Client(base_url=self.address, headers=sent, timeout=30, trust_env=False)
        self.clients.append(made)
        return made


@contextmanager
def serving(
    store: Store, url: str, folder: Path, *, table: str = "calls = 0", cast: bool = True
) -> Iterator[Served]:
    """Serve the store; `table` is what stands in [api] of the settings, `cast` makes tokens."""
    config = folder / "kreislauf.toml"
    config.write_text(f"[api]\n{table}\n" if not table.startswith("[") else table)
    environ = {"CYCLE_DB": url, "CYCLE_TODAY": DAY.isoformat(), "CYCLE_CONFIG": str(config)}
    app = create(settings.read(environ=environ))
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_config=None, ws="none", timeout_graceful_shutdown=5)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            msg = "the server did not start"
            raise RuntimeError(msg)
        thread.join(0.01)
    tokens_of = everyones_tokens(store) if cast else {}
    port = server.servers[0].sockets[0].getsockname()[1]
    shown = Served(f"http://127.0.0.1:{port}", store, app.state.house, tokens_of)
    try:
        yield shown
    finally:
        for client in shown.clients:
            client.close()
        server.should_exit = True
        thread.join(20)


def everyones_tokens(store: Store) -> dict[str, str]:
    """Make a token for every account of the cast."""
    with store.unit("admin", day=DAY) as unit:
        return {
            name: tokens.create(unit, f"key-{name}", account=name, roles=(role,))[1]
            for name, (role, _) in CAST.items()
        }


def problem(response: httpx.Response, status: int, code: str) -> Any:  # noqa: ANN401 - JSON
    """Insist that an answer is this problem, and give it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["code"] == code, found
    assert found["status"] == status
    return found
