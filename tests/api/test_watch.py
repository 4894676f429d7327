import asyncio
import signal
from collections.abc import Callable

import pytest

from api import watch
from api.watch import Watch, when_told_to_stop
from cycle.errors import Unavailable


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EACH", 0.01)


def looking(*found: int | Exception) -> Callable[[], int]:
    """Give what looks find, one after the other; the last one stays."""
    left = list(found)

    def look() -> int:
        each = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(each, Exception):
            raise each
        return each

    return look


def test_it_wakes_all_who_wait_for_a_later_event() -> None:
    async def story() -> None:
        here = Watch(looking(3, 3, 4))
        with here.listening():
            assert await here.beyond(2, 5)
            woken = await asyncio.gather(*(here.beyond(3, 5) for _ in range(3)))
        assert woken == [True] * 3

    asyncio.run(story())


def test_patience_has_an_end() -> None:
    async def story() -> None:
        here = Watch(looking(3))
        with here.listening():
            assert not await here.beyond(3, 0.05)
            assert not await here.beyond(3, -1)

    asyncio.run(story())


def test_a_store_that_cannot_be_read_for_a_while_is_waited_for() -> None:
    async def story() -> None:
        here = Watch(looking(Unavailable("away"), Unavailable("away"), 1))
        with here.listening():
            assert await here.beyond(0, 5)

    asyncio.run(story())


def test_it_looks_only_while_somebody_listens() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return len(looks)

    async def story() -> None:
        here = Watch(look)
        assert not await here.beyond(0, 0.05)
        assert looks == []
        with here.listening():
            with here.listening():
                assert await here.beyond(0, 5)
            assert await here.beyond(2, 5)
        await asyncio.sleep(0.05)
        seen = len(looks)
        await asyncio.sleep(0.05)
        assert len(looks) == seen

    asyncio.run(story())


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_everybody_go_and_goes_on_to_the_server(told: signal.Signals) -> None:
    heard: list[int] = []

    async def story() -> None:
        here = Watch(looking(0))
        with here.listening(), when_told_to_stop(here.end):
            waiting = asyncio.create_task(here.beyond(0, 5))
            await asyncio.sleep(0.02)
            signal.raise_signal(told)
            assert not await waiting
        assert here.over

    before = signal.signal(told, lambda number, _frame: heard.append(number))
    try:
        asyncio.run(story())
        signal.raise_signal(told)  # again the server's own
    finally:
        signal.signal(told, before)
    assert heard == [told, told]
