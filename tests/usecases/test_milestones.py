from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import milestones
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_measure

DUE = date(2027, 3, 31)


def _two(town: Store) -> str:
    key = a_measure(town)
    with town.unit("youth") as unit:
        milestones.add(unit, key, " Stellen besetzt ", due=DUE)
        milestones.add(unit, key, "Erste Gruppe", due=DUE)
    return key


def test_steps_are_numbered(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        first = milestones.add(unit, key, " Stellen besetzt ", due=DUE)
        second = milestones.add(unit, key, "Erste Gruppe", due=DUE)
        assert [(m.no, m.title) for m in (first, second)] == [
            (1, "Stellen besetzt"),
            (2, "Erste Gruppe"),
        ]


def test_a_step_is_done_with_a_proof(town: Store) -> None:
    key = _two(town)
    with town.unit("planner", for_unit="51") as unit:
        step = milestones.done(unit, key, 2, evidence_url="https://saalestadt.example/1")
        assert (step.done_on, step.evidence_url) == (DAY, "https://saalestadt.example/1")


def test_a_step_is_dropped_with_a_reason(town: Store) -> None:
    key = _two(town)
    with pytest.raises(Invalid), town.unit("youth") as unit:
        milestones.drop(unit, key, 1, reason=" ")
    with town.unit("youth") as unit:
        step = milestones.drop(unit, key, 1, reason="Träger stellt selbst ein")
        assert (step.dropped_on, step.drop_reason) == (DAY, "Träger stellt selbst ein")


def test_what_is_done_or_dropped_stays_so(town: Store) -> None:
    key = _two(town)
    with town.unit("youth") as unit:
        milestones.done(unit, key, 1)
        milestones.drop(unit, key, 2, reason="entbehrlich")
    for number in (1, 2):
        with pytest.raises(Conflict) as caught, town.unit("youth") as unit:
            milestones.done(unit, key, number)
        assert caught.value.code == "milestone_closed"


def test_it_names_every_fault(town: Store) -> None:
    key = _two(town)
    with pytest.raises(Invalid) as caught, town.unit("youth") as unit:
        milestones.done(unit, key, 1, on=DUE, evidence_url="javascript:alert(1)")
    assert [f.pointer for f in caught.value.faults] == ["on", "evidence_url"]
    with pytest.raises(Invalid), town.unit("youth") as unit:
        milestones.add(unit, key, " ", due=DUE)


def test_a_step_that_is_not_there_is_told(town: Store) -> None:
    key = _two(town)
    with pytest.raises(NotFound, match="no milestone 3"), town.unit("youth") as unit:
        milestones.done(unit, key, 3)


def test_others_and_closed_measures_are_left_alone(town: Store) -> None:
    key = _two(town)
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        milestones.add(unit, key, "x", due=DUE)
    closed = a_cancelled_measure(town)
    with pytest.raises(Conflict), town.unit("youth") as unit:
        milestones.add(unit, closed, "x", due=DUE)
