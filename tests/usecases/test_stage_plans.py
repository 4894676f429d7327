from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.duties import Deadline
from cycle.store.store import Store
from cycle.usecases import cycles, lookup, stage_plans
from tests.makers_rounds import ROUND, in_stage

END = date(2027, 3, 31)


def _planned(town: Store) -> list[tuple[str, date]]:
    with town.unit("reader") as unit:
        return [(d.code, d.due) for d in lookup.every(unit, Deadline)]


def test_a_stage_gets_its_last_day_and_a_later_plan_replaces_it(town: Store) -> None:
    for until in (END, END + timedelta(days=30)):
        with town.unit("planner") as unit:
            stage_plans.plan(unit, ROUND, stage="goal", until=until)
    with town.unit("planner") as unit:
        stage_plans.plan(unit, ROUND, stage="report", until=END)
    assert set(_planned(town)) == {
        ("stage_goal", END + timedelta(days=30)), ("stage_report", END),
    }  # fmt: skip


def test_only_planning_plans_a_stage(town: Store) -> None:
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        stage_plans.plan(unit, ROUND, stage="goal", until=END)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        stage_plans.plan(unit, "Z-1999", stage="goal", until=END)
    assert _planned(town) == []


@pytest.mark.parametrize("stage", ["closed", "nonsense"])
def test_a_stage_that_does_not_end_is_not_planned(town: Store, stage: str) -> None:
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        stage_plans.plan(unit, ROUND, stage=stage, until=END)
    assert [f.code for f in wrong.value.faults] == ["unknown_word"]


def test_a_stage_that_is_over_and_a_day_before_the_round_are_told(town: Store) -> None:
    in_stage(town, "goal")
    with town.unit("planner") as unit:
        begins = lookup.cycle(unit, ROUND).period_start
        stage_plans.plan(unit, ROUND, stage="goal", until=begins)
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        stage_plans.plan(unit, ROUND, stage="report", until=begins - timedelta(days=1))
    assert [f.code for f in wrong.value.faults] == ["stage_left", "ends_before_it_begins"]
    assert _planned(town) == [("stage_goal", begins)]


def test_a_round_writes_its_report_before_its_period_begins(town: Store) -> None:
    with town.unit("planner", day=date(2026, 11, 22)) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        later = cycles.open_round(
            unit, title="Weiter", start=date(2028, 1, 1), predecessor="Z-2026"
        )
        until = date(2027, 3, 31)
        assert stage_plans.plan(unit, later.ref, stage="report", until=until).due == until
        with pytest.raises(Invalid):
            stage_plans.plan(unit, later.ref, stage="report", until=date(2026, 11, 21))


def test_a_closed_round_is_planned_no_more(town: Store) -> None:
    in_stage(town, "closed")
    with pytest.raises(Conflict), town.unit("planner") as unit:
        stage_plans.plan(unit, ROUND, stage="evaluation", until=END)
