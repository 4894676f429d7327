"""A measure once it is decided: delivery, evaluation, feedback, and the ways off the circle."""

from datetime import date, timedelta

import pytest

from cycle.errors import Refused
from cycle.machine.facts import Ask
from cycle.model.duties import Consequence, Owed
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
    recommendations,
)
from tests import makers
from tests.makers import arranged
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
        arranged(unit)


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
