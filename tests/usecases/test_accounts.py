import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import accounts


def test_an_account_acts_in_its_roles_and_for_its_departments(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "k4", roles=["finance", "reader", "finance"], departments=["20", "20"])
    with town.unit("k4") as unit:
        assert unit.actor.roles == {"finance", "reader"}
        assert unit.actor.units == {"20"}


def test_it_journals_name_roles_and_departments(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, " robot ", roles=["evaluator"], departments=["51"], kind="service")
        told = unit.told[-1]
        assert (told["entity"], told["action"], told["key"]) == ("account", "added", "robot")
        assert told["payload"]["roles"] == ["evaluator"]
        assert told["payload"]["units"] == ["51"]
        assert told["role"] == "admin"


@pytest.mark.parametrize("name", ["planner", "steering", "youth", "clerk", "reader"])
def test_only_an_admin_lets_anyone_in_or_out(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), town.unit(name) as unit:
        accounts.add(unit, "friend", roles=["admin"])
    with pytest.raises(Forbidden), town.unit(name) as unit:
        accounts.disable(unit, "admin")


def test_it_names_every_wrong_role_and_the_missing_name_at_once(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        accounts.add(unit, "  ", roles=["planner", "mayor", "king"])
    assert [(f.pointer, f.code) for f in caught.value.faults] == [
        ("name", "missing"),
        ("role", "unknown_word"),
        ("role", "unknown_word"),
    ]


def test_an_account_without_a_role_could_do_nothing(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        accounts.add(unit, "nobody", roles=[])
    assert caught.value.faults[0].code == "missing"


def test_a_name_is_taken_once(town: Store) -> None:
    with pytest.raises(Conflict) as caught, town.unit("admin") as unit:
        accounts.add(unit, "planner ", roles=["planner"])
    assert caught.value.code == "duplicate"


def test_it_does_not_know_a_department_that_is_not_there(town: Store) -> None:
    with pytest.raises(NotFound), town.unit("admin") as unit:
        accounts.add(unit, "new", roles=["department_head"], departments=["52"])
    with pytest.raises(Forbidden), town.unit("new"):
        pass


def test_a_disabled_account_may_do_nothing_more(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.disable(unit, "planner")
    with pytest.raises(Forbidden), town.unit("planner"):
        pass


def test_disabling_twice_is_disabling_once(town: Store) -> None:
    with town.unit("admin") as unit:
        first = accounts.disable(unit, "reader").disabled_at
    with town.unit("admin") as unit:
        assert accounts.disable(unit, "reader").disabled_at == first
        assert unit.told == []


def test_the_last_one_who_can_administer_stays(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.disable(unit, "local")
    with pytest.raises(Forbidden) as caught, town.unit("admin") as unit:
        accounts.disable(unit, "admin")
    assert caught.value.code == "last_admin"
    assert "cycle account add" in caught.value.fix
    with town.unit("admin") as unit:
        accounts.add(unit, "it", roles=["admin"])
        accounts.disable(unit, "admin")
    with town.unit("it") as unit:
        assert unit.actor.name == "it"


def test_it_says_that_no_such_account_is_known(town: Store) -> None:
    with pytest.raises(NotFound) as caught, town.unit("admin") as unit:
        accounts.disable(unit, "planer")
    assert caught.value.values["near"] == "planner"


def test_an_account_gets_other_roles_and_departments(town: Store) -> None:
    with town.unit("admin") as unit:
        assert accounts.edit(unit, "youth", roles=["planner", "reader", "reader"]).version == 2
        told = unit.told[-1]
        assert (told["entity"], told["action"], told["key"]) == ("account", "edited", "youth")
        changed = {"was": ["department_head"], "is": ["planner", "reader"]}
        assert told["payload"] == {"roles": changed}
    with town.unit("youth") as unit:
        assert unit.actor.roles == {"planner", "reader"}
        assert unit.actor.units == {"51"}
    with town.unit("admin") as unit:
        accounts.edit(unit, "youth", roles=["reader"], departments=["40", "51", "40"])
        assert unit.told[-1]["payload"]["units"] == {"was": ["51"], "is": ["40", "51"]}
    with town.unit("youth") as unit:
        assert unit.actor.roles == {"reader"}
        assert unit.actor.units == {"40", "51"}
    with town.unit("admin") as unit:
        accounts.edit(unit, "youth", departments=[])
    with town.unit("youth") as unit:
        assert unit.actor.roles == {"reader"}
        assert unit.actor.units == set()


def test_an_account_that_stays_as_it_is_tells_nothing(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.edit(unit, "youth", roles=["department_head"], departments=["51"])
        assert unit.told == []


def test_what_is_to_change_must_be_said_and_known(town: Store) -> None:
    with pytest.raises(Invalid), town.unit("admin") as unit:
        accounts.edit(unit, "youth")
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        accounts.edit(unit, "youth", roles=[])
    assert caught.value.faults[0].code == "missing"
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        accounts.edit(unit, "youth", roles=["mayor"])
    assert caught.value.faults[0].code == "unknown_word"
    with pytest.raises(NotFound), town.unit("admin") as unit:
        accounts.edit(unit, "youth", departments=["99"])
    with pytest.raises(NotFound), town.unit("admin") as unit:
        accounts.edit(unit, "yuoth", departments=["51"])
    with pytest.raises(Forbidden), town.unit("planner") as unit:
        accounts.edit(unit, "planner", roles=["admin"])


def test_the_last_one_who_can_administer_keeps_the_role(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.edit(unit, "local", roles=["planner"])
    with pytest.raises(Forbidden) as caught, town.unit("admin") as unit:
        accounts.edit(unit, "admin", roles=["planner"])
    assert caught.value.code == "last_admin"
    with town.unit("admin") as unit:
        accounts.edit(unit, "admin", roles=["admin", "planner"])
        accounts.edit(unit, "planner", roles=["admin"])
        accounts.edit(unit, "admin", roles=["planner"])
