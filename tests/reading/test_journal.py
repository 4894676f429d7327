from collections.abc import Iterator
from datetime import UTC, date

import pytest
from sqlalchemy import text

from cycle.errors import Forbidden
from cycle.machine.chain import Break
from cycle.reading.journal import SAYS, events, verify
from cycle.reading.shapes import plain
from cycle.store.store import Store
from cycle.usecases import journal, lookup, papers
from tests.conftest import STORES, FreshUrl
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, building, looking, settled

LATER = date(2026, 12, 1)


def _deeds(url: str) -> None:
    settled(lambda _city: None)(url)
    opened = Store.open(url)
    with building(opened) as first:
        measure = first.measure()
        first.unit.tell(measure, "log", move=(None, "draft"), wish="Räume")
        papers.add(first.unit, "2024/0482", "Nicht für alle", public=False)
    with opened.unit("planner", day=LATER, for_unit="51") as unit:
        unit.tell(lookup.measure(unit, "M-2026-001"), "target", move=("draft", "targeted"))
    opened.close()


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _deeds)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _deeds))
    yield opened
    opened.close()


def _tamper(store: Store, *statements: str) -> None:
    """Write past the store, as somebody with the file in hand would."""
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _broken(store: Store) -> list[Break]:
    with looking(store) as reader:
        return verify(reader)


def _end(store: Store) -> int:
    with looking(store) as reader:
        return int(reader.value("SELECT MAX(n) FROM event WHERE municipality_id = :m"))


def test_events_tell_who_did_what_in_order(city: Store) -> None:
    with looking(city) as reader:
        found = events(reader, "M-2026-001", sees_internal=True)
    log, target = found
    assert (log.action, log.from_state, log.to_state) == ("log", None, "draft")
    assert (log.role, log.departments, log.for_department) == ("planner", ("StP",), None)
    assert (target.day, target.for_department) == (LATER, "51")
    assert log.n < target.n
    assert log.changes["wish"] == "Räume"
    assert log.at.tzinfo is UTC
    assert plain(log)["at"].endswith("Z")


def test_the_account_is_for_admin_only(city: Store) -> None:
    with looking(city) as reader:
        assert {e.account for e in events(reader, sees_internal=True)} == {None}
        seen = events(reader, "M-2026-001", sees_internal=True, sees_accounts=True)
        told = {
            sees: [
                e
                for e in events(reader, sees_internal=True, sees_accounts=sees)
                if e.entity == "account"
            ]
            for sees in (True, False)
        }
    assert [e.account for e in seen] == ["planner", "planner"]
    assert "planner" in {e.key for e in told[True]}
    assert {(e.key, e.changes) for e in told[False]} == {("", None)}


def test_who_sees_public_things_only_sees_no_content_and_no_paper(city: Store) -> None:
    with looking(city) as reader:
        found = events(reader)
    assert {e.changes for e in found} == {None}
    assert "paper" not in {e.entity for e in found}
    assert "M-2026-001" not in {e.key for e in found}  # a draft is internal, its deeds too


def test_the_journal_can_be_cut_by_day_and_by_number_of_deeds(city: Store) -> None:
    with looking(city) as reader:
        assert [e.action for e in events(reader, since=LATER, sees_internal=True)] == ["target"]
        latest = events(reader, limit=2, sees_internal=True)
    assert [e.action for e in latest][-1] == "target"
    assert len(latest) == 2


def test_a_journal_nobody_touched_is_whole(city: Store) -> None:
    assert _broken(city) == []


def test_an_empty_journal_is_whole(store: Store) -> None:
    with store.unit(None, day=TODAY) as unit:
        assert verify(unit.reading()) == []


def test_a_tampered_event_is_found_by_its_number(own_city: Store) -> None:
    _tamper(own_city, "UPDATE event SET role = 'steering' WHERE n = 3")
    assert _broken(own_city) == [Break(3, "changed")]


def test_a_tampered_content_is_found_by_its_number(own_city: Store) -> None:
    _tamper(own_city, "UPDATE event_payload SET content = '{}' WHERE n = 4")
    assert _broken(own_city) == [Break(4, "payload_changed")]


