"""From the journal's outbox to deliveries, and what may be forgotten."""

from datetime import datetime, timedelta

from cycle.delivery.settings import Hooks
from cycle.store import answers, deliveries
from cycle.store.store import Store


def drain(store: Store, now: datetime) -> int:
    """Fan out what waits in the outbox, a chunk in a transaction; give how many events it was."""
    count = 0
    while True:
        moved = store.perform(lambda unit: deliveries.drain(unit, now), None)
        count += moved
        if moved < deliveries.CHUNK:
            return count


def forget(store: Store, hooks: Hooks, now: datetime) -> None:
    """Let go of deliveries that arrived long ago, and of answers nobody asks for again."""
    kept = timedelta(days=hooks.keep_days)
    store.perform(lambda unit: deliveries.forget(unit, now, kept), None)
    store.perform(lambda unit: answers.forget(unit, now), None)
