"""The way back into the circle: what an evaluation found becomes a finding of a later report."""

from collections.abc import Sequence
from datetime import date

from cycle.machine.words import name
from cycle.model.columns import PROSE
from cycle.model.cycles import Cycle
from cycle.model.evaluations import Evaluation
from cycle.model.measures import Measure, MeasureArea, MeasureField, MeasureGoal
from cycle.model.reports import Finding, FindingArea, FindingField, FindingObservation, Report
from cycle.model.words import CRITERIA
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.carrying import WITHIN
from cycle.usecases.judgements import Judgement
from cycle.usecases.results import TOWN, Told

KIND = "evaluation_result"
_TO_ACT = ("not_effective", "partly_effective")
_UNHEARD = ("draft", "approved")  # a report no body has heard yet
Period = tuple[date, date]


def draft(
    unit: Unit, evaluation: Evaluation, measure: Measure, said: Judgement, results: Sequence[Told]
) -> Finding:
    """Draft the finding of one measure, in the report that is to hold it or waiting for one.

    A correction mends the finding of what it corrects as long as nobody has dealt with that.
    """
    served = {t.goal_id for t in lookup.every(unit, MeasureGoal, measure_id=measure.id)}
    own = [result for result in results if result.goal_id in served]
    finding = _untouched(unit, evaluation, measure) or _new(unit, measure)
    finding.origin_evaluation_id = evaluation.id
    ran = (evaluation.period_start, evaluation.period_end)
    for column, value in columns(evaluation.ref, ran, measure, said, own).items():
        setattr(finding, column, value)
    unit.tell(finding, "drafted", measure=measure.ref, evaluation=evaluation.ref)
    unit.session.flush()
    _cite(unit, finding, measure, own)
    return finding


def columns(
    evaluation: str, ran: Period, measure: Measure, said: Judgement, results: Sequence[Told] = ()
) -> dict[str, str]:
    """Settle what the finding of one measure says, how urgently, and where it comes from."""
    return {
        "text": _words(ran, measure, said, results)[:PROSE],
        "severity": "act" if said.of(measure.ref, "overall") in _TO_ACT else "watch",
        "source": f"Evaluation {evaluation}",
    }


def _new(unit: Unit, measure: Measure) -> Finding:
    report = later_report(unit, measure.cycle_id)
    finding = Finding(
        ref=unit.next_key("F", unit.day.year),
        kind=KIND,
        text="",
        report_id=report.id if report else None,
        origin_measure_id=measure.id,
    )
    return unit.add(finding)


def later_report(unit: Unit, cycle_id: str) -> Report | None:
    """Give a report no body has heard: of the next open round, else one of this round's own."""
    following = lookup.by(unit, Cycle, predecessor_id=cycle_id)
    while following:
        later = lookup.every(unit, Report, cycle_id=following.id)
        unheard = [r for r in later if r.status in _UNHEARD and following.stage != "closed"]
        if unheard:
            return min(unheard, key=lambda r: r.id)
        following = lookup.by(unit, Cycle, predecessor_id=following.id)
    own = lookup.every(unit, Report, cycle_id=cycle_id)
    fitting = [r for r in own if r.kind in WITHIN and r.status == "draft"]
    return min(fitting, key=lambda r: r.id, default=None)


def _untouched(unit: Unit, evaluation: Evaluation, measure: Measure) -> Finding | None:
    """Give the finding of the corrected evaluation that can still be mended."""
    if evaluation.corrects_id is None:
        return None
    found = lookup.by(
        unit, Finding, origin_evaluation_id=evaluation.corrects_id, origin_measure_id=measure.id
    )
    if found is None or found.acknowledged_on or found.response:
        return None
    heard = found.report_id and unit.get(Report, found.report_id).status not in _UNHEARD
    return None if heard else found


def _cite(unit: Unit, finding: Finding, measure: Measure, results: Sequence[Told]) -> None:
    """Tie the finding to areas and fields of the measure, and to the values it rests on."""
    areas = {t.area_id for t in lookup.every(unit, MeasureArea, measure_id=measure.id)}
    fields = {t.field_id for t in lookup.every(unit, MeasureField, measure_id=measure.id)}
    values = {r.observation.id for r in results if r.observation}
    ties = (
        (FindingArea, "area_id", areas),
        (FindingField, "field_id", fields),
        (FindingObservation, "observation_id", values),
    )
    for model, column, wanted in ties:
        there = {getattr(t, column) for t in lookup.every(unit, model, finding_id=finding.id)}
        for end in sorted(wanted - there):
            unit.add(model(finding_id=finding.id, **{column: end}))
    unit.session.flush()


def _words(ran: Period, measure: Measure, said: Judgement, results: Sequence[Told]) -> str:
    """Say in plain sentences what was found: judgement, ratings, results, reasons, advice."""
    overall = said.of(measure.ref, "overall")
    start, end = (TOWN.date(day) for day in ran)
    judged = f": {name('overall', overall, 'de')}" if overall else ""
    sentences = [f"{measure.ref} „{measure.title}“, evaluiert vom {start} bis {end}{judged}."]
    if said.ratings:
        sentences.append(f"Bewertung von 1 bis 4: {_ratings(said)}.")
    if results:
        sentences.append(f"Ergebnisse: {'; '.join(result.text for result in results)}.")
    if text := said.of(measure.ref, "text"):
        sentences.append(text)
    if said.recommendations:
        sentences.append(f"Empfehlungen: {'; '.join(said.recommendations)}")
    return " ".join(sentences)


def _ratings(said: Judgement) -> str:
    """List the ratings in the order of the criteria: Wirksamkeit 3, Nachhaltigkeit 2."""
    rated = [c for c in CRITERIA if c in said.ratings]
    return ", ".join(f"{name('criterion', c, 'de')} {said.ratings[c]}" for c in rated)
