"""One deed is one transaction: record, journal event, payload and outbox row, or nothing."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event, func, select, text

from cycle.errors import Invalid, KreislaufError, Unavailable
from cycle.model.columns import table_of
from cycle.model.journal import Event, EventPayload, Outbox
from cycle.model.town import OrgUnit
from cycle.reading.door import Reader, file_of
from cycle.store.store import Store
from cycle.store.unit import Unit
from tests.makers import arranged
from tests.store.deeds import content, department, enrol, insist_on_whole, rename


class Stumble(Exception):
    """Something went wrong in the middle of a deed."""


class Trip:
    """Stumbles at the n-th statement of an engine, before or after the database has done it.

    Plain SQL goes past the engine, so that it is met where the reader runs it.
    """

    def __init__(self, engine: Engine, moment: str) -> None:
        self.engine, self.moment = engine, moment
        self.left = 0
        self.patch = pytest.MonkeyPatch()

    def __call__(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            raise Stumble

    def at(self, n: int) -> "Trip":
        self.left = n
        return self

    def __enter__(self) -> None:
        event.listen(self.engine, self.moment, self)
        for name in ("_run", "send_each") if "cursor" in self.moment else ():
            self.patch.setattr(Reader, name, self._around(getattr(Reader, name)))

    def _around(self, run: Callable[..., object]) -> Callable[..., object]:
        def tripping(*given: object) -> object:
            if self.moment.startswith("before"):
                self()
            done = run(*given)
            if self.moment.startswith("after"):
                self()
            return done

        return tripping

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, self.moment, self)
        self.patch.undo()


def _deed(unit: Unit) -> None:
    rename(unit, "Jugend und Bildung")
    enrol(unit, "Hochbau")


def _count(office: Store, table: type[OrgUnit | Event | EventPayload | Outbox]) -> int:
    with office.engine.connect() as connection:
        found: int = connection.execute(
            select(func.count()).select_from(table_of(table))
        ).scalar_one()
        return found


def test_a_deed_writes_record_event_payload_and_what_is_to_be_sent(office: Store, url: str) -> None:
    office.perform(_deed)
    assert _count(office, OrgUnit) == 2
    assert _count(office, Event) == _count(office, EventPayload) == _count(office, Outbox) == 3
    assert insist_on_whole(url) == ["D-2026-001", "D-2026-002"]


@pytest.mark.parametrize("moment", ["before_cursor_execute", "after_cursor_execute"])
def test_an_error_at_any_statement_leaves_nothing(office: Store, url: str, moment: str) -> None:
    before, trip, stumbled = content(office.engine), Trip(office.engine, moment), 0
    while True:
        try:
            with trip.at(stumbled + 1):
                office.perform(_deed)
        except Stumble:
            stumbled += 1
            assert content(office.engine) == before
        else:
            break
    assert stumbled > 10
    insist_on_whole(url)
    assert content(office.engine) != before


def test_an_error_at_the_very_end_leaves_nothing(office: Store) -> None:
    before = content(office.engine)
    with pytest.raises(Stumble), Trip(office.engine, "commit").at(1):
        office.perform(_deed)
    assert content(office.engine) == before


def test_an_error_of_the_use_case_leaves_nothing(office: Store) -> None:
    before = content(office.engine)
    for error in (Stumble, KeyboardInterrupt):

        def deed(unit: Unit, error: type[BaseException] = error) -> None:
            _deed(unit)
            unit.session.flush()
            raise error

        with pytest.raises(error):
            office.perform(deed)
    assert content(office.engine) == before


def test_a_connection_that_breaks_leaves_nothing_and_the_next_deed_works(
    server_url: str,
) -> None:
    office = Store.open(server_url)
    before = content(office.engine)

    def deed(unit: Unit) -> None:
        _deed(unit)
        unit.session.flush()
        own = unit.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(server_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 1000)", (own,))

    with pytest.raises(Unavailable) as refused:
        office.perform(deed)
    assert refused.value.code == "store_unreachable"
    assert content(office.engine) == before
    office.perform(_deed)
    insist_on_whole(server_url)
    office.close()


def test_a_full_disk_leaves_nothing(file_url: str) -> None:
    office = Store.open(file_url)
    before = content(office.engine)

    def deed(unit: Unit) -> None:
        pages = unit.session.execute(text("PRAGMA page_count")).scalar_one()
        unit.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        for _ in range(99):
            enrol(unit, "x" * 300)
            unit.session.flush()

    with pytest.raises(Unavailable) as refused:
        office.perform(deed)
    assert refused.value.code == "store_full"
    assert content(office.engine) == before
    office.close()
    assert Path(file_of(file_url)).exists()


def test_what_was_read_in_a_deed_holds_what_it_wrote(office: Store) -> None:
    with office.unit() as unit:
        enrol(unit, "Hochbau")
        assert unit.reading().value(
            "SELECT name FROM org_unit WHERE municipality_id = :m AND code = 'D-2026-002'"
        ) == "Hochbau"  # fmt: skip


def test_a_read_that_is_refused_is_told_in_our_words(server_url: str) -> None:
    def deed(unit: Unit) -> None:
        unit.session.execute(text("SET LOCAL statement_timeout = '10ms'"))
        unit.reading().value("SELECT pg_sleep(1)")

    with closing(Store.open(server_url)) as office, pytest.raises(KreislaufError) as refused:
        office.perform(deed)
    assert refused.value.code == "store_slow"


def test_a_record_can_be_looked_at_after_its_deed(office: Store) -> None:
    found = office.perform(department)
    assert (found.code, found.name) == ("D-2026-001", "Jugend")


def test_the_payload_tells_what_changed_and_what_was_before(office: Store) -> None:
    office.perform(lambda unit: rename(unit, "Schulen"))
    with office.engine.connect() as connection:
        found = connection.execute(
            select(table_of(EventPayload).c.content).order_by(table_of(EventPayload).c.n.desc())
        ).scalars()
        assert json.loads(str(found.first())) == {"name": {"was": "Jugend", "is": "Schulen"}}


def test_a_deed_that_changes_nothing_and_tells_nothing_writes_nothing(office: Store) -> None:
    before = content(office.engine)
    office.perform(department)
    assert content(office.engine) == before


def test_a_deed_that_writes_without_telling_is_a_mistake_of_ours(office: Store) -> None:
    with pytest.raises(AssertionError, match="does not tell"), office.unit() as unit:
        department(unit).name = "Heimlich"
    with office.unit() as unit:
        assert department(unit).name != "Heimlich"


def test_what_is_told_to_the_journal_alone_is_checked_too(office: Store) -> None:
    before = content(office.engine)
    for reason in ("\ud800", "a\0b", "\u202egnp.exe"):
        with pytest.raises(Invalid) as refused, office.unit() as unit:
            unit.tell(department(unit), "looked_at", reason=reason)
        assert [fault.pointer for fault in refused.value.faults] == ["reason"]
    assert content(office.engine) == before


def test_the_day_is_the_given_one_else_the_towns_own(office: Store) -> None:
    with office.unit(day=date(2026, 4, 24)) as unit:
        assert unit.day == date(2026, 4, 24)
        unit.town.day = date(2026, 11, 22)
        arranged(unit)
    with office.unit() as unit:
        assert unit.day == date(2026, 11, 22)


def test_a_record_that_must_be_there_and_is_not_is_a_mistake_of_ours(office: Store) -> None:
    with office.unit() as unit:
        there = department(unit)
        assert unit.get(OrgUnit, there.id) is there
        with pytest.raises(LookupError, match="OrgUnit nowhere is gone"):
            unit.get(OrgUnit, "nowhere")
