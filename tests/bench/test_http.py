"""What a call over HTTP costs: `cycle serve` beside the bare app and the naive one.

All three run with one worker and with two, each in processes of its own, on the same database
server or on SQLite files in the same folder; medians of interleaved runs.
"""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.bench import baseline, houses, table, towns
from tests.bench.houses import CONNECTIONS, House, Load, Running
from tests.bench.table import Line, at_least
from tests.conftest import STORES, FreshUrl

pytestmark = pytest.mark.bench
SECONDS = float(os.environ.get("KREISLAUF_BENCH_SECONDS", "2"))  # of each run
RUNS = int(os.environ.get("KREISLAUF_BENCH_RUNS", "3"))
SIZES = tuple(
    int(size) for size in os.environ.get("KREISLAUF_BENCH_SIZES", "10000,100000").split(",")
)
NAMES = ("ours", "bare", "naive")
EACH = 45  # measures that every connection moves
AT_ONCE = 1000  # times a second the status is told
COST = "    ms of the server's processors for one"
ROOM = 200  # MiB of a worker
WRITES, READS = at_least(0.5, 2), at_least(0.5, 0)

Requests = Sequence[Sequence[str]]  # of every connection
Ask = Callable[[House, int], Requests]


@dataclass
class Stage:
    """Three servers with towns of one size, and the one who calls them."""

    store: str
    size: int
    servers: dict[str, Running]
    load: Load
    lines: list[Line] = field(default_factory=list)

    def called(self, ask: Ask) -> tuple[dict[str, float], dict[str, float]]:
        """Call all of them in turns; give the medians of answers a second, and of ms for one."""
        rates: dict[str, list[float]] = {name: [] for name in NAMES}
        costs: dict[str, list[float]] = {name: [] for name in NAMES}
        for turn in range(RUNS + 1):
            for name in NAMES:
                server = self.servers[name]
                seconds = SECONDS if turn else SECONDS / 4  # the first turn warms up
                before = server.worked()
                told = self.load.call(server, ask(server.house, self.size), seconds)
                if turn:
                    rates[name].append(told["rate"])
                    costs[name].append((server.worked() - before) * 1000 / told["calls"])
        return _medians(rates), _medians(costs)

    def measure(self, what: str, ask: Ask, target: tuple[str, Callable[..., bool]]) -> float:
        """Add to the table how often it is answered, and what processor time one answer takes."""
        rates, costs = self.called(ask)
        ours, bare, naive = _three(rates)
        reached = target[1](ours, bare, naive)
        self.lines += [
            Line(self.store, what, ours, bare, naive, target[0], reached),
            Line(self.store, COST, *_three(costs), "", None),
        ]
        return ours


def _medians(found: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: statistics.median(some) for name, some in found.items()}


def _three(found: Mapping[str, float]) -> tuple[float, float, float]:
    return found["ours"], found["bare"], found["naive"]


def _everyone(one: str) -> Requests:
    return [[one]] * CONNECTIONS


def _read(house: House, _size: int) -> Requests:
    if house.name == "ours":
        return _everyone(house.request("GET", f"/v1/measures/{towns.under_way(1)[0]}"))
    return _everyone(house.request("GET", f"/measures/{baseline.under_way(1)[0]}"))


def _page(house: House, size: int, *, deep: bool = False) -> Requests:
    half = size // 2 if deep else 0
    if house.name == "ours":
        from api.paging import sealed  # noqa: PLC0415 - the cursor as a caller has it

        after = f"&cursor={sealed(towns.key(towns.FIRST // 2))}" if deep else ""
        return _everyone(house.request("GET", f"/v1/measures?limit=50{after}"))
    words = f"after={baseline.key(half)}" if house.name == "bare" else f"offset={half}"
    return _everyone(house.request("GET", f"/measures?limit=50&{words if deep else ''}"))


def _status(house: House, _size: int) -> Requests:
    return _everyone(house.request("GET", "/v1/status" if house.name == "ours" else "/board"))


def _create(house: House, _size: int) -> Requests:
    words = {"title": "Sprachförderkräfte in vier Kitas", "priority": 2}
    if house.name == "ours":
        return _everyone(house.request("POST", "/v1/measures", {**words, "lead": "51"}))
    return _everyone(house.request("POST", "/measures", {**words, "department": "51"}))


def _move(house: House, _size: int) -> Requests:
    """Suspend and resume, every connection measures of its own."""
    mine = house.name == "ours"
    keys = (towns if mine else baseline).under_way(EACH * CONNECTIONS)
    ways = (_moves_of_ours if mine else _moves_of_others)(house)
    some = [keys[place::CONNECTIONS] for place in range(CONNECTIONS)]
    return [[way(key) for key in those for way in ways] for those in some]


def _moves_of_ours(house: House) -> list[Callable[[str], str]]:
    halt = {"name": "suspend", "code": "budget_freeze", "reason": "Haushaltssperre"}
    go_on = {"name": "resume", "forecast_end": "2027-12-31"}
    seen = {"If_Match": "*"}
    return [partial(_moved, house, "/v1/measures/", each, seen) for each in (halt, go_on)]


