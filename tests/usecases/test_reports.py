from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.model.decisions import Consultation, Paper
from cycle.model.reports import Finding
from cycle.store.store import Store
from cycle.usecases import lookup, papers, reports
from tests.makers import DAY, a_town, arranged
from tests.makers_rounds import (
    REPORT,
    ROUND,
    a_finding,
    a_report,
    a_running_measure,
    an_evaluation,
)


def _waiting(town: Store) -> None:
    with town.unit("planner") as unit:
        an_evaluation(unit, a_running_measure(unit, "implemented"))
        assert lookup.by(unit, Finding, report_id=None)


def test_a_report_begins_as_a_draft_of_the_open_round(town: Store) -> None:
    with town.unit("planner") as unit:
        found = reports.add(unit, title="Bildungsbericht", kind="education_report")
        assert (found.ref, found.status, found.reference_date) == ("B-2026-02", "draft", DAY)
        assert found.cycle_id == lookup.cycle(unit, ROUND).id


def test_feedback_of_its_own_round_goes_into_a_progress_report_only(town: Store) -> None:
    _waiting(town)
    with town.unit("planner") as unit:
        a_report(unit)
        assert lookup.by(unit, Finding, report_id=None)
        found = a_report(unit, kind="progress_report")
        assert lookup.by(unit, Finding, report_id=found.id)


def test_a_closed_round_takes_the_report_on_late_evaluations_only(town: Store) -> None:
    _waiting(town)
    with town.unit("planner") as unit:
        lookup.cycle(unit, ROUND).stage = "closed"
        arranged(unit)
    with town.unit("planner") as unit:
        found = a_report(unit, kind="evaluation_report")
        assert lookup.by(unit, Finding, report_id=found.id)
    with pytest.raises(Conflict, match="only read"), town.unit("planner") as unit:
        a_report(unit)


def test_it_refuses_a_report_without_title_or_with_no_address(town: Store) -> None:
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        a_report(unit, title=" ", url="ftp://here")
    assert {f.pointer for f in wrong.value.faults} == {"title", "url"}
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        a_report(unit)


def test_a_report_is_approved_presented_and_published(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        reports.approve(unit, REPORT)
        reports.present(unit, REPORT, body="SR", on=date(2026, 5, 4), paper="0200/2026")
        found = reports.publish(unit, REPORT, url="https://saalestadt.example/bericht")
        paper = unit.get(Paper, found.paper_id)
        sitting = lookup.by(unit, Consultation, paper_id=paper.id)
        assert sitting is not None
        assert (paper.ref, sitting.outcome, sitting.role) == ("0200/2026", "noted", "information")
        assert (found.status, found.approved_on, found.presented_on, found.published_on) == (
            "published", DAY, date(2026, 5, 4), DAY,
        )  # fmt: skip


def test_a_second_body_hears_the_same_report(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        reports.present(unit, REPORT, body="SozA", on=date(2026, 5, 4))
        reports.publish(unit, REPORT)
        found = reports.present(unit, REPORT, body="SR", on=date(2026, 6, 4))
        assert (found.status, found.presented_on) == ("published", date(2026, 5, 4))
        assert unit.get(Paper, found.paper_id).ref == REPORT
        assert len(lookup.every(unit, Consultation, paper_id=found.paper_id)) == 2


def test_what_the_agenda_says_of_the_sitting_is_left_as_it_is(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        papers.add(unit, "0200/2026", "Sozialbericht")
        papers.consult(unit, "0200/2026", body="SR", on=date(2026, 5, 4), role="deciding")
        reports.present(unit, REPORT, body="SR", on=date(2026, 5, 4), paper="0200~2026")
        sitting = lookup.by(unit, Consultation)
        assert sitting is not None
        assert (sitting.role, sitting.outcome) == ("deciding", "noted")


def test_a_report_put_off_is_not_presented(town: Store) -> None:
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        reports.present(unit, REPORT, body="SR", on=date(2027, 5, 4), outcome="deferred")
    assert {f.pointer for f in wrong.value.faults} == {"on", "outcome"}
    with town.unit("planner") as unit:
        a_finding(unit)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        reports.present(unit, REPORT, body="XX", on=DAY)


def test_a_report_without_finding_is_not_presented(town: Store) -> None:
    with pytest.raises(Refused) as refused, town.unit("planner") as unit:
        reports.present(unit, REPORT, body="SR", on=DAY)
    assert [reason.guard for reason in refused.value.reasons] == ["no_finding"]


def test_a_light_town_may_present_what_it_has(store: Store) -> None:
    a_town(store, preset="light")
    with store.unit("planner") as unit:
        assert reports.present(unit, REPORT, body="SR", on=DAY).status == "presented"


def test_steps_come_in_their_order(town: Store) -> None:
    with pytest.raises(Conflict, match="is draft"), town.unit("planner") as unit:
        reports.publish(unit, REPORT)
    with town.unit("planner") as unit:
        a_finding(unit)
        reports.present(unit, REPORT, body="SR", on=DAY)
    with pytest.raises(Conflict, match="is presented"), town.unit("planner") as unit:
        reports.approve(unit, REPORT)
    with town.unit("planner") as unit:
        reports.publish(unit, REPORT)
    with pytest.raises(Conflict, match="is published"), town.unit("planner") as unit:
        reports.publish(unit, REPORT)
