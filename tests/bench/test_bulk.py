"""A budget freeze over ten thousand measures: as one deed, and one by one."""

from datetime import date
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import event, insert

from cycle.ids import new_id
from cycle.machine.facts import Ask
from cycle.model.columns import table_of
from cycle.model.duties import Consequence
from cycle.model.measures import Measure
from cycle.model.words import CONSEQUENCES
from cycle.reading.filters import Filters
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import bulk, lookup, moves
from tests.makers import DAY

pytestmark = pytest.mark.bench
MANY, ALONE, STEP = 10_000, 200, 1_000
FREEZE = Ask(code="budget_freeze", reason="Haushaltssperre")


def under_way(town: Store, count: int) -> list[str]:
    """Fill the town with voluntary measures that are under way, past the verbs of the trade."""
    keys = [f"M-2020-{n:05d}" for n in range(count)]
    with town.unit("planner", day=DAY) as unit:
        for place in range(0, count, STEP):
            _fill(unit, keys[place : place + STEP])
    return keys


def _fill(unit: Unit, keys: list[str]) -> None:
    shared: dict[str, Any] = {
        "municipality_id": unit.town.id, "created_at": unit.now, "updated_at": unit.now,
        "version": 1,
    }  # fmt: skip
    cycle, lead = lookup.cycle(unit, "Z-2026").id, lookup.department(unit, "51").id
    measures = [
        shared | {
            "id": new_id(), "ref": key, "title": key, "lineage_id": new_id(), "priority": 3,
            "cycle_id": cycle, "lead_id": lead,
            "state": "in_progress", "state_since": date(2026, 1, 1), "mandate": "voluntary",
            "actual_start": date(2026, 1, 1), "binding": "council_resolution", "moves": 4,
            "is_ongoing": False, "citywide": True, "title_confirmed": True, "taken_over": False,
            "days_suspended": 0, "dossier_changed": False,
        }
        for key in keys
    ]  # fmt: skip
    demands = [
        shared | {"id": new_id(), "measure_id": each["id"], "kind": kind, "state": "none"}
        for each in measures
        for kind in CONSEQUENCES
    ]
    unit.session.execute(insert(table_of(Measure)), measures)
    unit.session.execute(insert(table_of(Consequence)), demands)


def test_a_freeze_of_ten_thousand_against_one_by_one(town: Store) -> None:
    keys = under_way(town, MANY + ALONE)
    sent: list[int] = [0]

    def note(*_more: object) -> None:
        sent[0] += 1

    begun = perf_counter()
    for key in keys[MANY:]:
        with town.unit("finance", day=DAY) as unit:
            moves.move(unit, key, "suspend", FREEZE)
    alone = ALONE / (perf_counter() - begun)
    event.listen(town.engine, "before_cursor_execute", note)
    begun = perf_counter()
    with town.unit("finance", day=DAY) as unit:
        outcome = bulk.move_all(unit, "suspend", FREEZE, filters=Filters(mandate="voluntary"))
        moved = perf_counter() - begun
        statements = sent[0]
    whole = perf_counter() - begun
    assert len(outcome.moved) == MANY
    assert outcome.refused == []
    print(f"\n{town.engine.dialect.name}")
    print(f"  one by one   {alone:>9,.0f} rows/s")
    print(f"  as one deed  {MANY / whole:>9,.0f} rows/s, {MANY / moved:,.0f} without the journal")
    print(f"  {statements} statements and {sent[0] - statements} at the end for {MANY:,} measures")
