from datetime import date
from decimal import Decimal
from fractions import Fraction

from cycle.reading.observations import series
from cycle.store.store import Store
from cycle.usecases import area_changes, areas, indicators, recalculations
from tests.makers_rounds import COUNTED, TOWN, an_indicator, an_observation

FIRST, SECOND = date(2026, 3, 1), date(2026, 6, 1)


def _revised(town: Store) -> None:
    for day, value in ((FIRST, 52), (SECOND, 53)):
        with town.unit("statistician", day=day) as unit:
            if day == FIRST:
                an_indicator(unit)
            an_observation(unit, value=Decimal(value))


def test_a_value_as_known_on_a_day_is_the_newest_vintage_recorded_until_then(town: Store) -> None:
    _revised(town)
    with town.unit("reader") as unit:
        reader = unit.reading()
        known = {
            day: [row.value for row in series(reader, "KITA", TOWN, as_known_on=day)]
            for day in (date(2026, 2, 28), FIRST, date(2026, 5, 31), SECOND)
        }
        assert list(known.values()) == [[], [52], [52], [53]]
        assert [row.value for row in series(reader, "KITA", TOWN)] == [53]


def test_all_vintages_are_given_on_demand_up_to_the_day_too(town: Store) -> None:
    _revised(town)
    with town.unit("reader") as unit:
        reader = unit.reading()
        rows = series(reader, "KITA", TOWN, vintages=True)
        assert [(row.vintage, row.recorded_on) for row in rows] == [(1, FIRST), (2, SECOND)]
        until = series(reader, "KITA", TOWN, vintages=True, as_known_on=date(2026, 5, 31))
        assert [row.vintage for row in until] == [1]


def test_old_and_new_definitions_and_boundaries_are_told_apart(town: Store) -> None:
    with town.unit() as unit:
        areas.add(unit, "06", "Neustadt", valid_from=date(2020, 1, 1))
        an_indicator(unit)
        an_observation(unit, area="06")
        indicators.redefine(unit, "KITA", definition="Neu", reason="Gesetz")
        an_observation(unit, area="06", value=Decimal(40))
        area_changes.succeed(unit, "06", on=date(2026, 7, 1), parts=[("06", Fraction(1))])
        recalculations.recalculate(unit, "KITA")
        rows = series(unit.reading(), "KITA", "06")
    assert {row.period_end for row in rows} == {COUNTED}
    assert [(row.area_since.year, row.definition, row.basis, row.value) for row in rows] == [
        (2020, 1, "measured", Decimal(52)), (2020, 2, "measured", Decimal(40)),
        (2026, 1, "recalculated", Decimal(52)), (2026, 2, "recalculated", Decimal(40)),
    ]  # fmt: skip
