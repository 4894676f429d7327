"""Awkward cases of departments, partners, time and lineage: one test a row."""

from datetime import date

import pytest

from cycle.machine.facts import Ask
from cycle.store.store import Store
from tests import makers
from tests.makers_measures import PATH, Town

LIST = Ask(source="Maßnahmenliste 2025", source_date=date(2026, 1, 15), start=date(2024, 8, 1))


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


@pytest.mark.parametrize(
    ("state", "since"),
    [
        ("draft", date(2026, 11, 22)),
        ("proposed", date(2026, 1, 15)),
        ("approved", date(2026, 2, 20)),
        ("in_progress", date(2026, 3, 1)),
        ("implemented", date(2026, 9, 30)),
        ("evaluated", date(2026, 10, 30)),
    ],
)
def test_a_measure_knows_since_when_it_stands_where_it_stands(
    town: Town, state: str, since: date
) -> None:
    assert state in PATH
    assert town.seen(town.a_measure(state)).state_since == since


def test_what_was_taken_over_stands_there_since_the_day_it_was_recorded(town: Town) -> None:
    key = town.a_measure("draft")
    town.move(key, "take_over", LIST, to="in_progress", day=date(2026, 3, 10))
    assert town.seen(key).state_since == date(2026, 3, 10)
