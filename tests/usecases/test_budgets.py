from datetime import date

import pytest

from cycle.errors import Forbidden, Invalid
from cycle.model.duties import BudgetLine
from cycle.store.store import Store
from cycle.usecases import budgets, lookup
from tests.makers_duties import a_cancelled_measure, a_measure


def test_it_writes_a_line_a_year_and_source(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        budgets.set_line(unit, key, 2027, planned=10_000_00)
        budgets.set_line(unit, key, 2027, funding="state", planned=4_000_00, grant_ref="L-7",
                         grant_end=date(2028, 12, 31))  # fmt: skip
        budgets.set_line(unit, key, 2028, planned=5_000_00)
        lines = lookup.every(unit, BudgetLine)
        assert sorted((b.year, b.funding, b.planned_cents) for b in lines) == [
            (2027, "own", 10_000_00),
            (2027, "state", 4_000_00),
            (2028, "own", 5_000_00),
        ]


def test_what_is_not_given_stays(town: Store) -> None:
    key = a_measure(town)
    with town.unit("finance") as unit:
        budgets.set_line(unit, key, 2027, planned=10_000_00)
        line = budgets.set_line(unit, key, 2027, approved=8_000_00, spent=0)
        assert (line.planned_cents, line.approved_cents) == (10_000_00, 8_000_00)
        assert (line.committed_cents, line.spent_cents) == (0, 0)


def test_a_department_does_not_approve_its_own_money(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        budgets.set_line(unit, key, 2027, approved=1)
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        budgets.set_line(unit, key, 2027, planned=1)


def test_the_books_of_a_closed_measure_stay_open(town: Store) -> None:
    key = a_cancelled_measure(town)
    with town.unit("finance") as unit:
        assert budgets.set_line(unit, key, 2026, spent=19_850_000).spent_cents == 19_850_000


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({}, "planned"),
        ({"spent": -1}, "spent_cents"),
        ({"spent": 2**63}, "spent_cents"),
        ({"planned": 1, "funding": "lottery"}, "funding"),
    ],
)
def test_bad_amounts_are_told(town: Store, given: dict[str, int], pointer: str) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("finance") as unit:
        budgets.set_line(unit, key, 2027, **given)  # type: ignore[arg-type]
    assert [f.pointer for f in caught.value.faults] == [pointer]
