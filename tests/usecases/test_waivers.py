import json

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.store.store import Store
from cycle.usecases import accounts, decisions, lookup, measures, moves, waivers
from tests import makers
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_measure

WHY = "Die Gruppe ist besonders schutzbedürftig"


def test_steering_makes_an_exception_that_stays_visible(town: Store) -> None:
    key = a_measure(town)
    with town.unit("steering") as unit:
        made = waivers.grant(unit, key, "financial_not_countersigned", reason=WHY)
        assert (made.guard, made.reason, made.granted_by) == (
            "financial_not_countersigned",
            WHY,
            "steering",
        )
        assert (made.granted_on, made.second_by) == (DAY, None)
        assert (
            "financial_not_countersigned" in moves.facts_of(unit, lookup.measure(unit, key)).waived
        )


@pytest.mark.parametrize("name", ["planner", "youth", "finance", "admin"])
def test_nobody_else_makes_exceptions(town: Store, name: str) -> None:
    key = a_measure(town)
    with pytest.raises(Forbidden), town.unit(name) as unit:
        waivers.grant(unit, key, "area_missing", reason=WHY)


@pytest.mark.parametrize(("actor", "second"), [("steering", "planner"), ("planner", "steering")])
def test_going_without_participation_takes_two(town: Store, actor: str, second: str) -> None:
    key = a_measure(town)
    with pytest.raises(Forbidden) as caught, town.unit(actor) as unit:
        waivers.grant(unit, key, "participation_missing", reason=WHY)
    assert caught.value.code == "second_missing"
    with town.unit(actor) as unit:
        made = waivers.grant(unit, key, "participation_missing", reason=WHY, second=second)
        assert (made.granted_by, made.second_by) == (actor, second)


@pytest.mark.parametrize("second", ["youth", "steering"])
def test_the_second_one_holds_the_other_role(town: Store, second: str) -> None:
    key = a_measure(town)
    with pytest.raises(Forbidden), town.unit("steering") as unit:
        waivers.grant(unit, key, "participation_missing", reason=WHY, second=second)


def test_a_disabled_account_is_no_second_one(town: Store) -> None:
    key = a_measure(town)
    with town.unit("admin") as unit:
        accounts.disable(unit, "planner")
    with pytest.raises(Forbidden), town.unit("steering") as unit:
        waivers.grant(unit, key, "participation_missing", reason=WHY, second="planner")


def test_one_who_holds_both_roles_needs_no_second(town: Store) -> None:
    key = a_measure(town)
    with town.unit("local") as unit:
        made = waivers.grant(unit, key, "participation_missing", reason=WHY)
        assert {made.granted_by, made.second_by} == {"steering", "planner"}


@pytest.mark.parametrize("guard", ["consequence_open", "main_goal_missing", "reason_missing"])
def test_some_guards_nobody_may_waive(town: Store, guard: str) -> None:
    key = a_measure(town)
    with pytest.raises(Refused) as caught, town.unit("steering") as unit:
        waivers.grant(unit, key, guard, reason=WHY)
    (reason,) = caught.value.reasons
    assert (reason.guard, reason.waivable, reason.values["key"]) == (guard, False, key)


def test_a_guard_that_is_met_is_told_with_the_key_alone(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Refused) as caught, town.unit("steering") as unit:
        waivers.grant(unit, key, "title_missing", reason=WHY)
    assert caught.value.reasons[0].values["key"] == key


def test_an_exception_needs_a_reason_and_is_made_once(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid), town.unit("steering") as unit:
        waivers.grant(unit, key, "area_missing", reason=" ")
    with town.unit("steering") as unit:
        waivers.grant(unit, key, "area_missing", reason=WHY)
    with pytest.raises(Conflict) as caught, town.unit("steering") as unit:
        waivers.grant(unit, key, "area_missing", reason=WHY)
    assert caught.value.code == "duplicate"


def test_a_round_has_exceptions_too(town: Store) -> None:
    with town.unit("steering") as unit:
        made = waivers.grant(unit, "Z-2026", "no_finding", reason=WHY)
        assert made.cycle_id == lookup.cycle(unit, "Z-2026").id
    with pytest.raises(Refused) as caught, town.unit("steering") as unit:
        waivers.grant(unit, "Z-2026", "measure_without_disposition", reason=WHY)
    assert caught.value.machine == "cycle"
    with pytest.raises(Forbidden), town.unit("planner") as unit:
        waivers.grant(unit, "Z-2026", "no_finding", reason=WHY)


def test_unknown_guards_and_keys_are_told(town: Store) -> None:
    key, closed = a_measure(town), a_cancelled_measure(town)
    with pytest.raises(NotFound) as caught, town.unit("steering") as unit:
        waivers.grant(unit, key, "no_finding", reason=WHY)
    assert "area_missing" in str(caught.value.values["known"])
    with pytest.raises(NotFound), town.unit("steering") as unit:
        waivers.grant(unit, "M-2026-999", "area_missing", reason=WHY)
    with pytest.raises(Conflict), town.unit("steering") as unit:
        waivers.grant(unit, closed, "area_missing", reason=WHY)


# Strict: nothing is waived but by a decision


@pytest.mark.parametrize("subject", ["measure", "round"])
def test_a_strict_town_makes_exceptions_by_decision_only(store: Store, subject: str) -> None:
    makers.a_town(store, preset="strict")
    key = a_measure(store) if subject == "measure" else "Z-2026"
    guard = "area_missing" if subject == "measure" else "no_finding"
    with pytest.raises(Forbidden) as caught, store.unit("steering") as unit:
        waivers.grant(unit, key, guard, reason=WHY)
    assert caught.value.code == "decision_needed"
    with store.unit("clerk") as unit:
        ref = makers.a_resolution(unit).ref
    with store.unit("steering") as unit:
        made = waivers.grant(unit, key, guard, reason=WHY, decision=ref)
        assert made.reason == f"{WHY} ({ref})"
    with store.unit("admin") as unit:
        sql = "SELECT content FROM event_payload WHERE municipality_id = :m ORDER BY n DESC LIMIT 1"
        assert json.loads(unit.reading().value(sql))["decision"] == ref


def test_the_decision_behind_an_exception_stands_and_adopted_something(store: Store) -> None:
    makers.a_town(store, preset="strict")
    key = a_measure(store)
    with store.unit("clerk") as unit:
        rejected = makers.a_resolution(unit, result="rejected").ref
        repealed = makers.a_resolution(unit, paper="0124/2026").ref
        decisions.add(unit, on=DAY, result="adopted", body="SR", paper="0125/2026",
                      repeals=repealed)  # fmt: skip
    for ref, error in ((rejected, Invalid), (repealed, Conflict), ("D-2026-999", NotFound)):
        with pytest.raises(error), store.unit("steering") as unit:
            waivers.grant(unit, key, "area_missing", reason=WHY, decision=ref)


def test_a_measure_raised_to_strict_takes_a_decision_too(town: Store) -> None:
    key, other = a_measure(town), a_measure(town)
    with town.unit("planner") as unit:
        measures.raise_policy(unit, key, "strict", reason=WHY)
    with town.unit("steering") as unit:
        waivers.grant(unit, other, "area_missing", reason=WHY)
    with pytest.raises(Forbidden) as caught, town.unit("steering") as unit:
        waivers.grant(unit, key, "area_missing", reason=WHY)
    assert caught.value.code == "decision_needed"
