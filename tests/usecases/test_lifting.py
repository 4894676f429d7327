"""Where the successor of a merge or split stands, and what is due there."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from cycle.machine.facts import Ask
from cycle.model.duties import Deadline, EvaluationPlan
from cycle.model.evaluations import EvaluationMeasure
from cycle.store.store import Store
from cycle.usecases import cycles, evaluations, lookup, moves, progress, recommendations
from tests import makers
from tests.makers_measures import DAY, Town
from tests.usecases.merging import log, of, pass_on, take_over


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("targeted", {"next_evaluation_due": None, "first_planned_end": None}),
        ("proposed", {"proposed_on": date(2026, 1, 15)}),
        ("approved", {"first_planned_end": date(2027, 9, 30), "actual_start": None}),
        ("in_progress", {"actual_start": DAY, "first_planned_end": date(2027, 9, 30)}),
        ("implemented", {"actual_start": date(2026, 3, 1), "actual_end": date(2026, 9, 30)}),
        ("evaluated", {"disposition_due": date(2027, 1, 28), "next_evaluation_due": None}),
    ],
)
def test_it_stands_where_they_stood_with_the_dates_due_there(
    town: Town, state: str, found: dict[str, date | None]
) -> None:
    source, heir = town.a_measure(state), log(town, planned_end=date(2027, 9, 30))
    pass_on(town, (source,), (heir,), "1")
    seen = town.seen(heir)
    assert (seen.state, seen.state_since) == (state, DAY)
    assert {name: getattr(seen, name) for name in found} == found


def test_the_evaluation_it_planned_itself_counts_else_the_earliest(town: Town) -> None:
    one, two = town.a_measure("approved"), town.a_measure("approved")
    own, bare = log(town), log(town)
    with town.store.unit("planner", day=DAY) as unit:
        unit.add(EvaluationPlan(measure_id=lookup.measure(unit, own).id, due=date(2027, 8, 1),
                                question="Wirkt es?"))  # fmt: skip
        unit.tell(lookup.measure(unit, own), "edited")
    pass_on(town, (one,), (own,), "1")
    pass_on(town, (two,), (bare,), "1")
    assert town.seen(own).next_evaluation_due == date(2027, 8, 1)
    assert town.seen(bare).next_evaluation_due == date(2027, 3, 31)  # as its predecessor planned
    assert len(of(town, EvaluationPlan, bare)) == 1


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ({"planned_end": date(2027, 9, 30)}, date(2028, 3, 28)),
        ({"planned_end": date(2027, 9, 30), "is_ongoing": True}, date(2028, 11, 22)),
        ({}, date(2028, 11, 22)),
    ],
)
def test_an_evaluation_nobody_planned_is_due_all_the_same(
    town: Town, words: dict[str, Any], due: date
) -> None:
    source, heir = take_over(town, log(town), "in_progress"), log(town, **words)
    pass_on(town, (source,), (heir,), "1")
    assert town.seen(heir).next_evaluation_due == due


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (None, date(2027, 5, 22)),  # nobody was asked yet
        (date(2026, 5, 22), DAY),  # due today
        (date(2026, 5, 23), date(2026, 11, 23)),
        (date(2026, 4, 1), DAY),  # overdue
    ],
)
def test_the_next_report_is_due_when_theirs_was(town: Town, told: date | None, due: date) -> None:
    source, heir = take_over(town, log(town), "in_progress"), log(town)
    if told:
        town.do(partial(progress.report, key=source, course="on_track"), day=told)
    pass_on(town, (source,), (heir,), "1")
    assert [d.due for d in of(town, Deadline, heir)] == [due]


def test_a_report_asked_for_and_not_given_is_owed_on(town: Town) -> None:
    source, heir = town.a_measure("in_progress"), log(town)  # begun 1 March, due 1 September
    pass_on(town, (source,), (heir,), "1")
    assert [d.due for d in of(town, Deadline, heir)] == [DAY]


def test_what_was_halted_stays_halted_with_its_review(town: Town) -> None:
    later = town.a_measure("in_progress")
    town.move(later, "suspend", Ask(code="staff_missing", review_on=date(2027, 2, 1),
                                    reason="Eine Stelle ist frei."), actor="youth")  # fmt: skip
    over, heir = town.a_measure("implemented"), log(town)
    pass_on(town, (over, later), (heir,), "3/4", "1/4")
    seen = town.seen(heir)
    assert (seen.state, seen.review_on, seen.suspended_on) == ("suspended", date(2027, 2, 1), DAY)
    assert (seen.reason_code, seen.reason) == ("staff_missing", "Eine Stelle ist frei.")


def test_what_was_put_off_has_a_day_to_look_at_it_again(town: Town) -> None:
    source, heir = town.a_measure("proposed"), log(town)
    town.decide(source, "deferred")
    town.move(source, "defer", actor="clerk")
    pass_on(town, (source,), (heir,), "1")
    assert town.seen(heir).review_on == DAY + timedelta(days=180)


def test_one_that_is_further_stays_there_and_tells_what_it_took_on(town: Town) -> None:
    source, heir = log(town), town.a_measure("in_progress")
    before = town.seen(heir)
    pass_on(town, (source,), (heir,), "1")
    after = town.seen(heir)
    assert (after.state, after.state_since) == (before.state, before.state_since)
    assert after.actual_start == date(2026, 3, 1)


def test_an_evaluation_of_both_speaks_of_their_successor_once(town: Town) -> None:
    target = town.a_goal()
    pair, heir = tuple(town.a_measure("implemented", goal=target) for _ in range(2)), log(town)
    town.do(lambda u: evaluations.add(
        u, measures=pair, overall="effective", text="Beide wirken.", ratings={"effectiveness": 3},
        results=[{"goal": target, "indicator": "SPRACHE", "text": "auf dem Weg"}],
    ), "evaluator")  # fmt: skip
    for key in pair:
        town.move(key, "evaluate", actor="evaluator")
    pass_on(town, pair, (heir,), "1/2", "1/2")
    assert len(of(town, EvaluationMeasure, heir)) == 1


def test_what_was_evaluated_is_reported_back_by_its_successor(town: Town) -> None:
    one = town.a_measure("evaluated")
    heir = log(town)
    pass_on(town, (one,), (heir,), "1")
    assert town.facts(heir).evaluation == town.do(
        lambda u: moves.facts_of(u, lookup.measure(u, one)).evaluation
    )
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        unit.tell(lookup.cycle(unit, "Z-2026"), "advanced")
        cycles.open_round(unit, title="Nächste Runde", start=date(2028, 1, 1))
        recommendations.answer(unit, "R-2026-001", response="accepted", reason="gut")
    back = Ask(disposition="stop", reason="erreicht")
    assert town.move(heir, "report_back", back, actor="steering") == "reported"
