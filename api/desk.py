"""What a call works with: the house behind the door, who calls, and the way to the store."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from random import uniform
from threading import Lock
from typing import Any, TypeVar

from starlette.requests import Request

from api.auth import Who
from api.configuration import Configuration
from api.limits import Limits
from api.oidc import Verifier
from api.problems import Heard
from api.watch import Watch
from cycle import clock
from cycle.delivery import settings as hooks
from cycle.delivery.sender import Sender
from cycle.errors import Conflict, Forbidden, Unavailable
from cycle.i18n import Tongue
from cycle.reading import keys, records
from cycle.reading.asof import known_on
from cycle.reading.door import Reader
from cycle.reading.journal import head
from cycle.reading.pool import Readers
from cycle.reading.shapes import Json
from cycle.reading.sight import Sight
from cycle.reading.town import town
from cycle.settings import Settings
from cycle.store import uses
from cycle.store.answers import in_flight
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts

T = TypeVar("T")
LOG = logging.getLogger("kreislauf.api")
TRIES = 5  # of a deed that met another one on the same record


class House:
    """What all calls of this process share."""

    def __init__(self, settings: Settings, configuration: Configuration) -> None:
        """Take what is set; the store is opened by the first call that needs it."""
        self.settings = settings
        self.configuration = configuration
        self.readers = Readers(settings.db)
        self.limits = Limits(configuration.calls, configuration.seconds)
        self.verifier = Verifier(configuration.oidc) if configuration.oidc else None
        self.hooks = hooks.read(settings.tables.get("webhooks", {}))
        self.sender: Sender | None = None
        self.watch = Watch(self._latest)
        self._store: Store | None = None
        self._lock = Lock()
        self._under_way: set[tuple[str, str]] = set()

    @property
    def store(self) -> Store:
        """Open the store for writing, once; with it begins the sender of webhooks."""
        with self._lock:
            if self._store is None:
                self._store = Store.open(self.settings.db)
                self.sender = Sender(
                    self._store, self.readers, self.hooks,
                    day=self.settings.today, lang=self.settings.lang,
                )  # fmt: skip
                self.sender.start()
            return self._store

    def begin(self) -> None:
        """Begin what runs beside the calls; a store that is not there yet may still come."""
        try:
            self.store  # noqa: B018 - opens it
        except Unavailable as missing:
            LOG.warning("the store cannot be opened: %s", missing)

    def close(self) -> None:
        """Let go of all who listen, end the sender, and close every connection."""
        self.watch.end()
        if self.sender:
            self.sender.stop()
        self.readers.close()
        with self._lock:
            if self._store:
                self._store.close()
                self._store = None

    def _latest(self) -> int:
        with self.readers.lend() as reader:
            return head(reader)

    def today(self, reader: Reader) -> date:
        """Tell the town's day: the fixed one, a demo's own, or the day in Berlin."""
        return self.settings.today or town(reader).day or clock.today()

    def note_use(self, who: Who) -> None:
        """Write down that a token was shown, at most once a minute."""
        if who.token_id and uses.is_due(who.last_used_at, clock.now()):
            uses.note_use(self.store, who.token_id, clock.now())

    @contextmanager
    def alone(self, account: str, key: str | None) -> Iterator[None]:
        """Let one call with this Idempotency-Key through at a time; Conflict for the second."""
        if key is None:
            yield
            return
        place = (account, key)
        with self._lock:
            if place in self._under_way:
                raise in_flight()
            self._under_way.add(place)
        try:
            yield
        finally:
            with self._lock:
                self._under_way.discard(place)


@dataclass(slots=True)
class Call:
    """One call: what was asked, by whom, and what answers it."""

    house: House
    request: Request
    heard: Heard
    who: Who
    today: date
    path: Mapping[str, str] = field(default_factory=dict)
    query: Any = None  # the shape of the route
    body: Any = None
    reader: Any = None  # while reading: what the route asks
    unit: Any = None  # while writing
    headers: dict[str, str] = field(default_factory=dict)  # of the answer
    version: int | None = None  # of the record whose part is answered

    @property
    def tongue(self) -> Tongue:
        """Give the language of the answer."""
        return self.heard.tongue

    @property
    def lang(self) -> str:
        """Give its code."""
        return self.heard.tongue.lang

    @property
    def sight(self) -> Sight:
        """Tell how far the caller sees."""
        return self.who.sight

    @property
    def key(self) -> str:
        """Give the key in the path; `~` stands for `/`."""
        return self.path["key"].replace("~", "/")

    @property
    def day(self) -> date:
        """Give the day that is looked at: the one asked for, else the town's own."""
        return getattr(self.query, "as_of", None) or self.today

    @contextmanager
    def looking(self, reader: Reader) -> Iterator[None]:
        """Look at the store as it is, or as it was known on the day asked for."""
        as_of = getattr(self.query, "as_of", None)
        then = known_on(reader, as_of, today=self.today) if as_of else reader
        self.reader = then
        try:
            yield
        finally:
            self.reader = None
            if then is not reader:
                then.close()

    @property
    def for_unit(self) -> str | None:
        """Tell for which department something is done (im Auftrag)."""
        return self.request.headers.get("X-On-Behalf-Of")

    def perform(self, deed: Callable[[Unit], T], *, again: bool) -> T:
        """Do one deed in one transaction.

        `again` does it anew where another deed came first and the caller named no version.
        """
        attempt = 1
        while True:
            try:
                return self._perform(deed)
            except Conflict as stale:
                if not again or stale.code != "stale" or attempt == TRIES:
                    raise
            time.sleep(uniform(0, 0.01 * 2**attempt))  # noqa: S311 - no secret
            attempt += 1

    def _perform(self, deed: Callable[[Unit], T]) -> T:
        store, who = self.house.store, self.who
        day, scope = self.house.settings.today, who.scope(self.heard.request_id)
        for_unit = self.for_unit
        try:
            return store.perform(deed, who.account, day=day, for_unit=for_unit, scope=scope)
        except Forbidden as unknown:
            if not who.vouched or unknown.code != "account_unknown":
                raise
        with suppress(Conflict):  # two first calls at once: the other one let it in
            store.perform(lambda unit: accounts.arrive(unit, who.account), None, day=day)
        return store.perform(deed, who.account, day=day, for_unit=for_unit, scope=scope)

    def find(self, noun: str) -> str:
        """Give the key in the path where it names a record in sight; else NotFound."""
        where, values = records.seen(noun, self.sight)
        return keys.exact(self.at(), noun, self.key, where=where, **values)

    def show(self, noun: str, key: str) -> Json:
        """Give a record as this caller sees it."""
        return records.record(
            self.at(), noun, key, today=self.day, lang=self.lang,
            internal=self.sight.internal, sight=self.sight,
        )  # fmt: skip

    def at(self) -> Reader:
        """Give the reader of this call, or of the deed it is in."""
        found: Reader = self.reader or self.unit.reading()
        return found
