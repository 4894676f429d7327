"""Signing in: who is let in, and how patient we are with wrong tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from cycle import clock
from cycle.errors import Forbidden
from cycle.reading import sessions as signed
from cycle.reading.sessions import Session
from cycle.store.store import Store
from cycle.usecases import accounts, deputies, passwords, signing_in
from tests.makers import DAY

PASSWORD = "Fünf Brücken am Fluss"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
WRONG, SLOW = "sign_in_wrong", "sign_in_slow_down"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at a cost that is fit for tests only."""
    monkeypatch.setattr(passwords, "hasher", lambda: QUICK)


@pytest.fixture
def town(town: Store) -> Store:
    """Give youth a password."""
    give(town, PASSWORD)
    return town


def give(town: Store, password: str) -> None:
    with town.unit("admin", day=DAY) as unit:
        passwords.set_password(unit, "youth", password)


def enter(
    town: Store, name: str = "youth", password: str = PASSWORD, *,
    address: str = "192.0.2.1", now: datetime = NOON,
) -> str:  # fmt: skip
    """Try to sign in; give what the browser is to show, or why not."""
    try:
        return signing_in.sign_in(town, name, password, address=address, now=now)
    except Forbidden as told:
        return told.code


def look(town: Store, token: str) -> Session | None:
    with town.unit(None) as unit:
        return signed.look(unit.reading(), token, clock.now(), DAY)


def seen(town: Store, token: str) -> Session:
    found = look(town, token)
    assert found is not None
    return found


def test_the_right_password_opens(town: Store) -> None:
    assert seen(town, enter(town)).account == "youth"


@pytest.mark.parametrize("name", ["youth", "Youth", "nobody", "schools", "a\0b", "a\ud800b", ""])
@pytest.mark.parametrize("password", ["wrong", "a\ud800b", "", "x" * 100_000])
def test_it_does_not_tell_what_is_wrong(town: Store, name: str, password: str) -> None:
    assert enter(town, name, password) == WRONG


def test_a_password_opens_however_its_umlauts_were_typed(town: Store) -> None:
    decomposed = normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert look(town, enter(town, password=decomposed))
    give(town, decomposed)
    assert look(town, enter(town))


def test_a_disabled_account_stays_out(town: Store) -> None:
    with town.unit("admin", day=DAY) as unit:
        accounts.disable(unit, "youth")
    assert enter(town) == WRONG


def test_after_five_wrong_tries_the_name_waits_a_quarter_of_an_hour(town: Store) -> None:
    assert [enter(town, password="wrong") for _ in range(6)] == [WRONG] * 5 + [SLOW]
    with pytest.raises(Forbidden) as told:
        signing_in.sign_in(
            town, "youth", PASSWORD, address="192.0.2.9", now=NOON + timedelta(minutes=4)
        )
    assert told.value.values["minutes"] == 11
    assert enter(town, now=NOON + timedelta(seconds=899)) == SLOW
    assert look(town, enter(town, now=NOON + timedelta(seconds=900)))


def test_waiting_is_not_made_longer_by_trying(town: Store) -> None:
    for minute in range(15):
        enter(town, password="wrong", now=NOON + timedelta(minutes=minute))
    assert look(town, enter(town, now=NOON + timedelta(minutes=15)))


def test_a_name_waits_however_it_is_written(town: Store) -> None:
    for name in ("youth", "Youth", "YOUTH", "yOuth", "youTh"):
        enter(town, name, "wrong")
    assert enter(town) == SLOW


def test_tries_at_the_same_moment_are_not_more_than_one_after_another(town: Store) -> None:
    def one(number: int) -> str:
        return enter(town, password="wrong", address=f"192.0.2.{number}")

    with ThreadPoolExecutor(8) as many:
        told = list(many.map(one, range(16)))
    assert sorted(told) == sorted([WRONG] * 5 + [SLOW] * 11)


@pytest.mark.parametrize(
    ("addresses", "known"),
    [
        (["192.0.2.7"] * 3, "192.0.2.7"),
        (["2001:db8::1", "2001:db8::2", "2001:db8::3"], "2001:db8:0:0:ffff::1"),
        (["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"], "192.0.2.7"),
        (["fe80::1%eth0", "fe80::2", "fe80::3"], "fe80::4"),
        (["a socket"] * 3, "a socket"),
    ],
)
def test_an_address_waits_whatever_names_it_tries(
    town: Store, monkeypatch: pytest.MonkeyPatch, addresses: list[str], known: str
) -> None:
    monkeypatch.setattr(signing_in, "OF_ADDRESS", 3)
    for number, address in enumerate(addresses):
        assert enter(town, f"nobody-{number}", "wrong", address=address) == WRONG
    assert enter(town, address=known) == SLOW
    assert look(town, enter(town, address="192.0.2.8"))
    assert look(town, enter(town, address="::ffff:192.0.2.8"))


