from datetime import date

import pytest

from cycle.errors import NotFound
from cycle.machine.facts import Ask
from cycle.reading import budgets
from cycle.reading.budgets import LineRow, uncovered_from
from cycle.reading.filters import Filters
from cycle.store.store import Store
from cycle.usecases import budgets as written
from cycle.usecases import moves
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure

END = date(2027, 12, 31)


def line(year: int, funding: str = "own", planned: int = 100, end: date | None = None) -> LineRow:
    return LineRow("M-2026-001", year, funding, planned, 0, 0, 0, None, end)


ESF = line(2027, "esf", end=END)


@pytest.mark.parametrize(
    ("lines", "ends", "bare"),
    [
        ([line(2027)], date(2029, 12, 31), None),  # no grant ends
        ([ESF], END, None),  # it ends with its grant
        ([ESF], date(2028, 1, 1), date(2028, 1, 1)),  # a day longer
        ([ESF], None, date(2028, 1, 1)),  # its end is not known
        ([ESF, line(2028)], date(2028, 12, 31), None),
        ([ESF, line(2028)], date(2029, 12, 31), date(2029, 1, 1)),
        ([ESF, line(2028, planned=0)], date(2028, 12, 31), date(2028, 1, 1)),
        ([ESF, line(2028, "state", end=date(2028, 6, 30))], date(2028, 6, 30), None),
        (
            [ESF, line(2028, "state", end=date(2028, 6, 30))],
            date(2028, 12, 31),
            date(2028, 7, 1),
        ),
        ([line(2027, "esf", end=date(2027, 6, 30))], date(2027, 12, 31), date(2027, 7, 1)),
        ([line(2027, "esf", end=date(2027, 6, 30)), line(2027)], date(2027, 12, 31), None),
    ],
)
def test_it_tells_from_when_there_is_no_money(
    lines: list[LineRow], ends: date | None, bare: date | None
) -> None:
    assert uncovered_from(lines, ends) == bare


def test_an_ongoing_measure_goes_on_whatever_was_planned() -> None:
    assert uncovered_from([ESF], END, ongoing=True) == date(2028, 1, 1)


def test_years_and_sums_of_a_measure(town: Store) -> None:
    key = a_running_measure(town, planned_end=date(2029, 12, 31))
    with town.unit("finance", day=DAY) as unit:
        written.set_line(unit, key, 2027, planned=60, approved=50, spent=10)
        written.set_line(unit, key, 2027, funding="esf", planned=40, grant_end=END)
        written.set_line(unit, key, 2028, planned=5)
        found = budgets.show(unit.reading(), key, today=DAY)
    assert (found["planned_cents"], found["approved_cents"], found["spent_cents"]) == (105, 50, 10)
    assert [(each["year"], each["planned_cents"], each["covered"]) for each in found["years"]] == [
        (2027, 100, True), (2028, 5, True), (2029, 0, False),
    ]  # fmt: skip
    assert found["uncovered_from"] == "2029-01-01"
    assert [each["funding"] for each in found["lines"]] == ["esf", "own", "own"]


def test_a_measure_without_money_has_none_to_show(town: Store) -> None:
    key = a_measure(town)
    with town.unit("finance", day=DAY) as unit:
        found = budgets.show(unit.reading(), key, today=DAY)
        assert (found["years"], found["lines"], found["uncovered_from"]) == ([], [], None)
        assert budgets.listed(unit.reading(), today=DAY) == []


def test_what_is_over_needs_no_cover(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("finance", day=DAY) as unit:
        written.set_line(unit, key, 2027, funding="esf", planned=40, grant_end=END)
        (row,) = budgets.listed(unit.reading(), Filters(department="51"), today=DAY)
        assert (row.grant_end, row.uncovered_from) == (END, date(2028, 1, 1))
    with town.unit("planner", day=DAY) as unit:
        moves.move(unit, key, "suspend", Ask(code="budget_freeze"))
        assert budgets.show(unit.reading(), key, today=DAY)["uncovered_from"] == "2028-01-01"
    done = a_running_measure(town, "implemented")
    with town.unit("finance", day=DAY) as unit:
        written.set_line(unit, done, 2027, funding="esf", planned=40, grant_end=END)
        assert budgets.show(unit.reading(), done, today=DAY)["uncovered_from"] is None


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 12, 30), None), (date(2026, 12, 31), 365), (END, 0), (date(2028, 1, 1), -1)],
)
def test_the_end_of_a_grant_is_mentioned_a_year_before(
    town: Store, today: date, left: int | None
) -> None:
    key = a_running_measure(town)
    with town.unit("finance", day=DAY) as unit:
        written.set_line(unit, key, 2027, funding="esf", planned=40, grant_end=END)
        reader = unit.reading()
        (row,) = budgets.listed(reader, today=today)
        assert row.cover_days_left == left
        assert budgets.show(reader, key, today=today)["cover_days_left"] == left


def test_the_money_of_a_draft_is_for_internal_eyes(town: Store) -> None:
    key = a_measure(town)
    with town.unit("finance", day=DAY) as unit:
        written.set_line(unit, key, 2027, planned=40)
        reader = unit.reading()
        assert [row.key for row in budgets.listed(reader, today=DAY)] == [key]
        assert budgets.listed(reader, today=DAY, sees_internal=False) == []
        with pytest.raises(NotFound):
            budgets.show(reader, key, today=DAY, sees_internal=False)
