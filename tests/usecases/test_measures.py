"""To log a measure and to write down more about it."""

from dataclasses import replace
from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, Refused
from cycle.machine.facts import Ask
from cycle.model.measures import MeasureGoal
from cycle.reading.facts import facts
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup, measures
from tests import makers
from tests.makers_measures import DAY, Town


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def test_it_goes_into_the_open_round_and_to_the_own_department(town: Town) -> None:
    key = town.do(lambda u: measures.log(u, title="Sprachförderung").ref, "youth")
    assert key == "M-2026-001"
    assert (town.facts(key).cycle, town.facts(key).lead) == ("Z-2026", "51")


def test_a_planner_logs_on_behalf_of_a_department(town: Town) -> None:
    with town.store.unit("planner", day=DAY, for_unit="50") as unit:
        key = measures.log(unit, title="Sprachförderung").ref
    assert town.facts(key).lead == "50"


def test_a_head_of_department_logs_for_no_other(town: Town) -> None:
    with pytest.raises(Forbidden):
        town.do(lambda u: measures.log(u, title="Sprachförderung", lead="50"), "youth")


def test_without_a_title_or_an_open_round_nothing_is_logged(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        town.do(lambda u: measures.log(u, title=" "))
    assert [reason.guard for reason in refused.value.reasons] == ["title_missing"]

    def close_and_log() -> None:
        with town.store.unit("planner", day=DAY) as unit:
            lookup.cycle(unit, "Z-2026").stage = "closed"
            measures.log(unit, title="Sprachförderung")

    with pytest.raises(Invalid, match="No planning round is open"):
        close_and_log()


def test_a_title_that_is_too_long_or_a_field_that_is_none_is_told(town: Town) -> None:
    with pytest.raises(Invalid) as long:
        town.do(lambda u: measures.log(u, title="x" * 91))
    assert [fault.pointer for fault in long.value.faults] == ["title"]
    with pytest.raises(Invalid, match="colour"):
        town.do(lambda u: measures.log(u, title="Sprachförderung", colour="red"))


def test_a_closed_measure_is_only_read(town: Town) -> None:
    key = town.a_measure("draft")
    town.move(key, "cancel", Ask(code="no_need"))
    with pytest.raises(Conflict) as closed:
        town.do(lambda u: measures.edit(u, key, title="anders"))
    assert closed.value.code == "closed"


def test_another_main_goal_leaves_the_old_one_bare_and_side_goals_stay(town: Town) -> None:
    old, new, side = (town.a_goal(measured=False) for _ in range(3))
    key = town.a_measure("draft", goal=old)
    town.do(lambda u: measures.edit(u, key, side_goals=[side], areas=["16999000"]))
    town.do(lambda u: measures.edit(u, key, goal=new, areas=[], lead="50"))
    assert town.do(lambda u: [lookup.goal(u, g).uncovered for g in (old, new)]) == [True, False]
    ties = town.do(lambda u: [t.contribution for t in lookup.every(u, MeasureGoal)])
    assert sorted(ties) == ["main", "side"]
    assert (town.facts(key).areas, town.facts(key).lead) == (0, "50")
    town.do(lambda u: measures.edit(u, key, goal=side))
    assert town.facts(key).main_goal == side


def test_an_edit_counts_a_version_and_a_stale_one_is_told(town: Town) -> None:
    key = town.a_measure("draft")
    seen = town.facts(key).version
    town.do(lambda u: measures.edit(u, key, expect=seen, planned_end=date(2026, 12, 31)))
    assert town.facts(key).version > seen
    with pytest.raises(Conflict, match="at version"):
        town.do(lambda u: measures.edit(u, key, expect=seen, title="anders"))


def test_an_edit_that_hands_a_measure_over_tells_all_that_changed(town: Town) -> None:
    key = town.a_measure("draft")

    def handed_over(unit: Unit) -> dict[str, object]:
        measures.edit(unit, key, title="nachher", lead="50")
        told: dict[str, object] = unit.told[0]["payload"]
        return told

    told = town.do(handed_over)
    assert {"title", "lead_id"} <= told.keys()


def test_a_move_nobody_knows_is_not_offered(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(Refused) as refused:
        town.move(key, "fly")
    assert [reason.guard for reason in refused.value.reasons] == ["not_offered"]


def test_facts_of_all_measures_are_those_of_each(town: Town) -> None:
    goal = town.a_goal()
    keys = [town.a_measure("draft", goal=goal) for _ in range(3)]
    with town.store.unit("planner", day=DAY) as unit:
        together = facts(unit.reading(), today=DAY)
    assert list(together) == keys
    assert {replace(together[key], ask=Ask()) for key in keys} == {town.facts(k) for k in keys}
