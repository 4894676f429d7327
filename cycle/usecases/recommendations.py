"""Recommendations: what a report or an evaluation advises, and how it is answered."""

from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.model.measures import MeasureFinding
from cycle.model.reports import Finding, Recommendation, Report
from cycle.model.town import OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import findings, given, lookup, stages
from cycle.usecases.rights import need, own


def add(
    unit: Unit,
    *,
    text: str,
    finding: str | None = None,
    evaluation: str | None = None,
    addressee: str | None = None,
) -> Recommendation:
    """Write down what a finding or an evaluation advises, and whom."""
    role = need(unit, "planner", "evaluator")
    given.insist(given.missing("text", text))
    _from_one(finding, evaluation)
    advised = lookup.finding(unit, finding) if finding else None
    judged = lookup.evaluation(unit, evaluation) if evaluation else None
    whom = lookup.department(unit, addressee) if addressee else None
    advice = unit.add(
        Recommendation(
            ref=unit.next_key("R", unit.day.year),
            finding_id=advised.id if advised else None,
            evaluation_id=judged.id if judged else None,
            text=given.text("text", text),
            addressee_id=whom.id if whom else None,
            given_on=unit.day,
        )
    )
    unit.tell(advice, "added", role=role)
    unit.session.flush()
    return advice


def answer(
    unit: Unit,
    key: str,
    *,
    response: str,
    reason: str | None,
    goal: str | None = None,
    measure: str | None = None,
    expect: int | None = None,
) -> Recommendation:
    """Answer a recommendation with a reason; a goal or measure that takes it up is tied to it.

    The tie is the one to the finding; advice of an evaluation keeps it in the journal.
    """
    advice = lookup.recommendation(unit, key)
    whom = unit.get(OrgUnit, advice.addressee_id).code if advice.addressee_id else None
    role = own(unit, whom, "planner", "steering", "department_head")
    lookup.expect(advice, expect)
    given.insist(given.missing("reason", reason), given.missing("response", response))
    advice.response, advice.reason = response, given.maybe(reason)
    advice.answered_on = unit.day
    unit.tell(advice, "answered", role=role, goal=goal, measure=measure)
    _take_up(unit, advice, goal, measure)
    _settle(unit, advice)
    return advice


def _take_up(unit: Unit, advice: Recommendation, goal: str | None, measure: str | None) -> None:
    aimed = lookup.goal(unit, goal) if goal else None
    acted = lookup.measure(unit, measure) if measure else None
    if advice.finding_id is None:
        return
    finding = unit.get(Finding, advice.finding_id)
    if aimed:
        findings.answer_by_goal(unit, finding, aimed)
    if acted and not lookup.by(unit, MeasureFinding, measure_id=acted.id, finding_id=finding.id):
        unit.add(MeasureFinding(measure_id=acted.id, finding_id=finding.id))


def _from_one(finding: str | None, evaluation: str | None) -> None:
    if (finding is None) == (evaluation is None):
        raise Invalid(
            N_("A recommendation comes from one finding or from one evaluation."),
            fix=N_("Name it with --finding or with --evaluation."),
        )


def _settle(unit: Unit, advice: Recommendation) -> None:
    """Settle what the round that owes the answer has left open."""
    unit.session.flush()
    cycle_id = advice.cycle_id
    if advice.finding_id and not cycle_id:
        report_id = unit.get(Finding, advice.finding_id).report_id
        cycle_id = unit.get(Report, report_id).cycle_id if report_id else None
    if cycle_id:
        stages.settle(unit, cycle_id)
