"""What follows from an evaluation, found by what it follows from instead of by its key."""

from collections.abc import Sequence
from typing import Any

from cycle.model.evaluations import Disposition
from cycle.model.measures import Measure
from cycle.model.reports import Finding, Recommendation
from cycle.store.unit import Unit
from cycle.usecases import budgets, dispositions, findings, lookup, measures, recommendations
from cycle.usecases.moves import move as make_move

Money = Sequence[tuple[int, int, int]]  # year, the town's share, the Land's share, in cents


def acknowledge(unit: Unit, key: str) -> None:
    """Take note of what the evaluation of a measure brought into a later report."""
    measure = lookup.measure(unit, key)
    for finding in lookup.every(unit, Finding, origin_measure_id=measure.id):
        findings.acknowledge(unit, finding.ref)


def respond(unit: Unit, key: str, goal: str) -> None:
    """Let a goal answer what the evaluation of a measure brought into a later report."""
    measure = lookup.measure(unit, key)
    for finding in lookup.every(unit, Finding, origin_measure_id=measure.id):
        findings.respond(unit, finding.ref, response="goal", goal=goal)


def answer(unit: Unit, evaluation: str, *answers: tuple[str, str]) -> None:
    """Answer the recommendations of an evaluation in their order, as far as answers are given."""
    judged = lookup.evaluation(unit, evaluation)
    advice = sorted(r.ref for r in lookup.every(unit, Recommendation, evaluation_id=judged.id))
    for key, (response, reason) in zip(advice, answers, strict=False):
        recommendations.answer(unit, key, response=response, reason=reason)


def lead_back(unit: Unit, key: str, choice: str, reason: str, changes: str | None = None) -> None:
    """Decide what follows from an evaluation, and lead the measure back into the circle."""
    dispositions.decide(unit, key, choice=choice, reason=reason, changes=changes)
    make_move(unit, key, "report_back")


def draft(unit: Unit, key: str, **changes: Any) -> Measure:  # noqa: ANN401 - fields of a measure
    """Write the successor of a measure as it was decided."""
    measure = lookup.measure(unit, key)
    decided = lookup.by(unit, Disposition, measure_id=measure.id)
    heir = unit.get(Measure, decided.successor_id if decided else None)
    return measures.edit(unit, heir.ref, **changes)


def fund(unit: Unit, key: str, money: Money, amount: str) -> None:
    """Write what is planned, approved or spent, by year and source."""
    for year, own, state in money:
        for funding, cents in (("own", own), ("state", state)):
            said: dict[str, Any] = {amount: cents}
            if cents:
                budgets.set_line(unit, key, year, funding=funding, **said)
