"""Targets with the values they are judged by, as they stand in the records, on both databases."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from cycle.model.goals import GoalTarget, TargetStep
from cycle.model.indicators import IndicatorVersion, Observation
from cycle.model.space import Area, AreaSuccession
from cycle.reading.door import Reader
from cycle.reading.light_facts import Aim, aims
from cycle.reading.lights import goal_lights
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.reading.light_rows import (
    POLICY,
    QUARTER,
    SEEN,
    START,
    TOWN,
    a_goal,
    a_sign,
    a_value,
    settled_quarter,
)
from tests.reading.rows import TODAY, City, building, looking


def _facts(reader: Reader) -> Aim:
    (found,) = aims(reader, "1 = 1", {})
    return found


def test_the_highest_vintage_counts_of_baseline_and_newest_value(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_value(city, version, START, 99, 288, vintage=2)
        a_value(city, version, SEEN, 90, 276, vintage=2)
        a_goal(city, version)
    with looking(town) as reader:
        facts = _facts(reader).facts
    assert (facts.baseline, facts.numerator) == (Fraction(9900, 288), 90)


@pytest.mark.parametrize(
    ("status", "newest", "value"),
    [("pending", SEEN, 81), ("nil", date(2026, 6, 30), 0), ("unreliable", date(2026, 6, 30), None)],
)
def test_the_sign_of_a_value_says_whether_it_counts(
    town: Store, status: str, newest: date, value: int | None
) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_sign(city, version, date(2026, 6, 30), status)
        a_goal(city, version)
    with looking(town) as reader:
        facts = _facts(reader).facts
    assert facts.series.newest_on == newest
    assert (facts.value if not value else facts.numerator) == value


def test_neither_parts_nor_other_areas_count(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_value(city, version, date(2026, 6, 30), 10, 100, breakdown="sex=w")
        a_value(city, version, date(2026, 6, 30), 10, 100, area=TOWN)
        a_goal(city, version)
    with looking(town) as reader:
        assert _facts(reader).facts.series.newest_on == SEEN


def test_a_target_without_an_area_is_for_the_whole_town(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_value(city, version, date(2026, 6, 30), 10, 100, area=TOWN)
        a_goal(city, version, area_id=None)
    with looking(town) as reader:
        found = _facts(reader).facts
    assert (found.name, found.numerator) == ("Anteil SPRACHE, ganze Stadt", 10)


def _redefined(city: City, version: IndicatorVersion, comparable: str) -> None:
    """Give the indicator a second definition on 1 January 2026, and a value under it."""
    version.valid_to = date(2026, 1, 1)
    new = city.add(
        IndicatorVersion(
            indicator_id=version.indicator_id, no=2, definition="Neu gezählt", source="Amt 53",
            valid_from=date(2026, 1, 1), comparable=comparable,
        )
    )  # fmt: skip
    a_value(city, new, date(2026, 6, 30), 60, 200)


@pytest.mark.parametrize(
    ("comparable", "numerator", "broken"),
    [("yes", 60, None), ("no", 81, date(2026, 1, 1)), ("with_factor", 81, date(2026, 1, 1))],
)
def test_values_of_a_later_definition_count_where_it_compares(
    town: Store, comparable: str, numerator: int, broken: date | None
) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        _redefined(city, version, comparable)
        a_goal(city, version)
    with looking(town) as reader:
        facts = _facts(reader).facts
    assert (facts.numerator, facts.series.broken_on) == (numerator, broken)


def test_a_target_that_lost_its_ground_breaks_with_it(town: Store) -> None:
    with building(town) as city:
        a_goal(city, settled_quarter(city), not_comparable_since=date(2026, 2, 1))
    with looking(town) as reader:
        facts = _facts(reader).facts
    assert facts.not_comparable_since == facts.series.broken_on == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("kind", "on", "basis", "broken"),
    [
        ("split", date(2025, 1, 1), "measured", True),
        ("rename", date(2025, 1, 1), "measured", False),
        ("split", date(2025, 1, 1), "recalculated", False),
        ("split", date(2023, 12, 31), "measured", False),  # it starts from the new area
    ],
)
@pytest.mark.parametrize("way", ["from", "to"])
def test_a_series_breaks_where_boundaries_change_and_nobody_recalculates(
    town: Store, way: str, kind: str, on: date, basis: str, *, broken: bool
) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        lookup.every(city.unit, Observation, period_end=START)[0].basis = basis
        goal = a_goal(city, version)
        here = lookup.area(city.unit, QUARTER)
        other = city.add(
            Area(scheme_id=here.scheme_id, code="07", name="Neu", valid_from=date(2025, 1, 1))
        )
        ends = (here.id, other.id) if way == "from" else (other.id, here.id)
        city.add(
            AreaSuccession(from_area_id=ends[0], to_area_id=ends[1], on_date=on, kind=kind,
                           share=Decimal(1))
        )  # fmt: skip
    with looking(town) as reader:
        (shown,) = goal_lights(reader, [goal.ref], today=TODAY, policy=POLICY).values()
    assert [r["code"] for r in shown["data"]["reasons"]] == (["series_broken"] if broken else [])


def test_a_gap_is_measured_against_the_town_in_the_same_periods(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        for end, numerator in ((START, 200), (SEEN, 190)):
            a_value(city, version, end, numerator - 5, 1000, area=TOWN)
            a_value(city, version, end, numerator, 1000, area=TOWN, vintage=2)
        a_goal(city, version, kind="reduce_gap", target_value=Decimal(5))
    with looking(town) as reader:
        facts = _facts(reader).facts
    assert (facts.baseline_city, facts.city) == (Fraction(20), Fraction(19))


def test_any_other_target_asks_nothing_of_the_town(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_value(city, version, SEEN, 190, 1000, area=TOWN)
        a_goal(city, version)
    with looking(town) as reader:
        assert _facts(reader).facts.city is None


@pytest.mark.parametrize(("path", "steps"), [("stepped", 2), ("linear", 0)])
def test_a_stepped_path_brings_its_steps(town: Store, path: str, steps: int) -> None:
    with building(town) as city:
        goal = a_goal(city, settled_quarter(city), path=path)
        target = lookup.every(city.unit, GoalTarget, goal_id=goal.id)[0]
        for due, value in ((date(2025, 6, 30), "30.5"), (date(2026, 6, 30), "30.5")):
            city.add(TargetStep(goal_target_id=target.id, due=due, value=Decimal(value)))
    with looking(town) as reader:
        found = _facts(reader).facts.steps
    assert len(found) == steps
    assert set(found) <= {(date(y, 6, 30), Decimal("30.5")) for y in (2025, 2026)}
