from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cycle.errors import Conflict, Invalid
from cycle.model.goals import GoalAgreement, GoalTarget, TargetStep
from cycle.model.indicators import Observation
from cycle.model.space import Area
from cycle.store.store import Store
from cycle.usecases import areas, goals, indicators, lookup
from tests.makers import DAY
from tests.makers_rounds import (
    COUNTED,
    REACHED,
    a_goal,
    a_target,
    a_whole_goal,
    an_indicator,
    an_observation,
    in_stage,
)

GOAL = "G-2026-001"
DAY_LONG = timedelta(days=1)


@pytest.fixture
def aimed(town: Store) -> Store:
    with town.unit() as unit:
        an_indicator(unit)
        an_observation(unit)
        a_goal(unit)
    return town


def _codes(town: Store, **words: Any) -> list[str]:  # noqa: ANN401
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        a_target(unit, GOAL, **words)
    return [fault.code for fault in wrong.value.faults]


def _targets(town: Store) -> list[GoalTarget]:
    with town.unit("reader") as unit:
        found = lookup.every(unit, GoalTarget)
        unit.session.expunge_all()
        return sorted(found, key=lambda t: t.id)


def test_a_target_pins_definition_and_baseline_for_the_whole_town(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        a_target(unit, GOAL)
        target = lookup.by(unit, GoalTarget)
        assert target is not None
        assert unit.get(Area, target.area_id).level == 0
        assert unit.get(Observation, target.baseline_id).period_end == COUNTED
        assert lookup.goal(unit, GOAL).due == REACHED


def test_a_target_may_begin_with_its_indicator_only(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        goals.target(unit, GOAL, indicator="KITA", data_plan="Zählung im Herbst 2027")
        assert lookup.goal(unit, GOAL).due is None


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"date": COUNTED}, "before_baseline"),
    ({"value": Decimal(52)}, "reached_already"),
    ({"value": Decimal(40)}, "wrong_direction"),
    ({"value": Decimal(60), "kind": "at_most"}, "wrong_direction"),
    ({"value": Decimal("Infinity")}, "no_number"),
    ({"kind": "keep_band"}, "missing"),
    ({"tolerance": Decimal(-1)}, "too_small"),
]


def test_it_refuses_a_target_that_contradicts_itself(aimed: Store) -> None:
    for words, code in WRONG:
        assert _codes(aimed, **words) == [code]
    assert _targets(aimed) == []


def test_it_tells_all_that_is_wrong_at_once(aimed: Store) -> None:
    wrong = _codes(aimed, value=Decimal(40), date=COUNTED, tolerance=Decimal("NaN"))
    assert wrong == ["no_number", "before_baseline", "wrong_direction"]


SENSIBLE: list[dict[str, Any]] = [
    {"value": Decimal(40), "reverse_reason": "Weniger Kinder"},
    {"value": Decimal(40), "kind": "reduce_gap"},
    {"value": Decimal(52), "kind": "keep_band", "tolerance": Decimal(2)},
    {"value": Decimal(52), "kind": "at_least"},
    {"value": None},
    {"baseline": None, "value": Decimal(1)},
]


