from datetime import date

import pytest

from cycle.model.cycles import Cycle
from cycle.model.duties import Deadline
from cycle.model.reports import (
    Finding,
    FindingArea,
    FindingField,
    FindingObservation,
    Recommendation,
    Report,
)
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import cycles, dispositions, findings, goals, lookup, recommendations, reports
from tests.makers import DAY
from tests.makers_rounds import (
    COUNTED,
    REPORT,
    ROUND,
    TOWN,
    a_finding,
    a_report,
    a_running_measure,
    a_whole_goal,
    an_evaluation,
)

START = date(2028, 1, 1)


@pytest.fixture
def judged(town: Store) -> Store:
    """Let the round stand in evaluation with one measure done and one under way."""
    with town.unit("planner") as unit:
        a_running_measure(unit, "implemented")
        a_running_measure(unit)
        lookup.cycle(unit, ROUND).stage = "evaluation"
    return town


def _next(unit: Unit) -> Cycle:
    return cycles.open_round(unit, title="Fortschreibung", start=START)


def _first_report(unit: Unit, round_: Cycle) -> Report:
    found = lookup.by(unit, Report, cycle_id=round_.id)
    assert found is not None
    return found


def _filed(unit: Unit, round_: Cycle) -> list[Finding]:
    found = lookup.every(unit, Finding, report_id=_first_report(unit, round_).id)
    return sorted(found, key=lambda f: f.ref)


def test_feedback_that_waited_is_filed_in_the_first_report(judged: Store) -> None:
    with judged.unit("planner") as unit:
        an_evaluation(unit, "M-2026-001")
    with judged.unit("planner") as unit:
        filed = _filed(unit, _next(unit))
        assert [f.kind for f in filed] == ["evaluation_result"]
        assert filed[0].acknowledged_on is None


def test_feedback_of_another_line_of_rounds_waits_for_its_own(judged: Store) -> None:
    with judged.unit("planner") as unit:
        an_evaluation(unit, "M-2026-001")
        other = cycles.take_over(
            unit, title="Alter", start=START, stage="evaluation", source="Plan", fields=["ALT"]
        )
        found = cycles.open_round(
            unit, title="Alter 2", start=START, fields=["ALT"], predecessor=other.ref
        )
        assert _filed(unit, found) == []


def test_a_report_of_an_earlier_round_takes_no_later_feedback(judged: Store) -> None:
    with judged.unit("planner") as unit:
        round_ = _next(unit)
        measure = a_running_measure(unit, "implemented", cycle=round_.ref)
        an_evaluation(unit, measure)
        late = lookup.by(unit, Finding, report_id=None)
        assert late is not None
        old = a_report(unit, kind="progress_report")
        assert (late.report_id, old.cycle_id == round_.id) == (None, False)


def test_findings_put_off_come_back_with_all_they_rest_on(judged: Store) -> None:
    with judged.unit() as unit:
        a_whole_goal(unit)
        old = a_finding(unit, areas=[TOWN], fields=["JUG"], observations=[("KITA", TOWN, COUNTED)])
        a_finding(unit, text="Erledigt")
        findings.respond(unit, old.ref, response="deferred_to_next_round", reason="Zahlen fehlen")
        (copy,) = _filed(unit, _next(unit))
        assert (copy.text, copy.origin_finding_id, copy.response) == (old.text, old.id, None)
        for tie in (FindingArea, FindingField, FindingObservation):
            assert lookup.by(unit, tie, finding_id=copy.id)


def test_feedback_nobody_answered_in_its_own_round_comes_along(judged: Store) -> None:
    with judged.unit("planner") as unit:
        an_evaluation(unit, "M-2026-001")
        a_report(unit, kind="evaluation_report")
        old = lookup.by(unit, Finding, kind="evaluation_result")
        assert old is not None
        (copy,) = _filed(unit, _next(unit))
        assert (copy.origin_measure_id, copy.origin_evaluation_id) == (
            old.origin_measure_id, old.origin_evaluation_id,
        )  # fmt: skip
        assert (old.response, old.response_reason) == ("deferred_to_next_round", copy.ref)


def test_a_missed_goal_comes_back_as_a_need(judged: Store) -> None:
    with judged.unit() as unit:
        goal = a_whole_goal(unit)
        goals.rate(unit, goal.ref, status="missed", text="Es fehlten Fachkräfte.")
        (need,) = _filed(unit, _next(unit))
        assert (need.kind, need.severity, need.source) == ("need", "act", goal.ref)
        assert need.text == f"Ziel verfehlt: {goal.text}\n\nEs fehlten Fachkräfte."


def test_unanswered_recommendations_are_owed_by_the_next_round(judged: Store) -> None:
    with judged.unit("planner") as unit:
        key = an_evaluation(unit, "M-2026-001")
        finding = a_finding(unit)
        findings.respond(unit, finding.ref, response="no_action", reason="Kein Bedarf")
        for words in ({"finding": finding.ref}, {"evaluation": key}, {"finding": finding.ref}):
            recommendations.add(unit, text="Plätze schaffen", **words)
        recommendations.answer(unit, "R-2026-003", response="accepted", reason="Ja")
        round_ = _next(unit)
        owed = lookup.every(unit, Recommendation, cycle_id=round_.id)
        assert {r.ref for r in owed} == {"R-2026-001", "R-2026-002"}
        recommendations.answer(unit, "R-2026-001", response="rejected", reason="Nein")


def test_measures_that_run_on_come_as_deadlines_until_they_are_settled(judged: Store) -> None:
    with judged.unit("planner") as unit:
        lookup.measure(unit, "M-2026-002").next_evaluation_due = date(2026, 1, 1)
        round_ = _next(unit)
        due = {(d.code, d.text) for d in lookup.every(unit, Deadline, cycle_id=round_.id)}
        assert due == {
            ("disposition_missing", "M-2026-001"),
            ("disposition_missing", "M-2026-002"),
            ("evaluation_missing", "M-2026-002"),
        }
    with judged.unit("steering") as unit:
        dispositions.decide(unit, "M-2026-001", choice="stop", reason="Wirkt nicht")
        assert {d.text for d in lookup.every(unit, Deadline, met_on=unit.day)} == {"M-2026-001"}
    with judged.unit("planner") as unit:
        a_finding(unit, report="B-2026-02")
        reports.present(unit, "B-2026-02", body="SR", on=DAY)
        cycles.advance(unit, "Z-2028")
        met = {d.text for d in lookup.every(unit, Deadline, met_on=DAY)}
        assert met == {"M-2026-001"}


def test_a_round_taken_over_as_closed_owes_nothing(town: Store) -> None:
    with town.unit("planner") as unit:
        old = cycles.take_over(unit, title="Alt", start=date(2019, 1, 1), source="Plan").ref
        report = reports.add(unit, cycle=old, title="Bericht 2019").ref
        finding = a_finding(unit, report=report)
        findings.respond(unit, finding.ref, response="deferred_to_next_round", reason="Keine Zeit")
        cycles.link(unit, ROUND, predecessor=old)
        assert lookup.by(unit, Finding, origin_finding_id=finding.id) is None
        assert lookup.report(unit, REPORT).cycle_id == lookup.cycle(unit, ROUND).id
