"""The circle: stages with their measures, the rounds that stand there, arrows with open ends."""

from datetime import date
from typing import Any

import pytest

from cycle.reading.circle import circle
from cycle.reading.filters import Filters
from cycle.reading.sight import Sight
from cycle.reading.status import status
from cycle.store.store import Store
from tests.reading.rows import TODAY, City, building, looking

Told = Any  # JSON, or the words of a call

READER = Sight(frozenset({"reader"}))
SCHOOLS = Sight(frozenset({"department_head"}), frozenset({"40"}))
YOUTH = Sight(frozenset({"department_head"}), frozenset({"51"}))


@pytest.fixture
def city(town: Store) -> Store:
    def build(city: City) -> None:
        report = city.report(status="presented", presented_on=date(2026, 3, 1))
        city.finding(report, severity="act")
        goal = city.goal(level="operational", status="adopted")
        city.measure(state="draft")
        city.measure(state="implemented", goal=goal, actual_start=date(2026, 1, 1),
                     actual_end=date(2026, 2, 1))  # fmt: skip
        city.measure(state="rejected")
        city.round("Z-2024", date(2024, 1, 1), stage="evaluation")

    with building(town) as it:
        build(it)
    return town


def _read(store: Store, **words: Told) -> Told:
    with looking(store) as reader:
        return circle(reader, today=TODAY, lang="en", **words)


def test_every_stage_counts_its_measures_and_names_the_rounds_that_are_there(city: Store) -> None:
    found = _read(city)
    counts = {each["stage"]: (each["count"], each["rounds"]) for each in found["stages"]}
    assert counts == {
        "report": (1, ["Z-2026"]), "goal": (0, []), "measure": (0, []),
        "evaluation": (1, ["Z-2024"]),
    }  # fmt: skip
    assert found["off"] == {"rejected": 1, "cancelled": 0, "superseded": 0}
    states = {name: n for each in found["stages"] for name, n in each["states"].items()}
    with looking(city) as reader:
        assert {**states, **found["off"]} == status(reader, today=TODAY)["states"]


def test_an_arrow_tells_by_what_it_is_broken(city: Store) -> None:
    arrows = {(each["from"], each["to"]): each for each in _read(city)["arrows"]}
    told = {ends: {end["rule"]: end["count"] for end in a["ends"]} for ends, a in arrows.items()}
    assert told["report", "goal"] == {"finding_without_response": 1}
    assert told["measure", "evaluation"] == {"evaluation_owed": 1}
    assert told["goal", "measure"] == {}
    assert [arrows[ends]["open"] for ends in arrows] == [1, 0, 1, 0]


def test_filters_narrow_measures_rounds_and_open_ends(city: Store) -> None:
    found = _read(city, filters=Filters(cycle="Z-2024"))
    assert sum(each["count"] for each in found["stages"]) == 0
    assert [each["rounds"] for each in found["stages"]] == [[], [], [], ["Z-2024"]]
    assert not any(arrow["open"] for arrow in found["arrows"])
    found = _read(city, filters=Filters(department="51"), sight=READER)
    assert sum(each["count"] for each in found["stages"]) == 1


@pytest.mark.parametrize(("sight", "drafts"), [(READER, 0), (SCHOOLS, 0), (YOUTH, 1), (None, 1)])
def test_drafts_of_others_are_not_counted(city: Store, sight: Sight | None, drafts: int) -> None:
    report = _read(city, sight=sight)["stages"][0]
    assert report["states"]["draft"] == drafts


def test_a_town_without_a_round_has_a_circle_too(city: Store) -> None:
    with building(city) as it:
        for row in ("Z-2026", "Z-2024"):
            it.unit.reading().send("UPDATE cycle SET stage = 'closed' WHERE ref = :ref", ref=row)
    found = _read(city)
    assert found["cycle"] is None
    assert all(each["rounds"] == [] for each in found["stages"])
