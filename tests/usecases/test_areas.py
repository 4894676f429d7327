from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import areas, lookup

SINCE = date(2020, 1, 1)


def test_an_area_lies_in_its_scheme_as_long_as_the_scheme_is_valid(town: Store) -> None:
    with town.unit("planner") as unit:
        scheme = areas.add_scheme(
            unit, "PR2020", "Planungsräume", valid_from=SINCE, valid_to=date(2029, 12, 31)
        )
        area = areas.add(unit, "06", "Neustadt", scheme="PR2020")
        assert area.scheme_id == scheme.id
        assert (area.valid_from, area.valid_to) == (SINCE, date(2029, 12, 31))
        assert (area.level, area.parent_id) == (1, None)
        assert [told["action"] for told in unit.told] == ["added", "added"]


def test_without_a_scheme_it_goes_to_the_newest_one_for_planning(town: Store) -> None:
    with town.unit("planner") as unit:
        founding = lookup.scheme(unit, "STADT")
        assert areas.add(unit, "01", "Nord").scheme_id == founding.id
        newer = areas.add_scheme(unit, "PR2020", "Planungsräume", valid_from=SINCE)
        areas.add_scheme(
            unit, "SB", "Schulbezirke", purpose="school_district", valid_from=date(2025, 8, 1)
        )
        areas.add_scheme(unit, "PR2030", "Planungsräume", valid_from=date(2030, 1, 1))
        assert areas.add(unit, "01", "Nord").scheme_id == newer.id


def test_an_area_lies_in_another(town: Store) -> None:
    with town.unit("planner") as unit:
        district = areas.add(unit, "01", "Nord", parent="16999000")
        block = areas.add(unit, "0101", "Am Anger", level=2, parent="01")
        assert block.parent_id == district.id
        assert district.parent_id == lookup.area(unit, "16999000").id


def test_a_code_may_return_when_the_old_area_has_ended(town: Store) -> None:
    with town.unit("planner") as unit:
        areas.add(unit, "07", "Altes Dorf", valid_to=date(2023, 12, 31))
        areas.add(unit, "07", "Neues Dorf", valid_from=date(2024, 1, 1))
        assert lookup.area(unit, "07").name == "Neues Dorf"
    with pytest.raises(Conflict) as caught, town.unit("planner") as unit:
        areas.add(unit, "07", "Drittes Dorf", valid_from=date(2023, 12, 31))
    assert caught.value.code == "duplicate"


def test_it_names_every_fault_at_once(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        areas.add(
            unit, " ", "", level=0, parent="16999000", valid_from=SINCE, valid_to=date(2019, 1, 1)
        )
    assert [fault.pointer for fault in caught.value.faults] == ["code", "name", "valid_to", "level"]


def test_a_scheme_needs_code_name_and_the_right_order_of_its_days(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        areas.add_scheme(unit, "", " ", valid_from=SINCE, valid_to=date(2019, 12, 31))
    assert [fault.pointer for fault in caught.value.faults] == ["code", "name", "valid_to"]


def test_a_scheme_is_there_once(town: Store) -> None:
    with pytest.raises(Conflict), town.unit("planner") as unit:
        areas.add_scheme(unit, "STADT", "Noch einmal", valid_from=SINCE)


def test_it_knows_neither_scheme_nor_parent_that_are_not_there(town: Store) -> None:
    with pytest.raises(NotFound), town.unit("planner") as unit:
        areas.add(unit, "01", "Nord", scheme="PR2020")
    with pytest.raises(NotFound), town.unit("planner") as unit:
        areas.add(unit, "0101", "Am Anger", level=2, parent="01")


@pytest.mark.parametrize("name", ["youth", "steering", "statistician", "reader", "clerk"])
def test_only_planner_and_admin_divide_the_town(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), town.unit(name) as unit:
        areas.add(unit, "01", "Nord")
    with pytest.raises(Forbidden), town.unit(name) as unit:
        areas.add_scheme(unit, "X", "X", valid_from=SINCE)


def test_it_says_that_there_is_no_scheme_yet(store: Store) -> None:
    with store.unit(None) as unit, pytest.raises(NotFound) as caught:
        areas.in_use(unit)
    assert "cycle area" in caught.value.fix


def test_the_whole_town_is_above_the_areas_of_every_division(town: Store) -> None:
    with town.unit("planner") as unit:
        areas.add_scheme(unit, "PR2020", "Planungsräume", valid_from=SINCE)
        area = areas.add(unit, "06", "Neustadt", scheme="PR2020", parent="16999000")
        assert area.parent_id == lookup.area(unit, "16999000").id
