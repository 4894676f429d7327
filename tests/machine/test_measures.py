"""The table of a measure, row by row and role by role."""

from dataclasses import replace

import pytest

from cycle.errors import Refused
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import LIVE, MEASURES, still_owed
from cycle.machine.policy import PRESETS
from tests.machine.facts import TODAY, asked, measure

STANDARD, LIGHT = PRESETS["standard"], PRESETS["light"]

STAGES = {
    "draft": "report",
    "targeted": "goal",
    "proposed": "measure",
    "deferred": "measure",
    "approved": "measure",
    "in_progress": "measure",
    "suspended": "measure",
    "implemented": "evaluation",
    "evaluated": "evaluation",
    "reported": "report",
    "rejected": None,
    "cancelled": None,
    "superseded": None,
}
OFFERED = {
    None: "log",
    "draft": "target cancel supersede take_over",
    "targeted": "propose cancel supersede",
    "proposed": "send_back approve defer reject cancel supersede",
    "deferred": "resubmit reject cancel supersede",
    "approved": "start cancel supersede",
    "in_progress": "suspend finish evaluate cancel supersede",
    "suspended": "resume cancel supersede",
    "implemented": "reopen evaluate supersede",
    "evaluated": "report_back supersede",
    "reported": "",
    "rejected": "",
    "cancelled": "",
    "superseded": "",
}
ROAD = [
    ("log", None, "draft"),
    ("target", "draft", "targeted"),
    ("propose", "targeted", "proposed"),
    ("approve", "proposed", "approved"),
    ("start", "approved", "in_progress"),
    ("finish", "in_progress", "implemented"),
    ("evaluate", "implemented", "evaluated"),
    ("report_back", "evaluated", "reported"),
]


def test_every_state_lies_in_a_stage_or_off_the_circle() -> None:
    assert {s.name: s.stage for s in MEASURES.states} == STAGES


def test_four_states_are_final() -> None:
    assert set(STAGES) - set(LIVE) == {"reported", "rejected", "cancelled", "superseded"}


@pytest.mark.parametrize(("state", "moves"), OFFERED.items())
def test_a_state_offers_its_moves(state: str | None, moves: str) -> None:
    offers = MEASURES.offers(state, measure(), STANDARD)
    assert list(dict.fromkeys(o.name for o in offers)) == moves.split()


@pytest.mark.parametrize(("move", "state", "to"), ROAD)
def test_a_measure_that_lacks_nothing_walks_the_whole_circle(
    move: str, state: str | None, to: str
) -> None:
    assert MEASURES.step(state, move, measure(state=state), STANDARD).transition.to == to


def test_the_missing_countersignature_alone_stops_a_proposal() -> None:
    with pytest.raises(Refused) as caught:
        MEASURES.step("targeted", "propose", measure(countersigned=False), STANDARD)
    (reason,) = caught.value.reasons
    assert (reason.guard, reason.who, reason.waivable) == (
        "financial_not_countersigned",
        "finance",
        True,
    )
    assert reason.values["finance"] == "20"


def test_a_light_town_proposes_with_nothing_but_the_consequences() -> None:
    bare = MeasureFacts(today=TODAY, open_consequences=(), policy=LIGHT, binding="administrative")
    step = MEASURES.step("targeted", "propose", bare, LIGHT)
    assert [r.guard for r in step.owed] == [
        "financial_not_countersigned",
        "area_missing",
        "participation_missing",
        "evaluation_not_planned",
        "enforcement_missing",
    ]


def test_a_light_town_only_notes_the_missing_second_pair_of_eyes() -> None:
    facts = measure(proposed_by="anna", policy=LIGHT, ask=Ask(actor="anna"))
    assert [r.guard for r in MEASURES.step("proposed", "approve", facts, LIGHT).owed] == [
        "same_account"
    ]


def test_the_steering_group_approves_only_what_needs_no_council() -> None:
    approve = MEASURES.find("proposed", "approve")
    assert approve is not None
    assert approve.may(["steering"], measure(binding="administrative"))
    assert not approve.may(["steering"], measure())
    assert approve.may(["steering", "planner"], measure())


def test_the_planner_reports_back_only_with_a_decision_or_the_day_of_the_meeting() -> None:
    report_back = MEASURES.find("evaluated", "report_back")
    assert report_back is not None
    assert not report_back.may(["planner"], measure(ask=Ask()))
    assert report_back.may(["planner"], measure(ask=Ask(on=TODAY)))
    assert report_back.may(["planner"], measure(ask=Ask(decision="D-2026-007")))
    assert report_back.may(["steering"], measure(ask=Ask()))


def test_a_department_cancels_only_what_is_not_before_the_committees_yet() -> None:
    for state, expected in {"draft": True, "targeted": True, "proposed": False}.items():
        cancel = MEASURES.find(state, "cancel")
        assert cancel is not None
        assert cancel.may(["department_head"], measure()) is expected


def test_a_draft_is_cancelled_with_a_code_alone() -> None:
    facts = replace(MeasureFacts(today=TODAY), ask=Ask(code="no_need"))
    assert MEASURES.step("draft", "cancel", facts, STANDARD).transition.to == "cancelled"


def test_a_running_measure_is_cancelled_with_costs_repeal_and_evaluation() -> None:
    facts = measure(state="suspended", costs_known=False, adopted_by_council=True, evaluation=None)
    with pytest.raises(Refused) as caught:
        MEASURES.step("suspended", "cancel", facts, STANDARD)
    assert [r.guard for r in caught.value.reasons] == [
        "costs_missing",
        "repeal_missing",
        "evaluation_owed",
    ]


def test_a_freeze_suspends_by_its_code() -> None:
    step = MEASURES.step("in_progress", "suspend", asked(reason=None), STANDARD)
    assert step.transition.to == "suspended"


def test_what_exists_is_taken_over_where_it_stands() -> None:
    step = MEASURES.step("draft", "take_over", measure(), STANDARD, to="in_progress")
    assert (step.transition.code, step.transition.to) == ("T18", "in_progress")


def test_only_what_has_begun_needs_its_start_to_be_taken_over() -> None:
    facts = measure(actual_start=None)
    step = MEASURES.step("draft", "take_over", facts, STANDARD, to="approved")
    assert step.transition.to == "approved"
    with pytest.raises(Refused, match="take_over"):
        MEASURES.step("draft", "take_over", facts, STANDARD, to="suspended")


def test_what_was_taken_over_owes_every_step_it_skipped() -> None:
    taken = MeasureFacts(today=TODAY, open_consequences=("built",))
    owed = [r.guard for r in still_owed("approved", taken)]
    assert owed[:2] == ["main_goal_missing", "target_incomplete"]
    assert {"consequence_open", "financial_not_countersigned", "decision_missing"} < set(owed)
    assert "milestone_missing" not in owed
    assert "milestone_missing" in [r.guard for r in still_owed("in_progress", taken)]


def test_a_waiver_counts_as_settled_for_what_is_still_owed() -> None:
    facts = measure(areas=0, waived=frozenset({"area_missing"}))
    assert still_owed("implemented", facts) == ()


@pytest.mark.parametrize("state", ["draft", "reported", "cancelled"])
def test_nothing_is_owed_before_the_first_step_or_after_the_last(state: str) -> None:
    assert still_owed(state, MeasureFacts(today=TODAY)) == ()
