"""An indicator over time, and in all areas at once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.reading.indicator_areas import bars
from cycle.reading.indicator_series import line
from cycle.store.store import Store
from cycle.usecases import area_changes, areas, goals, indicators, observations
from tests.makers_rounds import COUNTED, TOWN, a_goal, a_target, an_indicator, an_observation
from tests.reading.rows import TODAY, looking

Told = Any  # JSON, or the words of a call

WITHHELD = "confidential_or_unknown"


def _line(store: Store, code: str = "KITA", **words: Told) -> Told:
    with looking(store) as reader:
        return line(reader, code, **words)


def _bars(store: Store, **words: Told) -> Told:
    with looking(store) as reader:
        return bars(reader, "KITA", **{"today": TODAY} | words)


@pytest.fixture
def measured(town: Store) -> Store:
    with town.unit() as unit:
        an_indicator(unit)
        for code, name in (("06", "Neustadt"), ("01", "Nord"), ("02", "Mitte")):
            areas.add(unit, code, name, valid_from=date(2020, 1, 1))
        for year, value in ((2023, "49"), (2024, None), (2025, "52")):
            status = "final" if value else WITHHELD
            an_observation(
                unit, period_end=date(year, 12, 31), value=Decimal(value) if value else None,
                status=status,
            )  # fmt: skip
        an_observation(unit, area="01", value=Decimal("40.5"))
        an_observation(unit, area="06", period_end=date(2024, 12, 31), value=Decimal(90))
        an_observation(unit, area="06", value=None, status=WITHHELD)
        an_observation(unit, area="02", value=None, status="nil")
        an_observation(unit, area="01", breakdown="sex=w", value=Decimal(99))
    return town


def test_a_series_is_of_the_whole_town_and_hides_what_is_withheld(measured: Store) -> None:
    found = _line(measured)
    assert found["indicator"]["code"] == "KITA"
    assert found["area"]["code"] == TOWN
    told = [(each["period_end"][:4], each["value"], each["status"]) for each in found["values"]]
    assert told == [("2023", 49, "final"), ("2024", None, WITHHELD), ("2025", 52, "final")]
    assert found["areas"] == ["01", "02", "06", TOWN]
    assert [each["value"] for each in _line(measured, area="01")["values"]] == [40.5]


def test_a_goal_brings_its_target_with_steps_and_its_area(measured: Store) -> None:
    with measured.unit() as unit:
        one, other = a_goal(unit).ref, a_goal(unit).ref
        a_target(unit, one)
        goals.target(unit, other, indicator="KITA", value=Decimal(60), date=date(2029, 12, 31),
                     area="01", baseline=COUNTED,
                     path=[(date(2026, 12, 31), Decimal(45)), (date(2027, 12, 31), Decimal(50))],
                     )  # fmt: skip
        third = a_goal(unit).ref
    whole = _line(measured)
    assert [target["goal"] for target in whole["targets"]] == [one]
    target = whole["targets"][0]
    assert (target["baseline_value"], target["baseline_date"]) == (52, COUNTED.isoformat())
    assert target["steps"] == []
    there = _line(measured, goal=other)
    assert there["area"] == {"code": "01", "name": "Nord"}
    assert there["targets"][0]["steps"] == [
        {"due": "2026-12-31", "value": 45}, {"due": "2027-12-31", "value": 50},
    ]  # fmt: skip
    assert _line(measured, goal=one)["area"]["code"] == TOWN
    with pytest.raises(NotFound, match="no target"):
        _line(measured, goal=third)
    with pytest.raises(NotFound):
        _line(measured, area="99")


def test_a_series_breaks_where_it_is_counted_otherwise_or_the_area_has_changed(
    measured: Store,
) -> None:
    with measured.unit() as unit:
        indicators.redefine(unit, "KITA", definition="Neu", reason="Gesetz", comparable="no",
                            valid_from=date(2026, 1, 1))  # fmt: skip
        indicators.redefine(unit, "KITA", definition="Klarer", reason="Wort", comparable="yes",
                            valid_from=date(2026, 2, 1))  # fmt: skip
        area_changes.succeed(unit, "06", on=date(2026, 7, 1), parts=[("06", Fraction(1))])
    found = _line(measured, area="06")["breaks"]
    kinds = [(each["on"], each["kind"], each["definition"]) for each in found]
    assert ("2026-01-01", "definition", 2) in kinds
    assert ("2026-02-01", "definition", 3) not in kinds


def test_merged_areas_break_a_series(measured: Store) -> None:
    with measured.unit() as unit:
        areas.add(unit, "07", "Neu", valid_from=date(2026, 7, 1))
        area_changes.succeed(unit, "06", on=date(2026, 7, 1), parts=[("07", Fraction(1))],
                             kind="boundary")  # fmt: skip
    assert [each["kind"] for each in _line(measured, area="06")["breaks"]] == ["boundaries"]


def test_areas_stand_by_their_value_and_withheld_ones_last(measured: Store) -> None:
    found = _bars(measured)
    assert [(each["area"], each["value"]) for each in found["areas"]] == [
        ("01", 40.5), ("02", 0), ("06", None),
    ]  # fmt: skip
    assert (found["town"]["area"], found["town"]["value"]) == (TOWN, 52)
    assert found["areas"][-1]["status"] == WITHHELD


def test_the_values_of_a_day_are_the_latest_until_then(measured: Store) -> None:
    found = _bars(measured, on=date(2024, 12, 31))
    assert [(each["area"], each["value"]) for each in found["areas"]] == [("06", 90)]
    assert found["town"]["status"] == WITHHELD
    assert _bars(measured, on=date(2020, 1, 1))["areas"] == []
    assert _bars(measured, on=date(2020, 1, 1))["town"] is None


def test_a_value_still_to_come_is_passed_over(measured: Store) -> None:
    with measured.unit() as unit:
        observations.record(unit, "KITA", area="01", period_end=date(2026, 6, 30),
                            status="pending")  # fmt: skip
    assert _bars(measured)["areas"][0]["value"] == 40.5
