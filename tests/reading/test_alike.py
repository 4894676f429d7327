"""What may have been logged twice is found by its title."""

from cycle.machine.facts import Ask
from cycle.reading.alike import alike
from cycle.reading.sight import Sight
from cycle.store.store import Store
from cycle.usecases import measures
from tests.makers_measures import Town

ALL = Sight(frozenset({"planner"}))


def _logged(store: Store, title: str, lead: str = "51") -> str:
    return Town(store).do(lambda unit: measures.log(unit, title=title, lead=lead).ref)


def _like(store: Store, title: str, *, but: str = "", sight: Sight = ALL) -> list[str]:
    return Town(store).do(lambda unit: alike(unit.reading(), but, title, sight))


def test_a_measure_called_almost_the_same_is_found(town: Store) -> None:
    first = _logged(town, "Sprachförderung in vier Kitas")
    again = _logged(town, "sprachförderung in 4 Kitas")
    _logged(town, "Sprachkurse am Abend")
    assert _like(town, "sprachförderung in 4 Kitas", but=again) == [first]
    assert _like(town, "Sprachförderung in vier Kitas") == [first, again]


def test_other_measures_are_not_told_of(town: Store) -> None:
    _logged(town, "Sprachförderung in vier Kitas")
    assert _like(town, "Sprachkurse am Abend") == []
    assert _like(town, "%") == []
    assert _like(town, "______") == []


def test_drafts_of_other_departments_are_not_told_of(town: Store) -> None:
    key = _logged(town, "Lesepaten", lead="40")
    youth = Sight(frozenset({"department_head"}), frozenset({"51"}))
    schools = Sight(frozenset({"department_head"}), frozenset({"40"}))
    assert _like(town, "Lesepaten", sight=youth) == []
    assert _like(town, "Lesepaten", sight=schools) == [key]


def test_what_was_given_up_is_not_told_of(town: Store) -> None:
    key = _logged(town, "Lesepaten")
    Town(town).move(key, "cancel", Ask(code="no_need"))
    assert _like(town, "Lesepaten") == []
