import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from api import feed
from cycle.reading import changes, journal
from cycle.store.store import Store
from cycle.usecases import tokens
from tests.api.following import Follower
from tests.api.serving import Served, everyones_tokens, problem
from tests.conftest import FreshUrl, settle_saalestadt
from tests.makers import DAY, a_measure


def head(served: Served) -> int:
    with served.store.unit("planner", day=DAY) as unit:
        return journal.head(unit.reading())


def log(served: Served, count: int = 1) -> None:
    for _ in range(count):
        with served.store.unit("planner", day=DAY) as unit:
            a_measure(unit)


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_pages_hold_every_event_once_and_in_order(served: Served) -> None:
    log(served, 5)
    client, found, where = served.client("planner"), [], "/v1/changes?limit=7"
    while where:
        page = client.get(where)
        assert len(page.json()) <= 7
        found += page.json()
        where = page.links.get("next", {}).get("url", "")
    assert [each["n"] for each in found] == list(range(1, head(served) + 1))
    assert page.headers["last-event-id"] == str(head(served))
    assert found[-1]["type"] == "measure.logged"
    assert {"entity", "action", "key", "changes", "day"} <= found[-1].keys()
    assert client.get(f"/v1/changes?after={head(served)}").json() == []


def test_what_is_out_of_sight_is_left_out_and_holds_nobody_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "LOOK", 2)
    before = head(served)
    log(served, 5)
    reader, where, pages = served.client("reader"), f"/v1/changes?after={before}", 0
    while where:
        page = reader.get(where)
        assert page.json() == []
        where, pages = page.links.get("next", {}).get("url", ""), pages + 1
    assert pages == 3
    assert page.headers["last-event-id"] == str(before + 5)
    assert len(served.client("youth").get(f"/v1/changes?after={before + 3}").json()) == 2


def test_a_place_the_journal_has_not_reached_is_no_place(served: Served) -> None:
    client = served.client("planner")
    after = head(served) + 1
    for where in ("/v1/changes", "/v1/changes/stream"):
        told = problem(client.get(f"{where}?after={after}"), 422, "invalid")
        assert told["errors"][0]["code"] == "beyond_the_journal"
        problem(client.get(f"{where}?after=-1"), 422, "invalid")
        problem(served.client().get(where), 401, "unauthenticated")
    for wrong in ("x", "9" * 19, "-1", "1 2"):
        found = client.get("/v1/changes/stream", headers={"Last-Event-ID": wrong})
        problem(found, 422, "invalid")


def test_readers_who_come_and_go_miss_nothing_of_many_writers_and_hear_nothing_twice(
    served: Served,
) -> None:
    begun = head(served)
    each, writers = 12, 4

    def write(name: str) -> None:
        client = served.client(name)
        for _ in range(each):
            made = client.post("/v1/measures", json={"title": "Lesepaten", "lead": "51"})
            assert made.status_code == 201, made.text

    end = begun + each * writers
    readers = [Follower(served.client("planner"), str(begun)) for _ in range(2)]
    threads = [threading.Thread(target=write, args=("planner",)) for _ in range(writers)]

    def read(reader: Follower, most: int) -> None:
        while int(reader.place or 0) < end:
            reader.follow(most, until=end)

    threads += [
        threading.Thread(target=read, args=args) for args in zip(readers, (5, 9), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert head(served) == end
    for reader in readers:
        assert [n for n, _, _ in reader.seen] == list(range(begun + 1, end + 1))
        assert {type_ for _, type_, _ in reader.seen} == {"measure.logged"}
        assert [told["n"] for _, _, told in reader.seen] == [n for n, _, _ in reader.seen]


def test_a_stream_without_a_place_begins_with_what_comes(served: Served) -> None:
    before = head(served)
    follower = Follower(served.client("planner"))
    thread = threading.Thread(target=follower.follow, args=(2,))
    thread.start()
    eventually(lambda: follower.place is not None)
    log(served, 2)
    thread.join(10)
    assert [n for n, _, _ in follower.seen] == [before + 1, before + 2]


def test_a_stream_gives_the_same_as_the_list(served: Served) -> None:
    before = head(served)
    log(served)
    client = served.client("youth")
    follower = Follower(client, str(before))
    follower.follow(1)
    listed = client.get(f"/v1/changes?after={before}").json()
    assert [data for _, _, data in follower.seen] == listed


def test_a_quiet_stream_shows_that_it_lives_and_where_it_is(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ALIVE", 0.2)
    follower = Follower(served.client("reader"))
    end = head(served) + 3
    thread = threading.Thread(target=lambda: follower.follow(1, until=end))
    thread.start()
    eventually(lambda: follower.comments > 3)
    log(served, 3)  # out of sight of this reader
    thread.join(10)
    assert not thread.is_alive()
    assert follower.place == str(end)
    assert follower.seen == []


def test_the_watch_sleeps_when_the_last_listener_has_left(served: Served) -> None:
    follower = Follower(served.client("planner"), str(head(served)))
    log(served)
    follower.follow(1)
    watch = served.house.watch
    eventually(lambda: watch.listeners == 0)
    eventually(lambda: watch._task is None)


def test_a_stream_ends_with_its_token(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ALIVE", 0.2)
    monkeypatch.setattr(feed, "AGAIN", 0.2)
    follower = Follower(served.client("planner"))
    left: list[bool] = []
    thread = threading.Thread(target=lambda: left.append(follower.follow(99)))
    thread.start()
    eventually(lambda: follower.comments > 4)
    with served.store.unit("admin", day=DAY) as unit:
        tokens.revoke(unit, "key-planner")
    thread.join(10)
    assert left == [False]


def test_a_stream_ends_where_the_store_does(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower(served.client("planner"))
    left: list[bool] = []
    thread = threading.Thread(target=lambda: left.append(follower.follow(99)))
    thread.start()
    eventually(lambda: follower.place is not None)
    follower_place = int(follower.place or 0)
    monkeypatch.setattr(changes, "LOOK", -follower_place)  # as a journal that was set back
    monkeypatch.setattr(changes, "head", lambda _reader: 0)
    log(served)
    thread.join(10)
    assert left == [False]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_at_once_and_streams_come_to_their_end(
    fresh_url: FreshUrl, tmp_path: Path, told: signal.Signals
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    key = everyones_tokens(store)["planner"]
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "CYCLE_DB": url, "CYCLE_TODAY": DAY.isoformat()}
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port)]
    root = Path(feed.__file__).parents[1]
    with subprocess.Popen(command, env=environ, cwd=root, stderr=subprocess.DEVNULL) as server:
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {key}"},
            trust_env=False,
            timeout=30,
        )
        with client:
            eventually(lambda: _answers(client), 30)
            follower = Follower(client)
            left: list[bool] = []
            thread = threading.Thread(target=lambda: left.append(follower.follow(99)))
            thread.start()
            eventually(lambda: follower.place is not None)
            began = time.monotonic()
            server.send_signal(told)
            thread.join(10)
            server.wait(15)
    assert left == [False]  # ended, and not broken off
    assert time.monotonic() - began < 6


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/v1/status").status_code == 200
    except httpx.TransportError:
        return False