def test_other_kinds_of_targets_have_their_own_sense(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        for words in SENSIBLE:
            a_target(unit, a_goal(unit).ref, **words)


def test_less_is_the_right_direction_where_less_is_better(aimed: Store) -> None:
    with aimed.unit() as unit:
        an_indicator(unit, "WARTE", polarity="lower_better", unit_of="Kinder")
        an_observation(unit, indicator="WARTE", value=Decimal(300))
        an_indicator(unit, "EW", polarity="context", unit_of="Personen")
        a_target(unit, GOAL, indicator="EW", value=Decimal(1), baseline=None)
        a_target(unit, GOAL, indicator="WARTE", value=Decimal(100))
        indicators.edit(unit, "WARTE", name="Wartende Kinder")
    with pytest.raises(Invalid, match="check"), aimed.unit("planner") as unit:
        goals.revise(unit, GOAL, indicator="WARTE", value=Decimal(400), reason="Zuzug")


def test_a_withheld_value_is_no_baseline(aimed: Store) -> None:
    with aimed.unit() as unit:
        day = date(2024, 12, 31)
        an_observation(unit, value=None, period_end=day, status="confidential_or_unknown")
    assert _codes(aimed, baseline=date(2024, 12, 31)) == ["withheld"]


def test_an_indicator_serves_a_goal_once_for_an_area(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        areas.add(unit, "06", "Neustadt")
        a_target(unit, GOAL)
        a_target(unit, GOAL, area="06", baseline=None)
    with pytest.raises(Conflict, match="already"), aimed.unit("planner") as unit:
        a_target(unit, GOAL)


def test_without_any_area_there_is_no_baseline(aimed: Store) -> None:
    with aimed.unit() as unit:
        for area in lookup.every(unit, Area):
            area.level = 1
            unit.tell(area, "edited")
    with aimed.unit("planner") as unit:
        a_target(unit, GOAL, baseline=None)
        goals.revise(unit, GOAL, value=Decimal(61), reason="Mehr")
        a_second = a_goal(unit).ref
    with pytest.raises(Invalid, match="Without an area"), aimed.unit("planner") as unit:
        a_target(unit, a_second)


def test_a_revision_keeps_the_old_target_and_says_why(town: Store) -> None:
    in_stage(town, "measure")
    with town.unit("planner") as unit:
        goals.revise(unit, GOAL, reason="Zuzug", value=Decimal(58))
        assert unit.told[-1]["payload"]["reason"] == "Zuzug"
    old, new = _targets(town)
    assert (old.target_value, old.replaced_on, old.replaced_reason) == (Decimal(60), DAY, "Zuzug")
    assert (new.target_value, new.target_date, new.replaces_id) == (Decimal(58), REACHED, old.id)
    assert new.baseline_id == old.baseline_id


def test_a_new_baseline_pins_the_definition_in_force(town: Store) -> None:
    with town.unit() as unit:
        a_whole_goal(unit)
        indicators.redefine(unit, "KITA", definition="Neu", reason="Gesetz")
        an_observation(unit, value=Decimal(50), period_end=date(2026, 6, 30))
        goals.revise(unit, GOAL, reason="Neue Zählweise", baseline=date(2026, 6, 30),
                     date=date(2029, 1, 1), tolerance=Decimal(1))  # fmt: skip
    old, new = _targets(town)
    assert old.indicator_version_id != new.indicator_version_id
    assert (new.target_date, new.tolerance) == (date(2029, 1, 1), Decimal(1))


def test_a_new_wording_is_kept_among_the_agreements(town: Store) -> None:
    with town.unit("planner") as unit:
        goal = a_goal(unit)
        goals.revise(unit, goal.ref, reason="Klarer", text="Jedes Kind hat einen Platz",
                     due=date(2029, 1, 1), criterion="Niemand wartet")  # fmt: skip
        amended = lookup.by(unit, GoalAgreement, kind="amended")
        assert amended is not None
        assert (amended.wording, amended.note) == ("Jedes Kind hat einen Platz", "Klarer")
        assert (goal.due, goal.qualitative_criterion) == (date(2029, 1, 1), "Niemand wartet")


def test_a_revision_needs_a_reason_and_a_target(aimed: Store) -> None:
    with pytest.raises(Invalid) as wrong, aimed.unit("planner") as unit:
        goals.revise(unit, GOAL, reason=" ")
    assert [fault.pointer for fault in wrong.value.faults] == ["reason"]
    with pytest.raises(Invalid, match="no such target"), aimed.unit("planner") as unit:
        goals.revise(unit, GOAL, reason="Zuzug", value=Decimal(0))


def test_with_several_targets_one_is_named(aimed: Store) -> None:
    with aimed.unit() as unit:
        an_indicator(unit, "EW", polarity="context", unit_of="Personen")
        a_target(unit, GOAL)
        a_target(unit, GOAL, indicator="EW", baseline=None)
    with pytest.raises(Invalid, match="several"), aimed.unit("planner") as unit:
        goals.revise(unit, GOAL, reason="Zuzug", value=Decimal(70))
    with aimed.unit("planner") as unit:
        goals.revise(unit, GOAL, reason="Zuzug", value=Decimal(70), indicator="KITA")


def test_a_goal_is_rated_by_its_latest_value(town: Store) -> None:
    with town.unit() as unit:
        a_whole_goal(unit)
        an_observation(unit, value=Decimal(61), period_end=date(2026, 6, 30))
        an_observation(unit, value=None, status="pending", period_end=date(2026, 9, 30))
        goal = goals.rate(unit, GOAL, status="achieved", text="Geschafft")
        seen = unit.get(Observation, goal.rated_observation_id)
        assert (goal.status, goal.rated_on, seen.value) == ("achieved", DAY, Decimal(61))
        goals.rate(unit, GOAL, status="missed", text="Damals nicht", observation=COUNTED)
        assert unit.get(Observation, goal.rated_observation_id).value == Decimal(52)


def test_a_goal_without_target_is_rated_in_words(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        goal = goals.rate(unit, GOAL, status="dropped", text="Überholt")
        assert (goal.status, goal.rated_observation_id) == ("dropped", None)
    with pytest.raises(Invalid) as wrong, aimed.unit("planner") as unit:
        goals.rate(unit, GOAL, status="fine")
    assert {fault.pointer for fault in wrong.value.faults} == {"text", "status"}


STEPS = [(date(2026, 12, 31), Decimal(54)), (date(2027, 12, 31), Decimal(57))]
ASTRAY: list[tuple[dict[str, Any], list[str]]] = [
    ({"path": STEPS[::-1]}, ["not_ascending"]),
    ({"path": [STEPS[0], STEPS[0]]}, ["not_ascending"]),
    ({"path": [(COUNTED, Decimal(54))]}, ["outside"]),
    ({"path": [(REACHED, Decimal(54))]}, ["outside"]),
    ({"path": [(STEPS[0][0], Decimal("51.9"))]}, ["outside"]),
    ({"path": [(STEPS[0][0], Decimal("60.1"))]}, ["outside"]),
    ({"path": [(STEPS[0][0], Decimal("NaN"))]}, ["no_number"]),
    ({"path": STEPS, "kind": "at_least"}, ["no_way"]),
    ({"path": STEPS, "value": None, "date": None}, ["missing", "missing"]),
    ({"path": STEPS, "value": Decimal("NaN")}, ["no_number"]),
]


def test_steps_lie_in_order_between_baseline_and_target(aimed: Store) -> None:
    for words, codes in ASTRAY:
        assert _codes(aimed, **words) == codes, words
    with aimed.unit("planner") as unit:
        edges = [(COUNTED + DAY_LONG, Decimal(52)), (REACHED - DAY_LONG, Decimal(60))]
        a_target(unit, GOAL, path=edges)
    (target,) = _targets(aimed)
    assert target.path == "stepped"


def test_a_gap_is_reduced_in_steps_of_any_value_and_also_without_a_baseline(aimed: Store) -> None:
    wide = [(date(2026, 12, 31), Decimal(80))]
    with aimed.unit("planner") as unit:
        a_target(unit, GOAL, path=wide, kind="reduce_gap")
        a_target(unit, a_goal(unit).ref, path=wide, baseline=None)


def test_a_revision_keeps_the_steps_unless_it_tells_others(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        a_target(unit, GOAL, path=STEPS)
        for words in ({"value": Decimal(59)}, {"path": STEPS[:1]}, {"path": ()}):
            goals.revise(unit, GOAL, reason="Zuzug", **words)
    ways = [len(lookup_steps(aimed, target)) for target in _targets(aimed)]
    assert ways == [2, 2, 1, 0]
    assert [t.path for t in _targets(aimed)] == ["stepped", "stepped", "stepped", "linear"]


def lookup_steps(town: Store, target: GoalTarget) -> list[TargetStep]:
    with town.unit("reader") as unit:
        return lookup.every(unit, TargetStep, goal_target_id=target.id)


def test_of_two_targets_the_area_tells_which_is_revised(aimed: Store) -> None:
    with aimed.unit("planner") as unit:
        areas.add(unit, "06", "Neustadt")
        a_target(unit, GOAL)
        a_target(unit, GOAL, area="06", baseline=None, data_plan="Zählung, 30.09.2027")
        goals.revise(unit, GOAL, reason="Zuzug", value=Decimal(70), area="06")
    *_, new = _targets(aimed)
    assert (new.target_value, new.data_plan) == (Decimal(70), "Zählung, 30.09.2027")
