from datetime import date, timedelta

import pytest

from cycle.machine.standing import ALWAYS, spans
from cycle.model.measures import Measure
from cycle.reading.standings import CHUNK, chunks, entries
from cycle.reading.status import status
from cycle.reading.tallies import counted, folded_until, kept
from cycle.reading.town import town as read_town
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup, milestones
from tests.makers import DAY, arranged
from tests.makers_measures import Town

NEXT = DAY + timedelta(days=1)


def _fill(unit: Unit, count: int) -> None:
    """Put measures in the middle of the circle, past the verbs of the trade."""
    cycle, lead = lookup.cycle(unit, "Z-2026").id, lookup.department(unit, "51").id
    for n in range(count):
        unit.add(
            Measure(
                ref=f"M-2020-{n:04d}", title="Maßnahme", cycle_id=cycle, lineage_id="0",
                lead_id=lead, state="in_progress", actual_start=DAY, planned_end=DAY,
            )
        )  # fmt: skip
    arranged(unit)


@pytest.fixture
def thousand(town: Store) -> Store:
    with town.unit("planner", day=DAY) as unit:
        _fill(unit, 1000)
    return town


def _statements(store: Store) -> int:
    with store.unit("planner", day=DAY) as unit:
        reader = unit.reading()
        policy = read_town(reader).policy
        before = reader.statements
        assert list(entries(reader, policy))
        return reader.statements - before


def test_a_thousand_measures_cost_as_many_statements_as_none(town: Store, thousand: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        some = len(kept(unit.reading()))
    assert some > 4000  # a state, three lights and its open ends for each
    assert _statements(town) <= 22


def test_status_of_a_thousand_costs_what_it_costs_for_one(thousand: Store) -> None:
    with thousand.unit("planner", day=DAY) as unit:
        reader = unit.reading()
        shown = status(reader, today=DAY)
        assert shown["states"]["in_progress"] == 1000
        assert reader.statements <= 6


def test_what_is_due_tomorrow_is_counted_from_tomorrow_on(town: Store) -> None:
    key = Town(town).a_measure("in_progress")
    with town.unit("planner", day=DAY) as unit:
        milestones.add(unit, key, "Zweiter Schritt", due=DAY)
    for day, count in ((DAY, 1), (NEXT, 2)):  # one was late before
        with town.unit("planner", day=day) as unit:
            assert status(unit.reading(), today=day)["overdue"].get("O9", 0) == count


def test_days_gone_by_are_folded_and_still_count(town: Store) -> None:
    key = Town(town).a_measure("in_progress")
    with town.unit("planner", day=DAY) as unit:
        milestones.add(unit, key, "Zweiter Schritt", due=DAY)
    later = DAY + timedelta(days=400)
    with town.unit("planner", day=later) as unit:
        milestones.add(unit, key, "Dritter Schritt", due=later)
    with town.unit("planner", day=later) as unit:
        reader = unit.reading()
        assert folded_until(reader) == later
        days = {row[0] for row in reader.pairs("SELECT DISTINCT day FROM tally")}
        assert all(str(day) == ALWAYS.isoformat() or str(day) > later.isoformat() for day in days)
        assert status(reader, today=later)["overdue"]["O9"] == 2


def test_a_day_before_the_last_deed_is_counted_one_by_one(town: Store) -> None:
    key = Town(town).a_measure("in_progress")
    with town.unit("planner", day=DAY) as unit:
        milestones.add(unit, key, "Zweiter Schritt", due=DAY)
        before = status(unit.reading(), today=DAY)
    with town.unit("planner", day=DAY + timedelta(days=90)) as unit:
        milestones.add(unit, key, "Dritter Schritt", due=date(2029, 1, 1))
    with town.unit("planner", day=DAY) as unit:
        reader = unit.reading()
        assert folded_until(reader) > DAY
        assert status(reader, today=DAY)["states"] == before["states"]
        assert counted(reader, today=NEXT) != counted(reader, today=DAY)


def test_ids_are_cut_into_parts_that_one_statement_takes() -> None:
    ids = [f"{n:05d}" for n in range(2 * CHUNK + 1)]
    assert [len(part) for part in chunks(ids)] == [CHUNK, CHUNK, 1]
    assert list(chunks([])) == []


def test_a_schedule_becomes_beginnings_and_ends() -> None:
    days = [(ALWAYS, "green"), (DAY, "green"), (NEXT, "red")]
    assert list(spans(days)) == [(ALWAYS, "green", 1), (NEXT, "green", -1), (NEXT, "red", 1)]
    assert list(spans([])) == []
