"""To black out what must not be kept, by two people."""

import pytest

from cycle.errors import Forbidden, Invalid, NotFound
from cycle.model.journal import EventPayload
from cycle.reading.journal import verify
from cycle.store.store import Store
from cycle.usecases import journal, lookup


def black_out(town: Store, n: int, *, second: str = "planner", reason: str = "Name") -> None:
    with town.unit("admin") as unit:
        journal.black_out(unit, n, reason=reason, second=second)


def test_content_and_salt_go_and_the_chain_holds(town: Store) -> None:
    black_out(town, 1)
    with town.unit("admin") as unit:
        payload = lookup.by(unit, EventPayload, n=1)
        assert payload is not None
        assert (payload.content, payload.salt, payload.blacked_out_reason) == (None, None, "Name")
        assert verify(unit.reading()) == []


@pytest.mark.parametrize("second", ["admin", "reader"])
def test_it_takes_a_second_account_of_the_trade(town: Store, second: str) -> None:
    with pytest.raises(Forbidden, match="second account"):
        black_out(town, 1, second=second)


def test_it_takes_a_reason_and_an_event_that_is_there(town: Store) -> None:
    with pytest.raises(Invalid):
        black_out(town, 1, reason=" ")
    with pytest.raises(NotFound, match="99999"):
        black_out(town, 99999)


def test_the_event_that_tells_of_it_stays_to_be_read(town: Store) -> None:
    black_out(town, 1)
    with town.unit("admin") as unit:
        last = int(unit.reading().value("SELECT MAX(n) FROM event WHERE municipality_id = :m"))
    with pytest.raises(Forbidden, match="must stay"):
        black_out(town, last)
