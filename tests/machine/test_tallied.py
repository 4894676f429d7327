"""What is counted of the things that follow from records."""

from dataclasses import replace

from cycle.machine.standing import Entry
from cycle.machine.tallied import in_state, tallied

STATE = Entry("measure", "m1", "state", "in_progress")
GREEN = Entry("measure", "m1", "light:delivery", "green", unit="u", cycle="c")
LATE = Entry("measure", "m1", "overdue", "O8", about="2")


def test_lights_and_what_is_overdue_count_once_more_by_the_state_of_the_measure() -> None:
    found = list(tallied([GREEN, STATE, LATE]))
    assert found == [
        GREEN, replace(GREEN, topic="light:delivery@in_progress"), STATE,
        LATE, replace(LATE, topic="overdue@in_progress"),
    ]  # fmt: skip
    assert in_state("overdue", "in_progress") == "overdue@in_progress"


def test_all_else_counts_once() -> None:
    gap = Entry("measure", "m1", "gap", "evaluation_owed")
    of_another = replace(GREEN, subject="m2")
    of_a_goal = Entry("goal", "m1", "overdue", "O3")
    told = [STATE, gap, of_another, of_a_goal]
    assert list(tallied(told)) == told
