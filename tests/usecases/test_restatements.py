from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.model.goals import GoalTarget, TargetStep
from cycle.model.indicators import Observation
from cycle.model.space import Area
from cycle.reading import restatements as proposed
from cycle.store.store import Store
from cycle.usecases import area_changes, areas, goals, indicators, lookup, recalculations
from tests.makers import DAY
from tests.makers_rounds import (
    COUNTED,
    a_goal,
    a_target,
    a_whole_goal,
    an_indicator,
    an_observation,
    in_stage,
)

GOAL = "G-2026-001"
WHY = "Neue Zählweise"


@pytest.fixture
def aimed(town: Store) -> Store:
    with town.unit() as unit:
        a_whole_goal(unit)
    return town


def _redefine(town: Store, comparable: str = "no", **words: Any) -> None:  # noqa: ANN401
    with town.unit("statistician") as unit:
        indicators.redefine(
            unit, "KITA", definition="Neu", reason="Gesetz", comparable=comparable, **words
        )


def _restate(town: Store, actor: str = "planner", **words: Any) -> None:  # noqa: ANN401
    with town.unit(actor) as unit:
        goals.restate(unit, GOAL, **{"reason": WHY} | words)


def _faults(town: Store, **words: Any) -> list[str]:  # noqa: ANN401
    with pytest.raises(Invalid) as wrong:
        _restate(town, **words)
    return [fault.pointer for fault in wrong.value.faults]


def _now(town: Store) -> GoalTarget:
    with town.unit("reader") as unit:
        (found,) = lookup.every(unit, GoalTarget, replaced_on=None)
        unit.session.expunge(found)
        return found


def test_only_targets_still_aimed_at_wait_to_be_restated(town: Store) -> None:
    with town.unit() as unit:
        a_whole_goal(unit)
        given_up = a_goal(unit).ref
        a_target(unit, given_up)
        goals.rate(unit, given_up, status="dropped", text="Überholt")
        indicators.redefine(unit, "KITA", definition="Neu", reason="Gesetz", comparable="no",
                            valid_from=date(2026, 8, 1))  # fmt: skip
        assert unit.told[-1]["payload"]["targets"] == [GOAL]
        indicators.redefine(unit, "KITA", definition="Neuer", reason="Gesetz", comparable="no")
        waiting = lookup.every(unit, GoalTarget, not_comparable_since=date(2026, 8, 1))
        assert [target.goal_id for target in waiting] == [lookup.goal(unit, GOAL).id]
        assert lookup.every(unit, GoalTarget, not_comparable_since=DAY) == []


