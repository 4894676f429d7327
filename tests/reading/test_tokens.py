from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from cycle.errors import Forbidden, NotFound
from cycle.reading import deputies as standing_in
from cycle.reading import journal, tokens
from cycle.reading.door import Reader
from cycle.store import uses
from cycle.store.engine import open_engine
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, deputies
from cycle.usecases import tokens as making
from tests.makers import DAY

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def _acting(town: Store) -> Iterator[Unit]:
    with town.unit("admin", day=DAY) as unit:
        unit.now = NOW
        yield unit


@contextmanager
def _looking(town: Store) -> Iterator[Reader]:
    with town.unit("reader", day=DAY) as unit:
        yield unit.reading()


def _made(town: Store, name: str = "survey", **words: object) -> str:
    with _acting(town) as unit:
        record, _ = making.create(unit, name, **words)  # type: ignore[arg-type] # as given
        return record.code


def _caller(town: Store, code: str) -> tokens.Caller:
    with _looking(town) as reader:
        found = tokens.caller(reader, code)
        assert reader.statements == 1
    assert found is not None
    return found


def test_a_caller_is_found_by_one_statement(town: Store) -> None:
    code = _made(town, roles=["evaluator", "reader"], departments=["51"], read_only=True)
    found = _caller(town, code)
    assert (found.name, found.account) == ("survey", "survey")
    assert found.roles == {"evaluator", "reader"}
    assert found.departments == {"51"}
    assert found.read_only
    assert not found.disabled
    assert found.expires_at == NOW + timedelta(days=90)
    assert (found.revoked_at, found.last_used_at) == (None, None)
    assert len(found.secret_hash) == 64
    assert found.secret_hash not in repr(found)
    assert not found.over(NOW)


def test_nobody_is_found_by_another_code(town: Store) -> None:
    code = _made(town, account="planner")
    with _looking(town) as reader:
        for wrong in ("", code[:-1], code.swapcase(), "%", "' OR 1=1 --", "survey"):
            assert tokens.caller(reader, wrong) is None


def test_a_token_of_all_departments_follows_its_account(town: Store) -> None:
    code = _made(town, account="youth")
    assert _caller(town, code).departments == {"51"}
    with _acting(town) as unit:
        accounts.edit(unit, "youth", roles=["department_head", "planner"], departments=["40", "53"])
    found = _caller(town, code)
    assert found.departments == {"40", "53"}
    assert found.roles == {"department_head"}  # what came later must be asked for


def test_a_token_loses_what_its_account_loses(town: Store) -> None:
    with _acting(town) as unit:
        accounts.add(unit, "survey", roles=["evaluator", "reader"], departments=["40", "51"],
                     kind="service")  # fmt: skip
    code = _made(town, departments=["51", "40"])
    with _acting(town) as unit:
        accounts.edit(unit, "survey", roles=["evaluator"], departments=["51", "53"])
    found = _caller(town, code)
    assert found.roles == {"evaluator"}
    assert found.departments == {"51"}


def test_a_token_without_any_of_its_departments_opens_nothing(town: Store) -> None:
    code = _made(town, roles=["evaluator"], departments=["51"])
    with _acting(town) as unit:
        accounts.edit(unit, "survey", departments=[])  # an evaluator of none sees all
    found = _caller(town, code)
    assert found.roles == frozenset()
    assert found.departments == frozenset()


def test_it_is_over_when_it_ran_out_or_was_revoked_or_the_account_disabled(town: Store) -> None:
    code, second, third = (_made(town, name, account="planner") for name in ("a", "b", "c"))
    end = NOW + timedelta(days=90)
    assert not _caller(town, code).over(end - timedelta(seconds=1))
    assert _caller(town, code).over(end)
    with _acting(town) as unit:
        making.revoke(unit, "b")
    assert _caller(town, second).over(NOW)
    with _acting(town) as unit:
        accounts.disable(unit, "planner")
    assert _caller(town, third).disabled
    assert _caller(town, third).over(NOW)


def test_admin_sees_tokens_without_their_secret(town: Store) -> None:
    _made(town, roles=["evaluator"], departments=["51"])
    _made(town, "agenda", account="clerk")
    with _looking(town) as reader:
        rows = tokens.listed(reader, sees_accounts=True)
        shown = tokens.show(reader, "survey", sees_accounts=True)
        hashes = [row[0] for row in reader.pairs("SELECT secret_hash FROM token")]
    assert [(row.name, row.account, row.roles, row.departments) for row in rows] == [
        ("agenda", "clerk", ("committee_clerk",), ()), ("survey", "survey", ("evaluator",), ("51",))
    ]  # fmt: skip
    assert set(shown) == {
        "name", "account", "roles", "departments", "read_only", "created_at", "expires_at",
        "revoked_at", "last_used_at", "version",
    }  # fmt: skip
    assert len(hashes) == 2
    assert not any(each in f"{rows}{shown}" for each in hashes)


def test_nobody_else_sees_them(town: Store) -> None:
    _made(town, account="planner")
    with _looking(town) as reader:
        with pytest.raises(Forbidden):
            tokens.listed(reader)
        with pytest.raises(Forbidden):
            tokens.show(reader, "survey")
        with pytest.raises(NotFound):
            tokens.show(reader, "other", sees_accounts=True)


