"""Rounds of the steering cycle: opened, led through their stages, closed, taken over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.machine.cycles import ROUNDS
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES
from cycle.model.cycles import Cycle
from cycle.model.duties import Deadline
from cycle.model.measures import Measure
from cycle.model.reports import Report
from cycle.reading.cycles import opening
from cycle.store.unit import Unit
from cycle.usecases import carrying, given, lineage, lookup, moves, reports, rounds, stages
from cycle.usecases.policy import policy
from cycle.usecases.rights import need

REQUEST = "evaluation_request"
FINAL_STATES = frozenset(state.name for state in MEASURES.states if state.final)
NOT_EVALUATED = frozenset({"approved", "in_progress", "suspended", "implemented"})


def open_round(
    unit: Unit,
    *,
    title: str,
    start: date | None,
    end: date | None = None,
    fields: Sequence[str] = (),
    strands: Sequence[str] = (),
    predecessor: str | None = None,
    scheme: str | None = None,
    report_title: str | None = None,
) -> Cycle:
    """Open the next round (C1): its first report, the feedback that waited, and what is owed.

    Without a predecessor named, the one round of these fields that is evaluated or closed and has
    no successor is taken; fields, strands and scheme not given are the predecessor's. A round
    without fields deals with all of them. Raises Forbidden, Invalid, Conflict, Refused.
    """
    unit.next_number("rounds")  # one at a time: what overlaps is judged by what is committed
    before = rounds.before(unit, predecessor, fields, strands)
    if before:
        fields, strands = fields or before.fields, strands or before.strands
        scheme = scheme or before.scheme
    ask = Ask(title=given.maybe(title), start=start)
    seen = opening(
        unit.reading(), today=unit.day, policy=policy(unit.town), ask=ask, fields=fields,
        strands=strands, predecessor=before.key if before else None,
    )  # fmt: skip
    role = stages.role_of(unit, "open", None, seen)
    ROUNDS.step(None, "open", seen, seen.policy)
    record = rounds.new(unit, title, start or unit.day, end, row=before, scheme=scheme)
    unit.tell(record, "opened", move=(None, "report"), role=role, fields=list(fields))
    rounds.tie(unit, record, fields, strands)
    stages.enter(unit, record, role)
    report = reports.add(unit, cycle=record.ref, title=report_title or f"Bericht: {record.title}")
    carrying.carry_over(unit, record, report)
    lineage.carry_over(unit, record)
    unit.session.flush()
    return record


def advance(
    unit: Unit,
    key: str,
    *,
    reason: str | None = None,
    decision: str | None = None,
    expect: int | None = None,
) -> Cycle:
    """Lead a round into its next stage (C2–C5); Refused tells everything that is missing."""
    record = lookup.cycle(unit, key)
    ask = Ask(reason=given.maybe(reason), decision=stages.adopting(unit, record, decision))
    stages.move(unit, record, "advance", ask, expect=expect)
    if record.stage == "evaluation":
        _ask_for_evaluations(unit, record)
    carrying.tick_off(unit, record)
    unit.session.flush()
    return record


def reopen(
    unit: Unit, key: str, stage: str, *, reason: str | None = None, expect: int | None = None
) -> Cycle:
    """Go back to an earlier stage (C6); later work stays, marked to be confirmed."""
    record = lookup.cycle(unit, key)
    stages.move(unit, record, "reopen", Ask(reason=given.maybe(reason)), to=stage, expect=expect)
    return record


def abandon(
    unit: Unit,
    key: str,
    *,
    reason: str | None = None,
    decision: str | None = None,
    move_to: str | None = None,
    expect: int | None = None,
) -> Cycle:
    """Give a round up (C7): its open measures are cancelled, or go to the round `move_to`."""
    record = lookup.cycle(unit, key)
    ask = Ask(reason=given.maybe(reason), decision=stages.adopting(unit, record, decision))
    seen = replace(stages.facts_of(unit, record, ask), open_measures=())
    stages.role_of(unit, "abandon", None, seen)
    lookup.expect(record, expect)
    ROUNDS.step(record.stage, "abandon", seen, seen.policy)
    _clear(unit, record, ask, move_to)
    stages.move(unit, record, "abandon", ask)
    return record


def take_over(
    unit: Unit,
    *,
    title: str,
    start: date | None,
    end: date | None = None,
    stage: str = "closed",
    source: str | None = None,
    source_date: date | None = None,
    fields: Sequence[str] = (),
    strands: Sequence[str] = (),
    papers: Sequence[str] = (),
    scheme: str | None = None,
) -> Cycle:
    """Take over a round that began before the system did (C0); a closed one owes nothing."""
    ask = Ask(title=given.maybe(title), start=start, source=given.maybe(source))
    seen = opening(unit.reading(), today=unit.day, policy=policy(unit.town), ask=ask)
    role = stages.role_of(unit, "take_over", stage, seen)
    step = ROUNDS.step(None, "take_over", seen, seen.policy, stage)
    record = rounds.new(unit, title, start or unit.day, end, scheme=scheme)
    record.stage, record.taken_over = step.transition.to, True
    record.source, record.source_date = ask.source, source_date
    record.closed_on = end if stage == "closed" else None
    unit.tell(record, "taken_over", move=(None, record.stage), role=role)
    rounds.tie(unit, record, fields, strands)
    rounds.tie_papers(unit, record, papers)
    stages.enter(unit, record, role)
    unit.session.flush()
    return record


def link(
    unit: Unit, key: str, *, papers: Sequence[str] = (), predecessor: str | None = None
) -> Cycle:
    """Tie papers to a round, or a round to the one before it; both may be said again."""
    role = need(unit, "planner")
    record = lookup.cycle(unit, key)
    if added := rounds.tie_papers(unit, record, papers):
        unit.tell(record, "papers_linked", role=role, papers=added)
        record.updated_at = unit.now
    previous = lookup.cycle(unit, predecessor) if predecessor else None
    if previous and previous.id != record.predecessor_id:
        rounds.follow(unit, record, previous)
        _take_in(unit, record)
    unit.session.flush()
    return record


def _take_in(unit: Unit, record: Cycle) -> None:
    """Take in what the round before owes, into the first report of a round still reporting."""
    filed = lookup.every(unit, Report, cycle_id=record.id)
    if record.stage == "report" and filed:
        carrying.carry_over(unit, record, min(filed, key=lambda r: r.ref))
        lineage.carry_over(unit, record)


def _clear(unit: Unit, record: Cycle, ask: Ask, move_to: str | None) -> None:
    """Cancel what can be cancelled, or give every open measure to another round."""
    target = lookup.cycle(unit, move_to) if move_to else None
    if target and target.stage == "closed":
        raise Invalid(
            N_("The measures cannot go to {key}: that round is closed."),
            fix=N_("`cycle round list` shows the open rounds; name one with --move-to."),
            key=target.ref,
        )
    for measure in lookup.every(unit, Measure, cycle_id=record.id):
        if target and measure.state not in FINAL_STATES:
            measure.cycle_id = target.id
            unit.tell(measure, "moved", role=unit.role("steering"), to=target.ref)
        elif MEASURES.find(measure.state, "cancel"):
            given_up = Ask(code="other", reason=ask.reason, decision=ask.decision)
            moves.move(unit, measure.ref, "cancel", given_up)


def _ask_for_evaluations(unit: Unit, record: Cycle) -> None:
    """Ask for the evaluation of every measure that has none yet, by the day it is due."""
    latest = unit.day + timedelta(days=policy(unit.town).evaluation_due_days)
    for measure in lookup.every(unit, Measure, cycle_id=record.id):
        asked = lookup.by(unit, Deadline, measure_id=measure.id, code=REQUEST, met_on=None)
        if measure.state in NOT_EVALUATED and not asked:
            due = max(measure.next_evaluation_due or latest, unit.day)
            unit.add(Deadline(measure_id=measure.id, code=REQUEST, due=due))
