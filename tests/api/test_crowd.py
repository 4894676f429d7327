"""Eight processes write at once and others follow; then the server is killed in the middle."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cycle.reading.door import open_reader
from cycle.reading.journal import verify
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from tests.api import crowd
from tests.api.serving import everyones_tokens
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_duties import a_running_measure
from tests.store.deeds import CROWD

MOVED, EVALUATED, BATCHED = 3, 8, 12  # measures of each kind of caller
ROUNDS = int(os.environ.get("KREISLAUF_CROWD", "1"))


@contextmanager
def server(url: str, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    config = folder / "kreislauf.toml"
    config.write_text("[api]\ncalls = 0\n")
    environ = {"CYCLE_DB": url, "CYCLE_TODAY": "2026-11-22", "CYCLE_CONFIG": str(config)}
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port)]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | environ, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(30) in {0, -signal.SIGKILL, -signal.SIGTERM}


def up(address: str) -> None:
    for _ in range(400):
        try:
            if httpx.get(f"{address}/v1/status", trust_env=False).status_code == 401:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    pytest.fail("the server does not answer")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Crowd:
    """Processes and what each of them told."""

    def __init__(self) -> None:
        self.running: list[Any] = []

    def let(self, job: Any, *args: Any) -> None:  # noqa: ANN401 - any of crowd's
        here, there = CROWD.Pipe(duplex=False)
        process = CROWD.Process(target=job, args=(*args, there))
        process.start()
        there.close()
        self.running.append((job.__name__, process, here))

    def told(self, *jobs: str) -> list[Any]:
        found = []
        for name, process, here in self.running:
            if name in jobs:
                assert here.poll(240), f"{name} never came back"
                found.append(here.recv())
                process.join()
                assert process.exitcode == 0, name
        return found


@pytest.mark.parametrize("killed", [False, True], ids=["whole", "killed"])
@pytest.mark.parametrize("kind", STORES)
def test_a_crowd_loses_nothing_and_doubles_nothing(
    fresh_url: FreshUrl, tmp_path: Path, kind: str, *, killed: bool
) -> None:
    url = fresh_url(kind, settle_saalestadt)
    store = Store.open(url)
    tokens = everyones_tokens(store)
    moved = [a_running_measure(store) for _ in range(MOVED)]
    ended = [a_running_measure(store, "implemented") for _ in range(EVALUATED + BATCHED)]
    store.close()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    people, ends = Crowd(), CROWD.Event()
    with server(url, tmp_path, port) as first:
        up(address)
        people.let(crowd.follow, address, tokens["planner"], ends)
        people.let(crowd.listen, address, tokens["steering"], ends)
        for _ in range(4):
            people.let(crowd.move, address, tokens["planner"], moved, 18 * ROUNDS)
        names = [f"e{n}" for n in range(EVALUATED)]
        for _ in range(2):  # the same evaluations from two sides
            people.let(crowd.evaluate, address, tokens["evaluator"], ended[:EVALUATED], names)
        lines = [f"b{n}" for n in range(BATCHED)]
        for _ in range(2):
            people.let(crowd.batch, address, tokens["evaluator"], ended[EVALUATED:], lines)
        if killed:
            time.sleep(1.5)
            first.kill()
            first.wait()
            with server(url, tmp_path, port):
                up(address)
                insist(people, ends, url)
        else:
            insist(people, ends, url)


def insist(people: Crowd, ends: Any, url: str) -> None:  # noqa: ANN401 - an Event of a process
    """Wait for all, and compare what they were told with what is there."""
    moves = [each for told in people.told("move") for each in told]
    evaluations = [each for told in people.told("evaluate", "batch") for each in told]
    time.sleep(1)  # the stream hears the last ones too
    ends.set()
    pages, streamed = people.told("follow"), people.told("listen")
    reader = open_reader(url)
    try:
        assert verify(reader) == []
        assert discrepancies(reader) == []
        there = [
            n for (n,) in reader.pairs("SELECT n FROM event WHERE municipality_id = :m ORDER BY n")
        ]
        insist_on_moves(moves, reader)
        insist_on_evaluations(evaluations, reader)
    finally:
        reader.close()
    for heard in (*pages, *streamed):
        assert heard == sorted(set(heard)), "an event came twice or out of order"
    assert pages[0] == there
    assert streamed[0] == there[there.index(streamed[0][0]) :]


def insist_on_moves(moves: list[tuple[str, int, str]], reader: Any) -> None:  # noqa: ANN401 - a Reader
    """Every answered move has a version of its own, and is in the journal once."""
    assert moves
    assert max(Counter((key, version) for key, version, _ in moves).values()) == 1
    told = Counter(key for key, _, _ in moves)
    sql = (
        "SELECT key, COUNT(*) FROM event WHERE municipality_id = :m"
        " AND action IN ('suspended', 'resumed') GROUP BY key"
    )
    written = dict(reader.pairs(sql))
    for key, count in told.items():
        assert count <= written[key]


def insist_on_evaluations(found: list[tuple[str, str, int]], reader: Any) -> None:  # noqa: ANN401 - a Reader
    """Every number of a sender is one evaluation, one finding, one moved measure."""
    assert {name for name, _, _ in found} == {
        *(f"e{n}" for n in range(EVALUATED)), *(f"b{n}" for n in range(BATCHED)),
    }  # fmt: skip
    keys = {name: {key for n, key, _ in found if n == name} for name, _, _ in found}
    assert all(len(each) == 1 for each in keys.values())
    assert max(Counter(name for name, _, status in found if status == 201).values(), default=0) <= 1
    all_ = EVALUATED + BATCHED
    for sql in (
        "SELECT COUNT(*) FROM evaluation WHERE municipality_id = :m",
        "SELECT COUNT(*) FROM finding WHERE municipality_id = :m",
        "SELECT COUNT(*) FROM measure WHERE municipality_id = :m AND state = 'evaluated'",
    ):
        assert reader.value(sql) == all_, sql
