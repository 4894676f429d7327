"""Every guard of a measure: what it misses, and that it is content otherwise."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cycle.machine import guards_delivery as d
from cycle.machine import guards_planning as p
from cycle.machine.days import months_later
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.guards import G
from cycle.machine.measures import MEASURES
from cycle.machine.policy import PRESETS
from tests.machine.facts import LONG_AGO, TODAY, TOMORROW, YESTERDAY, asked, measure

LIGHT = PRESETS["light"]
NO_EYES = replace(PRESETS["standard"], four_eyes=False)
NO_YOUTH = replace(PRESETS["standard"], youth_office=False)

LACKING: list[tuple[G, MeasureFacts]] = [
    (p.title_missing, measure(title=" ")),
    (p.cycle_not_open, measure(cycle_open=False)),
    (p.main_goal_missing, measure(goals=0, main_goals=0)),
    (p.main_goal_missing, measure(goals=2, main_goals=2)),
    (p.target_incomplete, measure(main_goal_level="guiding")),
    (p.target_incomplete, measure(main_goal_targets=0)),
    (p.target_incomplete, measure(main_goal=None, main_goal_level=None)),
    (p.baseline_missing, measure(main_goal_baselines=0)),
    (p.baseline_missing, measure(main_goal_targets=2)),
    (p.baseline_missing, measure(main_goal_criterion=True, main_goal_baselines=0)),
    (p.finding_missing, measure(findings=0)),
    (p.finding_missing, measure(findings=0, origin="running")),
    (p.lead_missing, measure(lead=None)),
    (p.consequence_open, measure(open_consequences=("financial",))),
    (p.consequence_open, measure(unexplained_consequences=("built",))),
    (p.financial_not_countersigned, measure(countersigned=False)),
    (p.area_missing, measure(areas=0)),
    (p.participation_missing, measure(participation=False)),
    (p.participation_missing, measure(providers_heard=False)),
    (p.evaluation_not_planned, measure(evaluation_planned=False)),
    (p.enforcement_missing, measure(binding="voluntary_commitment")),
    (p.commitment_missing, measure(uncommitted_partners=("A",))),
    (p.consequence_stale, measure(stale_consequences=("built",))),
    (p.decision_missing, measure(adopted=False)),
    (p.decision_missing, measure(adopted=False, noted=True)),
    (p.decision_missing, measure(adopted=False, binding="administrative")),
    (p.youth_committee_not_heard, measure(youth_heard=False)),
    (p.amendment_unconfirmed, measure(amended=True)),
    (p.dossier_changed, measure(dossier_changed=True)),
    (p.same_account, measure(proposed_by="a", ask=Ask(actor="a"))),
    (p.deferral_missing, measure(outcome=None)),
    (p.deferral_missing, measure(outcome="rejected")),
    (p.rejection_missing, measure(outcome="deferred")),
    (p.review_date_missing, asked(review_on=TODAY)),
    (d.reason_missing, asked(reason=" ")),
    (d.reason_code_missing, asked(code=None)),
    (d.reason_code_missing, asked(code="other", reason=None)),
    (d.disposition_unreasoned, measure(disposition_reasoned=False, ask=Ask(disposition="stop"))),
    (d.start_before_decision, asked(on=date(2025, 6, 18))),
    (d.start_before_decision, asked(on=TOMORROW)),
    (d.start_before_decision, measure(early_start=True, actual_start=TOMORROW)),
    (d.budget_reserved, measure(budget_reserved=True)),
    (d.milestone_missing, measure(milestones=0)),
    (d.forecast_missing, asked(forecast_end=None)),
    (d.forecast_missing, asked(forecast_end=YESTERDAY)),
    (d.end_in_future, asked(on=TOMORROW)),
    (d.end_in_future, measure(actual_end=TOMORROW)),
    (d.milestone_open, measure(open_milestones=2)),
    (d.final_progress_missing, measure(final_progress=False)),
    (d.measure_is_ongoing, measure(is_ongoing=True)),
    (d.final_evaluation_exists, measure()),
    (d.evaluation_not_final, measure(evaluation=None)),
    (d.evaluation_before_start, measure(evaluation_start=date(2025, 8, 31))),
    (d.effectiveness_unrated, measure(effectiveness_rated=False)),
    (d.result_missing, measure(targets_without_result=1)),
    (d.result_missing, measure(evaluation=None)),
    (d.result_missing, measure(main_goal_targets=0)),
    (d.result_missing, measure(targets_without_result=1, evaluation_overall="not_assessable")),
    (d.not_yet_due, measure(state="in_progress", cycle_stage="measure")),
    (d.not_yet_due, measure(state="in_progress", evaluation_purpose="formative")),
    (d.evaluator_not_independent, measure(evaluator_kind="external", evaluator_unit="51")),
    (d.disposition_missing, measure(disposition=None)),
    (d.disposition_missing, measure(disposition_reasoned=False, ask=Ask())),
    (d.feedback_missing, measure(feedback=False)),
    (d.recommendation_unanswered, measure(open_recommendations=1, unanswered=("R-2026-001",))),
    (d.replacement_missing, measure(live_successors=0, ask=Ask(code="replaced"))),
    (d.costs_missing, measure(state="approved", costs_known=False)),
    (d.repeal_missing, measure(state="approved", adopted_by_council=True)),
    (d.evaluation_owed, measure(evaluation=None)),
    (d.successor_missing, measure(live_successors=0)),
    (d.shares_not_one, measure(shares=Fraction(9, 10))),
    (d.shares_not_one, measure(shares=None)),
    (d.change_undecided, measure(state="approved", ask=Ask())),
    (d.source_missing, asked(source=None)),
    (d.source_missing, asked(source_date=None)),
    (d.take_over_closed, measure(moves=1)),
    (d.take_over_closed, measure(take_over_until=YESTERDAY)),
    (d.take_over_closed, measure(take_over_until=None)),
    (d.start_missing, measure(actual_start=None)),
]

CONTENT: list[tuple[G, MeasureFacts]] = [
    (p.title_missing, measure(title="", ask=Ask(title="Lotsen"))),
    (p.target_incomplete, measure(main_goal_targets=0, main_goal_criterion=True)),
    (
        p.baseline_missing,
        measure(main_goal_targets=0, main_goal_baselines=0, main_goal_criterion=True),
    ),
    (p.finding_missing, measure(findings=0, origin="law")),
    (p.consequence_open, measure(unexplained_consequences=("built",), policy=LIGHT)),
    (p.area_missing, measure(areas=0, citywide=True)),
    (p.participation_missing, measure(providers_heard=False, youth_welfare=False)),
    (p.enforcement_missing, measure(binding="voluntary_commitment", levers=1)),
    (p.decision_missing, measure(adopted=False, noted=True, binding="administrative")),
    (p.youth_committee_not_heard, measure(youth_heard=False, youth_welfare=False)),
    (p.youth_committee_not_heard, measure(youth_heard=False, policy=NO_YOUTH)),
    (p.amendment_unconfirmed, measure(amended=True, amendment_confirmed=True)),
    (p.same_account, measure(proposed_by="a", ask=Ask(actor="b"))),
    (p.same_account, measure(proposed_by="a", ask=Ask(actor="a", by_import=True))),
    (p.same_account, measure(proposed_by="a", ask=Ask(actor="a"), policy=NO_EYES)),
    (p.deferral_missing, measure(outcome="referred")),
    (p.rejection_missing, measure(outcome="rejected")),
    (p.review_date_missing, asked(review_on=TOMORROW)),
    (p.review_date_missing, asked(review_on=None)),
    (d.reason_code_missing, asked(reason=None)),
    (d.reason_code_missing, asked(code="other")),
    (d.disposition_unreasoned, asked(disposition="stop")),
    (d.start_before_decision, measure(actual_start=None)),
    (d.start_before_decision, measure(actual_start=date(2025, 1, 1), early_start=True)),
    (d.start_before_decision, measure(adopted_on=None)),
    (d.milestone_missing, measure(milestones=0, is_ongoing=True)),
    (d.forecast_missing, measure(is_ongoing=True, ask=Ask())),
    (d.final_evaluation_exists, measure(evaluation=None)),
    (d.evaluation_before_start, measure(evaluation_start=None)),
    (d.evaluation_before_start, measure(actual_start=None)),
    (d.result_missing, measure(main_goal_targets=0, evaluation_text=True)),
    (
        d.result_missing,
        measure(
            targets_without_result=1, evaluation_overall="not_assessable", evaluation_text=True
        ),
    ),
    (d.not_yet_due, measure(state="in_progress")),
    (d.not_yet_due, measure(state="in_progress", evaluation_purpose=None)),
    (d.not_yet_due, measure(state="in_progress", is_ongoing=True, cycle_stage="goal")),
    (d.evaluator_not_independent, measure(evaluator_kind="external", evaluator_unit="StP")),
    (d.evaluator_not_independent, measure(evaluator_kind="internal", evaluator_unit="51")),
    (d.evaluator_not_independent, measure(evaluator_kind="external", lead=None)),
    (
        d.disposition_missing,
        measure(
            disposition=None,
            disposition_reasoned=False,
            ask=Ask(disposition="stop", reason="weil"),
        ),
    ),
    (d.replacement_missing, measure(ask=Ask(code="replaced"))),
    (d.replacement_missing, measure(live_successors=0)),
    (d.costs_missing, measure(costs_known=False)),
    (d.repeal_missing, measure(state="approved", adopted_by_council=True, repealed=True)),
    (d.repeal_missing, measure(state="proposed", adopted_by_council=True)),
    (d.evaluation_owed, measure(evaluation=None, actual_start=None)),
    (d.evaluation_owed, measure(evaluation=None, suspended_on=date(2026, 2, 28))),
    (
        d.shares_not_one,
        measure(shares=None, ask=Ask(shares=(Fraction(3, 5), Fraction(2, 5)))),
    ),
    (d.change_undecided, measure(state="proposed", ask=Ask())),
    (d.change_undecided, measure(state="approved")),
    (d.change_undecided, measure(state="approved", money_or_lead_changes=False, ask=Ask())),
    (d.start_missing, measure(actual_start=None, ask=Ask(start=LONG_AGO))),
]


def ids(cases: list[tuple[G, MeasureFacts]]) -> list[str]:
    return [f"{n}-{guard.id}" for n, (guard, _) in enumerate(cases)]


@pytest.mark.parametrize(("guard", "facts"), LACKING, ids=ids(LACKING))
def test_it_says_what_is_missing(guard: G, facts: MeasureFacts) -> None:
    assert guard.lack(facts) is not None


@pytest.mark.parametrize(("guard", "facts"), CONTENT, ids=ids(CONTENT))
def test_it_is_content(guard: G, facts: MeasureFacts) -> None:
    assert guard.lack(facts) is None


ALL = {g.id: g for t in MEASURES.transitions for g in t.guards}


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_guard_is_shown_lacking(name: str) -> None:
    assert name in {guard.id for guard, _ in LACKING}


@pytest.mark.parametrize("name", sorted(set(ALL) - {"outcome_missing", "final_evaluation_exists"}))
def test_a_measure_that_lacks_nothing_satisfies_every_other_guard(name: str) -> None:
    assert ALL[name].lack(measure()) is None


NEVER_WAIVED = {
    "main_goal_missing",
    "consequence_open",
    "decision_missing",
    "start_before_decision",
    "evaluation_not_final",
    "evaluation_before_start",
    "disposition_missing",
    "feedback_missing",
    "reason_missing",
    "successor_missing",
    "shares_not_one",
    "source_missing",
    "take_over_closed",
    "start_missing",
    "title_missing",
    "cycle_not_open",
    "outcome_missing",
    "review_date_missing",
    "forecast_missing",
    "measure_is_ongoing",
    "final_evaluation_exists",
    "not_yet_due",
}


def test_only_these_can_never_be_waived() -> None:
    assert {g.id for g in ALL.values() if not g.waivable} == NEVER_WAIVED


def test_half_a_year_is_counted_by_months_and_stops_with_a_suspension() -> None:
    assert measure(actual_start=date(2026, 5, 22)).ran_half_a_year
    assert not measure(actual_start=date(2026, 5, 23)).ran_half_a_year
    assert not measure(suspended_on=date(2026, 2, 28)).ran_half_a_year
    assert measure(suspended_on=date(2026, 3, 1)).ran_half_a_year


def test_a_missing_31st_becomes_the_1st_that_follows() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 3, 1)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_the_sentence_knows_which_case_it_is() -> None:
    assert (p.main_goal_missing.lack(measure(main_goals=2)) or {})["variant"] == "many"
    assert (d.start_before_decision.lack(asked(on=TOMORROW)) or {})["variant"] == "future"
    assert (d.take_over_closed.lack(measure(moves=1)) or {})["variant"] == "moved"
