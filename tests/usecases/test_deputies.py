from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.actors import EVERYTHING, Scope
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, deputies
from tests.makers import DAY

LAST = DAY + timedelta(days=13)


@contextmanager
def _acting(town: Store, name: str, *, on: date = DAY, scope: Scope = EVERYTHING) -> Iterator[Unit]:
    with town.unit(name, day=on, scope=scope) as unit:
        yield unit


def _appointed(
    town: Store,
    name: str = "schools",
    other: str = "youth",
    *,
    by: str = "admin",
    first: date = DAY,
    last: date = LAST,
) -> None:
    with _acting(town, by) as unit:
        deputies.appoint(unit, name, for_account=other, from_day=first, to_day=last)


def _stands_in(town: Store, on: date) -> bool:
    try:
        with _acting(town, "schools", on=on, scope=Scope(for_account="youth")) as unit:
            assert unit.actor.name == "schools"
            return unit.actor.units == {"51"}
    except Forbidden:
        return False


@pytest.mark.parametrize("by", ["admin", "youth"])
def test_a_deputy_acts_with_what_the_other_one_holds_on_these_days(town: Store, by: str) -> None:
    _appointed(town, by=by, first=DAY + timedelta(days=1))
    days = [DAY, DAY + timedelta(days=1), LAST, LAST + timedelta(days=1)]
    assert [_stands_in(town, day) for day in days] == [False, True, True, False]


def test_the_journal_names_both(town: Store) -> None:
    with _acting(town, "youth") as unit:
        record = deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=LAST)
        told = dict(unit.told[-1])
    assert (told["entity"], told["action"], told["key"]) == ("deputy", "appointed", "schools")
    assert told["role"] == "department_head"
    assert told["payload"]["account_id"] == record.account_id
    assert told["payload"]["for_account_id"] == record.for_account_id


@pytest.mark.parametrize("by", ["schools", "planner", "steering", "reader"])
def test_nobody_else_names_or_ends_a_deputy(town: Store, by: str) -> None:
    with pytest.raises(Forbidden):
        _appointed(town, by=by)
    _appointed(town, "finance")
    with pytest.raises(Forbidden), _acting(town, by) as unit:
        deputies.end(unit, "finance", for_account="youth")


@pytest.mark.parametrize("name", ["financ", "nobody", "finance"])
def test_nobody_learns_which_accounts_there_are(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), _acting(town, "reader") as unit:
        deputies.end(unit, name, for_account="youth")
    with pytest.raises(Forbidden), _acting(town, "reader") as unit:
        deputies.appoint(unit, "youth", for_account=name, from_day=DAY, to_day=LAST)


def test_a_name_mistyped_is_told_with_near_ones_to_admin_only(town: Store) -> None:
    with pytest.raises(NotFound) as told:
        _appointed(town, "financ")
    with pytest.raises(NotFound) as silent:
        _appointed(town, "financ", by="youth")
    assert (told.value.values["near"], "near" in silent.value.values) == ("finance", False)


def test_who_is_narrowed_gives_no_more_than_there_is(town: Store) -> None:
    with _acting(town, "admin") as unit:
        accounts.edit(unit, "youth", roles=["department_head", "reader"],
                      departments=["51", "53"])  # fmt: skip
    for scope in (Scope(roles=frozenset({"reader"})), Scope(units=frozenset({"51"}))):
        with pytest.raises(Forbidden), _acting(town, "youth", scope=scope) as unit:
            deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=LAST)
    _appointed(town, by="youth")


def test_a_deputy_names_no_deputy(town: Store) -> None:
    _appointed(town, other="admin")
    with (
        pytest.raises(Forbidden),
        _acting(town, "schools", scope=Scope(for_account="admin")) as unit,
    ):
        deputies.appoint(unit, "finance", for_account="youth", from_day=DAY, to_day=LAST)
    with (
        pytest.raises(Forbidden),
        _acting(town, "schools", scope=Scope(for_account="admin")) as unit,
    ):
        deputies.appoint(unit, "finance", for_account="schools", from_day=DAY, to_day=LAST)


