"""The journal has no gap and no double, whoever writes at once, and nobody changes it unseen."""

import pytest
from sqlalchemy import text

from cycle.machine.chain import Break
from cycle.reading.door import open_reader
from cycle.reading.journal import verify
from cycle.store.store import Store
from cycle.store.unit import Unit
from tests.store.deeds import CROWD, at_once, department, enrol, enrol_many, insist_on_whole

WRITERS, EACH = 8, 6
AFTERWARDS = """INSERT INTO event SELECT municipality_id, 5, at, day, account_id, role, for_unit_id,
for_account_id, request_id,
entity, entity_id, key, action, from_state, to_state, payload_hash, prev_hash, hash
FROM event WHERE n = 4"""


def _tampered(office: Store, url: str, *changes: str) -> list[Break]:
    with office.engine.begin() as connection:
        for change in changes:
            connection.execute(text(change))
    reader = open_reader(url)
    try:
        return verify(reader)
    finally:
        reader.close()


def test_threads_that_write_at_once_leave_no_gap_and_no_double(office: Store, url: str) -> None:
    def write() -> None:
        for _ in range(EACH):
            office.perform(enrol)

    at_once(WRITERS, write)
    assert len(insist_on_whole(url)) == 1 + WRITERS * EACH


def test_processes_that_write_at_once_leave_no_gap_and_no_double(url: str) -> None:
    crowd = [CROWD.Process(target=enrol_many, args=(url, EACH)) for _ in range(WRITERS)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert [each.exitcode for each in crowd] == [0] * WRITERS
    assert len(insist_on_whole(url)) == 1 + WRITERS * EACH


def test_a_deed_that_fails_gives_its_numbers_back(office: Store, url: str) -> None:
    def fail(unit: Unit) -> None:
        enrol(unit)
        unit.write_journal()
        raise LookupError

    with pytest.raises(LookupError):
        office.perform(fail)
    assert office.perform(enrol) == "D-2026-002"
    assert insist_on_whole(url) == ["D-2026-001", "D-2026-002"]


def test_each_series_counts_for_itself(office: Store) -> None:
    with office.unit() as unit:
        assert [unit.next_key("M", 2026) for _ in range(2)] == ["M-2026-001", "M-2026-002"]
        assert unit.next_key("M", 2027) == "M-2027-001"
        assert unit.next_key("B", 2026, digits=2) == "B-2026-01"
        assert unit.next_number("anything") == 1


def test_several_events_of_a_deed_follow_one_another(office: Store, url: str) -> None:
    with office.unit() as unit:
        for action in ("looked_at", "praised", "thanked"):
            unit.tell(department(unit), action)
    reader = open_reader(url)
    told = reader.pairs("SELECT n, action FROM event WHERE municipality_id = :m ORDER BY n")
    reader.close()
    assert told == [(1, "added"), (2, "looked_at"), (3, "praised"), (4, "thanked")]
    insist_on_whole(url)


def test_what_is_to_be_sent_is_named_after_record_and_deed(office: Store, url: str) -> None:
    with office.unit() as unit:
        unit.tell(department(unit), "a" * 40)  # the longest name a deed may have
    reader = open_reader(url)
    told = reader.pairs("SELECT type FROM outbox WHERE municipality_id = :m ORDER BY n")
    reader.close()
    assert told == [("org_unit.added",), (f"org_unit.{'a' * 40}",)]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (["UPDATE event SET action = 'removed' WHERE n = 2"], Break(2, "changed")),
        (["UPDATE event_payload SET content = '{}' WHERE n = 2"], Break(2, "payload_changed")),
        (["DELETE FROM event WHERE n = 2"], Break(2, "removed")),
        ([AFTERWARDS], Break(5, "inserted")),
    ],
    ids=["changed", "payload", "removed", "inserted"],
)
def test_tampering_is_found_by_its_number(
    office: Store, url: str, changes: list[str], fault: Break
) -> None:
    for _ in range(3):
        office.perform(enrol)
    assert fault in _tampered(office, url, *changes)


def test_a_payload_hidden_by_hand_is_found_by_its_number(office: Store, url: str) -> None:
    office.perform(enrol)
    change = (
        "UPDATE event_payload SET salt = NULL, content = NULL, blacked_out_on = '2026-11-22',"
        " blacked_out_reason = 'Name einer Person' WHERE n = 2"
    )
    assert _tampered(office, url, change) == [Break(2, "payload_changed")]


def test_the_role_is_the_one_in_which_someone_acts(office: Store) -> None:
    with office.unit() as unit:
        assert unit.role() == "planner"
        assert unit.role("steering", "planner") == "planner"
        assert unit.role("steering") == "planner"
    with office.unit(None) as unit:
        assert unit.role() == "reader"
