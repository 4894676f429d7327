"""What a command costs as a whole process, beside a Python that does nothing (speed.md, P6)."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench import towns
from tests.bench.table import Line, show
from tests.conftest import STORES, FreshUrl

pytestmark = pytest.mark.bench
RUNS = 21
SIZES = (10_000, 100_000, 1_000_000)
CYCLE = str(Path(sys.executable).with_name("cycle"))
NOTHING = [sys.executable, "-c", "pass"]
STATUS = [CYCLE, "status"]
TAB = {"_CYCLE_COMPLETE": "zsh"}  # as a shell asks: its width and the words so far
CALLS: dict[str, tuple[list[str], dict[str, str], float]] = {  # command, around it, at most × pass
    "status in a pipe": (STATUS, {}, 5),
    "status --json": ([*STATUS, "--json"], {}, 5),
    "status coloured": (STATUS, {"CLICOLOR_FORCE": "1"}, 12),
    "TAB: commands of a noun": ([CYCLE, "80", "measure", ""], TAB, 5),
    "TAB: keys of measures": ([CYCLE, "80", "measure", "show", "M-2020-0"], TAB, 5),
}


@pytest.fixture(params=STORES)
def grown(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> tuple[str, dict[int, str]]:
    """Give towns of every size; each is grown from one of ten thousand."""
    urls = {}
    for size in SIZES:
        urls[size] = fresh_url(request.param, towns.fill)
        if size > towns.FIRST:
            towns.grow(urls[size], size // towns.FIRST)
    return request.param, urls


def test_a_command_starts_and_answers(grown: tuple[str, dict[int, str]]) -> None:
    store, urls = grown
    lines = []
    for size, url in urls.items():
        took = _interleaved(url)
        base = statistics.median(took.pop("pass"))
        for what, seconds in took.items():
            ratio, most = statistics.median(seconds) / base, CALLS[what][2]
            told = f"{what}, {size:,} measures: × pass"
            target = f"≤ {most:g} × python -c pass ({base * 1000:.0f} ms)"
            lines.append(Line(store, told, ratio, None, None, target, ratio <= most))
    show(lines, "P6 · whole processes, as often as Python's own start")


def _interleaved(url: str) -> dict[str, list[float]]:
    """Run each call as often, one after the other, so that noise meets all alike."""
    took: dict[str, list[float]] = {"pass": [], **{what: [] for what in CALLS}}
    for _ in range(RUNS):
        took["pass"].append(_seconds(NOTHING, url, {}))
        for what, (command, environ, _) in CALLS.items():
            took[what].append(_seconds(command, url, environ))
    return took


def _seconds(command: list[str], url: str, environ: dict[str, str]) -> float:
    around = {
        **os.environ, "CYCLE_DB": url, "CYCLE_TODAY": "2026-11-22", "CYCLE_LANG": "de", **environ,
    }  # fmt: skip
    before = time.perf_counter()
    done = subprocess.run(command, env=around, capture_output=True, check=False)
    took = time.perf_counter() - before
    assert done.returncode == 0, done.stderr
    assert done.stdout or command == NOTHING
    return took
