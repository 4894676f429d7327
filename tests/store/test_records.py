"""Records are found by what stands in their columns, in their own town only."""

import pytest

from cycle.model.town import Municipality, OrgUnit
from cycle.store.records import by, every, keys
from cycle.store.store import Store
from tests.makers import arranged
from tests.store.deeds import department, enrol


def test_a_record_is_found_by_its_words(office: Store) -> None:
    with office.unit() as unit:
        there = department(unit)
        assert by(unit, OrgUnit, code="D-2026-001", name="Jugend") is there
        assert by(unit, OrgUnit, code="D-2026-001", name="Schulen") is None


def test_a_record_is_found_by_what_it_has_not(office: Store) -> None:
    with office.unit() as unit:
        assert by(unit, OrgUnit, parent_id=None) is department(unit)
        department(unit).parent_id = department(unit).id
        assert by(unit, OrgUnit, parent_id=None) is None
        arranged(unit)


def test_what_a_deed_has_just_added_is_found_too(office: Store) -> None:
    with office.unit() as unit:
        enrol(unit, "Hochbau")
        assert {each.name for each in every(unit, OrgUnit)} == {"Jugend", "Hochbau"}
        assert set(keys(unit, OrgUnit, "code")) == {"D-2026-001", "D-2026-002"}


def test_another_town_in_the_same_store_is_not_seen(office: Store) -> None:
    with office.unit() as unit:
        other = Municipality(name="Anderswo", ags="00000000", started_on=unit.day)
        other.created_at = unit.now
        unit.session.add(other)
        unit.session.flush()
        foreign = OrgUnit(code="X", name="Fremd", municipality_id=other.id)
        foreign.created_at = foreign.updated_at = unit.now
        unit.session.add(foreign)
        assert by(unit, OrgUnit, code="X") is None
        assert keys(unit, OrgUnit, "code") == ["D-2026-001"]
        with pytest.raises(LookupError):
            unit.get(OrgUnit, foreign.id)
        arranged(unit)
    with office.unit() as unit:
        assert unit.town.name == "Saalestadt"
