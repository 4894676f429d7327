"""Findings: what a report says of the town, and what the town answers."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalFinding
from cycle.model.indicators import Observation
from cycle.model.reports import Finding, FindingArea, FindingField, FindingObservation, Report
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages
from cycle.usecases.observations import known
from cycle.usecases.rights import need

Cited = tuple[str, str, date]  # code of the indicator, code of the area, end of the period


class FindingChanges(TypedDict, total=False):
    """What may be mended in a finding."""

    text: str
    kind: str
    severity: str
    source: str | None


def add(
    unit: Unit,
    *,
    report: str,
    text: str,
    kind: str = "need",
    severity: str = "act",
    source: str | None = None,
    areas: Sequence[str] = (),
    fields: Sequence[str] = (),
    observations: Sequence[Cited] = (),
    external_id: str | None = None,
) -> Finding:
    """Write a finding into a report: an interpretation that cites observations or a source."""
    role = need(unit, "planner")
    within = lookup.report(unit, report)
    stages.writable(unit.get(Cycle, within.cycle_id))
    given.insist(given.missing("text", text))
    finding = unit.add(
        Finding(
            ref=unit.next_key("F", unit.day.year),
            report_id=within.id,
            kind=kind,
            text=given.text("text", text),
            severity=severity,
            source=given.maybe(source),
            external_id=given.maybe(external_id),
        )
    )
    unit.tell(finding, "added", role=role)
    _tie(unit, finding, areas, fields, observations)
    stages.settle(unit, within.cycle_id)
    unit.session.flush()
    return finding


def edit(
    unit: Unit,
    key: str,
    *,
    areas: Sequence[str] = (),
    fields: Sequence[str] = (),
    observations: Sequence[Cited] = (),
    expect: int | None = None,
    **changes: Unpack[FindingChanges],
) -> Finding:
    """Mend a finding, or add areas, fields and the observations it rests on."""
    role = need(unit, "planner")
    finding = lookup.finding(unit, key)
    lookup.expect(finding, expect)
    _writable(unit, finding)
    if "text" in changes:
        given.insist(given.missing("text", changes["text"]))
    for name, value in changes.items():
        setattr(finding, name, given.maybe(str(value)) if value else None)
    unit.tell(finding, "edited", role=role)
    finding.updated_at = unit.now
    _tie(unit, finding, areas, fields, observations)
    _settle(unit, finding)
    return finding


def respond(
    unit: Unit,
    key: str,
    *,
    response: str,
    reason: str | None = None,
    goal: str | None = None,
    expect: int | None = None,
) -> Finding:
    """Answer a finding: with a goal, with no action, or by putting it off; the last two say why."""
    need(unit, "planner")
    finding = lookup.finding(unit, key)
    lookup.expect(finding, expect)
    _writable(unit, finding)
    aimed = lookup.goal(unit, goal) if goal else None
    links = lookup.every(unit, GoalFinding, finding_id=finding.id)
    _insist_on_answer(finding, response, given.maybe(reason), aimed=bool(aimed or links))
    _answered(unit, finding, response, given.maybe(reason))
    if aimed and aimed.id not in {link.goal_id for link in links}:
        unit.add(GoalFinding(goal_id=aimed.id, finding_id=finding.id))
    _settle(unit, finding)
    return finding


def _answered(unit: Unit, finding: Finding, response: str, reason: str | None) -> None:
    finding.response, finding.response_reason = response, reason
    finding.responded_on = unit.day
    unit.tell(finding, "responded", role=unit.role("planner"))


def answer_by_goal(unit: Unit, finding: Finding, goal: Goal) -> None:
    """Let a goal answer a finding; an answer that was given already stays."""
    if finding.response is None:
        _answered(unit, finding, "goal", None)
    if not lookup.by(unit, GoalFinding, goal_id=goal.id, finding_id=finding.id):
        unit.add(GoalFinding(goal_id=goal.id, finding_id=finding.id))


def acknowledge(unit: Unit, key: str, *, expect: int | None = None) -> Finding:
    """Take note of a feedback finding; C2 of the round waits for it. Once is enough."""
    role = need(unit, "planner", "steering")
    finding = lookup.finding(unit, key)
    lookup.expect(finding, expect)
    if finding.acknowledged_on is None:
        finding.acknowledged_on = unit.day
        unit.tell(finding, "acknowledged", role=role)
        _settle(unit, finding)
    return finding


def _tie(
    unit: Unit,
    finding: Finding,
    areas: Sequence[str],
    fields: Sequence[str],
    cited: Sequence[Cited],
) -> None:
    unit.session.flush()
    area_ids = {link.area_id for link in lookup.every(unit, FindingArea, finding_id=finding.id)}
    for area_id in {lookup.area(unit, code).id for code in areas} - area_ids:
        unit.add(FindingArea(finding_id=finding.id, area_id=area_id))
    field_ids = {link.field_id for link in lookup.every(unit, FindingField, finding_id=finding.id)}
    for field_id in {lookup.field(unit, code).id for code in fields} - field_ids:
        unit.add(FindingField(finding_id=finding.id, field_id=field_id))
    there = lookup.every(unit, FindingObservation, finding_id=finding.id)
    cited_ids = {_observed(unit, each).id for each in cited}
    for observation_id in cited_ids - {link.observation_id for link in there}:
        unit.add(FindingObservation(finding_id=finding.id, observation_id=observation_id))


def _observed(unit: Unit, cited: Cited) -> Observation:
    indicator, area, period_end = cited
    place = lookup.area(unit, area, period_end)
    return known(unit, lookup.indicator(unit, indicator), place, period_end)


def _insist_on_answer(finding: Finding, response: str, reason: str | None, *, aimed: bool) -> None:
    if response == "goal" and not aimed:
        raise Invalid(
            N_("Which goal answers {key}?"),
            fix=N_("Name it with --goal; `cycle goal add --finding {key} TEXT` writes a new one."),
            key=finding.ref,
        )
    if response != "goal" and not reason:
        raise Invalid(
            N_("{key} needs a reason for this answer."),
            fix=N_("Say why with --reason."),
            key=finding.ref,
        )


def _writable(unit: Unit, finding: Finding) -> None:
    if finding.report_id:
        stages.writable(unit.get(Cycle, unit.get(Report, finding.report_id).cycle_id))


def _settle(unit: Unit, finding: Finding) -> None:
    unit.session.flush()
    if finding.report_id:
        stages.settle(unit, unit.get(Report, finding.report_id).cycle_id)
