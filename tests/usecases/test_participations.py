from datetime import date
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.duties import Owed, ParticipationArea, ParticipationGroup
from cycle.store.store import Store
from cycle.usecases import areas, goals, lookup, participations
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_measure, a_running_measure

HELD: dict[str, Any] = {
    "format": "survey",
    "level": "consult",
    "groups": ["residents", "target_group"],
    "summary": "Eltern wünschen längere Öffnungszeiten.",
}


def _goal(town: Store, owner: str | None = "51") -> str:
    with town.unit("planner") as unit:
        return goals.add(unit, text="Sprachstand verbessern", owner=owner).ref


def _owed(town: Store, key: str) -> bool:
    with town.unit("reader") as unit:
        item = lookup.by(unit, Owed, measure_id=lookup.measure(unit, key).id,
                         guard="participation_missing")  # fmt: skip
        assert item is not None
        return item.settled_on is None


def test_it_records_who_took_part_how_and_where(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        areas.add(unit, "06", "Neustadt")
    with town.unit("youth") as unit:
        held = participations.add(
            unit, measure=key, areas=["06"], held_from=date(2026, 3, 1), held_to=date(2026, 3, 20),
            invited=1150, participants=412, effect="Öffnungszeiten geändert", **HELD,
        )  # fmt: skip
        assert (held.influence_level, held.invited, held.participants) == ("consult", 1150, 412)
        groups = lookup.every(unit, ParticipationGroup, participation_id=held.id)
        assert {g.group for g in groups} == {"residents", "target_group"}
        assert len(lookup.every(unit, ParticipationArea, participation_id=held.id)) == 1


def test_without_a_day_it_is_of_today(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        assert participations.add(unit, measure=key, **HELD).held_from == DAY


def test_a_goal_is_its_owner_s_business_and_a_round_the_planner_s(town: Store) -> None:
    owned, free = _goal(town), _goal(town, owner=None)
    with town.unit("youth") as unit:
        assert participations.add(unit, goal=owned, **HELD).goal_id
    foreign: list[tuple[str, dict[str, Any]]] = [
        ("schools", {"goal": owned}),
        ("youth", {"goal": free}),
        ("youth", {"cycle": "Z-2026"}),
    ]
    for actor, subject in foreign:
        with pytest.raises(Forbidden), town.unit(actor) as unit:
            participations.add(unit, **subject, **HELD)
    with town.unit("planner") as unit:
        assert participations.add(unit, cycle="Z-2026", **HELD).cycle_id
        assert participations.add(unit, goal=free, **HELD).goal_id


@pytest.mark.parametrize("of", ["measure", "goal", "cycle"])
def test_it_settles_what_measures_owed(town: Store, of: str) -> None:
    goal = _goal(town)
    key, other = a_running_measure(town, goal=goal), a_running_measure(town)
    assert _owed(town, key)
    subject: dict[str, Any] = {of: {"measure": key, "goal": goal, "cycle": "Z-2026"}[of]}
    with town.unit("planner") as unit:
        participations.add(unit, **subject, **HELD)
    assert not _owed(town, key)
    assert _owed(town, other) is (of != "cycle")


def test_to_inform_is_not_to_involve(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth") as unit:
        participations.add(unit, measure=key, **HELD | {"level": "inform"})
    assert _owed(town, key)


def test_it_names_every_fault(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("youth") as unit:
        participations.add(
            unit, measure=key, format="seance", level="obey", groups=["ghosts"], summary=" ",
            held_from=date(2027, 1, 2), held_to=date(2027, 1, 1),
        )  # fmt: skip
    assert [f.pointer for f in caught.value.faults] == [
        "format", "level", "groups", "held_from", "held_to", "summary",
    ]  # fmt: skip
    with pytest.raises(Invalid) as caught, town.unit("youth") as unit:
        participations.add(unit, measure=key, **HELD | {"groups": []})
    assert [f.pointer for f in caught.value.faults] == ["groups"]


def test_it_is_of_one_thing_that_is_known_and_still_open(town: Store) -> None:
    key, closed = a_measure(town), a_cancelled_measure(town)
    subjects: list[dict[str, Any]] = [{}, {"measure": key, "cycle": "Z-2026"}]
    for subject in subjects:
        with pytest.raises(Invalid), town.unit("planner") as unit:
            participations.add(unit, **subject, **HELD)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        participations.add(unit, goal="G-2026-999", **HELD)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        participations.add(unit, measure=key, areas=["99"], **HELD)
    with pytest.raises(Conflict), town.unit("planner") as unit:
        participations.add(unit, measure=closed, **HELD)
