"""The table of a planning round."""

import pytest

from cycle.errors import Refused
from cycle.machine.core import Guard
from cycle.machine.cycles import ROUNDS, CycleFacts
from cycle.machine.facts import Ask
from cycle.machine.policy import PRESETS
from tests.machine.facts import planning_round, round_asked

STANDARD, LIGHT = PRESETS["standard"], PRESETS["light"]
ALL: dict[str, Guard[CycleFacts]] = {g.id: g for t in ROUNDS.transitions for g in t.guards}

LACKING = {
    "title_missing": planning_round(title=""),
    "source_missing": round_asked(source=None),
    "start_missing": round_asked(start=None),
    "reason_missing": round_asked(reason=" "),
    "decision_missing": planning_round(decision=False),
    "cycle_overlaps": planning_round(overlapping=("Z-2024",)),
    "predecessor_open": planning_round(predecessor="Z-2024", predecessor_stage="measure"),
    "report_not_presented": planning_round(reports_presented=0),
    "no_finding": planning_round(findings=0),
    "finding_without_source": planning_round(unsourced_findings=("F-2026-003",)),
    "feedback_unread": planning_round(unread_feedback=("F-2026-003",)),
    "finding_without_response": planning_round(unanswered_findings=("F-2026-003",)),
    "goal_not_adopted": planning_round(adopted_goals=0),
    "goal_without_target": planning_round(goals_without_target=("G-2026-002",)),
    "goal_without_acceptance": planning_round(goals_without_acceptance=("G-2026-002",)),
    "measure_undecided": planning_round(undecided_measures=("M-2026-014",)),
    "measure_not_started": planning_round(unstarted_measures=("M-2026-014",)),
    "measure_without_disposition": planning_round(undisposed_measures=("M-2026-014",)),
    "goal_unrated": planning_round(unrated_goals=("G-2026-002",)),
    "evaluation_owed": planning_round(unevaluated_measures=("M-2026-014",)),
    "recommendation_unanswered": planning_round(open_recommendations=("R-1", "R-2")),
    "measure_open": planning_round(open_measures=("M-2026-014",)),
}


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_guard_of_a_round_misses_its_fact_and_nothing_else(name: str) -> None:
    lack = ALL[name].lack(LACKING[name])
    assert lack is not None
    assert lack["machine"] == "cycle"
    assert ALL[name].lack(planning_round()) is None


def test_a_predecessor_in_evaluation_lets_the_next_round_open() -> None:
    facts = planning_round(predecessor="Z-2024", predecessor_stage="evaluation")
    assert ROUNDS.step(None, "open", facts, STANDARD).transition.to == "report"


@pytest.mark.parametrize(
    ("stage", "to", "code"),
    [
        ("report", "goal", "C2"),
        ("goal", "measure", "C3"),
        ("measure", "evaluation", "C4"),
        ("evaluation", "closed", "C5"),
    ],
)
def test_a_round_advances_stage_by_stage(stage: str, to: str, code: str) -> None:
    transition = ROUNDS.step(stage, "advance", planning_round(), STANDARD).transition
    assert (transition.to, transition.code) == (to, code)


def test_all_that_a_report_lacks_is_told_at_once() -> None:
    facts = planning_round(reports_presented=0, findings=0, unread_feedback=("F-1",))
    with pytest.raises(Refused) as caught:
        ROUNDS.step("report", "advance", facts, STANDARD)
    assert [r.guard for r in caught.value.reasons] == [
        "report_not_presented",
        "no_finding",
        "feedback_unread",
    ]


def test_a_light_town_advances_and_owes_the_rest() -> None:
    step = ROUNDS.step("report", "advance", planning_round(findings=0), LIGHT)
    assert [r.guard for r in step.owed] == ["no_finding"]


def test_a_round_never_closes_over_a_measure_nobody_disposed_of() -> None:
    with pytest.raises(Refused, match="advance"):
        ROUNDS.step("evaluation", "advance", LACKING["measure_without_disposition"], LIGHT)


def test_the_planner_leaves_the_goals_only_with_a_decision() -> None:
    advance = ROUNDS.find("goal", "advance")
    assert advance is not None
    assert not advance.may(["planner"], planning_round(decision=False))
    assert advance.may(["planner"], planning_round(decision=False, ask=Ask(decision="D-1")))
    assert advance.may(["steering"], planning_round(decision=False))


@pytest.mark.parametrize(
    ("stage", "earlier"),
    [
        ("report", []),
        ("goal", ["report"]),
        ("measure", ["report", "goal"]),
        ("evaluation", ["report", "goal", "measure"]),
        ("closed", ["report", "goal", "measure", "evaluation"]),
    ],
)
def test_a_round_returns_to_any_earlier_stage(stage: str, earlier: list[str]) -> None:
    offers = ROUNDS.offers(stage, planning_round(), STANDARD)
    assert [o.to for o in offers if o.name == "reopen"] == earlier


@pytest.mark.parametrize("stage", ["report", "goal", "measure", "evaluation", "closed"])
def test_an_earlier_round_is_taken_over_in_any_stage(stage: str) -> None:
    step = ROUNDS.step(None, "take_over", planning_round(), STANDARD, to=stage)
    assert step.transition.to == stage


def test_a_closed_round_is_not_abandoned() -> None:
    assert ROUNDS.find("closed", "abandon") is None
    assert ROUNDS.step("goal", "abandon", planning_round(), STANDARD).transition.to == "closed"