def test_a_town_hall_behind_one_address_may_sign_in_all_day(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "OF_ADDRESS", 3)
    assert all(look(town, enter(town)) for _ in range(8))


def test_nothing_typed_stays_in_the_store(town: Store) -> None:
    enter(town, "My Secret Password", "wrong", address="192.0.2.77")
    with town.engine.connect() as connection:
        kept = str(connection.execute(sa.text("SELECT * FROM sign_in_try")).all())
    assert "secret" not in kept.lower()
    assert "192.0.2.77" not in kept


def test_a_password_that_changed_while_the_old_one_was_checked_opens_nothing(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(PasswordHash):
        def verify(self, password: str | bytes, hash: str | bytes) -> bool:  # noqa: A002 - its name
            right = super().verify(password, hash)
            monkeypatch.setattr(passwords, "hasher", lambda: QUICK)
            give(town, "Sechs Brücken am Fluss")
            return right

    monkeypatch.setattr(passwords, "hasher", lambda: Slow(QUICK.hashers))
    assert enter(town) == WRONG


def test_an_account_disabled_while_its_password_was_checked_stays_out(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(PasswordHash):
        def verify(self, password: str | bytes, hash: str | bytes) -> bool:  # noqa: A002 - its name
            with town.unit("admin", day=DAY) as unit:
                accounts.disable(unit, "youth")
            return super().verify(password, hash)

    monkeypatch.setattr(passwords, "hasher", lambda: Slow(QUICK.hashers))
    assert enter(town) == WRONG


def test_whom_the_town_knows_arrives_once_and_comes_in_with_what_it_grants(town: Store) -> None:
    for roles in (["planner"], ["reader", "finance"]):
        token = signing_in.come_in(town, "oidc-1", roles=roles, departments=["51"], day=DAY)
        found = seen(town, token)
        assert (found.account, found.vouched) == ("oidc-1", True)
        assert (found.roles, found.departments) == (frozenset(roles), frozenset({"51"}))
    with town.unit("admin", day=DAY) as unit:
        accounts.disable(unit, "oidc-1")
    with pytest.raises(Forbidden) as told:
        signing_in.come_in(town, "oidc-1", roles=["planner"], departments=[])
    assert told.value.code == "account_disabled"


def test_whom_the_town_gives_no_role_stays_out(town: Store) -> None:
    with pytest.raises(Forbidden) as told:
        signing_in.come_in(town, "oidc-1", roles=[], departments=["51"])
    assert told.value.code == "no_role"


def test_a_deputy_changes_places_and_back_in_one_session(town: Store) -> None:
    first = signing_in.come_in(town, "oidc-1", roles=["planner"], departments=[], day=DAY)
    with town.unit("admin", day=DAY) as unit:
        deputies.appoint(unit, "oidc-1", for_account="youth", from_day=DAY, to_day=DAY)
    acting = signing_in.change_places(town, seen(town, first), "youth", day=DAY)
    assert seen(town, acting).acts_for == "youth"
    assert look(town, first) is None
    back = signing_in.change_places(town, seen(town, acting), None, day=DAY)
    assert seen(town, back).roles == {"planner"}


def test_nobody_acts_for_whom_they_do_not_stand_in_for(town: Store) -> None:
    found = seen(town, enter(town))
    with pytest.raises(Forbidden) as told:
        signing_in.change_places(town, found, "schools", day=DAY)
    assert told.value.code == "no_deputy"


def test_a_session_that_is_over_changes_no_places(town: Store) -> None:
    found = seen(town, enter(town))
    give(town, "Sechs Brücken am Fluss")
    with pytest.raises(Forbidden) as told:
        signing_in.change_places(town, found, None, day=DAY)
    assert told.value.code == "signed_out"


def test_after_a_change_of_the_password_one_goes_on(town: Store) -> None:
    assert seen(town, signing_in.begin_again(town, "youth")).account == "youth"
