"""What one round hands to the next: feedback that waited, and everything still owed.

Findings and missed goals come as findings of the first report, because they are to be answered
anew. Recommendations keep their one record and are owed by the next round from now on. A measure
that runs on without a disposition, or whose evaluation is overdue, comes as a deadline of the new
round that names it: a duty with a day, not an insight.
"""

from datetime import date, timedelta

from cycle.model.cycles import Cycle
from cycle.model.duties import Deadline
from cycle.model.goals import Goal
from cycle.model.measures import Measure
from cycle.model.reports import (
    Finding,
    FindingArea,
    FindingField,
    FindingObservation,
    Recommendation,
    Report,
)
from cycle.reading import carried
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.policy import policy

WITHIN = frozenset({"progress_report", "evaluation_report"})  # may hold feedback of their own round


def file_waiting(unit: Unit, report: Report, cycle: Cycle) -> list[Finding]:
    """File the feedback findings that waited for this report.

    It takes those of the rounds before it; a progress or evaluation report also those of its own.
    """
    last = cycle.round if report.kind in WITHIN else cycle.round - 1
    filed = []
    for row in carried.waiting(unit.reading()):
        if row.lineage_id in {cycle.lineage_id, None} and (row.round or 0) <= last:
            finding = unit.get(Finding, row.id)
            finding.report_id = report.id
            unit.tell(finding, "filed", report=report.ref)
            filed.append(finding)
    unit.session.flush()
    return filed


def carry_over(unit: Unit, cycle: Cycle, report: Report) -> None:
    """Take into a round what its predecessor owes; one taken over as closed owes nothing."""
    file_waiting(unit, report, cycle)
    if cycle.predecessor_id is None:
        return
    before = unit.get(Cycle, cycle.predecessor_id)
    if before.taken_over and before.stage == "closed":
        return
    for finding_id in carried.deferred(unit.reading(), before.id):
        _copy(unit, unit.get(Finding, finding_id), report)
    for goal in lookup.every(unit, Goal, cycle_id=before.id, status="missed"):
        _missed(unit, goal, report)
    for recommendation_id in carried.unanswered(unit.reading(), before.id):
        advice = unit.get(Recommendation, recommendation_id)
        advice.cycle_id = cycle.id
        unit.tell(advice, "carried_over", to=cycle.ref)
    _due(unit, cycle, before)
    unit.session.flush()


def tick_off(unit: Unit, cycle: Cycle) -> None:
    """Tick off the deadlines of a round that are met by now."""
    for deadline_id in carried.met(unit.reading(), cycle.id):
        unit.get(Deadline, deadline_id).met_on = unit.day


def relieve(unit: Unit, measure: Measure) -> None:
    """Tick off what the next round was to ask of a measure and no longer needs to."""
    following = lookup.by(unit, Cycle, predecessor_id=measure.cycle_id)
    if following:
        tick_off(unit, following)


def _copy(unit: Unit, old: Finding, report: Report) -> None:
    """Put a finding into the new report; feedback never answered counts as put off until now."""
    new = unit.add(
        Finding(
            ref=unit.next_key("F", unit.day.year),
            report_id=report.id,
            kind=old.kind,
            text=old.text,
            severity=old.severity,
            source=old.source,
            origin_evaluation_id=old.origin_evaluation_id,
            origin_measure_id=old.origin_measure_id,
            origin_finding_id=old.id,
        )
    )
    unit.tell(new, "carried_over", of=old.ref)
    if old.response is None:
        old.response, old.response_reason = "deferred_to_next_round", new.ref
        old.responded_on = unit.day
        unit.tell(old, "responded")
    for area in lookup.every(unit, FindingArea, finding_id=old.id):
        unit.add(FindingArea(finding_id=new.id, area_id=area.area_id))
    for field in lookup.every(unit, FindingField, finding_id=old.id):
        unit.add(FindingField(finding_id=new.id, field_id=field.field_id))
    for cited in lookup.every(unit, FindingObservation, finding_id=old.id):
        unit.add(FindingObservation(finding_id=new.id, observation_id=cited.observation_id))


def _missed(unit: Unit, goal: Goal, report: Report) -> None:
    """Turn a missed goal into a need, to be answered by a new goal or a reason."""
    said = f"Ziel verfehlt: {goal.text}"
    finding = unit.add(
        Finding(
            ref=unit.next_key("F", unit.day.year),
            report_id=report.id,
            kind="need",
            text=f"{said}\n\n{goal.rating}" if goal.rating else said,
            severity="act",
            source=goal.ref,
        )
    )
    unit.tell(finding, "carried_over", of=goal.ref)


def _due(unit: Unit, cycle: Cycle, before: Cycle) -> None:
    """Note by when the measures that run on need a disposition or their overdue evaluation."""
    within = unit.day + timedelta(days=policy(unit.town).disposition_days)
    for row in carried.running(unit.reading(), before.id):
        _note(unit, cycle, "disposition_missing", row.key, within)
        if row.evaluation_due and row.evaluation_due < unit.day:
            _note(unit, cycle, "evaluation_missing", row.key, row.evaluation_due)


def _note(unit: Unit, cycle: Cycle, code: str, key: str, due: date) -> None:
    unit.add(Deadline(cycle_id=cycle.id, code=code, text=key, due=due))
