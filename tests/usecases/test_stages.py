from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.machine.facts import Ask
from cycle.model.cycles import StageEntry
from cycle.model.decisions import DecisionSubject
from cycle.model.duties import Deadline, Owed, Waiver
from cycle.model.measures import Measure
from cycle.store.store import Store
from cycle.usecases import cycles, lookup, moves, progress, reports, waivers
from tests.makers import DAY, a_measure, a_resolution, a_town
from tests.makers_rounds import (
    REPORT,
    ROUND,
    a_finding,
    a_goal,
    a_running_measure,
    a_whole_goal,
    in_stage,
    stage_of,
)

START = date(2028, 1, 1)


def _guards(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.guard for reason in refused.value.reasons}


def _refused(town: Store, actor: str = "planner") -> set[str]:
    with pytest.raises(Refused) as refused, town.unit(actor) as unit:
        cycles.advance(unit, ROUND)
    return _guards(refused)


def _stages(town: Store) -> list[tuple[str, date | None]]:
    with town.unit("reader") as unit:
        found = sorted(lookup.every(unit, StageEntry), key=lambda e: e.id)
        return [(e.stage, e.left_on) for e in found]


# Through its stages: C2–C5


def test_the_report_stage_is_left_when_a_body_has_heard_findings_with_a_source(town: Store) -> None:
    assert _refused(town) == {"report_not_presented", "no_finding"}
    with town.unit("planner") as unit:
        a_finding(unit, source=None)
        reports.present(unit, REPORT, body="SR", on=DAY)
    assert _refused(town) == {"finding_without_source"}
    with town.unit("planner") as unit:
        a_finding(unit, source=None, severity="watch")
        found = lookup.finding(unit, "F-2026-001")
        found.source = "Kita-Statistik"
    with town.unit("planner") as unit:
        cycles.advance(unit, ROUND, reason="Im Rat gehört")
        assert unit.told[-1]["action"] == "advanced"
    assert _stages(town) == [("report", DAY), ("goal", None)]


def test_the_goal_stage_is_left_with_an_adopted_goal_that_can_be_checked(town: Store) -> None:
    in_stage(town, "goal")
    assert _refused(town, "steering") == {"finding_without_response", "goal_not_adopted"}
    with town.unit("planner") as unit:
        goal = a_goal(unit, criterion="Niemand wartet", due=START, findings=["F-2026-001"])
        goal.status = "adopted"
        goal.qualitative_criterion = None
    assert _refused(town, "steering") == {"goal_without_target", "goal_without_acceptance"}


def test_social_planning_begins_the_measures_by_decision_only(town: Store) -> None:
    in_stage(town, "goal")
    with town.unit("planner") as unit:
        goal = a_whole_goal(unit, findings=["F-2026-001"])
        goal.status = "adopted"
        good, bad = a_resolution(unit).ref, a_resolution(unit, paper="9/26", result="noted").ref
    with pytest.raises(Forbidden) as forbidden, town.unit("planner") as unit:
        cycles.advance(unit, ROUND)
    assert forbidden.value.code == "decision_needed"
    with pytest.raises(Invalid, match="adopted nothing"), town.unit("planner") as unit:
        cycles.advance(unit, ROUND, decision=bad)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        cycles.advance(unit, ROUND, decision=good)
    with town.unit("planner") as unit:
        cycles.advance(unit, ROUND, decision=good)
    assert stage_of(town) == "measure"


def test_a_decision_on_the_round_counts_for_the_stage_it_was_taken_in(town: Store) -> None:
    early = DAY - timedelta(days=30)
    in_stage(town, "goal", early)
    with town.unit("planner") as unit:
        a_whole_goal(unit, findings=["F-2026-001"]).status = "adopted"
        key = a_resolution(unit, on=DAY, cycles=[ROUND]).ref
    with town.unit("planner") as unit:
        cycles.advance(unit, ROUND, decision=key)
        assert len(lookup.every(unit, DecisionSubject)) == 1
    with pytest.raises(Refused) as refused, town.unit("steering") as unit:
        cycles.abandon(unit, ROUND, reason="Neuwahl")
    assert _guards(refused) == {"decision_missing"}


def test_the_measure_stage_is_left_when_all_are_decided_and_begun(town: Store) -> None:
    in_stage(town, "measure")
    with town.unit("planner") as unit:
        a_measure(unit)
        approved = a_running_measure(unit, "approved")
    assert _refused(town) == {"measure_undecided", "measure_not_started"}
    with town.unit("planner") as unit:
        moves.move(unit, "M-2026-001", "cancel", Ask(code="no_need"))
        progress.report(
            unit, approved, course="delayed", text="Stelle unbesetzt", forecast_end=START,
            delay_reason="Bewerbermangel",
        )  # fmt: skip
        cycles.advance(unit, ROUND)
    assert stage_of(town) == "evaluation"


def test_entering_evaluation_asks_for_every_evaluation_once(town: Store) -> None:
    in_stage(town, "measure")
    with town.unit("planner") as unit:
        late, due = a_running_measure(unit), a_running_measure(unit, "implemented")
        lookup.measure(unit, late).next_evaluation_due = date(2026, 1, 1)
        expected = lookup.measure(unit, due).next_evaluation_due
        a_running_measure(unit, "suspended")
        cycles.advance(unit, ROUND)
        asked = {
            unit.get(Measure, d.measure_id).ref: d.due
            for d in lookup.every(unit, Deadline, code="evaluation_request")
        }
        assert asked == {late: DAY, due: expected, "M-2026-003": DAY + timedelta(days=180)}
    with town.unit("steering") as unit:
        cycles.reopen(unit, ROUND, "measure", reason="Nachtrag")
    with town.unit("planner") as unit:
        cycles.advance(unit, ROUND)
        assert len(lookup.every(unit, Deadline, code="evaluation_request")) == 3


