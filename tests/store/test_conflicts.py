"""Nobody overwrites what someone else changed meanwhile."""

import threading
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text

from cycle.errors import Conflict, Invalid
from cycle.model.columns import Entity
from cycle.model.measures import MeasureArea
from cycle.model.town import Municipality, OrgUnit
from cycle.store.store import Store
from cycle.store.unit import Unit
from tests.store.deeds import (
    at_once,
    content,
    count_on,
    department,
    insist_on_whole,
    rename,
)

Pick = Callable[[Unit], OrgUnit | Municipality]
WRITERS, EACH = 8, 5


def _town(unit: Unit) -> Municipality:
    return unit.town


def _behind_the_back(unit: Unit, record: Entity | Municipality) -> None:
    table = "municipality" if isinstance(record, Municipality) else "org_unit"
    change = f"UPDATE {table} SET version = version + 1 WHERE id = :id"
    unit.session.execute(text(change), {"id": record.id})


@pytest.mark.parametrize("pick", [department, _town])
def test_a_change_of_a_stale_record_is_refused(office: Store, pick: Pick) -> None:
    before = content(office.engine)

    def deed(unit: Unit) -> None:
        record = pick(unit)
        _behind_the_back(unit, record)
        count_on(unit, record)

    with pytest.raises(Conflict) as refused:
        office.perform(deed)
    assert refused.value.code == "stale"
    assert refused.value.fix
    assert content(office.engine) == before


@pytest.mark.parametrize("pick", [department, _town])
def test_no_change_is_lost_when_many_count_on(office: Store, url: str, pick: Pick) -> None:
    done = list[int]()

    def write() -> None:
        while len(done) < WRITERS * EACH:
            try:
                office.perform(lambda unit: count_on(unit, pick(unit)))
            except Conflict:
                continue
            done.append(1)

    at_once(WRITERS, write)
    with office.unit() as unit:
        assert pick(unit).name == str(len(done))
    insist_on_whole(url)


def test_two_who_change_the_same_at_the_same_time_are_told_so(server_url: str) -> None:
    both_have_seen_it = threading.Barrier(2)
    told: list[str] = []

    def write() -> None:
        def deed(unit: Unit) -> None:
            record = department(unit)
            both_have_seen_it.wait()
            count_on(unit, record)

        try:
            office.perform(deed)
            told.append("done")
        except Conflict as refused:
            told.append(refused.code)

    with closing(Store.open(server_url)) as office:
        at_once(2, write)
        assert sorted(told) == ["done", "stale"]
        with office.unit() as unit:
            assert department(unit).name == "1"


def test_a_version_goes_up_by_one_with_every_change(office: Store) -> None:
    for version in range(1, 4):
        assert office.perform(department).version == version
        office.perform(lambda unit, v=version: rename(unit, f"nach {v}"))  # type: ignore[misc]


def test_a_change_moves_the_moment_of_the_record(office: Store) -> None:
    before = office.perform(department)
    office.perform(lambda unit: rename(unit, "Schulen"))
    after = office.perform(department)
    assert after.updated_at > before.updated_at
    assert after.created_at == before.created_at


def test_the_same_key_twice_is_a_duplicate(office: Store) -> None:
    before = content(office.engine)

    def deed(unit: Unit) -> None:
        unit.add(OrgUnit(code="D-2026-001", name="Zweites"))

    with pytest.raises(Conflict) as refused:
        office.perform(deed)
    assert refused.value.code == "duplicate"
    assert refused.value.fix
    assert content(office.engine) == before


def test_a_link_to_what_is_not_there_is_invalid_and_no_duplicate(office: Store) -> None:
    def deed(unit: Unit) -> None:
        unit.add(MeasureArea(measure_id="nowhere", area_id="nowhere"))

    with pytest.raises(Invalid, match="The store refused this"):
        office.perform(deed)


def test_what_breaks_a_rule_of_the_trade_is_invalid(office: Store) -> None:
    def deed(unit: Unit) -> None:
        unit.town.ags = "123"

    with pytest.raises(Invalid, match="ck_municipality_ags_digits"):
        office.perform(deed)
