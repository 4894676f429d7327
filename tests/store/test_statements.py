"""How often one deed asks the store: on PostgreSQL each statement is a way there and back."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from cycle.machine.facts import Ask
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import measures, milestones, moves
from tests.makers_measures import DAY, Town

Deed = Callable[[Unit, str], object]
DEEDS: dict[str, tuple[str, str, Deed, int]] = {  # state before, who, what, statements at most
    "log": ("draft", "youth", lambda unit, _: measures.log(unit, title="Neu"), 23),
    "target": ("draft", "planner", lambda unit, key: moves.move(unit, key, "target"), 24),
    "start": ("approved", "youth", lambda unit, key: moves.move(unit, key, "start"), 25),
    "suspend": (
        "in_progress",
        "finance",
        lambda unit, key: moves.move(
            unit, key, "suspend", Ask(code="budget_freeze", reason="Haushaltssperre")
        ),
        25,
    ),
}


def _statements(store: Store, actor: str, deed: Callable[[Unit], object]) -> int:
    """Count what the session sends, and all plain SQL beside it."""
    sent: list[object] = []

    def note(*told: object) -> None:
        sent.append(told)

    event.listen(store.engine, "before_cursor_execute", note)
    with store.unit(actor, day=DAY) as unit:
        before = unit.reading().statements
        deed(unit)
    event.remove(store.engine, "before_cursor_execute", note)
    return len(sent) + unit.reading().statements - before


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_asks_the_store_no_more_often_than_it_did(town: Store, name: str) -> None:
    state, actor, deed, most = DEEDS[name]
    key = Town(town).a_measure(state)
    if name == "start":
        Town(town).do(lambda unit: milestones.add(unit, key, "Kräfte eingestellt", due=DAY))
    assert 12 < _statements(town, actor, lambda unit: deed(unit, key)) <= most


def test_a_measure_asks_no_more_often_where_many_others_serve_its_goal(town: Store) -> None:
    walker = Town(town)
    goal = walker.a_goal()
    key, other = (walker.a_measure(goal=goal) for _ in range(2))
    alone = _statements(town, "planner", lambda unit: moves.move(unit, key, "target"))
    for _ in range(5):
        walker.a_measure(goal=goal)
    assert _statements(town, "planner", lambda unit: moves.move(unit, other, "target")) == alone