def test_a_round_closes_when_every_measure_has_its_disposition(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner") as unit:
        a_running_measure(unit)
    assert _refused(town, "steering") == {"measure_without_disposition", "goal_unrated"}
    with pytest.raises(Forbidden), town.unit("planner") as unit:
        cycles.advance(unit, ROUND)


def test_a_closed_round_is_over_and_says_so(town: Store) -> None:
    in_stage(town, "closed")
    with town.unit("reader") as unit:
        assert lookup.cycle(unit, ROUND).closed_on == DAY
    with pytest.raises(Refused) as refused, town.unit("steering") as unit:
        cycles.advance(unit, ROUND)
    assert _guards(refused) == {"not_offered"}


def test_a_stale_version_is_refused_before_the_guards(town: Store) -> None:
    with pytest.raises(Conflict), town.unit("planner") as unit:
        cycles.advance(unit, ROUND, expect=9)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        cycles.advance(unit, "Z-1999")


# What is passed unmet, and what is waived


def test_a_light_town_moves_on_and_owes_what_is_missing_until_it_is_there(store: Store) -> None:
    a_town(store, preset="light")
    with store.unit("planner") as unit:
        cycles.advance(unit, ROUND)
        owed = {o.guard: o.settled_on for o in lookup.every(unit, Owed)}
        assert owed == {"report_not_presented": None, "no_finding": None}
    with store.unit("planner") as unit:
        a_finding(unit)
        owed = {o.guard: o.settled_on for o in lookup.every(unit, Owed)}
        assert owed == {"report_not_presented": None, "no_finding": DAY}
    with store.unit("steering") as unit:
        cycles.reopen(unit, ROUND, "report", reason="Noch einmal")
    with store.unit("planner") as unit:
        cycles.advance(unit, ROUND)
        assert len(lookup.every(unit, Owed)) == 2


def test_a_waiver_lets_a_guard_pass_once(town: Store) -> None:
    with town.unit("steering") as unit:
        waivers.grant(unit, ROUND, "report_not_presented", reason="Sommerpause")
        waivers.grant(unit, ROUND, "no_finding", reason="Der Bericht folgt")
        waivers.grant(unit, ROUND, "goal_not_adopted", reason="Rat tagt nicht")
    with town.unit("planner") as unit:
        cycles.advance(unit, ROUND)
        assert unit.told[-1]["payload"]["waived"] == ["report_not_presented", "no_finding"]
        used = {w.guard for w in lookup.every(unit, Waiver) if w.used_on}
        assert used == {"report_not_presented", "no_finding"}


# Back, and out: C6, C7


def test_what_came_after_is_to_be_confirmed_until_the_round_is_there_again(town: Store) -> None:
    in_stage(town, "measure")
    with town.unit("steering") as unit:
        assert cycles.reopen(unit, ROUND, "report", reason="Neue Zahlen").to_confirm
    with town.unit("planner") as unit:
        assert cycles.advance(unit, ROUND).to_confirm
    with town.unit("steering") as unit:
        assert not cycles.advance(unit, ROUND).to_confirm


def test_a_way_back_has_a_reason_and_a_stage_behind_it(town: Store) -> None:
    in_stage(town, "closed")
    with town.unit("steering") as unit:
        assert cycles.reopen(unit, ROUND, "evaluation", reason="Nachtrag").closed_on is None
    for stage, reason, guard in (
        ("goal", " ", "reason_missing"),
        ("closed", "Weiter", "not_offered"),
    ):
        with pytest.raises(Refused) as refused, town.unit("steering") as unit:
            cycles.reopen(unit, ROUND, stage, reason=reason)
        assert _guards(refused) == {guard}


def test_giving_up_a_round_cancels_what_was_not_finished(town: Store) -> None:
    with town.unit() as unit:
        a_measure(unit)
        key = a_resolution(unit).ref
    with pytest.raises(Refused) as refused, town.unit("steering") as unit:
        cycles.abandon(unit, ROUND, reason=None)
    assert _guards(refused) == {"reason_missing", "decision_missing"}
    with town.unit("steering") as unit:
        found = cycles.abandon(unit, ROUND, reason="Kreisreform", decision=key)
        assert (found.stage, found.closed_on) == ("closed", DAY)
        measure = lookup.measure(unit, "M-2026-001")
        assert (measure.state, measure.reason) == ("cancelled", "Kreisreform")


def test_what_cannot_be_cancelled_goes_to_another_round(town: Store) -> None:
    with town.unit() as unit:
        done = a_running_measure(unit, "implemented")
        a_measure(unit)
        moves.move(unit, "M-2026-002", "cancel", Ask(code="no_need"))
        key = a_resolution(unit).ref
        lookup.cycle(unit, ROUND).stage = "evaluation"
        other = cycles.open_round(unit, title="Neu", start=START, predecessor=ROUND).ref
        closed = cycles.take_over(unit, title="Alt", start=date(2019, 1, 1), source="Plan").ref
    with pytest.raises(Refused) as refused, town.unit("steering") as unit:
        cycles.abandon(unit, ROUND, reason="Kreisreform", decision=key)
    assert _guards(refused) == {"measure_open"}
    with pytest.raises(Invalid, match="is closed"), town.unit("steering") as unit:
        cycles.abandon(unit, ROUND, reason="Kreisreform", decision=key, move_to=closed)
    with town.unit("steering") as unit:
        cycles.abandon(unit, ROUND, reason="Kreisreform", decision=key, move_to=other)
        assert lookup.measure(unit, done).cycle_id == lookup.cycle(unit, other).id
        assert lookup.measure(unit, "M-2026-002").cycle_id == lookup.cycle(unit, ROUND).id
