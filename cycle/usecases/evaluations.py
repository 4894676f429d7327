"""Evaluations: planned before a measure is proposed, recorded when it is judged, fed back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Unpack

from cycle.errors import Conflict, Forbidden
from cycle.i18n import N_
from cycle.machine.measures import MEASURES, MeasureFacts
from cycle.model.cycles import Cycle
from cycle.model.duties import Deadline, EvaluationPlan
from cycle.model.evaluations import CriterionRating, Evaluation, EvaluationMeasure
from cycle.model.measures import Measure
from cycle.model.reports import Recommendation
from cycle.model.words import PURPOSES
from cycle.store.unit import Unit
from cycle.usecases import corrections, feedback, given, lookup, results
from cycle.usecases.cycles import REQUEST
from cycle.usecases.duties import lead_of, owing, strange
from cycle.usecases.judgements import Handed, Judgement, check, read
from cycle.usecases.moves import FINAL, facts_of, let_go, move, settle
from cycle.usecases.rights import need

_INTERNAL: Final = frozenset({"draft", "targeted"})  # until they go to the committees


def plan(
    unit: Unit, key: str, *, purpose: str = "summative", due: date, question: str
) -> EvaluationPlan:
    """Plan what is to be evaluated, until when and with which question; one plan a purpose."""
    measure, role = owing(unit, key, "department_head", "planner")
    given.insist(strange("purpose", purpose, PURPOSES), given.missing("question", question))
    there = lookup.by(unit, EvaluationPlan, measure_id=measure.id, purpose=purpose)
    record = there or EvaluationPlan(
        measure_id=measure.id, purpose=purpose, due=due, question=question
    )
    record.due, record.question = due, given.text("question", question)
    unit.add(record)
    unit.tell(record, "planned", key=measure.ref, role=role)
    settle(unit, measure)
    return record


def add(unit: Unit, **words: Unpack[Handed]) -> Evaluation:
    """Record an evaluation of one or several measures; it moves none of them.

    Sent again by the same `source` and `external_id` it is the stored one, and nothing is
    written. A final one is fed back as a finding for every measure. Raises Conflict
    (`evaluation_differs`, `evaluation_before_start`), Invalid, NotFound, Forbidden.
    """
    record, new = _add(unit, words)
    if new:
        _raise_versions(unit, words["measures"])
    return record


def conclude(unit: Unit, **words: Unpack[Handed]) -> Evaluation:
    """Record an evaluation and carry every measure on that it completes.

    Where something is still missing the measure stays; its offers tell what.
    """
    record, new = _add(unit, words)
    if new and record.status == "final" and record.purpose == "summative":
        for key in sorted(set(words["measures"])):
            seen = facts_of(unit, lookup.measure(unit, key))
            if completes(seen):
                move(unit, key, "evaluate")
    if new:
        _raise_versions(unit, words["measures"])
    return record


def _raise_versions(unit: Unit, keys: Sequence[str]) -> None:
    """Let the version of every measure tell that it was evaluated, once where it moved too."""
    for key in keys:
        lookup.measure(unit, key).updated_at = unit.now
    unit.session.flush()


def completes(seen: MeasureFacts) -> bool:
    """Tell whether nothing is missing any more before the measure counts as evaluated."""
    offers = MEASURES.offers(seen.state, seen, seen.policy)
    return any(offer.name == "evaluate" and offer.allowed for offer in offers)


def _add(unit: Unit, words: Handed) -> tuple[Evaluation, bool]:
    """Give the evaluation, and whether it is new."""
    role = need(unit, "evaluator", "planner")
    said, faults = read(words)
    old = lookup.evaluation(unit, said.corrects) if said.corrects else None
    if there := corrections.known(unit, said, old):
        return there, False
    given.insist(*faults, *check(unit, said))
    measures = [begun(unit, lookup.measure(unit, key), said) for key in said.measures]
    if old:
        _own_corrections(unit, old)
    found, unclear = results.targets(unit, measures, said.results)
    given.insist(*unclear, *results.contradictions(unit, found))
    record = unit.add(_record(unit, said, measures, old))
    unit.tell(record, "recorded", role=role, measures=list(said.measures))
    unit.session.flush()
    _write(unit, record, said, measures)
    told = results.record(unit, record, found)
    if old:
        corrections.replace(unit, old, record, said, role)
    _advise(unit, record, said, measures[0])
    for measure in measures:
        if said.feeds_back:
            feedback.draft(unit, record, measure, said, told)
        if said.moves:
            _answer_request(unit, measure)
        let_go(unit, measure)
    return record, True


def begun(unit: Unit, measure: Measure, said: Judgement) -> Measure:
    """Give a measure that can be evaluated: within reach of the actor, and begun."""
    _reach(unit, measure)
    early = said.period_end and measure.actual_start and said.period_end < measure.actual_start
    beforehand = said.purpose == "ex_ante" or said.status == "planned"
    if not beforehand and (early or measure.actual_start is None):
        raise Conflict(
            N_("{key} had not begun in the period of the evaluation."),
            code="evaluation_before_start",
            fix=N_("Report its start with `cycle measure start {key}`, or evaluate it ex_ante."),
            key=measure.ref,
        )
    return measure


def _reach(unit: Unit, measure: Measure) -> None:
    """Keep an evaluator to the measures of the departments of the account, if it has any."""
    actor, lead = unit.actor, lead_of(unit, measure)
    if "planner" not in actor.roles and actor.units and lead not in actor.units:
        if measure.state in _INTERNAL:  # whose drafts are not seen is not told that they are there
            raise lookup.unknown(unit, Measure, "ref", measure.ref)
        raise Forbidden(
            N_("{key} is led by {lead}; the account {name} evaluates for other departments."),
            code="other_department",
            fix=N_("Ask social planning to record it."),
            key=measure.ref,
            lead=lead or "-",
            name=actor.name,
        )


def _own_corrections(unit: Unit, old: Evaluation) -> None:
    for tie in lookup.every(unit, EvaluationMeasure, evaluation_id=old.id):
        _reach(unit, unit.get(Measure, tie.measure_id))


def _record(
    unit: Unit, said: Judgement, measures: Sequence[Measure], old: Evaluation | None
) -> Evaluation:
    settled = columns(unit, said, measures)
    if old and not said.source:
        settled |= {"source": old.source, "external_id": old.external_id}
    return Evaluation(
        ref=unit.next_key("E", unit.day.year),
        evaluator_unit_id=lookup.department(unit, said.department).id if said.department else None,
        revision=old.revision + 1 if old else 1,
        corrects_id=old.id if old else None,
        **settled,
    )


def columns(unit: Unit, said: Judgement, measures: Sequence[Measure]) -> dict[str, Any]:
    """Settle the words and dates of an evaluation; without a period it is the whole run."""
    ends = said.period_end or said.concluded_on or unit.day
    runs = [] if said.purpose == "ex_ante" else [m.actual_start for m in measures]
    begins = said.period_start or max((day for day in runs if day), default=ends)
    given.insist(given.unordered("period_end", begins, ends))
    final = said.status == "final"
    return {
        "purpose": said.purpose, "evaluator_kind": said.evaluator_kind, "status": said.status,
        "period_start": begins, "period_end": ends,
        "concluded_on": said.concluded_on or (unit.day if final else None),
        "overall": said.overall, "text": said.text, "result_level": said.result_level,
        "method": "short" if said.short else said.method, "report_url": said.report_url,
        "source": said.source, "external_id": said.external_id,
        "content_hash": said.content_hash,
        "late": any(_closed(unit, measure) for measure in measures),
    }  # fmt: skip


def _closed(unit: Unit, measure: Measure) -> bool:
    """Tell whether the evaluation comes late: the loop of the measure is closed already."""
    return measure.state in FINAL or unit.get(Cycle, measure.cycle_id).stage == "closed"


def _write(unit: Unit, record: Evaluation, said: Judgement, measures: Sequence[Measure]) -> None:
    """Write which measures it covers, with judgements of their own, and the ratings."""
    for measure in measures:
        own = said.each.get(measure.ref, {})
        tie = EvaluationMeasure(evaluation_id=record.id, measure_id=measure.id)
        tie.overall, tie.text = own.get("overall"), own.get("text")
        unit.add(tie)
    for criterion, rating in said.ratings.items():
        unit.add(CriterionRating(evaluation_id=record.id, criterion=criterion, rating=rating))
    unit.session.flush()


def _answer_request(unit: Unit, measure: Measure) -> None:
    for asked in lookup.every(unit, Deadline, measure_id=measure.id, code=REQUEST, met_on=None):
        asked.met_on = unit.day


def _advise(unit: Unit, record: Evaluation, said: Judgement, measure: Measure) -> None:
    """Write down what it recommends; the round of the measure owes the answer."""
    there = {r.text for r in lookup.every(unit, Recommendation, evaluation_id=record.id)}
    for text in dict.fromkeys(said.recommendations):
        if text in there:
            continue
        advice = unit.add(
            Recommendation(
                ref=unit.next_key("R", unit.day.year),
                evaluation_id=record.id,
                cycle_id=measure.cycle_id,
                text=text,
                given_on=unit.day,
            )
        )
        unit.tell(advice, "added", evaluation=record.ref)
