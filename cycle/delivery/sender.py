"""Sends what is due to webhooks, again and again until it arrives or is given up.

A sender leases deliveries: while a lease runs nobody else sends them, and when a sender dies the
lease runs out and another one takes over. So every event arrives at least once, and those about
one record in their order, as long as one that waits to be tried again holds back the later ones.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Final

from cycle import clock
from cycle.delivery import envelopes, outbox
from cycle.delivery.addresses import Resolve, resolved
from cycle.delivery.calls import LOG, send
from cycle.delivery.post import Answer
from cycle.delivery.settings import Hooks
from cycle.errors import KreislaufError, Unavailable
from cycle.reading import webhooks
from cycle.reading.pool import Readers
from cycle.store import deliveries
from cycle.store.deliveries import Leased, Outcome
from cycle.store.store import Store
from cycle.usecases import webhooks as deeds

PLAN: Final = tuple(  # how long it waits after each try that failed
    timedelta(seconds=s)
    for s in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)  # fmt: skip
JITTER: Final = 0.1  # at most so much longer, so that not all come back at once
LEASE: Final = timedelta(seconds=60)  # longer than any call takes
AT_ONCE: Final = 2  # deliveries under way to one webhook: a slow one leaves hands for the others
POLL: Final = 1.0  # seconds between two looks
UPKEEP: Final = timedelta(hours=1)
GONE: Final = 410


class Sender:
    """Sends for one store, with some threads, until it is stopped; several may run side by side."""

    def __init__(
        self,
        store: Store,
        readers: Readers,
        hooks: Hooks | None = None,
        *,
        day: date | None = None,
        lang: str = "de",
        now: Callable[[], datetime] = clock.now,
        resolve: Resolve = resolved,
    ) -> None:
        """Take the store to write to and readers of the same; `day` fixes the town's day."""
        self._store, self._readers, self._hooks = store, readers, hooks or Hooks()
        self._day, self._lang, self._now, self._resolve = day, lang, now, resolve
        self._hands = ThreadPoolExecutor(self._hooks.threads, "webhook")
        self._busy: Counter[str] = Counter()  # deliveries under way by webhook
        self._lock = threading.Lock()
        self._wake, self._over = threading.Event(), threading.Event()
        self._kept_up: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin to look for what is due."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Tell whether it looks for what is due."""
        return self._thread.is_alive() and not self._over.is_set()

    def stop(self) -> None:
        """Take up nothing new, and wait until what is under way has an end."""
        self._over.set()
        self._wake.set()
        if self._thread.ident:
            self._thread.join()
        self._hands.shutdown(wait=True)

    def turn(self) -> list[Future[None]]:
        """Fan out, and begin to send what is due as far as hands are free; give what began."""
        now = self._now()
        self._keep_up(now)
        with self._readers.lend() as reader:
            if not webhooks.due(reader, now):
                return []
        outbox.drain(self._store, now)
        return [self._hands.submit(self._deliver, each) for each in self._lease(now)]

    def _run(self) -> None:
        while not self._over.is_set():
            self._wake.clear()
            begun = 0
            try:
                begun = len(self.turn())
            except KreislaufError as busy:
                LOG.warning("webhooks wait for the store: %s", busy)
            except Exception:  # noqa: BLE001 - whatever it was, the next ones must go out
                LOG.exception("webhooks stumbled")
            if not begun:
                self._wake.wait(POLL)

    def _keep_up(self, now: datetime) -> None:
        if self._kept_up is None or now - self._kept_up >= UPKEEP:
            outbox.forget(self._store, self._hooks, now)
            self._kept_up = now

    def _lease(self, now: datetime) -> list[Leased]:
        with self._lock:
            free = self._hooks.threads - self._busy.total()
            busy = dict(self._busy)
        if free <= 0:
            return []
        taken = self._store.perform(
            lambda unit: deliveries.lease(
                unit, now, now + LEASE, most=free, each=AT_ONCE, busy=busy
            ),
            None,
        )
        with self._lock:
            self._busy.update(each.webhook_id for each in taken)
        return taken

    def _deliver(self, leased: Leased) -> None:
        """Send one delivery and note what came of it; without a note the lease runs out."""
        try:
            self._note(leased, self._outcome(leased))
        except Exception:  # noqa: BLE001 - nobody waits for this thread; the log tells
            LOG.exception("event %s: not noted, it will be sent again", leased.n)
        finally:
            with self._lock:
                self._busy.subtract([leased.webhook_id])
            self._wake.set()

    def _outcome(self, leased: Leased) -> Outcome:
        try:
            return self._sent(leased)
        except Unavailable:
            raise  # it is the store that failed and not the receiver
        except Exception:  # noqa: BLE001 - one that cannot be told must not stop the others
            LOG.exception("event %s: could not be put into its envelope", leased.n)
            return self._failed(leased, Answer(None, sent=False))

    def _sent(self, leased: Leased) -> Outcome:
        now = self._now()
        with self._readers.lend() as reader:
            target = webhooks.target(reader, leased.webhook_id, now)
            if target.disabled_at:
                return Outcome("waiting", attempted=False)
            if target.account_disabled_at:
                return Outcome("skipped", attempted=False)
            sealed = envelopes.event(
                reader, leased.n, leased.type, target.sight, day=self._day, lang=self._lang
            )
        if sealed is None:
            return Outcome("skipped", attempted=False)
        answer = send(target, sealed, self._hooks, now, self._resolve)
        if answer.taken:
            return Outcome("delivered", answer.status)
        return self._failed(leased, answer)

    def _failed(self, leased: Leased, answer: Answer) -> Outcome:
        if answer.status == GONE:
            return Outcome("dead", GONE, "gone")
        if leased.attempts >= len(PLAN):
            return Outcome("dead", answer.status, answer.error)
        wait = PLAN[leased.attempts] * (1 + random.uniform(0, JITTER))  # noqa: S311 - no secret
        return Outcome("waiting", answer.status, answer.error, self._now() + wait)

    def _note(self, leased: Leased, outcome: Outcome) -> None:
        now = self._now()
        self._store.perform(lambda unit: deliveries.note(unit, leased, outcome, now), None)
        if outcome.error == "gone":
            self._disable(leased.webhook_id)

    def _disable(self, webhook_id: str) -> None:
        """Send nothing more to who is gone, in the name of the account it was told for."""
        with self._readers.lend() as reader:
            target = webhooks.target(reader, webhook_id, self._now())
        self._store.perform(
            lambda unit: deeds.gone(unit, webhook_id), target.account, day=self._day
        )
