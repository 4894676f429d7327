from datetime import date
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.cycles import Cycle
from cycle.model.reports import Report
from cycle.model.town import FieldOfAction
from cycle.model.words import ROLES
from cycle.store.store import Store
from cycle.usecases import areas, bodies, lookup, towns

DAY = date(2026, 11, 22)


def _found(store: Store, **words: Any) -> None:  # noqa: ANN401 - as `towns.found`
    with store.unit(None, day=DAY) as unit:
        towns.found(unit, **{"name": "Karlsruhe", "ags": "08212000"} | words)


def test_founding_takes_name_and_key_and_gives_the_usual_rest(store: Store) -> None:
    _found(store)
    with store.unit(day=DAY) as unit:
        town = unit.town
        assert (town.name, town.ags, town.preset) == ("Karlsruhe", "08212000", "light")
        assert (town.youth_office, town.fictional, town.day) == (True, False, None)
        assert town.started_on == DAY
        whole = lookup.area(unit, "08212000")
        assert (whole.name, whole.level) == ("ganze Stadt", 0)
        assert whole.valid_from < date(1990, 1, 1)


def test_whoever_opens_the_store_acts_as_local_in_every_role(store: Store) -> None:
    with store.unit(None, day=DAY) as unit:
        towns.found(unit, name="Karlsruhe", ags="08212000")
        assert (unit.actor.name, unit.actor.roles) == ("local", frozenset(ROLES))
    with store.unit() as unit:
        assert unit.actor.roles == frozenset(ROLES)


def test_the_usual_fields_of_action_are_there_and_one_is_youth_welfare(store: Store) -> None:
    _found(store)
    with store.unit() as unit:
        fields = {f.code: f.youth_welfare for f in lookup.every(unit, FieldOfAction)}
    assert fields == {"JUG": True, "ALT": False, "BEH": False, "PSY": False, "BIL": False}


def test_a_round_is_open_with_its_first_report_in_draft(store: Store) -> None:
    _found(store)
    with store.unit(day=DAY) as unit:
        opened = lookup.cycle(unit, "Z-2026")
        assert (opened.title, opened.stage) == ("Integrierte Sozialplanung 2026", "report")
        assert opened.period_start == date(2026, 1, 1)
        assert [r.status for r in lookup.every(unit, Report, cycle_id=opened.id)] == ["draft"]


def test_title_and_start_of_the_round_may_be_told(store: Store) -> None:
    _found(store, cycle_title="Kinderarmut", period_start=date(2024, 5, 1))
    with store.unit(day=DAY) as unit:
        assert lookup.cycle(unit, "Z-2024").title == "Kinderarmut"


def test_a_town_may_begin_bare(store: Store) -> None:
    _found(store, fields=False, open_round=False, preset="standard", youth_office=False)
    with store.unit() as unit:
        assert lookup.every(unit, FieldOfAction) == []
        assert lookup.every(unit, Cycle) == []
        assert (unit.town.preset, unit.town.youth_office) == ("standard", False)


def test_an_invented_town_carries_its_own_day(store: Store) -> None:
    _found(store, day=date(2026, 10, 1), fictional=True, started_on=date(2024, 1, 2))
    with store.unit() as unit:
        assert unit.day == date(2026, 10, 1)
        assert (unit.town.fictional, unit.town.started_on) == (True, date(2024, 1, 2))


def test_founding_is_the_first_line_of_the_journal(store: Store) -> None:
    with store.unit(None, day=DAY) as unit:
        towns.found(unit, name="Karlsruhe", ags="08212000", ars="082120000000")
        first = unit.told[0]
        assert (first["entity"], first["action"], first["key"]) == (
            "municipality",
            "founded",
            "08212000",
        )
        assert first["payload"]["ars"] == "082120000000"
    with store.unit() as unit:
        account = unit.reading().value("SELECT account_id FROM event WHERE municipality_id = :m")
        assert account == unit.actor.account_id


