"""Sessions at the web pages and tries to sign in, as the store keeps them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from cycle import clock
from cycle.model.access import Deputy
from cycle.model.columns import Instant
from cycle.model.sessions import SignInTry, WebSession
from cycle.reading import sessions as signed
from cycle.reading.sessions import IDLE, Session, hashed
from cycle.store import sessions, tries
from cycle.store.store import Store
from cycle.usecases import accounts, deputies, lookup
from tests.makers import DAY

WINDOW = timedelta(minutes=15)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONGEST = timedelta(seconds=sessions.LONGEST)
VOUCHED = {"roles": ["planner"], "departments": ["51"]}


def a_session(town: Store, name: str = "youth", **more: Any) -> str:  # noqa: ANN401 - as begin
    with town.unit(None) as unit:
        return sessions.begin(unit, lookup.account(unit, name).id, **more)


def look(town: Store, token: str, at: datetime | None = None) -> Session | None:
    with town.unit(None) as unit:
        return signed.look(unit.reading(), token, at or clock.now(), DAY)


def seen(town: Store, token: str) -> Session:
    found = look(town, token)
    assert found is not None
    return found


def rotated(town: Store, token: str, other: str | None = None) -> str | None:
    with town.unit(None) as unit:
        acts_for = lookup.account(unit, other).id if other else None
        return sessions.rotate(unit, hashed(token), acts_for_id=acts_for)


def row(town: Store, token: str) -> WebSession:
    with town.unit(None) as unit:
        kept = unit.session.get(WebSession, (unit.town.id, hashed(token)))
        assert kept is not None
        return kept


def put_back(town: Store, token: str, **moments: datetime) -> None:
    with town.unit(None) as unit:
        for name, at in moments.items():
            change = f"UPDATE web_session SET {name} = :at WHERE token_hash = :hashed"
            typed = sa.text(change).bindparams(sa.bindparam("at", type_=Instant))
            unit.session.execute(typed, {"at": at, "hashed": hashed(token)})


def stand_in(town: Store) -> Deputy:
    with town.unit("admin", day=DAY) as unit:
        return deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=DAY)


def test_who_signed_in_is_known_with_roles_and_departments(town: Store) -> None:
    found = seen(town, a_session(town))
    assert (found.account, found.roles, found.departments) == (
        "youth", frozenset({"department_head"}), frozenset({"51"}),
    )  # fmt: skip
    assert not found.vouched
    assert look(town, "something else") is None
    assert look(town, "a\ud800b\0") is None


def test_only_a_hash_is_kept_and_the_journal_tells_of_no_session(town: Store) -> None:
    with town.engine.connect() as connection:
        before = connection.execute(sa.text("SELECT count(*) FROM event")).scalar_one()
    token = a_session(town)
    with town.engine.connect() as connection:
        kept = str(connection.execute(sa.text("SELECT * FROM web_session")).all())
        after = connection.execute(sa.text("SELECT count(*) FROM event")).scalar_one()
    assert token not in kept
    assert hashed(token) in kept
    assert after == before


def test_it_is_over_after_an_hour_without_a_call_and_after_twelve_hours_with_them(
    town: Store,
) -> None:
    token = a_session(town)
    began = row(town, token).began_at
    moment = timedelta(seconds=1)
    assert look(town, token, began + IDLE - moment)
    assert look(town, token, began + IDLE) is None
    put_back(town, token, seen_at=began + LONGEST - moment)
    assert look(town, token, began + LONGEST - moment)
    assert look(town, token, began + LONGEST) is None


def test_a_look_is_noted_once_a_minute(town: Store) -> None:
    token = a_session(town)
    found = seen(town, token)
    assert not sessions.touch(town, found, found.seen_at + timedelta(seconds=59))
    later = found.seen_at + timedelta(seconds=60)
    assert sessions.touch(town, found, later)
    assert seen(town, token).seen_at == later


def test_a_look_that_cannot_be_noted_disturbs_nobody(town: Store) -> None:
    token = a_session(town)
    found = seen(town, token)
    later = found.seen_at + timedelta(minutes=2)
    with town.engine.begin() as busy:
        busy.execute(sa.text("UPDATE web_session SET csrf = csrf"))
        assert not sessions.touch(town, found, later)
    assert sessions.touch(town, found, later)
    sessions.end(town, token)
    assert not sessions.touch(town, found, later + timedelta(minutes=2))


def test_new_secrets_make_the_old_ones_worthless(town: Store) -> None:
    old = a_session(town)
    was = seen(town, old)
    new = rotated(town, old)
    assert new is not None
    assert look(town, old) is None
    assert seen(town, new).csrf != was.csrf
    assert rotated(town, old) is None


def test_new_secrets_let_a_session_last_no_longer(town: Store) -> None:
    old = a_session(town)
    ends = clock.now() + timedelta(minutes=5)
    put_back(town, old, ends_at=ends)
    new = rotated(town, old)
    assert new is not None
    assert look(town, new, ends - timedelta(seconds=1))
    assert look(town, new, ends) is None


def test_what_the_town_vouched_for_counts_again_after_acting_for_another(town: Store) -> None:
    stand_in(town)
    token = a_session(town, "schools", vouched=VOUCHED)
    assert seen(town, token).roles == {"planner"}
    acting = rotated(town, token, "youth")
    assert acting is not None
    found = seen(town, acting)
    assert (found.acts_for, found.roles) == ("youth", frozenset({"department_head"}))
    assert found.departments == {"51"}
    again = rotated(town, acting)
    assert again is not None
    found = seen(town, again)
    assert (found.acts_for, found.vouched, found.roles) == (None, True, frozenset({"planner"}))


def test_a_deputy_is_out_when_its_time_is_over(town: Store) -> None:
    stand_in(town)
    token = rotated(town, a_session(town, "schools"), "youth")
    assert token is not None
    assert seen(town, token).acts_for == "youth"
    with town.unit("admin", day=DAY) as unit:
        deputies.end(unit, "schools", for_account="youth")
    assert look(town, token) is None


@pytest.mark.parametrize("disabled", ["youth", "schools"])
def test_a_deputy_is_out_when_one_of_the_two_is_disabled(town: Store, disabled: str) -> None:
    stand_in(town)
    token = rotated(town, a_session(town, "schools"), "youth")
    assert token is not None
    with town.unit("admin", day=DAY) as unit:
        accounts.disable(unit, disabled)
    assert look(town, token) is None


def test_one_session_ends_or_all_of_an_account(town: Store) -> None:
    one, two, other = a_session(town), a_session(town), a_session(town, "schools")
    sessions.end(town, one)
    sessions.end(town, one)
    assert look(town, one) is None
    assert look(town, two)
    with town.unit(None) as unit:
        sessions.end_all(unit, lookup.account(unit, "youth").id)
    assert look(town, two) is None
    assert look(town, other)


@pytest.mark.parametrize("moment", ["seen_at", "ends_at"])
def test_sessions_that_are_over_are_forgotten_when_the_next_begins(
    town: Store, moment: str
) -> None:
    put_back(town, a_session(town), **{moment: clock.now() - timedelta(hours=2)})
    a_session(town, "schools")
    with town.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM web_session")).scalar_one() == 1


def a_try(town: Store, now: datetime = NOON, whose: str = "x") -> tuple[int, datetime]:
    with town.unit(None) as unit:
        return tries.count(unit, whose, now, WINDOW)


def test_tries_count_within_a_quarter_of_an_hour(town: Store) -> None:
    last = NOON + WINDOW - timedelta(seconds=1)
    assert a_try(town, NOON) == (1, NOON)
    assert a_try(town, last) == (2, NOON)
    assert a_try(town, last, "y") == (1, last)
    assert a_try(town, NOON + WINDOW) == (1, NOON + WINDOW)


def test_tries_at_the_same_moment_all_count(town: Store) -> None:
    with ThreadPoolExecutor(8) as many:
        counted = [n for n, _ in many.map(lambda _: a_try(town, NOON), range(24))]
    assert sorted(counted) == list(range(1, 25))


def test_tries_are_forgotten_and_taken_back(town: Store) -> None:
    for whose in ("old", "x", "y", "y", "z"):
        a_try(town, NOON - WINDOW if whose == "old" else NOON, whose)
    with town.unit(None) as unit:
        tries.forget(unit, "x", NOON, WINDOW)
        tries.take_back(unit, "y")
        tries.take_back(unit, "z")
    with town.unit(None) as unit:
        left = {each.whose: each.count for each in lookup.every(unit, SignInTry)}
    assert left == {"y": 1, "z": 1}
