"""What one step of the machine costs with all its reasons, and many steps as one deed."""

import statistics
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest

from cycle.errors import Refused
from cycle.machine.facts import MeasureFacts
from cycle.machine.measures import MEASURES
from cycle.reading.filters import Filters
from cycle.store.store import Store
from cycle.usecases import bulk
from tests.bench.test_bulk import FREEZE, under_way
from tests.machine.facts import READY
from tests.makers import DAY

pytestmark = pytest.mark.bench
STEPS, RUNS, MANY = 2_000, 7, 100_000
HALTED = replace(READY, state="in_progress", ask=FREEZE)
BARE = MeasureFacts(today=READY.today, key="M-2026-015", policy=READY.policy)


def _refused(state: str, name: str, facts: MeasureFacts) -> int:
    try:
        MEASURES.step(state, name, facts, facts.policy)
    except Refused as refused:
        return len(refused.reasons)
    return 0


STEP: dict[str, Callable[[], object]] = {
    "suspend, made": lambda: MEASURES.step("in_progress", "suspend", HALTED, HALTED.policy),
    "propose, refused": lambda: _refused("targeted", "propose", BARE),
    "approve, refused": lambda: _refused("proposed", "approve", BARE),
    "offers of a draft": lambda: MEASURES.offers("draft", BARE, BARE.policy),
    "offers in progress": lambda: MEASURES.offers("in_progress", BARE, BARE.policy),
}


@pytest.mark.parametrize("name", STEP)
def test_one_step_in_process(name: str) -> None:
    took = []
    for _ in range(RUNS):
        begun = perf_counter()
        for _ in range(STEPS):
            STEP[name]()
        took.append((perf_counter() - begun) / STEPS)
    print(f"\n  {name:20} {statistics.median(took) * 1e6:6.1f} µs")


def test_a_hundred_thousand_steps_without_a_store() -> None:
    rows = [replace(HALTED, key=f"M-{n}") for n in range(MANY)]
    begun = perf_counter()
    made = [MEASURES.step("in_progress", "suspend", row, row.policy) for row in rows]
    took = perf_counter() - begun
    assert len(made) == MANY
    print(f"\n  {MANY:,} steps  {took / MANY * 1e6:6.1f} µs a row")


def test_a_hundred_thousand_rows_as_one_deed(town: Store) -> None:
    under_way(town, MANY)
    begun = perf_counter()
    with town.unit("finance", day=DAY) as unit:
        outcome = bulk.move_all(unit, "suspend", FREEZE, filters=Filters(mandate="voluntary"))
        moved = perf_counter() - begun
    whole = perf_counter() - begun
    assert len(outcome.moved) == MANY
    print(f"\n  {town.engine.dialect.name}, {MANY:,} measures suspended as one deed")
    print(f"  without the journal {moved / MANY * 1e6:7.1f} µs a row")
    print(f"  with it             {whole / MANY * 1e6:7.1f} µs a row")
