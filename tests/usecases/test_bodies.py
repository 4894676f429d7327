import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.store.store import Store
from cycle.usecases import bodies, lookup

OPARL = "https://ris.saalestadt.example/oparl/organization/34"


def test_a_body_is_found_by_short_and_by_full_name(town: Store) -> None:
    with town.unit("clerk") as unit:
        made = bodies.add(unit, "BA", " Bildungsausschuss ", oparl_id=OPARL)
        assert lookup.body(unit, "BA") is made
        assert lookup.body(unit, "Bildungsausschuss") is made
        assert (unit.told[0]["key"], unit.told[0]["role"]) == ("BA", "committee_clerk")


def test_short_name_and_foreign_id_are_taken_once(town: Store) -> None:
    with town.unit("planner") as unit:
        bodies.add(unit, "BA", "Bildungsausschuss", oparl_id=OPARL)
    with pytest.raises(Conflict), town.unit("planner") as unit:
        bodies.add(unit, "BA", "Bauausschuss")
    with pytest.raises(Conflict), town.unit("planner") as unit:
        bodies.add(unit, "Bau", "Bauausschuss", oparl_id=OPARL)


def test_it_asks_for_both_names_and_a_known_kind(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        bodies.add(unit, "", "")
    assert [fault.pointer for fault in caught.value.faults] == ["short_name", "name"]
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        bodies.add(unit, "X", "X", kind="round_table")
    assert caught.value.faults[0].pointer == "kind"


@pytest.mark.parametrize("name", ["youth", "steering", "finance", "reader"])
def test_only_those_who_work_with_bodies_add_one(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), town.unit(name) as unit:
        bodies.add(unit, "BA", "Bildungsausschuss")
