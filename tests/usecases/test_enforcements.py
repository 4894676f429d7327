import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import enforcements
from tests.makers_duties import a_measure


def test_it_names_a_lever_and_who_pulls_it(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        lever = enforcements.add(
            unit, key, "contract", responsible="WV-A", text="Vertrag", resistance="Kosten"
        )
        assert (lever.lever, lever.text, lever.resistance) == ("contract", "Vertrag", "Kosten")


def test_the_same_lever_is_named_once(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        enforcements.add(unit, key, "network")
        enforcements.add(unit, key, "network", responsible="50")
    with pytest.raises(Conflict) as caught, town.unit("planner") as unit:
        enforcements.add(unit, key, "network")
    assert caught.value.code == "duplicate"


def test_strange_levers_and_strangers_are_refused(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid), town.unit("youth") as unit:
        enforcements.add(unit, key, "persuasion")
    with pytest.raises(NotFound), town.unit("youth") as unit:
        enforcements.add(unit, key, "network", responsible="99")
    with pytest.raises(Forbidden), town.unit("clerk") as unit:
        enforcements.add(unit, key, "network")
