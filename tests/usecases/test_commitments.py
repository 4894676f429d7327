from datetime import date

import pytest

from cycle.errors import Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import commitments
from tests.makers import DAY
from tests.makers_duties import a_measure


def test_a_partner_commits_itself(town: Store) -> None:
    key = a_measure(town, partners=["WV-A"])
    with town.unit("youth") as unit:
        promise = commitments.add(unit, key, "WV-A", on=date(2026, 11, 2), text="zwei Stellen")
        assert (promise.committed_on, promise.commitment) == (date(2026, 11, 2), "zwei Stellen")
        assert unit.told[-1]["payload"]["partner"] == "WV-A"


def test_who_commits_itself_becomes_a_partner(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        assert commitments.add(unit, key, "50").committed_on == DAY


def test_a_renewed_promise_keeps_its_words(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        commitments.add(unit, key, "50", on=date(2024, 1, 1), text="Räume")
    with town.unit("youth") as unit:
        promise = commitments.add(unit, key, "50")
        assert (promise.committed_on, promise.commitment) == (DAY, "Räume")


def test_promises_of_the_future_of_nobody_or_by_others_are_refused(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid), town.unit("youth") as unit:
        commitments.add(unit, key, "50", on=date(2027, 1, 1))
    with pytest.raises(NotFound), town.unit("youth") as unit:
        commitments.add(unit, key, "99")
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        commitments.add(unit, key, "50")
