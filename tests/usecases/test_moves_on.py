"""A measure once it is decided: delivery, evaluation, feedback, and the ways off the circle."""

from datetime import date, timedelta
from fractions import Fraction
from functools import partial

import pytest

from cycle.errors import Invalid, NotFound, Refused
from cycle.machine.facts import Ask
from cycle.model.duties import BudgetLine, Consequence, Owed
from cycle.model.evaluations import Disposition
from cycle.model.measures import Measure, MeasureLink
from cycle.model.reports import Finding, Report
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    consequences,
    cycles,
    decisions,
    goals,
    lookup,
    measures,
    moves,
    recommendations,
)
from tests import makers
from tests.makers_measures import DAY, Town


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def missing(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.guard for reason in refused.value.reasons]


def test_it_does_not_start_before_its_decision_nor_in_the_future(town: Town) -> None:
    key = town.a_measure("approved")
    for day in (date(2026, 2, 1), DAY + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            town.move(key, "start", Ask(on=day))
        assert "start_before_decision" in missing(refused)


def test_a_budget_reservation_blocks_the_start_until_money_is_approved(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.do(
        lambda u: decisions.add(
            u, on=date(2026, 2, 20), result="adopted", measures=[key], body="SR",
            paper="2026/0001", paper_name="x",
            conditions=[("budget_reservation", "vorbehaltlich Haushalt", None)],
        ), "clerk", date(2026, 2, 20),
    )  # fmt: skip
    town.move(key, "approve", actor="clerk", day=date(2026, 2, 20))
    with pytest.raises(Refused) as refused:
        town.move(key, "start")
    assert missing(refused) == ["budget_reserved", "milestone_missing"]
    town.do(lambda u: budgets.set_line(u, key, 2026, approved=100_00), "finance")
    with pytest.raises(Refused) as refused:
        town.move(key, "start")
    assert missing(refused) == ["milestone_missing"]


def test_a_suspended_measure_keeps_its_dates_and_counts_its_days(town: Town) -> None:
    key = town.a_measure("in_progress")
    ask = Ask(code="budget_freeze")
    assert town.move(key, "suspend", ask, actor="finance", day=date(2026, 6, 1)) == "suspended"
    assert town.seen(key).planned_end == date(2026, 10, 31)
    assert town.seen(key).review_on == date(2026, 6, 1) + timedelta(days=180)
    later = Ask(forecast_end=date(2026, 12, 31))
    assert town.move(key, "resume", later, actor="youth", day=date(2026, 7, 1)) == "in_progress"
    assert town.seen(key).days_suspended == 30
    assert town.seen(key).forecast_end == date(2026, 12, 31)


def test_an_open_milestone_and_a_missing_last_report_stop_the_end(town: Town) -> None:
    key = town.a_measure("in_progress")
    with pytest.raises(Refused) as refused:
        town.move(key, "finish")
    assert missing(refused) == ["milestone_open", "final_progress_missing"]


def test_an_implemented_measure_is_taken_up_again_only_without_evaluation(town: Town) -> None:
    key = town.a_measure("implemented")
    assert town.move(key, "reopen", Ask(reason="Abnahme fehlt")) == "in_progress"
    town.move(key, "finish", actor="youth")
    town.judged(key, day=DAY)
    with pytest.raises(Refused) as refused:
        town.move(key, "reopen", Ask(reason="doch nicht"))
    assert missing(refused) == ["final_evaluation_exists"]


def test_it_is_not_evaluated_without_a_final_evaluation(town: Town) -> None:
    key = town.a_measure("implemented")
    with pytest.raises(Refused) as refused:
        town.move(key, "evaluate", actor="evaluator")
    assert "evaluation_not_final" in missing(refused)


def test_it_is_not_reported_back_before_disposition_feedback_and_answers(town: Town) -> None:
    key = town.a_measure("evaluated")
    with pytest.raises(Refused) as refused:
        town.move(key, "report_back", actor="steering")
    assert missing(refused) == [
        "disposition_missing",
        "feedback_missing",
        "recommendation_unanswered",
    ]


def close_the_loop(town: Town, key: str, choice: str) -> None:
    """File the feedback in the next round, answer the advice and report back."""
    town.do(
        lambda u: cycles.open_round(
            u, title="Nächste Runde", start=date(2028, 1, 1), predecessor="Z-2026"
        )
    )
    town.do(
        lambda u: recommendations.answer(u, "R-2026-001", response="accepted", reason="gut"),
        "planner",
    )
    ask = Ask(disposition=choice, reason="Elternmodul dazu")
    assert town.move(key, "report_back", ask, actor="steering") == "reported"


def into_evaluation(town: Town) -> None:
    """Let the round stand where its measures are evaluated."""
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"


def test_adapting_begins_a_successor_in_the_next_round_with_the_old_texts(town: Town) -> None:
    key = town.a_measure("evaluated")
    into_evaluation(town)
    close_the_loop(town, key, "adapt")

    def look(unit: Unit) -> tuple[Measure, list[Consequence], MeasureLink]:
        old = lookup.measure(unit, key)
        link = lookup.every(unit, MeasureLink, predecessor_id=old.id)[0]
        heir = unit.get(Measure, link.successor_id)
        return heir, lookup.every(unit, Consequence, measure_id=heir.id), link

    heir, demands, link = town.do(look)
    assert heir.ref == "M-2028-001"
    assert heir.state == "draft"
    assert link.kind == "adapted"
    assert [d.state for d in demands] == ["open"] * 4
    assert {d.proposal for d in demands} == {"keine, weil vorhanden"}


def test_the_feedback_of_an_evaluation_stands_in_the_next_rounds_first_report(town: Town) -> None:
    key = town.a_measure("evaluated")
    into_evaluation(town)
    close_the_loop(town, key, "complete")

    def filed(unit: Unit) -> list[str]:
        old = lookup.measure(unit, key)
        found = lookup.every(unit, Finding, origin_measure_id=old.id)
        return [unit.get(Report, f.report_id).ref for f in found]

    assert len(town.do(filed)) == 1
    assert town.do(lambda u: lookup.every(u, Disposition))[0].successor_id is None


def test_stopping_leaves_the_goal_bare(town: Town) -> None:
    goal = town.a_goal()
    key = town.a_measure("evaluated", goal=goal)
    into_evaluation(town)
    close_the_loop(town, key, "stop")
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is True


def test_a_running_measure_is_not_cancelled_without_repeal_cost_and_evaluation(town: Town) -> None:
    key = town.a_measure("in_progress")
    with pytest.raises(Refused) as refused:
        town.move(key, "cancel", Ask(code="budget_withdrawn"))
    assert missing(refused) == ["costs_missing", "repeal_missing", "evaluation_owed"]


def test_a_replaced_measure_names_its_live_successor(town: Town) -> None:
    goal = town.a_goal()
    old, new = town.a_measure("draft", goal=goal), town.a_measure("draft", goal=goal)
    with pytest.raises(Refused) as refused:
        town.move(old, "cancel", Ask(code="replaced"))
    assert missing(refused) == ["successor_missing"]
    assert town.move(old, "cancel", Ask(code="replaced", successor=(new,))) == "cancelled"
    assert town.do(lambda u: lookup.every(u, MeasureLink))[0].kind == "replaced"


def test_two_measures_merge_into_one_by_shares_and_their_budgets_go_along(town: Town) -> None:
    goal = town.a_goal()
    one, two, both = (town.a_measure("targeted", goal=goal) for _ in range(3))
    for key, cents in ((one, 72_000_00), (two, 48_000_00)):
        town.do(partial(budgets.set_line, key=key, year=2026, planned=cents), "finance")
    wrong = (Fraction("0.6"), Fraction("0.3"))
    with pytest.raises(Refused) as refused:
        town.do(lambda u: moves.supersede(u, (one, two), (both,), wrong))
    assert missing(refused) == ["shares_not_one"]
    right = (Fraction("0.6"), Fraction("0.4"))
    town.do(lambda u: moves.supersede(u, (one, two), (both,), right))
    assert [town.seen(k).state for k in (one, two, both)] == ["superseded"] * 2 + ["targeted"]
    lines = town.do(lambda u: lookup.every(u, BudgetLine, measure_id=lookup.measure(u, both).id))
    assert [line.planned_cents for line in lines] == [120_000_00]


HALVES = (Fraction(1, 2), Fraction(1, 2))


def split(town: Town, key: str, *into: str, shares: tuple[Fraction, ...] = HALVES) -> None:
    """Split a measure in two."""
    town.do(lambda u: moves.supersede(u, (key,), into, shares))


def test_a_measure_never_takes_its_own_place(town: Town) -> None:
    goal = town.a_goal()
    key, other = (town.a_measure("targeted", goal=goal) for _ in range(2))
    with pytest.raises(Invalid) as wrong:
        split(town, key, key, other)
    assert [fault.code for fault in wrong.value.faults] == ["itself"]
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: moves.supersede(u, (key, other), (other,), HALVES))
    assert [fault.code for fault in wrong.value.faults] == ["itself"]
    assert {town.seen(k).state for k in (key, other)} == {"targeted"}


def test_a_measure_off_the_circle_takes_no_place(town: Town) -> None:
    goal = town.a_goal()
    key, live, gone = (town.a_measure("targeted", goal=goal) for _ in range(3))
    town.move(gone, "cancel", Ask(code="no_need"))
    with pytest.raises(Refused) as refused:
        split(town, key, live, gone)
    assert missing(refused) == ["successor_missing"]
    with pytest.raises(Refused) as refused:
        town.move(key, "cancel", Ask(code="no_need", successor=(gone,)))
    assert missing(refused) == ["successor_missing"]
    assert town.seen(gone).state == "cancelled"


def test_nobody_is_named_twice_and_everyone_has_a_share(town: Town) -> None:
    goal = town.a_goal()
    key, one, two = (town.a_measure("targeted", goal=goal) for _ in range(3))
    wrong_ways: list[tuple[tuple[str, ...], tuple[Fraction, ...], str]] = [
        ((one, one), HALVES, "named_twice"),
        ((one, two), (Fraction(1),), "miscounted"),
        ((one, two), (Fraction(3, 2), Fraction(-1, 2)), "out_of_range"),
        ((one, two), (Fraction(1), Fraction(0)), "out_of_range"),
    ]
    for into, shares, code in wrong_ways:
        with pytest.raises(Invalid) as wrong:
            split(town, key, *into, shares=shares)
        assert {fault.code for fault in wrong.value.faults} == {code}
    assert town.seen(key).state == "targeted"


def test_a_share_may_be_any_part_of_the_whole(town: Town) -> None:
    goal = town.a_goal()
    key, *into = (town.a_measure("targeted", goal=goal) for _ in range(4))
    split(town, key, *into, shares=(Fraction(1, 3),) * 3)
    assert {town.seen(k).state for k in into} == {"targeted"}


def test_what_changes_a_decided_measure_was_itself_decided(town: Town) -> None:
    key = town.a_measure("approved")
    heirs = [town.a_measure("draft") for _ in range(2)]
    town.do(partial(budgets.set_line, key=key, year=2026, planned=72_000_00), "finance")

    def deed(unit: Unit, decision: str | None) -> None:
        moves.supersede(unit, (key,), tuple(heirs), HALVES, decision=decision)

    with pytest.raises(Refused) as refused:
        town.do(partial(deed, decision=None))
    assert missing(refused) == ["change_undecided"]
    with pytest.raises(NotFound):
        town.do(partial(deed, decision="D-1999-001"))
    refused_by_council = town.decide(heirs[0], "rejected", day=date(2026, 3, 1))
    with pytest.raises(Invalid):
        town.do(partial(deed, decision=refused_by_council))
    town.do(partial(deed, decision="D-2026-002"))
    assert town.seen(key).state == "superseded"


@pytest.mark.parametrize("undo", ["repealed", "corrected"])
def test_what_was_decided_and_taken_back_lets_nothing_begin(town: Town, undo: str) -> None:
    key = town.a_measure("proposed")
    adopted = town.decide(key, "adopted")
    town.move(key, "approve", actor="clerk", day=date(2026, 2, 20))

    def deed(unit: Unit) -> None:
        if undo == "corrected":
            decisions.correct(unit, adopted, reason="falsch gehört", result="rejected")
        else:
            decisions.add(
                unit, on=DAY, result="adopted", body="SR", paper="2026/0009", repeals=adopted
            )

    town.do(deed, "clerk")
    with pytest.raises(Refused) as refused:
        town.move(key, "start", Ask(on=date(2026, 3, 1)))
    assert "start_before_decision" in missing(refused)


def test_a_state_is_taken_over_with_its_source_and_owes_the_skipped_steps(town: Town) -> None:
    goal = town.a_goal(measured=False)
    key = town.a_measure("draft", goal=goal)
    with pytest.raises(Refused) as refused:
        town.move(key, "take_over", Ask(state="in_progress"), to="in_progress")
    assert missing(refused) == ["source_missing", "start_missing"]
    ask = Ask(source="2019/0383", source_date=date(2019, 6, 25), start=date(2024, 1, 1),
              state="in_progress")  # fmt: skip
    assert town.move(key, "take_over", ask, to="in_progress") == "in_progress"
    owed = town.do(lambda u: {o.guard for o in lookup.every(u, Owed)})
    assert {"target_incomplete", "consequence_open", "decision_missing"} <= owed
    assert town.seen(key).taken_over is True


def test_what_was_skipped_is_owed_until_it_is_there(town: Town) -> None:
    key = town.a_measure("draft")
    ask = Ask(source="2019/0383", source_date=date(2019, 6, 25), state="approved")
    town.move(key, "take_over", ask, to="approved")

    def owed(unit: Unit) -> set[str]:
        return {o.guard for o in lookup.every(unit, Owed, settled_on=None)}

    assert {"consequence_open", "decision_missing"} <= town.do(owed)
    town.ready(key)
    town.decide(key, "adopted")
    assert town.do(owed) == set()


def test_what_was_owed_is_settled_when_it_is_there(store: Store) -> None:
    makers.a_town(store, preset="light")
    town = Town(store)
    goal = town.a_goal(measured=False)
    key = town.a_measure("targeted", goal=goal)

    def open_items(unit: Unit) -> set[str]:
        return {o.guard for o in lookup.every(unit, Owed, settled_on=None)}

    assert town.do(open_items) == {"target_incomplete", "baseline_missing"}
    town.do(lambda u: goals.edit(u, goal, criterion="Eltern berichten Fortschritte"))
    town.do(lambda u: measures.edit(u, key, description="neu"))
    assert town.do(open_items) == set()


def test_a_light_town_moves_on_and_notes_what_is_owed(store: Store) -> None:
    makers.a_town(store, preset="light")
    town = Town(store)
    key = town.a_measure("targeted")
    town.do(lambda u: consequences.assess(u, key, ["built", "staffing", "organisational",
                                                   "financial"], state="none"))  # fmt: skip
    assert town.move(key, "propose") == "proposed"
    owed = town.do(lambda u: {o.guard for o in lookup.every(u, Owed, settled_on=None)})
    assert owed == {
        "financial_not_countersigned",
        "participation_missing",
        "evaluation_not_planned",
    }