def test_a_removed_event_is_found_by_its_number(own_city: Store) -> None:
    end = _end(own_city)
    _tamper(own_city, "DELETE FROM event WHERE n = 5", f"DELETE FROM event WHERE n = {end}")
    assert _broken(own_city) == [Break(5, "removed"), Break(end, "removed")]


def test_an_inserted_event_is_found_by_its_number(own_city: Store) -> None:
    end = _end(own_city)
    _tamper(
        own_city,
        "INSERT INTO event SELECT municipality_id, n + 1, at, day, account_id, role, for_unit_id,"
        " for_account_id, request_id, entity, entity_id, key, action, from_state, to_state,"
        f" payload_hash, prev_hash, hash FROM event WHERE n = {end}",
    )
    assert _broken(own_city) == [Break(end + 1, "inserted")]


def test_a_content_somebody_hid_is_found_by_its_number(own_city: Store) -> None:
    _tamper(
        own_city,
        "UPDATE event_payload SET content = NULL, salt = NULL, blacked_out_on = '2026-12-01',"
        " blacked_out_reason = 'Name einer Person' WHERE n = 4",
    )
    assert _broken(own_city) == [Break(4, "payload_changed")]


def test_two_events_that_changed_places_are_found_by_their_numbers(own_city: Store) -> None:
    _tamper(
        own_city,
        "UPDATE event SET n = 1003 WHERE n = 3",
        "UPDATE event SET n = 3 WHERE n = 4",
        "UPDATE event SET n = 4 WHERE n = 1003",
    )
    assert {3, 4} <= {fault.n for fault in _broken(own_city)}


def test_an_end_cut_off_with_its_count_is_told_by_what_it_left(own_city: Store) -> None:
    end = _end(own_city)
    _tamper(
        own_city,
        f"UPDATE counter SET value = {end - 1}, mark = (SELECT prev_hash FROM event"
        f" WHERE n = {end}) WHERE name = 'journal'",
        f"DELETE FROM event WHERE n = {end}",
    )
    assert _broken(own_city) == [Break(end, "removed")]


def test_a_day_that_is_none_is_a_changed_event(standing: Standing, fresh_url: FreshUrl) -> None:
    opened = Store.open(fresh_url("sqlite", _deeds))
    _tamper(
        opened,
        "UPDATE event SET day = 'never' WHERE n = 3",
        "UPDATE event SET at = 'soon' WHERE n = 4",
        "UPDATE event_payload SET content = 'no JSON' WHERE n = 5",
    )
    assert [(fault.n, fault.code) for fault in _broken(opened)] == [
        (3, "changed"), (4, "changed"), (5, "payload_changed"),
    ]  # fmt: skip
    opened.close()


def test_what_was_blacked_out_says_so_and_breaks_nothing(own_city: Store) -> None:
    with looking(own_city) as reader:
        n = events(reader, "M-2026-001", sees_internal=True)[0].n
    with own_city.unit("admin", day=LATER) as unit:
        journal.black_out(unit, n, reason="Name einer Person", second="planner")
    assert _broken(own_city) == []
    end = _end(own_city)
    with own_city.unit("admin", day=LATER) as unit, pytest.raises(Forbidden):
        journal.black_out(unit, end, reason="auch das", second="planner")
    with looking(own_city) as reader:
        gone = events(reader, "M-2026-001", sees_internal=True)[0]
    assert gone.changes is None
    assert (gone.blacked_out_on, gone.blacked_out_reason) == (LATER, "Name einer Person")


def test_every_fault_can_be_said() -> None:
    assert set(SAYS) == {"changed", "payload_changed", "removed", "inserted"}


def test_a_payload_somebody_spoilt_is_shown_as_it_is_and_named(own_city: Store) -> None:
    with own_city.engine.begin() as connection:
        connection.execute(text("UPDATE event_payload SET content = '{spoilt' WHERE n = 2"))
    with own_city.unit("planner") as unit:
        found = events(unit.reading(), sees_internal=True, sees_accounts=True)
        assert [row.changes for row in found if row.n == 2] == ["{spoilt"]
        assert [fault.n for fault in verify(unit.reading())] == [2]
