"""A measure moves: role, version, offer, guards; then the change, what follows, and the journal."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from cycle.machine.core import Step
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import MEASURES, TOLD, still_owed
from cycle.model.duties import BudgetLine, Owed, Waiver
from cycle.model.measures import Measure
from cycle.reading.dossiers import dossier, sealed
from cycle.reading.facts import facts as read_facts
from cycle.store.unit import Unit
from cycle.usecases import effects, heirs, inheritance, lookup, standing
from cycle.usecases.rights import forbidden, narrowed, need, own

FINAL = frozenset(s.name for s in MEASURES.states if s.final)


def move(
    unit: Unit,
    key: str,
    name: str,
    ask: Ask | None = None,
    *,
    to: str | None = None,
    expect: int | None = None,
) -> Measure:
    """Make one move of a measure, or raise Refused with everything that is missing.

    `to` names the target where a move has several (take_over); `expect` is the version the
    caller saw. Raises NotFound, Forbidden, Conflict (stale) and Refused, in this order.
    """
    record = lookup.measure(unit, key)
    seen = facts_of(unit, record, asked(unit, ask))
    role = role_of(unit, name, to, seen)
    lookup.expect(record, expect)
    step = MEASURES.step(record.state, name, seen, seen.policy, to)
    _carry_out(unit, record, seen, step, role)
    settle(unit, record)
    return record


def facts_of(unit: Unit, record: Measure, ask: Ask | None = None) -> MeasureFacts:
    """Read the facts of one measure within this unit, with what the move was given."""
    found = read_facts(unit.reading(), today=unit.day, keys=(record.ref,), ask=ask)
    seen = found[record.ref]
    return _with_heirs(unit, record, seen) if seen.ask.successor else seen


def _with_heirs(unit: Unit, record: Measure, seen: MeasureFacts) -> MeasureFacts:
    named = [lookup.measure(unit, key) for key in seen.ask.successor]
    alive = all(h.state not in FINAL and h.id != record.id for h in named)
    lead = any(h.lead_id not in {None, record.lead_id} for h in named)
    money = bool(lookup.every(unit, BudgetLine, measure_id=record.id))
    return replace(
        seen,
        live_successors=len(named) if alive else 0,
        money_or_lead_changes=lead or money,
    )


def asked(unit: Unit, ask: Ask | None) -> Ask:
    """Give what a move was given, with who makes it; Conflict where its decision is overtaken."""
    if ask and ask.decision:
        standing.decision(unit, ask.decision)
    return replace(ask or Ask(), actor=unit.actor.account_id, by_import=unit.actor.by_import)


def role_of(unit: Unit, name: str, to: str | None, seen: MeasureFacts) -> str:
    """Give the role in which the actor makes a move of this measure; Forbidden where none may."""
    rows = [t for t in MEASURES.transitions if t.name == name]
    here = [t for t in rows if t.starts_in(seen.state) and to in (None, t.to)] or rows
    roles = {r for t in here for r in unit.actor.roles if t.may((r,), seen)}
    if rows and not roles:
        raise forbidden(unit, *{r for t in here for r in t.roles})
    if not rows:
        return unit.role()
    return own(unit, seen.lead, *sorted(narrowed(seen.policy, name, roles)))


def _carry_out(
    unit: Unit, record: Measure, seen: MeasureFacts, step: Step[MeasureFacts], role: str
) -> None:
    name, before = step.transition.name, record.state
    for attribute, value in effects.changes(unit, record, name, seen).items():
        setattr(record, attribute, value)
    record.state, record.state_since = step.transition.to, unit.day
    record.moves += 1
    unit.tell(record, TOLD[name], move=(before, record.state), role=role, **told(seen, step))
    owe(unit, record, name, tuple(r.guard for r in step.owed))
    _use_up(unit, record, step.waived)
    effects.follow(unit, record, name, seen)
    if name == "take_over":
        owe(unit, record, name, tuple(r.guard for r in still_owed(record.state, seen)))


def told(seen: MeasureFacts, step: Step[MeasureFacts]) -> dict[str, Any]:
    """Give what the journal keeps of a move besides what changed."""
    said = {
        "owed": [r.guard for r in step.owed],
        "waived": list(step.waived),
        "reason": seen.ask.reason,
        "code": seen.ask.code,
        "decision": seen.ask.decision,
        "successor": list(seen.ask.successor),
    }
    return {name: value for name, value in said.items() if value}


def owe(unit: Unit, record: Measure, name: str, guards: tuple[str, ...]) -> None:
    """Note guards that were passed unmet (nachzutragen), each once."""
    if not guards:
        return
    noted = {o.guard for o in lookup.every(unit, Owed, measure_id=record.id, settled_on=None)}
    for guard in dict.fromkeys(guards):
        if guard not in noted:
            unit.add(Owed(measure_id=record.id, guard=guard, move=name, since=unit.day))


def _use_up(unit: Unit, record: Measure, waived: tuple[str, ...]) -> None:
    if not waived:
        return
    for waiver in lookup.every(unit, Waiver, measure_id=record.id, used_on=None):
        if waiver.guard in waived:
            waiver.used_on = unit.day


def settle(unit: Unit, record: Measure) -> None:
    """After any change of a measure or a part of it: raise its version, let go of what is there."""
    record.updated_at = unit.now
    let_go(unit, record)


def let_go(unit: Unit, record: Measure) -> None:
    """Settle what was owed and is there now, and compare a frozen text."""
    open_items = lookup.every(unit, Owed, measure_id=record.id, settled_on=None)
    if open_items:
        missing = lacking(facts_of(unit, record))
        for item in open_items:
            if item.guard not in missing:
                item.settled_on = unit.day
    if record.state == "proposed" and record.dossier_hash:
        _, hashed = sealed(dossier(unit.reading(), record.id))
        record.dossier_changed = hashed != record.dossier_hash
    unit.session.flush()


def lacking(seen: MeasureFacts) -> set[str]:
    """Give the guards that are not met now, those of steps behind it included."""
    # A state taken over may owe what nobody can waive too, though no move that asks something.
    guards = {g for t in MEASURES.transitions for g in t.guards if g.waivable or not g.asked}
    strict = replace(seen, waived=frozenset())
    return {g.id for g in guards if g.lack(strict) is not None}


def supersede(
    unit: Unit,
    sources: tuple[str, ...],
    into: tuple[str, ...],
    shares: tuple[Fraction, ...],
    *,
    decision: str | None = None,
) -> list[Measure]:
    """Merge several measures into one, or split one into several, as one deed (T17).

    `shares` are the parts of the whole that go over each link, in the order of the many side;
    they sum to 1. Raises Forbidden, Invalid, Conflict and Refused.
    """
    for key in (*sources, *into):
        lookup.measure(unit, key)
    need(unit, "planner")
    heirs.check(unit, sources, into, shares, decision)
    ask = Ask(successor=into, shares=shares, decision=decision)
    successors = [lookup.measure(unit, key) for key in into]
    inheritance.name_lead([lookup.measure(unit, key) for key in sources], successors, shares)
    records = [move(unit, key, "supersede", ask) for key in sources]
    before = {heir.id: heir.state for heir in successors}
    inheritance.pass_on(unit, records, successors, shares)
    for heir in successors:
        heir.updated_at = unit.now
        if heir.state != before[heir.id]:  # lifted over steps it never made
            skipped = still_owed(heir.state, facts_of(unit, heir))
            owe(unit, heir, "supersede", tuple(reason.guard for reason in skipped))
    return records
