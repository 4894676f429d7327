import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from cycle.delivery.outbox import drain
from cycle.delivery.sender import LEASE
from cycle.delivery.settings import Hooks
from cycle.usecases import webhooks
from migrations import HEAD
from tests.delivery.conftest import Post
from tests.delivery.receiver import Behaviour, Received, answer, held_by, receiving, slowly


def _told(one: Received) -> Any:  # noqa: ANN401 - JSON
    return json.loads(one.body)


def test_two_senders_side_by_side_send_everything_once(post: Post) -> None:
    post.hook(types=["measure.*"])
    keys = [post.measure(str(n)) for n in range(12)]
    for key in keys:
        post.change(key, f"{key}, neu")
    senders = [post.sender(), post.sender()]
    threads = [threading.Thread(target=post.send, args=(each,)) for each in senders]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    post.send()
    ids = [each.headers["webhook-id"] for each in post.receiver.received]
    assert len(ids) == len(set(ids)) == 24
    assert {each.state for each in post.deliveries()} == {"delivered"}
    for key in keys:
        types = [t["type"] for t in map(_told, post.receiver.received) if t["subject"] == key]
        assert types == ["measure.logged", "measure.edited"]


def test_a_lease_that_ran_out_lets_another_sender_take_over(post: Post) -> None:
    post.hook(types=["measure.*"])
    gate = threading.Event()
    post.receiver.script = [held_by(gate)]
    post.measure()
    slow = post.sender()
    begun = slow.turn()
    post.receiver.arrived.acquire(timeout=10)
    post.send()
    assert len(post.receiver.received) == 1
    post.clock.put_on(seconds=LEASE.total_seconds() + 1)
    post.send()
    assert len(post.receiver.received) == 2
    assert post.last().state == "delivered"
    gate.set()
    for each in begun:
        each.result(10)
    assert post.last().attempts == 1


def test_who_lost_its_lease_cannot_call_a_failure_what_another_still_sends(post: Post) -> None:
    post.hook(types=["measure.*"])
    late, later = threading.Event(), threading.Event()
    post.receiver.script = [_refused_by(late), held_by(later)]
    post.measure()
    first, second = post.sender(), post.sender()
    begun = first.turn()
    post.receiver.arrived.acquire(timeout=10)
    post.clock.put_on(seconds=LEASE.total_seconds() + 1)
    begun_too = second.turn()
    post.receiver.arrived.acquire(timeout=10)
    late.set()
    begun[0].result(10)
    assert (post.last().state, post.last().attempts) == ("waiting", 0)
    later.set()
    begun_too[0].result(10)
    assert (post.last().state, post.last().attempts) == ("delivered", 1)


def _refused_by(gate: threading.Event) -> Behaviour:
    def give(handler: Any) -> None:  # noqa: ANN401 - a request handler
        gate.wait(30)
        answer(500)(handler)

    return give


_PROGRAM = """
import sys
from cycle.delivery.sender import Sender
from cycle.delivery.settings import Hooks
from cycle.reading.pool import Readers
from cycle.store.store import Store
url = sys.argv[1]
Sender(Store.open(url), Readers(url), Hooks(allow=("127.0.0.1",), http=True)).start()
import threading
threading.Event().wait()
"""


def test_a_sender_killed_before_its_note_is_followed_by_one_that_sends_again(post: Post) -> None:
    post.hook(types=["measure.*"])
    gate = threading.Event()
    post.receiver.script = [held_by(gate)]
    post.measure()
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM, post.url])
    try:
        assert post.receiver.arrived.acquire(timeout=60)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        gate.set()
    assert post.last().state == "waiting"
    post.send()
    assert len(post.receiver.received) == 1
    post.clock.put_on(seconds=LEASE.total_seconds() + 1)
    post.send()
    first, second = post.receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert post.last().state == "delivered"


