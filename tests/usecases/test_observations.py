from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cycle.errors import Forbidden, Invalid, NotFound
from cycle.model.indicators import Observation
from cycle.store.store import Store
from cycle.usecases import areas, lookup, observations
from tests.makers_rounds import COUNTED, TOWN, a_goal, a_target, an_indicator, an_observation


@pytest.fixture(autouse=True)
def _indicator(town: Store) -> None:
    with town.unit("statistician") as unit:
        an_indicator(unit)


def _all(town: Store) -> list[Observation]:
    with town.unit("reader") as unit:
        found = lookup.every(unit, Observation)
        unit.session.expunge_all()
        return sorted(found, key=lambda o: o.vintage)


def _codes(town: Store, **changes: Any) -> set[str]:  # noqa: ANN401
    with pytest.raises(Invalid) as wrong, town.unit("statistician") as unit:
        an_observation(unit, **changes)
    return {fault.code for fault in wrong.value.faults}


def test_a_value_is_recorded_under_the_current_definition(town: Store) -> None:
    with town.unit("statistician") as unit:
        found = an_observation(unit)
        assert (found.value, found.vintage, found.recorded_on) == (Decimal(52), 1, unit.day)
        assert found.period_start == found.period_end == COUNTED


def test_the_same_value_again_changes_nothing(town: Store) -> None:
    for value in ("52", "52.0"):
        with town.unit("statistician") as unit:
            an_observation(unit, value=Decimal(value))
    assert [o.vintage for o in _all(town)] == [1]


def test_another_value_becomes_a_new_vintage_and_names_the_goals_it_touches(town: Store) -> None:
    with town.unit() as unit:
        an_observation(unit)
        a_target(unit, a_goal(unit).ref)
        an_observation(unit, value=Decimal("52.4"), status="revised")
        assert unit.told[-1]["payload"]["targets"] == ["G-2026-001"]
    assert [(o.vintage, o.value) for o in _all(town)] == [(1, Decimal(52)), (2, Decimal("52.4"))]


def test_numerator_and_denominator_give_the_share_in_percent(town: Store) -> None:
    with town.unit("statistician") as unit:
        found = an_observation(unit, value=None, numerator=1, denominator=3)
        assert found.value == Decimal("33.3333")


def test_the_unit_tells_how_a_rate_is_told(town: Store) -> None:
    for unit_of, value in (("je 1.000", Decimal(500)), ("Plätze je Kind", Decimal("0.5"))):
        with town.unit("statistician") as unit:
            an_indicator(unit, unit_of, unit_of=unit_of)
            found = an_observation(unit, indicator=unit_of, value=None, numerator=2, denominator=4)
            assert found.value == value


def test_a_value_may_be_rounded_but_not_contradict_its_parts(town: Store) -> None:
    with town.unit("statistician") as unit:
        an_observation(unit, value=Decimal("33.3"), numerator=1, denominator=3)
    assert _codes(town, value=Decimal("33.4"), numerator=1, denominator=3) == {"disagrees"}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"value": None}, "missing"),
    ({"value": Decimal("NaN")}, "no_number"),
    ({"value": Decimal("NaN"), "numerator": 1, "denominator": 2}, "no_number"),
    ({"numerator": 1, "denominator": 0}, "zero"),
    ({"status": "confidential_or_unknown"}, "figures_with_sign"),
    ({"period_end": date(2027, 1, 1)}, "observation_in_future"),
    ({"period_start": date(2026, 1, 1)}, "ends_before_it_begins"),
]


def test_it_refuses_figures_that_cannot_be(town: Store) -> None:
    for words, code in WRONG:
        assert code in _codes(town, **words)
    assert _all(town) == []


def test_a_withheld_value_stays_withheld(town: Store) -> None:
    with town.unit("statistician") as unit:
        found = an_observation(unit, value=None, status="confidential_or_unknown")
        assert (found.value, found.status) == (None, "confidential_or_unknown")


def test_a_breakdown_is_always_written_in_the_same_order(town: Store) -> None:
    with town.unit("statistician") as unit:
        first = an_observation(unit, breakdown="sex=w, age=0-6")
        again = an_observation(unit, breakdown="age=0-6,sex=w")
        assert first is again
        assert first.breakdown == "age=0-6,sex=w"


def test_a_value_is_found_by_the_end_of_its_period(town: Store) -> None:
    with town.unit() as unit:
        an_observation(unit)
        an_observation(unit, value=Decimal(53))
        kita, place = lookup.indicator(unit, "KITA"), lookup.area(unit, TOWN)
        assert observations.known(unit, kita, place, COUNTED).value == Decimal(53)
        with pytest.raises(Invalid) as wrong:
            observations.known(unit, kita, place, date(2024, 12, 31))
        assert wrong.value.values["days"] == (COUNTED,)
        elsewhere = areas.add(unit, "06", "Neustadt")
        with pytest.raises(Invalid, match="no value of KITA in 06"):
            observations.known(unit, kita, elsewhere, COUNTED)


def test_only_those_who_count_record_values(town: Store) -> None:
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        an_observation(unit)
    with pytest.raises(NotFound), town.unit("statistician") as unit:
        an_observation(unit, indicator="KITTA")