def test_a_store_holds_one_town(store: Store) -> None:
    _found(store)
    with pytest.raises(Conflict) as caught:
        _found(store, name="Ettlingen", ags="08215017")
    assert caught.value.values["name"] == "Karlsruhe"


def test_it_names_every_wrong_word_at_once_and_writes_nothing(store: Store) -> None:
    with pytest.raises(Invalid) as caught:
        _found(store, name=" ", ags="8212000", ars="0821", preset="loose")
    assert [f.code for f in caught.value.faults] == ["missing", "no_ags", "no_ars", "unknown_word"]
    with pytest.raises(Forbidden), store.unit():
        pass


@pytest.mark.parametrize("ags", ["", "0821200", "082120000", "0821200x", "٠٨٢١٢٠٠٠"])
def test_a_municipal_key_has_eight_digits(store: Store, ags: str) -> None:
    with pytest.raises(Invalid) as caught:
        _found(store, ags=ags)
    assert [fault.pointer for fault in caught.value.faults] == ["ags"]


def test_a_regional_key_belongs_to_the_municipal_one(store: Store) -> None:
    _found(store, name="Lindberg", ags="09276130", ars="092760130130")
    with pytest.raises(Conflict):
        _found(store)


def test_a_regional_key_of_another_town_is_a_slip(store: Store) -> None:
    with pytest.raises(Invalid) as caught:
        _found(store, ars="160530000000")
    assert caught.value.faults[0].code == "other_municipality"


def test_a_department_may_lie_in_another(town: Store) -> None:
    with town.unit("planner") as unit:
        made = towns.add_department(
            unit,
            "51.2",
            "Kindertagesstätten",
            kind="division",
            parent="51",
            active_from=date(2025, 1, 1),
            external_id="amt-512",
        )
        assert made.parent_id == lookup.department(unit, "51").id
        assert made.kind == "division"


def test_a_department_is_there_once_and_of_a_known_kind(town: Store) -> None:
    with pytest.raises(Conflict), town.unit("planner") as unit:
        towns.add_department(unit, " 51 ", "Noch eines")
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        towns.add_department(unit, "52", "Sport", kind="club")
    assert caught.value.faults[0].pointer == "kind"
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        towns.add_department(unit, "", "")
    assert [fault.pointer for fault in caught.value.faults] == ["code", "name"]
    with pytest.raises(NotFound), town.unit("planner") as unit:
        towns.add_department(unit, "52.1", "Bäder", parent="52")


def test_a_field_of_action_is_there_once(town: Store) -> None:
    with town.unit("planner") as unit:
        assert towns.add_field(unit, "GES", "Gesundheit").name == "Gesundheit"
    with pytest.raises(Conflict), town.unit("planner") as unit:
        towns.add_field(unit, "GES", "Gesundheit")
    with pytest.raises(Invalid), town.unit("planner") as unit:
        towns.add_field(unit, "", "Gesundheit")


def test_who_administers_the_store_has_no_say_in_the_trade(town: Store) -> None:
    with town.unit("admin") as unit:
        assert towns.add_department(unit, "52", "Sport").code == "52"
    with pytest.raises(Forbidden), town.unit("admin") as unit:
        towns.add_field(unit, "SPO", "Sport")
    with pytest.raises(Forbidden), town.unit("admin") as unit:
        areas.add(unit, "99", "Neustadt")
    with pytest.raises(Forbidden), town.unit("admin") as unit:
        bodies.add(unit, "SpA", "Sportausschuss")


@pytest.mark.parametrize("name", ["youth", "clerk", "steering", "reader", "evaluator"])
def test_only_planner_and_admin_change_the_town(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), town.unit(name) as unit:
        towns.add_department(unit, "52", "Sport")
    with pytest.raises(Forbidden), town.unit(name) as unit:
        towns.add_field(unit, "SPO", "Sport")
