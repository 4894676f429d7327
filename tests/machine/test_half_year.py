"""What half a year did to a measure, told by its moves and reports alone."""

from datetime import date

import pytest

from cycle.machine.half_year import Move, Statement, change, state_on, unchanged_since

SINCE, UNTIL = date(2026, 7, 1), date(2026, 12, 31)
BEFORE, AFTER = date(2026, 6, 30), date(2027, 1, 1)
WITHIN = date(2026, 9, 15)


def logged(day: date = BEFORE) -> Move:
    return Move(day, None, "draft")


def to(state: str, day: date, before: str = "in_progress") -> Move:
    return Move(day, before, state)


def became(*moves: Move, told: tuple[Statement, ...] = ()) -> str | None:
    return change(moves, told, SINCE, UNTIL)


@pytest.mark.parametrize("day", [SINCE, UNTIL])
def test_a_measure_logged_or_approved_within_is_new(day: date) -> None:
    assert became(logged(day)) == "new"
    assert became(logged(), to("approved", day, "proposed")) == "new"


def test_a_measure_logged_later_is_not_there_yet() -> None:
    assert became(logged(AFTER)) is None
    assert state_on(UNTIL, [logged(AFTER)]) is None


@pytest.mark.parametrize(
    "state", ["implemented", "evaluated", "reported", "rejected", "cancelled", "superseded"]
)
def test_what_came_to_its_end_within_is_settled(state: str) -> None:
    assert became(logged(), to(state, SINCE)) == "settled"
    assert became(logged(), to(state, UNTIL)) == "settled"
    assert became(logged(WITHIN), to(state, UNTIL)) == "settled"  # new, and settled at once


@pytest.mark.parametrize("state", ["reported", "rejected", "cancelled", "superseded"])
def test_what_was_off_the_circle_before_is_left_out(state: str) -> None:
    assert became(logged(), to(state, BEFORE)) is None


@pytest.mark.parametrize("state", ["implemented", "evaluated"])
def test_what_still_waits_for_its_evaluation_stays_on_the_list(state: str) -> None:
    assert became(logged(), to(state, BEFORE)) == "unchanged"


def test_an_end_that_lies_beyond_does_not_count_yet() -> None:
    assert became(logged(), to("reported", AFTER)) == "unchanged"


def test_what_was_taken_up_again_is_changed_and_not_settled() -> None:
    again = to("in_progress", UNTIL, "implemented")
    assert became(logged(), to("implemented", WITHIN), again) == "changed"


def test_a_move_within_is_a_change_and_one_to_the_same_state_is_none() -> None:
    assert became(logged(), to("suspended", SINCE)) == "changed"
    assert became(logged(), to("suspended", BEFORE)) == "unchanged"
    assert became(logged(), to("in_progress", WITHIN)) == "unchanged"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(BEFORE, "unchanged"), (SINCE, "changed"), (UNTIL, "changed"), (AFTER, "unchanged")],
)
def test_a_report_that_says_something_else_is_a_change(day: date, expected: str) -> None:
    told = (Statement(date(2026, 5, 1), "läuft"), Statement(day, "stockt"))
    assert became(logged(), told=told) == expected
    assert became(logged(), told=(Statement(day, "läuft"),)) == expected


def test_a_report_that_repeats_the_last_is_no_change() -> None:
    told = (Statement(date(2026, 5, 1), "läuft"), Statement(WITHIN, "läuft"))
    assert became(logged(), told=told) == "unchanged"


def test_it_is_unchanged_since_the_first_report_that_says_the_same() -> None:
    days = [date(2026, month, 1) for month in (1, 2, 3, 4)]
    said = ["läuft", "stockt", "stockt", "stockt"]
    told = [Statement(day, words) for day, words in zip(days, said, strict=True)]
    assert unchanged_since(told) == days[1]
    assert unchanged_since(told[:1]) == days[0]
    assert unchanged_since([]) is None
