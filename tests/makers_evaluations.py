"""What tests of evaluations begin with: a measure under way that serves a goal with a target."""

from datetime import date
from decimal import Decimal

from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import areas, goals, indicators, observations
from tests.makers_duties import a_measure, take_over


def a_goal(unit: Unit) -> str:
    """Write an operational goal with a target in area 06: 25 % until 2027, from 33.33 % in 2023."""
    areas.add(unit, "06", "Neustadt")
    indicators.add(unit, "S-SPR", "Auffällige Sprache", source="Einschulungsuntersuchung",
                   polarity="lower_better")  # fmt: skip
    for day, value in ((date(2023, 12, 31), "33.33"), (date(2025, 12, 31), "29.35")):
        observations.record(unit, "S-SPR", area="06", period_end=day, value=Decimal(value))
    key = goals.add(unit, text="Anteil in Neustadt senken", areas=["06"]).ref
    goals.target(unit, key, indicator="S-SPR", value=Decimal(25), date=date(2027, 12, 31),
                 area="06", baseline=date(2023, 12, 31))  # fmt: skip
    return key


def a_measure_with_a_goal(town: Store, state: str = "implemented") -> str:
    """Log a measure in Neustadt, field youth welfare, that serves a goal with a target."""
    with town.unit("planner") as unit:
        goal = a_goal(unit)
    key = a_measure(town, goal=goal, areas=["06"], fields=["JUG"])
    take_over(town, key, state)
    return key
