"""Ten thousand evaluations that each carry a measure on: in a batch, and one by one."""

import tracemalloc
from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import insert

from cycle.ids import new_id
from cycle.model.columns import table_of
from cycle.model.measures import Measure
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import evaluations, lookup
from cycle.usecases.evaluation_batch import record_all
from cycle.usecases.judgements import Handed
from tests.makers import DAY, arranged

pytestmark = pytest.mark.bench
MANY, ALONE, STEP = 10_000, 200, 500


def done(town: Store, count: int, first: int = 0) -> list[str]:
    """Fill the town with implemented measures, past the verbs of the trade."""
    keys = [f"M-2020-{n:05d}" for n in range(first, first + count)]
    with town.unit("planner", day=DAY) as unit:
        for place in range(0, count, STEP):
            unit.session.execute(
                insert(table_of(Measure)), _measures(unit, keys[place : place + STEP])
            )
        arranged(unit)
    return keys


def _measures(unit: Unit, keys: Sequence[str]) -> list[dict[str, Any]]:
    cycle, lead = lookup.cycle(unit, "Z-2026").id, lookup.department(unit, "51").id
    return [
        {
            "municipality_id": unit.town.id, "created_at": unit.now, "updated_at": unit.now,
            "version": 1, "id": new_id(), "ref": key, "title": key, "lineage_id": new_id(),
            "priority": 3, "cycle_id": cycle, "lead_id": lead, "state": "implemented",
            "state_since": date(2026, 1, 1), "actual_start": date(2025, 1, 1),
            "actual_end": date(2026, 1, 1), "binding": "council_resolution", "moves": 5,
            "is_ongoing": False, "citywide": True, "title_confirmed": True, "taken_over": False,
            "days_suspended": 0, "dossier_changed": False,
        }
        for key in keys
    ]  # fmt: skip


def said(key: str) -> Handed:
    """Write a short evaluation as a machine sends it."""
    return {
        "measures": [key], "overall": "effective", "text": "Die Kinder sprechen mehr als zuvor.",
        "source": "Umfrage", "external_id": key,
    }  # fmt: skip


def _in_batches(town: Store, keys: Sequence[str]) -> list[int]:
    """Record all in chunks, a deed each; give the memory in use after every chunk."""
    used = []
    for place in range(0, len(keys), STEP):
        with town.unit("evaluator", day=DAY) as unit:
            lines = record_all(unit, [said(key) for key in keys[place : place + STEP]])
        assert all(line.moved for line in lines)
        if tracemalloc.is_tracing():
            used.append(tracemalloc.get_traced_memory()[0])
    return used


def test_ten_thousand_evaluations_against_one_by_one(town: Store) -> None:
    keys = done(town, MANY + ALONE)
    begun = perf_counter()
    for key in keys[MANY:]:
        with town.unit("evaluator", day=DAY) as unit:
            evaluations.conclude(unit, **said(key))
    alone = ALONE / (perf_counter() - begun)
    begun = perf_counter()
    _in_batches(town, keys[:MANY])
    together = MANY / (perf_counter() - begun)
    print(f"\n{town.engine.dialect.name}")
    print(f"  one by one  {alone:>8,.0f} rows/s")
    print(f"  in batches  {together:>8,.0f} rows/s, {together / alone:,.1f} times as many")


def test_the_memory_of_a_batch_stays_flat(town: Store) -> None:
    keys = done(town, MANY)
    tracemalloc.start()
    try:
        used = _in_batches(town, keys)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    grown = used[-1] - used[len(used) // 2]
    print(f"\n{town.engine.dialect.name}")
    print(f"  peak {peak / 2**20:,.1f} MiB, second half {grown / 2**20:+,.1f} MiB")
    assert grown < peak / 4
