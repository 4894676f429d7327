"""What a page costs whoever works with it all day, in a town of ten and of a hundred thousand."""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest

from api.web import entry
from cycle.store import sessions
from cycle.store.store import Store
from cycle.usecases import lookup, public_view
from tests.bench import houses, towns
from tests.conftest import FreshUrl
from tests.makers import DAY

pytestmark = pytest.mark.bench
SIZES: Final = {10_000: towns.fill, 100_000: towns.fill_and_grow}
RUNS: Final = int(os.environ.get("KREISLAUF_BENCH_RUNS", "5"))
DAILY_MS, OTHER_MS = 300.0, 1000.0
ONE, GOAL = towns.under_way(1)[0], "G-2026-001"
HALTED = towns.key(0)


@dataclass(frozen=True)
class Looked:
    """A page somebody opens; daily ones are opened many times a day."""

    path: str
    who: str = "planner"
    daily: bool = False


PAGES: Final = (
    Looked("/", "planner", daily=True),
    Looked("/", "youth", daily=True),
    Looked("/", "finance", daily=True),
    Looked("/", "clerk", daily=True),
    Looked("/", "reader", daily=True),
    Looked("/measures", "planner", daily=True),
    Looked("/measures", "youth", daily=True),
    Looked("/measures?after=M-2020-05000", "youth", daily=True),
    Looked("/measures?state=in_progress&cycle=Z-2026", "planner", daily=True),
    Looked(f"/measures/{ONE}", "youth", daily=True),
    Looked(f"/measures/{ONE}", "reader", daily=True),
    Looked(f"/measures/{ONE}/tasks/milestones", "youth", daily=True),
    Looked(f"/measures/{ONE}/tasks/goal", "planner", daily=True),
    Looked(f"/measures/{ONE}/moves/suspend", "youth", daily=True),
    Looked("/measures/new", "youth", daily=True),
    Looked("/progress", "youth", daily=True),
    Looked("/progress/requests"),
    Looked("/board", daily=True),
    Looked("/cycles"),
    Looked("/cycles/Z-2026", daily=True),
    Looked("/cycles/Z-2026/half-year"),
    Looked("/cycles/Z-2026/moves/advance"),
    Looked("/control", daily=True),
    Looked("/open", daily=True),
    Looked("/open/gaps/evaluation_not_planned"),
    Looked("/open/overdue"),
    Looked("/map"),
    Looked("/goals"),
    Looked(f"/goals/{GOAL}"),
    Looked("/goals/new"),
    Looked("/findings/new"),
    Looked("/reports"),
    Looked("/decisions"),
    Looked("/decisions/new", "clerk"),
    Looked("/papers"),
    Looked("/recommendations"),
    Looked("/indicators"),
    Looked("/imports"),
    Looked("/undo"),
    Looked("/account"),
    Looked("/public", ""),
    Looked("/public/measures", ""),
    Looked("/public/indicators", ""),
    Looked("/sign-in", ""),
)


@dataclass(frozen=True)
class Cost:
    """What one page took."""

    ms: float
    sent: int  # bytes, packed
    whole: int


def test_pages_of_daily_work(fresh_url: FreshUrl, tmp_path: Path) -> None:
    found: dict[int, dict[Looked, Cost]] = {}
    for size, fill in SIZES.items():
        url = fresh_url("sqlite", fill)
        with _server(url, tmp_path) as (address, tokens):
            found[size] = {each: _cost(address, tokens, each) for each in PAGES}
    print(_table(found), flush=True)


@contextmanager
def _server(url: str, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a town with one worker; give its address, and a session of everyone who looks."""
    tokens = {}
    store = Store.open(url)
    with store.unit("admin", day=DAY) as unit:
        public_view.propose_open(unit)
    with store.unit("steering", day=DAY) as unit:
        public_view.confirm_open(unit)
    for who in dict.fromkeys(each.who for each in PAGES if each.who):
        with store.unit("admin", day=DAY) as unit:
            tokens[who] = sessions.begin(unit, lookup.account(unit, who).id)
    store.close()
    house = houses.ours(url, "", folder, "/help")
    with houses.running(house, folder) as server:
        yield f"http://127.0.0.1:{server.port}", tokens


def _cost(address: str, tokens: dict[str, str], page: Looked) -> Cost:
    """Open a page once to warm up, then as often as told; give the median."""
    cookies = {entry.PLAIN: tokens[page.who]} if page.who else {}
    headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    with httpx.Client(
        base_url=address, cookies=cookies, headers=headers, trust_env=False, timeout=120
    ) as client:
        took = [_took(client, page.path) for _ in range(RUNS + 1)]
        answer = client.get(page.path)
        assert answer.status_code == httpx.codes.OK, (page, answer.status_code)
    ms = statistics.median(took[1:])
    print(f"{ms:10.1f} ms {page.who:8} {page.path}", flush=True)
    return Cost(ms, answer.num_bytes_downloaded, len(answer.content))


def _took(client: httpx.Client, path: str) -> float:
    before = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - before) * 1000


def _table(found: dict[int, dict[Looked, Cost]]) -> str:
    few, many = found.values()
    head = f"{'page':48}{'who':10}" + "".join(f"{size:>10,} ms" for size in found)
    lines = ["", f"{head}{'ratio':>8}{'sent':>10}{'whole':>10}  target      reached"]
    for page, cost in sorted(many.items(), key=lambda each: -each[1].ms):
        target = DAILY_MS if page.daily else OTHER_MS
        lines.append(
            f"{page.path:48}{page.who:10}{few[page].ms:>13.1f}{cost.ms:>13.1f}"
            f"{cost.ms / few[page].ms:>8.1f}{cost.sent:>10,}{cost.whole:>10,}"
            f"  ≤ {target:5.0f} ms  {'yes' if cost.ms <= target else 'no'}"
        )
    return "\n".join(lines)