def test_a_started_sender_sends_by_itself_and_stops_when_what_is_under_way_has_ended(
    post: Post,
) -> None:
    post.hook(types=["measure.*"])
    sender = post.sender()
    sender.start()
    post.receiver.script = [slowly(0.3)]
    post.measure()
    assert post.receiver.arrived.acquire(timeout=30)
    seen = [sender.alive]
    sender.stop()
    assert [*seen, sender.alive] == [True, False]
    assert post.last().state == "delivered"
    post.measure()
    time.sleep(0.1)
    assert len(post.receiver.received) == 1


def test_a_slow_receiver_leaves_hands_for_the_others(post: Post) -> None:
    gate = threading.Event()
    with receiving() as stuck:
        stuck.always = held_by(gate)
        post.hook("stuck", url=stuck.url, types=["measure.*"])
        for n in range(6):
            post.measure(f"{n}")
        post.hook(types=["measure.*"])
        post.measure("für beide")
        sender = post.sender(Hooks(allow=("127.0.0.1",), http=True, threads=3))
        sender.start()
        arrived = [each.arrived.acquire(timeout=30) for each in (post.receiver, stuck, stuck)]
        held = len(stuck.received)
        gate.set()
        sender.stop()
    assert all(arrived)
    assert held == 2


def _revision(post: Post, revision: str) -> None:
    with post.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


def test_a_store_that_cannot_be_read_costs_no_try(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    sender = post.sender()
    sender._keep_up(post.clock())
    drain(post.store, post.clock())
    (leased,) = sender._lease(post.clock())
    _revision(post, "0000")
    sender._deliver(leased)
    _revision(post, HEAD)
    assert (post.last().state, post.last().attempts) == ("waiting", 0)
    assert any("sent again" in each.getMessage() for each in caplog.records)
    post.clock.put_on(seconds=LEASE.total_seconds() + 1)
    post.send(sender)
    assert post.last().state == "delivered"


def test_a_store_that_cannot_be_read_for_a_while_stops_no_sender(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    _revision(post, "0000")
    sender = post.sender()
    sender.start()
    _until(lambda: any("wait for the store" in each.getMessage() for each in caplog.records))
    _revision(post, HEAD)
    assert post.receiver.arrived.acquire(timeout=30)
    sender.stop()


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_was_leased_when_its_webhook_was_disabled_stays_waiting(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    drain(post.store, post.clock())
    sender = post.sender()
    (leased,) = sender._lease(post.clock())
    post.do(lambda unit: webhooks.disable(unit, "feed"), "admin")
    sender._deliver(leased)
    assert (post.last().state, post.last().attempts) == ("waiting", 0)
    assert post.receiver.received == []
    post.do(lambda unit: webhooks.enable(unit, "feed"), "admin")
    post.send(sender)
    assert post.last().state == "delivered"


def test_busy_hands_take_up_nothing_more(post: Post) -> None:
    post.hook(types=["measure.*"])
    gate = threading.Event()
    post.receiver.always = held_by(gate)
    for n in range(3):
        post.measure(f"{n}")
    sender = post.sender(Hooks(allow=("127.0.0.1",), http=True, threads=1))
    begun = sender.turn()
    assert post.receiver.arrived.acquire(timeout=30)
    assert (len(begun), sender.turn()) == (1, [])
    gate.set()
    begun[0].result(10)
    post.send(sender)
    assert {each.state for each in post.deliveries()} == {"delivered"}


def test_a_sender_that_stumbles_goes_on(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.hook(types=["measure.*"])
    sender = post.sender(now=_stumbling(post))
    sender.start()
    post.measure()
    assert post.receiver.arrived.acquire(timeout=30)
    sender.stop()
    assert {"webhooks stumbled"} <= {each.getMessage() for each in caplog.records}


def _stumbling(post: Post) -> Any:  # noqa: ANN401 - a clock
    calls = iter(range(10**6))

    def now() -> Any:  # noqa: ANN401 - a moment
        if next(calls) == 0:
            raise RuntimeError("the clock stands")
        return post.clock()

    return now
