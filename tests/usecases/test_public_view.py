"""The public view: off by default, opened by two accounts of two roles, shut by either."""

import pytest

from cycle.errors import Conflict, Forbidden, NotFound
from cycle.reading import public
from cycle.reading.journal import events
from cycle.reading.public_view import PublicState
from cycle.store.store import Store
from cycle.usecases import accounts, public_view


def state(town: Store) -> PublicState:
    with town.unit("reader") as unit:
        return public.state(unit.reading())


def test_it_is_shut_until_two_accounts_have_opened_it(town: Store) -> None:
    assert not state(town).open
    with town.unit("admin") as unit:
        public_view.propose_open(unit)
    waiting = state(town)
    assert (waiting.open, waiting.proposed_as, waiting.waits_for) == (False, "admin", "steering")
    with town.unit("steering") as unit:
        public_view.confirm_open(unit)
    opened = state(town)
    assert (opened.open, opened.waits_for) == (True, None)
    assert opened.opened_on


def test_steering_may_begin_too(town: Store) -> None:
    with town.unit("steering") as unit:
        public_view.propose_open(unit)
    with town.unit("admin") as unit:
        public_view.confirm_open(unit)
    assert state(town).open


def test_nobody_does_both_with_one_account_or_in_one_role(town: Store) -> None:
    with town.unit("local") as unit:
        public_view.propose_open(unit)
    with pytest.raises(Forbidden) as caught, town.unit("local") as unit:
        public_view.confirm_open(unit)
    assert caught.value.code == "same_account"
    with town.unit("admin") as unit:
        accounts.add(unit, "admin2", roles=["admin"])
    with pytest.raises(Forbidden), town.unit("admin2") as unit:
        public_view.confirm_open(unit)
    assert not state(town).open


@pytest.mark.parametrize("who", ["planner", "youth", "reader", "finance"])
def test_others_neither_open_nor_shut_it(town: Store, who: str) -> None:
    with pytest.raises(Forbidden), town.unit(who) as unit:
        public_view.propose_open(unit)
    with pytest.raises(Forbidden), town.unit(who) as unit:
        public_view.confirm_open(unit)
    with pytest.raises(Forbidden), town.unit(who) as unit:
        public_view.close(unit)


@pytest.mark.parametrize("who", ["admin", "steering"])
def test_either_alone_shuts_it_at_once(town: Store, who: str) -> None:
    _open(town)
    with town.unit(who) as unit:
        public_view.close(unit, reason="Ein Name stand in einem Titel")
    assert state(town) == PublicState(open=False)
    with pytest.raises(NotFound), town.unit(who) as unit:
        public_view.close(unit)
    _open(town)
    assert state(town).open


def test_a_proposal_may_be_taken_back(town: Store) -> None:
    with town.unit("admin") as unit:
        public_view.propose_open(unit)
    with town.unit("steering") as unit:
        public_view.close(unit)
    with pytest.raises(NotFound), town.unit("steering") as unit:
        public_view.confirm_open(unit)


def test_what_is_done_already_is_not_done_twice(town: Store) -> None:
    with town.unit("admin") as unit:
        public_view.propose_open(unit)
        with pytest.raises(Conflict):
            public_view.propose_open(unit)
    with town.unit("steering") as unit:
        public_view.confirm_open(unit)
        with pytest.raises(Conflict):
            public_view.confirm_open(unit)
        with pytest.raises(Conflict):
            public_view.propose_open(unit)


def test_the_journal_tells_every_step_with_its_role(town: Store) -> None:
    _open(town)
    with town.unit("steering") as unit:
        public_view.close(unit)
    with town.unit("admin") as unit:
        found = events(unit.reading(), sees_internal=True)
    told = sorted((e.n, e.action, e.role) for e in found if e.entity == "public_view")
    assert [each[1:] for each in told] == [
        ("suggested", "admin"),
        ("opened", "steering"),
        ("closed", "steering"),
    ]


def _open(town: Store) -> None:
    with town.unit("admin") as unit:
        public_view.propose_open(unit)
    with town.unit("steering") as unit:
        public_view.confirm_open(unit)
