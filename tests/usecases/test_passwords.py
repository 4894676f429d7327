"""Passwords of local accounts."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from cycle.errors import Forbidden, Invalid
from cycle.reading import sessions as signed
from cycle.store import sessions
from cycle.store.store import Store
from cycle.usecases import accounts, lookup, passwords, signing_in
from tests.makers import DAY

NEW = "Drei Brücken am Fluss"


def test_admin_sets_a_password_and_only_its_hash_is_kept(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", NEW)
    with town.engine.connect() as connection:
        (kept,) = connection.execute(sa.text("SELECT hash FROM account_password")).scalars()
        told = connection.execute(sa.text("SELECT content, rows FROM event_payload")).all()
    assert kept.startswith("$argon2id$")
    assert kept not in str(told)
    assert NEW not in str(told)


def test_one_changes_the_own_password_with_the_old_one_only(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", NEW)
    for old in (None, "something else"):
        with pytest.raises(Forbidden) as told, town.unit("youth", day=DAY) as unit:
            passwords.set_password(unit, "youth", "Vier Brücken am Fluss", old=old)
        assert told.value.code == "password_wrong"
    with town.unit("youth", day=DAY) as unit:
        passwords.set_password(unit, "youth", "Vier Brücken am Fluss", old=NEW)


def test_nobody_sets_the_password_of_another(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", NEW)
    with pytest.raises(Forbidden), town.unit("schools", day=DAY) as unit:
        passwords.set_password(unit, "youth", "Vier Brücken am Fluss", old=NEW)


@pytest.mark.parametrize("weak", ["kurz", "x" * 201, "Youth am Fluss 27", "aaaaaaaaaaaabb"])
def test_a_weak_password_is_refused(town: Store, weak: str) -> None:
    with pytest.raises(Invalid), town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", weak)


def test_a_new_password_ends_all_sessions(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", NEW)
    now = _now(town)
    token = signing_in.sign_in(town, "youth", NEW, address="10.0.0.1", now=now)
    assert _look(town, token) == "youth"
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", "Vier Brücken am Fluss")
    assert _look(town, token) is None


def test_a_name_too_short_to_tell_anything_may_stand_in_a_password(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        accounts.add(unit, "am", roles=["reader"])
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "am", NEW)
    with pytest.raises(Invalid), town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "am", "amamamamamamam")


def test_a_session_ends_when_its_account_is_disabled(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        token = sessions.begin(unit, lookup.account(unit, "youth").id)
    assert _look(town, token) == "youth"
    with town.unit("admin", day=DAY) as unit:
        accounts.disable(unit, "youth")
    assert _look(town, token) is None


def _now(town: Store) -> datetime:
    with town.unit("admin", day=DAY) as unit:
        return unit.now


def _look(town: Store, token: str) -> str | None:
    with town.unit("admin", day=DAY) as unit:
        found = signed.look(unit.reading(), token, unit.now)
    return found.account if found else None