def _moves_of_others(house: House) -> list[Callable[[str], str]]:
    halt = {"state": "suspended", "reason": "Haushaltssperre"}
    go_on = {"state": "in_progress"}
    return [partial(_moved, house, "/measures/", each, {}) for each in (halt, go_on)]


def _moved(house: House, path: str, body: object, more: dict[str, str], key: str) -> str:
    return house.request("POST", f"{path}{key}/transitions", body, **more)


@dataclass
class Stores:
    """The stores of one kind and size."""

    ours: str
    bare: str
    naive: str
    token: str

    def houses(self, folder: Path, workers: int) -> list[House]:
        first = f"/measures/{baseline.under_way(1)[0]}"
        mine = f"/v1/measures/{towns.under_way(1)[0]}"
        return [
            houses.ours(self.ours, self.token, folder, mine, workers),
            houses.other("bare", self.bare, first, workers),
            houses.other("naive", self.naive, first, workers),
        ]


def _stores(kind: str, size: int, fresh_url: FreshUrl) -> Stores:
    """Give a store each; every kind of store is filled once and copied."""
    mine = fresh_url(kind, _OURS[size])
    bare, naive = (fresh_url(kind, _OTHERS[size]) for _ in range(2))
    return Stores(mine, bare, naive, towns.a_token(mine))


_OURS = {10_000: towns.fill, 100_000: towns.fill_and_grow}
_OTHERS: dict[int, Callable[[str], None]] = {
    size: partial(baseline.fill, size=size) for size in _OURS
}


@contextmanager
def stage(kind: str, size: int, some: Sequence[House], folder: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        started = {each.name: stack.enter_context(houses.running(each, folder)) for each in some}
        load = Load()
        stack.callback(load.close)
        yield Stage(kind, size, started, load)


@pytest.mark.parametrize(("kind", "workers"), [("sqlite", 1), ("postgresql", 1), ("postgresql", 2)])
def test_calls_over_http(kind: str, workers: int, fresh_url: FreshUrl, tmp_path: Path) -> None:
    status = 0.0
    for size in SIZES:
        servers = _stores(kind, size, fresh_url).houses(tmp_path, workers)
        with stage(kind, size, servers, tmp_path) as here:
            status = _measured(here, status)
            title = f"{kind}, {size:,} measures, workers: {workers}, calls a second"
            table.show(here.lines, title)


def _measured(here: Stage, smaller: float) -> float:
    """Measure every call; what writes comes last, so that all towns are of one size before it."""
    here.measure("read one (P2)", _read, READS)
    first = here.measure("list page of 50 (P2)", _page, READS)
    target = "cost ≤ 1.3 × the first page", lambda ours, *_: bool(ours * 1.3 >= first)
    here.measure("list page at half of the list (P4)", partial(_page, deep=True), target)
    target = (
        "≥ 1,000/s, cost ≤ 1.2 × at 10k",
        lambda ours, *_: bool(ours >= AT_ONCE and ours * 1.2 >= smaller),
    )
    status = here.measure("status (P3)", _status, target)
    here.measure("transition (P1)", _move, WRITES)
    here.measure("create (P1)", _create, WRITES)
    return status


@pytest.mark.parametrize("kind", STORES)
def test_start_and_memory(kind: str, fresh_url: FreshUrl, tmp_path: Path) -> None:
    servers = _stores(kind, SIZES[-1], fresh_url).houses(tmp_path, 1)
    began: dict[str, list[float]] = {name: [] for name in NAMES}
    memory: dict[str, float] = {}
    for turn in range(RUNS + 1):
        for each in servers:
            with houses.running(each, tmp_path) as server:
                if not turn:  # compiles
                    continue
                began[each.name].append(server.began_within * 1000)
                memory[each.name] = server.resident()
    cold = _three(_medians(began))
    held = _three(memory)
    lines = [
        Line(kind, "start to first answer, ms (P8)", *cold, "≤ 1.5 × naive",
             cold[0] <= 1.5 * cold[2]),
        Line(kind, "memory after it, MiB (P8)", *held, f"≤ {ROOM}", held[0] <= ROOM),
        *_under_load(kind, servers, tmp_path),
    ]  # fmt: skip
    table.show(lines, f"{kind}: the server")


def _under_load(kind: str, servers: Sequence[House], folder: Path) -> Iterator[Line]:
    """Tell the memory of the server as the load goes on."""
    first = 0.0
    with stage(kind, SIZES[-1], servers, folder) as here:
        for _ in range(3):
            calls = 0
            for ask in (_read, _page, _status, _move, _create):
                for server in here.servers.values():
                    told = here.load.call(server, ask(server.house, here.size), SECONDS)
                    calls += told["calls"] if server.house.name == "ours" else 0
            held = _three({name: here.servers[name].resident() for name in NAMES})
            first = first or held[0]
            flat = held[0] <= min(ROOM, first * 1.1)
            what = f"after {calls:,} calls more, MiB (P8)"
            yield Line(kind, what, *held, f"≤ {ROOM}, ≤ 1.1 × the first", flat)
