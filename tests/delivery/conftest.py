"""A town with a webhook, a receiver on this machine, a sender, and a clock that can be put on."""

from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from cycle import clock
from cycle.delivery.sender import Sender
from cycle.delivery.settings import Hooks
from cycle.reading import webhooks as seen
from cycle.reading.door import Reader, open_reader
from cycle.reading.pool import Readers
from cycle.reading.webhooks import DeliveryRow
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import measures, webhooks
from tests import makers
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.delivery.receiver import Receiver, receiving

HERE = Hooks(allow=("127.0.0.1",), http=True)


class Clock:
    """The clock of a sender, which a test puts on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return clock.now() + self.ahead

    def put_on(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class Post:
    """A store, its webhooks, and senders that work when they are told to."""

    url: str
    store: Store
    receiver: Receiver
    clock: Clock = field(default_factory=Clock)
    stack: ExitStack = field(default_factory=ExitStack)

    def do(self, deed: Callable[[Unit], Any], actor: str = "planner") -> Any:  # noqa: ANN401 - what the deed gives
        return self.store.perform(deed, actor, day=makers.DAY)

    def hook(self, name: str = "feed", account: str = "planner", **more: Any) -> str:  # noqa: ANN401 - as `webhooks.add`
        words: dict[str, Any] = {"url": self.receiver.url, "account": account, "http": True} | more
        return str(self.do(lambda unit: webhooks.add(unit, name, **words)[1], "admin"))

    def measure(self, title: str = "Sprachförderung") -> str:
        return str(self.do(lambda unit: makers.a_measure(unit, title=title).ref))

    def change(self, key: str, title: str) -> None:
        self.do(lambda unit: measures.edit(unit, key, title=title))

    def sender(self, hooks: Hooks = HERE, **more: Any) -> Sender:  # noqa: ANN401 - as Sender
        readers = Readers(self.url)
        self.stack.callback(readers.close)
        words: dict[str, Any] = {"day": makers.DAY, "now": self.clock} | more
        made = Sender(self.store, readers, hooks, **words)
        self.stack.callback(made.stop)
        return made

    def send(self, sender: Sender | None = None) -> None:
        """Let a sender work until nothing is due."""
        sender = sender or self.sender()
        while begun := sender.turn():
            wait(begun, 30)

    def reading(self) -> Reader:
        reader = open_reader(self.url)
        self.stack.callback(reader.close)
        return reader

    def deliveries(self, name: str = "feed", state: str | None = None) -> list[DeliveryRow]:
        return list(reversed(seen.deliveries(self.reading(), name, state)))

    def last(self, name: str = "feed") -> DeliveryRow:
        return self.deliveries(name)[-1]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture(params=STORES)
def post(request: pytest.FixtureRequest, fresh_url: FreshUrl, receiver: Receiver) -> Iterator[Post]:
    url = fresh_url(request.param, settle_saalestadt)
    made = Post(url, Store.open(url), receiver)
    with made.stack:
        yield made
    made.store.close()
