"""After any deed the store says of every record what follows from all of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import areas, cycles, decisions, evaluations, measures, participations, reports
from tests.makers import DAY
from tests.makers_rounds import (
    REPORT,
    ROUND,
    TOWN,
    a_goal,
    a_running_measure,
    a_target,
    an_evaluation,
    an_indicator,
    an_observation,
    in_stage,
)

NORD = "Nord"
COUNTED = (date(2025, 12, 31), date(2026, 6, 30))


def _kept(town: Store, noun: str, name: str, topic: str = "%") -> int:
    with town.unit("reader", day=DAY) as unit:
        assert discrepancies(unit.reading()) == []
        sql = """SELECT COUNT(*) FROM standing
            WHERE noun = :noun AND name = :name AND topic LIKE :topic"""
        return int(unit.reading().value(sql, noun=noun, name=name, topic=topic))


def _involve(unit: Unit, **whom: Any) -> None:  # noqa: ANN401 - as `participations.add`
    participations.add(
        unit, format="survey", level="consult", groups=["residents"], held_from=DAY,
        summary="Es kamen viele.", **whom,
    )  # fmt: skip


@pytest.mark.parametrize("noun", ["measure", "goal", "cycle"])
def test_a_round_in_which_people_were_involved_lacks_that_no_more(town: Store, noun: str) -> None:
    with town.unit("planner", day=DAY) as unit:
        keys = {"measure": measures.log(unit, title="Neu", lead="51").ref, "cycle": ROUND}
        keys["goal"] = a_goal(unit).ref
    assert _kept(town, "round", "participation_missing") == 1
    with town.unit("planner", day=DAY) as unit:
        _involve(unit, **{noun: keys[noun]})
    assert _kept(town, "round", "participation_missing") == 0


@pytest.mark.parametrize("told", ["met", "repealed", "corrected"])
def test_a_condition_on_a_report_is_overdue_until_it_is_met_or_gone(town: Store, told: str) -> None:
    with town.unit("planner", day=DAY) as unit:
        reports.approve(unit, REPORT)
        key = decisions.add(
            unit, on=DAY, result="adopted", reports=[REPORT], body="SR", paper="2026/1",
            conditions=[("other", "Zahlen nachliefern", date(2026, 12, 1))],
        ).ref  # fmt: skip
    assert _kept(town, "report", "O11") == 1
    with town.unit("planner", day=DAY) as unit:
        if told == "met":
            decisions.meet_condition(unit, key, "other", "liegen vor")
        elif told == "repealed":
            decisions.add(unit, on=DAY, result="adopted", body="SR", paper="2026/2", repeals=key)
        else:
            decisions.correct(unit, key, reason="Tippfehler", conditions=())
    assert _kept(town, "report", "O11") == 0


def test_advice_goes_with_its_measure_into_another_round(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        key = a_running_measure(unit, is_ongoing=True)
        evaluations.plan(unit, key, due=DAY, question="Wirkt es?")
        an_evaluation(unit, key, recommendations=["Ein Elternmodul ergänzen."])
        other = cycles.take_over(
            unit, title="Weiter", start=date(2027, 1, 1), stage="measure", source="Liste"
        ).ref
        paper = decisions.add(
            unit, on=DAY, result="adopted", cycles=[ROUND], body="SR", paper="2026/1"
        ).ref
    with town.unit("steering", day=DAY) as unit:
        cycles.abandon(unit, ROUND, reason="Es ging nicht weiter.", decision=paper, move_to=other)
    assert _kept(town, "recommendation", "recommendation_unanswered") == 1


def test_a_new_area_that_is_the_whole_town_changes_what_others_are_compared_with(
    town: Store,
) -> None:
    in_stage(town, "measure")
    with town.unit("planner", day=DAY) as unit:
        areas.add(unit, NORD, NORD)
        an_indicator(unit, "NORD")
        for day, city, there in zip(COUNTED, (52, 53), (60, 61), strict=True):
            for area, value in ((TOWN, city), (NORD, there)):
                an_observation(
                    unit, indicator="NORD", area=area, period_end=day, value=Decimal(value)
                )
        goal = a_goal(unit).ref
        a_target(unit, goal, indicator="NORD", area=NORD, kind="reduce_gap", value=Decimal(4))
        measures.log(unit, title="Neu", lead="51", goal=goal)
    assert _kept(town, "measure", "red", "light:effect") == 1
    with town.unit("planner", day=DAY) as unit:
        areas.add_scheme(unit, "R27", "Reform", purpose="statistical", valid_from=DAY)
        areas.add(unit, TOWN, "Saalestadt", scheme="R27", level=0)
    assert _kept(town, "measure", "grey", "light:effect") == 1
