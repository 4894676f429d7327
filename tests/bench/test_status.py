"""What the status costs in a town of ten thousand measures, of a hundred thousand, of a million."""

import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cycle.model.measures import Measure
from cycle.model.words import MEASURE_STATES
from cycle.reading.board import board
from cycle.reading.door import Reader, open_reader
from cycle.reading.status import status
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.conftest import settle_saalestadt
from tests.makers import DAY, arranged

pytestmark = pytest.mark.bench
FIRST, SIZES = 10_000, (10_000, 100_000, 1_000_000)
RUNS = 15
_ID = "printf('%04x', k.value) || substr(t.{c}, 5)"
_COPIED = {  # table → the columns that tell the copies apart
    "measure": {"id": _ID, "ref": "t.{c} || '-' || k.value"},
    "standing": {"subject": _ID},
}


def _fill(url: str) -> None:
    """Put measures in every state into the town, through the store and its counts."""
    store = Store.open(url)
    for start in range(0, FIRST, 1000):
        with store.unit("planner", day=DAY) as unit:
            cycle = lookup.cycle(unit, "Z-2026").id
            leads = [lookup.department(unit, code).id for code in ("51", "40")]
            for n in range(start, start + 1000):
                state = MEASURE_STATES[n % len(MEASURE_STATES)]
                unit.add(
                    Measure(
                        ref=f"M-{n}", title="Maßnahme", cycle_id=cycle, lineage_id="0",
                        lead_id=leads[n % 2], state=state, state_since=DAY, reason_code="other",
                    )
                )  # fmt: skip
            arranged(unit)
    store.close()


def _grow(path: Path, times: int) -> None:
    """Copy every measure with all that follows from it, and count the copies."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    for table, told_apart in _COPIED.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        of_measures = "WHERE noun = 'measure'" if table == "standing" else ""
        shown = ", ".join(told_apart.get(c, "t.{c}").format(c=c) for c in columns)
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {shown} FROM {table} t"
            f" JOIN (WITH RECURSIVE k(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM k"
            f" WHERE value < {times - 1}) SELECT value FROM k) k {of_measures}"
        )
    connection.execute(f"UPDATE tally SET n = n * {times}")
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Reader]]:
    first = tmp_path_factory.mktemp("towns") / "10000.db"
    settle_saalestadt(f"sqlite:///{first}")
    _fill(f"sqlite:///{first}")
    readers = {}
    for size in SIZES:
        path = first.with_name(f"{size}.db")
        if size != FIRST:
            source = sqlite3.connect(first)
            source.execute("VACUUM INTO ?", (str(path),))
            source.close()
            _grow(path, size // FIRST)
        readers[size] = open_reader(f"sqlite:///{path}")
    yield readers
    for reader in readers.values():
        reader.close()


@pytest.mark.parametrize(
    ("what", "call"),
    [
        ("status", lambda reader: status(reader, today=DAY)),
        ("board", lambda reader: board(reader, today=DAY)),
    ],
)
def test_it_costs_the_same_in_any_town(towns: dict[int, Reader], what: str, call: object) -> None:
    assert callable(call)
    took: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(RUNS):
        for size, reader in towns.items():
            before = time.perf_counter()
            call(reader)
            took[size].append(time.perf_counter() - before)
    base = statistics.median(took[FIRST])
    for size in SIZES:
        median = statistics.median(took[size])
        measures = towns[size].value("SELECT COUNT(*) FROM measure")
        print(f"{what:16}{measures:>10,} measures {median * 1000:8.2f} ms  × {median / base:.2f}")
