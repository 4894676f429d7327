"""A deed that the database could not fit in is done again as a whole, and not for ever."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import event, text

from cycle.errors import Conflict, Unavailable
from cycle.reading.door import file_of
from cycle.store.store import TRIES, Store
from cycle.store.unit import Unit
from tests.store.deeds import (
    CROWD,
    at_once,
    content,
    count_on,
    department,
    enrol,
    hold_lock,
    insist_on_whole,
    rename,
)


def _impatient(url: str) -> Store:
    """Open a SQLite store that waits for others as good as not at all."""
    office = Store.open(url)
    office.engine.dispose()
    event.listen(office.engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=20"))
    return office


@contextmanager
def _lock_held_elsewhere(url: str, seconds: float = 30) -> Iterator[None]:
    here, there = CROWD.Pipe()
    process = CROWD.Process(target=hold_lock, args=(str(file_of(url)), there, seconds))
    process.start()
    assert here.recv() == "held"
    yield
    here.send("enough")
    process.join()
    assert process.exitcode == 0


def test_a_deed_waits_until_another_program_lets_go(file_url: str) -> None:
    office = _impatient(file_url)
    with _lock_held_elsewhere(file_url, seconds=0.1):
        assert office.perform(enrol) == "D-2026-002"
    assert insist_on_whole(file_url) == ["D-2026-001", "D-2026-002"]
    office.close()


def test_a_store_that_stays_locked_is_busy(file_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    office, naps = _impatient(file_url), list[float]()
    monkeypatch.setattr("cycle.store.store.time.sleep", naps.append)
    before = content(office.engine)
    with _lock_held_elsewhere(file_url), pytest.raises(Unavailable) as refused:
        office.perform(enrol)
    assert refused.value.code == "store_busy"
    assert refused.value.fix
    assert len(naps) == TRIES - 1
    assert content(office.engine) == before
    office.close()


def test_a_store_that_is_locked_cannot_be_opened_and_says_so(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cycle.store.engine.PRAGMAS", ("PRAGMA busy_timeout=20",))
    with _lock_held_elsewhere(file_url), pytest.raises(Unavailable) as refused:
        Store.open(file_url)
    assert refused.value.code == "store_busy"


def test_a_deed_waits_for_the_others_of_its_process_but_not_for_ever(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cycle.store.store.PATIENCE", 0.01)
    office = Store.open(file_url)
    with office.unit(), pytest.raises(Unavailable) as refused, office.unit():
        pass
    assert refused.value.code == "store_busy"
    assert office.perform(enrol) == "D-2026-002"
    office.close()


def test_two_deeds_that_wait_for_each_other_are_both_done(server_url: str) -> None:
    office, crossed, tries = Store.open(server_url), threading.Barrier(2), list[str]()
    other_is_done = threading.Event()
    office.perform(enrol)
    keys = iter([("D-2026-001", "D-2026-002"), ("D-2026-002", "D-2026-001")])

    def write() -> None:
        first, second = next(keys)

        def deed(unit: Unit) -> None:
            unit.session.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
            tries.append(first)
            again = tries.count(first) > 1
            if again:
                assert other_is_done.wait(30)  # who reads before that is told of a stale record
            rename(unit, f"von {first}", first)
            unit.session.flush()
            if not again:
                crossed.wait()  # each holds one row and wants the other's
            rename(unit, f"von {first}", second)
            unit.session.flush()

        office.perform(deed)
        other_is_done.set()

    at_once(2, write)
    assert len(tries) == 3
    insist_on_whole(server_url)
    office.close()


def test_deeds_that_cannot_be_put_in_one_order_are_done_again(server_url: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(server_url)["dbname"]
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"
        )
    office, both, tries = Store.open(server_url), threading.Barrier(2), list[int]()

    def deed(unit: Unit) -> None:
        tries.append(1)
        record = department(unit)
        if len(tries) <= 2:
            both.wait()
        count_on(unit, record)

    at_once(2, lambda: office.perform(deed))
    assert len(tries) == 3
    with office.unit() as unit:
        assert department(unit).name == "2"
    insist_on_whole(server_url)
    office.close()


def test_a_row_that_stays_locked_makes_the_store_busy(
    server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps = list[float]()
    monkeypatch.setattr("cycle.store.store.time.sleep", naps.append)

    def deed(unit: Unit) -> None:
        unit.session.execute(text("SET LOCAL lock_timeout = '10ms'"))
        rename(unit, "Schulen")

    with closing(Store.open(server_url)) as office, psycopg.connect(server_url) as other:
        other.execute("SELECT 1 FROM org_unit FOR UPDATE")
        with pytest.raises(Unavailable) as refused:
            office.perform(deed)
    assert refused.value.code == "store_busy"
    assert len(naps) == TRIES - 1


def test_what_is_refused_for_another_reason_is_not_done_again(office: Store) -> None:
    tries = []

    def deed(unit: Unit) -> None:
        tries.append(unit)
        raise Conflict("Someone else changed this meanwhile.")

    with pytest.raises(Conflict):
        office.perform(deed)
    assert len(tries) == 1


def test_when_no_connection_is_left_the_store_is_busy(server_url: str) -> None:
    office = Store.open(server_url)
    office.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
    held = [office.engine.connect() for _ in range(15)]
    with pytest.raises(Unavailable) as refused, office.unit():
        pass
    assert refused.value.code == "store_busy"
    for each in held:
        each.close()
    office.close()