def test_the_last_use_is_noted_once_a_minute_and_past_the_journal(town: Store) -> None:
    code = _made(town, account="planner")
    id_ = _caller(town, code).id
    with _looking(town) as reader:
        before = reader.value("SELECT count(*) FROM event")
    seconds = (0, 1, 59, 60, 90, 120)
    noted = [uses.note_use(town, id_, NOW + timedelta(seconds=s)) for s in seconds]
    assert noted == [True, False, False, True, False, True]
    assert _caller(town, code).last_used_at == NOW + timedelta(seconds=120)
    with _looking(town) as reader:
        assert reader.value("SELECT count(*) FROM event") == before
        assert journal.verify(reader) == []


def test_whether_a_note_is_due_is_known_without_the_store() -> None:
    assert uses.is_due(None, NOW)
    assert not uses.is_due(NOW, NOW)
    assert not uses.is_due(NOW, NOW + timedelta(seconds=59))
    assert uses.is_due(NOW, NOW + timedelta(seconds=60))
    assert uses.is_due(NOW, NOW - timedelta(seconds=1))  # a clock that was put back


def test_a_store_that_is_busy_or_gone_fails_no_call(town: Store) -> None:
    code = _made(town, account="planner")
    id_ = _caller(town, code).id
    assert uses.note_use(town, id_, NOW)
    assert not uses.note_use(town, "nobody", NOW)
    url = town.engine.url.render_as_string(hide_password=False)
    other = Store(open_engine(url.replace("postgresql+psycopg", "postgresql")))
    with _acting(town) as unit:
        making.revoke(unit, "survey")
        changed = "UPDATE token_use SET last_used_at = last_used_at"
        unit.session.connection().exec_driver_sql(changed)
        assert not uses.note_use(other, id_, NOW + timedelta(hours=1))
    assert uses.note_use(other, id_, NOW + timedelta(hours=1))
    with other.engine.connect() as connection:
        kind = connection.dialect.name
        asked = "PRAGMA busy_timeout" if kind == "sqlite" else "SHOW lock_timeout"
        assert connection.exec_driver_sql(asked).scalar() in {5000, "3s"}
    other.close()
    gone = Store(open_engine("postgresql://nobody@127.0.0.1:1/none"))
    assert not uses.note_use(gone, id_, NOW)


def test_who_stands_in_for_whom_is_seen_by_admin_and_by_the_two(town: Store) -> None:
    with _acting(town) as unit:
        for name, other, last in (("schools", "youth", DAY), ("finance", "planner", DAY)):
            deputies.appoint(unit, name, for_account=other, from_day=DAY, to_day=last)
        deputies.end(unit, "finance", for_account="planner")
    with _looking(town) as reader:
        every = standing_in.listed(reader, sees_accounts=True, own="reader")
        assert [(row.account, row.for_account, row.ended_on) for row in every] == [
            ("finance", "planner", DAY), ("schools", "youth", None),
        ]  # fmt: skip
        for name in ("schools", "youth"):
            assert [row.account for row in standing_in.listed(reader, own=name)] == ["schools"]
        assert standing_in.listed(reader, own="reader") == []
        with pytest.raises(Forbidden):
            standing_in.listed(reader)


def test_a_deputy_is_one_on_the_days_named(town: Store) -> None:
    with _acting(town) as unit:
        deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=DAY)
    with _looking(town) as reader:
        found = standing_in.stands_in(reader, "schools", "youth", DAY)
        assert (found.roles, found.departments) == (("department_head",), ("51",))
        for name, other, day in (
            ("youth", "schools", DAY), ("schools", "nobody", DAY),
            ("schools", "youth", DAY + timedelta(days=1)),
            ("schools", "youth", DAY - timedelta(days=1)), ("finance", "youth", DAY),
        ):  # fmt: skip
            with pytest.raises(Forbidden) as caught:
                standing_in.stands_in(reader, name, other, day)
            assert caught.value.code == "no_deputy"
        assert standing_in.stands_in(reader, "schools", "youth") == found  # the town's own day
    with _acting(town) as unit:
        accounts.disable(unit, "youth")
    with _looking(town) as reader, pytest.raises(Forbidden):
        standing_in.stands_in(reader, "schools", "youth", DAY)


def test_the_journal_names_tokens_and_deputies_to_admin_only(town: Store) -> None:
    _made(town, account="planner")
    with _acting(town) as unit:
        deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=DAY)
    with _looking(town) as reader:
        told = journal.events(reader, limit=2, sees_internal=True)
        assert [(e.entity, e.key, e.changes) for e in told] == [
            ("token", "", None), ("deputy", "", None),
        ]  # fmt: skip
        whole = journal.events(reader, limit=2, sees_internal=True, sees_accounts=True)
        assert [(e.entity, e.key) for e in whole] == [("token", "survey"), ("deputy", "schools")]
        assert whole[0].changes["expires_at"].startswith(str(date(2027, 2, 20)))
