from typing import Any

import pytest

from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import decisions, outcomes
from tests.makers import DAY
from tests.makers_measures import Town

SITTING: dict[str, Any] = {"body": "SR", "paper": "0482/2026"}
ORDER: dict[str, Any] = {"kind": "administrative", "document": "Verfügung 7", "department": "51"}


def _follow(town: Town, key: str, result: str, actor: str = "clerk", **words: str) -> list[str]:
    def deed(unit: Unit) -> list[str]:
        minutes: dict[str, Any] = dict(words) or SITTING
        record = decisions.add(unit, on=DAY, result=result, measures=[key], **minutes)
        return [each.ref for each in outcomes.follow(unit, record.ref).moved]

    return town.do(deed, actor)


@pytest.mark.parametrize(
    ("result", "state"),
    [("adopted", "approved"), ("rejected", "rejected"), ("deferred", "deferred")],
)
def test_a_decision_moves_the_measure_it_is_about(town: Store, result: str, state: str) -> None:
    here = Town(town)
    key = here.a_measure("proposed")
    here.decide(key, "recommended", "JHA")
    assert _follow(here, key, result) == [key]
    assert here.seen(key).state == state


@pytest.mark.parametrize("result", ["referred", "noted", "adopted_amended"])
def test_a_measure_stays_where_the_decision_does_not_carry_it(town: Store, result: str) -> None:
    here = Town(town)
    key = here.a_measure("proposed")
    assert _follow(here, key, result) == []
    assert here.seen(key).state == "proposed"


def test_nobody_moves_by_a_decision_what_they_may_not_move_themselves(town: Store) -> None:
    here = Town(town)
    key = here.a_measure("proposed")
    assert _follow(here, key, "rejected", "steering", **ORDER) == []
    assert here.seen(key).state == "proposed"


def test_a_measure_that_stays_tells_what_is_in_its_way(town: Store) -> None:
    here = Town(town)
    key = here.a_measure("proposed")
    heard: dict[str, Any] = {"body": "JHA", "paper": "0481/2026", "role": "preparatory"}
    with town.unit("clerk", day=DAY) as unit:
        record = decisions.add(unit, on=DAY, result="adopted", measures=[key], **heard)
        followed = outcomes.follow(unit, record.ref)
    assert followed.moved == ()
    [stayed] = followed.stayed
    assert stayed.key == key
    assert [each.guard for each in stayed.reasons] == ["decision_missing"]
    assert here.seen(key).state == "proposed"


def test_a_decision_on_a_goal_moves_nothing(town: Store) -> None:
    here = Town(town)
    goal = here.a_goal()

    def deed(unit: Unit) -> list[str]:
        record = decisions.add(unit, on=DAY, result="adopted", goals=[goal], **SITTING)
        return [each.ref for each in outcomes.follow(unit, record.ref).moved]

    assert here.do(deed, "clerk") == []
