"""Rows that lights are judged by: a quarter, its share of children, goals and running measures."""

from datetime import date
from decimal import Decimal
from typing import Any

from cycle.machine.policy import PRESETS
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import IndicatorVersion, Observation
from cycle.model.measures import Measure
from cycle.usecases import areas, lookup
from tests.reading.rows import City, Column

POLICY = PRESETS["standard"]
TOWN, QUARTER = "16999000", "06"
START, SEEN, END = date(2023, 12, 31), date(2025, 12, 31), date(2027, 12, 31)


def settled_quarter(city: City) -> IndicatorVersion:
    """Settle the quarter and the indicator: 96 of 288 at the start, 81 of 276 two years later."""
    areas.add(city.unit, QUARTER, "Neustadt", valid_from=date(2020, 1, 1))
    version = city.indicator("SPRACHE", polarity="lower_better", measure_type="share")
    a_value(city, version, START, 96, 288)
    a_value(city, version, SEEN, 81, 276)
    return version


def a_value(
    city: City, version: IndicatorVersion, end: date, cases: int, among: int, **more: Column
) -> Observation:
    value, area = round(Decimal(cases * 100) / among, 4), more.pop("area", QUARTER)
    return city.observation(
        version, area, end, str(value), numerator=cases, denominator=among, **more
    )


def a_sign(city: City, version: IndicatorVersion, end: date, status: str) -> None:
    city.observation(version, QUARTER, end, None, status=status)


def a_goal(city: City, version: IndicatorVersion, **more: Column) -> Goal:
    goal = city.goal(level="operational")
    a_target(city, goal, version, **more)
    return goal


def a_target(city: City, goal: Goal, version: IndicatorVersion, **more: Column) -> GoalTarget:
    baseline = lookup.by(
        city.unit, Observation, indicator_version_id=version.id, period_end=START,
        area_id=lookup.area(city.unit, QUARTER).id, vintage=1,
    )  # fmt: skip
    words: dict[str, Any] = {
        "area_id": lookup.area(city.unit, QUARTER).id, "target_value": Decimal(25),
        "target_date": END, "baseline_id": baseline.id if baseline else None,
    }  # fmt: skip
    return city.add(GoalTarget(goal_id=goal.id, indicator_version_id=version.id, **words | more))


def a_running_measure(city: City, goal: Goal | None = None, **more: Column) -> Measure:
    words: dict[str, Any] = {
        "state": "in_progress", "binding": "administrative", "actual_start": date(2026, 9, 1),
    }  # fmt: skip
    return city.measure(goal=goal, **words | more)