def test_targets_of_a_closed_round_stay_as_they_were(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("steering") as unit:
        goals.rate(unit, GOAL, status="missed", text="Es fehlten Kräfte.")
        lookup.goal(unit, GOAL).status = "adopted"
        lookup.cycle(unit, "Z-2026").stage = "closed"
    _redefine(town)
    assert _now(town).not_comparable_since is None


@pytest.mark.parametrize(
    ("comparable", "factor", "pointer"),
    [
        ("perhaps", None, "comparable"),
        ("with_factor", None, "factor"),
        ("with_factor", Decimal(0), "factor"),
        ("with_factor", Decimal("NaN"), "factor"),
        ("no", Decimal(2), "factor"),
    ],
)
def test_a_factor_is_told_where_it_is_needed_and_only_there(
    aimed: Store, comparable: str, factor: Decimal | None, pointer: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        _redefine(aimed, comparable, factor=factor)
    assert [fault.pointer for fault in wrong.value.faults] == [pointer]


def test_what_cannot_be_compared_is_set_anew_by_hand(aimed: Store) -> None:
    _redefine(aimed)
    assert _now(aimed).not_comparable_since == DAY
    assert _faults(aimed) == ["value", "baseline"]
    assert _faults(aimed, value=Decimal(70), baseline=COUNTED) == []  # nothing observed anew yet
    with aimed.unit("statistician") as unit:
        an_observation(unit, value=Decimal(48))
    _restate(aimed, value=Decimal(70), baseline=COUNTED, date=date(2029, 12, 31))
    new = _now(aimed)
    assert (new.target_value, new.target_date) == (Decimal(70), date(2029, 12, 31))
    assert new.not_comparable_since is None


def test_the_proposal_multiplies_every_factor_in_between(aimed: Store) -> None:
    _redefine(aimed, "with_factor", factor=Decimal("0.5"))
    _redefine(aimed, "yes")
    with aimed.unit("planner") as unit:
        (definitions,) = proposed.changes(unit.reading(), GOAL).values()
        assert proposed.factor_since(definitions, 1) == Decimal("0.5")
        assert proposed.factor_since(definitions, 3) is None
    _restate(aimed)
    with aimed.unit("reader") as unit:
        new = lookup.every(unit, GoalTarget, replaced_on=None)[0]
        start = unit.get(Observation, new.baseline_id)
        assert (new.target_value, start.value) == (Decimal("30.0"), Decimal(26))
        assert (start.basis, start.period_end) == ("recalculated", COUNTED)


def test_a_value_observed_under_the_new_definition_goes_before_a_reckoned_one(
    aimed: Store,
) -> None:
    _redefine(aimed, "with_factor", factor=Decimal(1))
    with aimed.unit("statistician") as unit:
        an_observation(unit, value=Decimal(49))
        an_observation(unit, value=Decimal(50))
    _restate(aimed, value=Decimal(61))
    with aimed.unit("reader") as unit:
        new = lookup.every(unit, GoalTarget, replaced_on=None)[0]
        assert unit.get(Observation, new.baseline_id).value == Decimal(50)
        assert new.target_value == Decimal(61)


def test_the_way_and_the_tolerance_are_restated_with_the_target(town: Store) -> None:
    with town.unit() as unit:
        an_indicator(unit)
        an_observation(unit)
        a_target(unit, a_goal(unit).ref, path=[(date(2027, 6, 30), Decimal(55))],
                 tolerance=Decimal(2))  # fmt: skip
    _redefine(town, "with_factor", factor=Decimal("0.5"))
    _restate(town)
    new = _now(town)
    with town.unit("reader") as unit:
        (step,) = lookup.every(unit, TargetStep, goal_target_id=new.id)
    assert (step.value, new.tolerance, new.path) == (Decimal("27.5"), Decimal("1.0"), "stepped")
    _redefine(town)
    with town.unit("statistician") as unit:
        an_observation(unit, value=Decimal(20))
    _restate(town, value=Decimal(25), baseline=COUNTED)
    assert (_now(town).path, _now(town).tolerance) == ("linear", None)


def test_where_nothing_has_changed_there_is_nothing_to_restate(aimed: Store) -> None:
    with pytest.raises(Invalid, match="defined as it was") as caught:
        _restate(aimed)
    assert "goal revise" in caught.value.fix
    assert _faults(aimed, reason=" ") == ["reason"]
    with pytest.raises(Forbidden):
        _restate(aimed, "statistician")
    with pytest.raises(Conflict):
        _restate(aimed, expect=99)


def test_a_target_without_baseline_stays_without(town: Store) -> None:
    with town.unit() as unit:
        an_indicator(unit)
        a_target(unit, a_goal(unit).ref, baseline=None)
    _redefine(town)
    _restate(town, value=Decimal(50))
    assert (_now(town).baseline_id, _now(town).target_value) == (None, Decimal(50))


def test_without_any_area_a_target_can_only_be_restated_into_one(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        for target in lookup.every(unit, GoalTarget):
            target.area_id = None
            unit.tell(target, "edited", key=GOAL)
    _redefine(aimed, "yes")
    with aimed.unit("planner") as unit:
        areas.add(unit, "06", "Neustadt")
    _restate(aimed, value=Decimal(61))
    new = _now(aimed)
    with aimed.unit("reader") as unit:
        assert unit.get(Area, new.area_id).level == 0
    _redefine(aimed, "yes")
    with aimed.unit("planner") as unit:
        for target in lookup.every(unit, GoalTarget):
            target.area_id = None
        for area in lookup.every(unit, Area):
            area.level = 1
            unit.tell(area, "edited")
    with pytest.raises(Invalid, match="Without an area"):
        _restate(aimed)


@pytest.mark.parametrize(("unit_of", "missing"), [("%", []), ("Kinder", ["value"])])
def test_a_target_moves_to_the_area_that_came_of_its_own(
    town: Store, unit_of: str, missing: list[str]
) -> None:
    reform = date(2026, 7, 1)
    with town.unit() as unit:
        areas.add(unit, "06", "Neustadt", valid_from=date(2020, 1, 1))
        for code in ("061", "062"):
            areas.add(unit, code, code, valid_from=reform)
        an_indicator(unit, unit_of=unit_of)
        counted = {"value": None, "numerator": 52, "denominator": 100}
        an_observation(unit, area="06", **(counted if unit_of == "%" else {}))
        a_target(unit, a_goal(unit).ref, area="06")
        halves = [("061", Fraction(1, 2)), ("062", Fraction(1, 2))]
        area_changes.succeed(unit, "06", on=reform, parts=halves)
    if missing:
        assert _faults(town, into="061") == missing
    else:
        with pytest.raises(Invalid, match="no value"):
            _restate(town, into="061")
    with town.unit("statistician") as unit:
        recalculations.recalculate(unit, "KITA")
    told: dict[str, Any] = {"value": Decimal(30)} if missing else {}
    _restate(town, into="061", **told)
    with town.unit("reader") as unit:
        new = lookup.every(unit, GoalTarget, replaced_on=None)[0]
        assert unit.get(Area, new.area_id).code == "061"
        assert unit.get(Observation, new.baseline_id).value == (26 if missing else 52)
        assert new.target_value == (30 if missing else 60)