def test_nobody_stands_in_for_a_deputy_and_no_deputy_has_one(town: Store) -> None:
    _appointed(town)  # schools for youth
    for name, other in (("finance", "schools"), ("youth", "finance"), ("youth", "schools")):
        with pytest.raises(Forbidden) as caught:
            _appointed(town, name, other, first=LAST, last=LAST)
        assert caught.value.code == "deputy_of_deputy"
    after = LAST + timedelta(days=1)
    _appointed(town, "finance", "schools", first=after, last=after)
    _appointed(town, "youth", "planner", first=after, last=after)


def test_somebody_may_have_two_deputies_and_stand_in_for_two(town: Store) -> None:
    _appointed(town)
    _appointed(town, "finance")
    _appointed(town, "schools", "planner")


def test_the_same_pair_is_named_once_for_a_time(town: Store) -> None:
    _appointed(town)
    with pytest.raises(Conflict) as caught:
        _appointed(town, first=LAST, last=LAST + timedelta(days=9))
    assert caught.value.code == "duplicate"
    assert "end-deputy" in caught.value.fix
    _appointed(town, first=LAST + timedelta(days=1), last=LAST + timedelta(days=9))


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        (0, -1, [("to_day", "ends_before_it_begins")]),
        (-1, 5, [("from_day", "over")]),
        (-9, -5, [("from_day", "over")]),
        (0, 366, [("to_day", "too_large")]),
    ],
)
def test_the_days_lie_ahead_in_order_and_within_a_year(
    town: Store, first: int, last: int, faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(Invalid) as caught:
        _appointed(town, first=DAY + timedelta(days=first), last=DAY + timedelta(days=last))
    assert [(f.pointer, f.code) for f in caught.value.faults] == faults
    assert all(f.says.format(**f.values) for f in caught.value.faults)


def test_a_day_and_a_whole_year_are_right(town: Store) -> None:
    _appointed(town, first=DAY, last=DAY)
    _appointed(town, "finance", last=DAY + timedelta(days=365))


def test_nobody_stands_in_for_oneself_or_is_disabled(town: Store) -> None:
    with pytest.raises(Invalid) as caught:
        _appointed(town, "youth")
    assert [(f.pointer, f.code) for f in caught.value.faults] == [("for_account", "same")]
    with _acting(town, "admin") as unit:
        accounts.disable(unit, "schools")
        accounts.disable(unit, "youth")
    with pytest.raises(Invalid) as caught:
        _appointed(town)
    assert [(f.pointer, f.code) for f in caught.value.faults] == [
        ("account", "disabled"), ("for_account", "disabled"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        _appointed(town, "nobody")
    with pytest.raises(NotFound):
        _appointed(town, "finance", "nobody")


@pytest.mark.parametrize("by", ["admin", "youth", "schools"])
def test_it_ends_at_once_and_what_was_to_come_too(town: Store, by: str) -> None:
    _appointed(town)
    _appointed(town, first=LAST + timedelta(days=5), last=LAST + timedelta(days=9))
    with _acting(town, by) as unit:
        ended = deputies.end(unit, "schools", for_account="youth")
        assert [each.ended_on for each in ended] == [DAY, DAY]
        assert [told["action"] for told in unit.told] == ["ended", "ended"]
    days = [DAY, LAST, LAST + timedelta(days=5)]
    assert [_stands_in(town, day) for day in days] == [False, False, False]
    with pytest.raises(NotFound) as caught, _acting(town, by) as unit:
        deputies.end(unit, "schools", for_account="youth")
    assert "cycle account deputies" in caught.value.fix
    _appointed(town)  # and may begin anew


def test_what_is_over_need_not_be_ended(town: Store) -> None:
    _appointed(town)
    later = LAST + timedelta(days=1)
    with pytest.raises(NotFound), _acting(town, "admin", on=later) as unit:
        deputies.end(unit, "schools", for_account="youth")
    with _acting(town, "admin", on=LAST) as unit:
        assert len(deputies.end(unit, "schools", for_account="youth")) == 1
