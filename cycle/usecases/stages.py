"""A round moves from stage to stage: role, version, offer, guards; then its history."""

from dataclasses import replace
from typing import Any

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.i18n import N_
from cycle.machine.core import Step
from cycle.machine.cycles import ROUNDS, CycleFacts
from cycle.machine.facts import Ask
from cycle.machine.policy_fields import ROUND
from cycle.model.cycles import Cycle, StageEntry
from cycle.model.decisions import Decision, DecisionSubject
from cycle.model.duties import Owed, Waiver
from cycle.reading.cycles import facts
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.policy import policy
from cycle.usecases.rights import forbidden, narrowed

ORDER = {state.name: place for place, state in enumerate(ROUNDS.states)}
TOLD = {"advance": "advanced", "reopen": "reopened", "abandon": "abandoned"}


def facts_of(unit: Unit, record: Cycle, ask: Ask | None = None) -> CycleFacts:
    """Read the facts of one round within this unit, with what the move was given."""
    return facts(unit.reading(), record.ref, today=unit.day, policy=policy(unit.town), ask=ask)


def role_of(unit: Unit, name: str, to: str | None, seen: CycleFacts) -> str:
    """Give the role in which the actor makes this move; Forbidden when none fits."""
    rows = [t for t in ROUNDS.transitions if t.name == name]
    here = [t for t in rows if t.starts_in(seen.stage) and to in (None, t.to)] or rows
    held = sorted(r for r in unit.actor.roles if any(t.may((r,), seen) for t in here))
    if held:
        return min(narrowed(seen.policy, f"{ROUND}{name}", held))
    if any(r in unit.actor.roles for t in here for r in t.only_if):
        raise Forbidden(
            N_("This step takes a decision, or the steering group."),
            code="decision_needed",
            fix=N_("Name the decision with --decision; `cycle decision list` shows them."),
        )
    raise forbidden(unit, *{r for t in here for r in t.roles})


def move(
    unit: Unit, record: Cycle, name: str, ask: Ask, *, to: str | None = None,
    expect: int | None = None,
) -> Step[CycleFacts]:  # fmt: skip
    """Move a round, or raise Refused with everything that is missing.

    Raises Forbidden, Conflict (stale) and Refused, in this order.
    """
    seen = facts_of(unit, record, ask)
    role = role_of(unit, name, to, seen)
    lookup.expect(record, expect)
    step = ROUNDS.step(record.stage, name, seen, seen.policy, to)
    confirm = _to_confirm(unit, record, name, step.transition.to)
    before, record.stage = record.stage, step.transition.to
    record.closed_on = unit.day if record.stage == "closed" else None
    record.to_confirm = confirm
    action = "closed" if (name, record.stage) == ("advance", "closed") else TOLD[name]
    said = {
        "owed": [reason.guard for reason in step.owed],
        "waived": list(step.waived),
        "reason": ask.reason,
        "decision": ask.decision,
    }
    told: dict[str, Any] = {word: value for word, value in said.items() if value}
    unit.tell(record, action, move=(before, record.stage), role=role, **told)
    enter(unit, record, role, ask.reason)
    _owe(unit, record, name, step)
    settle(unit, record.id)
    return step


def enter(unit: Unit, record: Cycle, role: str, reason: str | None = None) -> None:
    """Note in the history that the round left one stage and stands in its present one."""
    for entry in lookup.every(unit, StageEntry, cycle_id=record.id, left_on=None):
        entry.left_on = unit.day
    unit.add(
        StageEntry(
            cycle_id=record.id,
            stage=record.stage,
            entered_on=unit.day,
            by_role=role,
            reason=reason or None,
        )
    )


def settle(unit: Unit, cycle_id: str) -> None:
    """After any change in a round: what it owed and what is there now is settled."""
    owed = lookup.every(unit, Owed, cycle_id=cycle_id, settled_on=None)
    if not owed:
        return
    seen = replace(facts_of(unit, unit.get(Cycle, cycle_id)), waived=frozenset())
    guards = {g for t in ROUNDS.transitions for g in t.guards if g.waivable}
    missing = {g.id for g in guards if g.lack(seen) is not None}
    for item in owed:
        if item.guard not in missing:
            item.settled_on = unit.day
    unit.session.flush()


def adopting(unit: Unit, record: Cycle, key: str | None) -> str | None:
    """Tie a decision to the round it is about; Invalid where it adopted nothing."""
    if not key:
        return None
    decision = adopted(unit, key)
    if not lookup.by(unit, DecisionSubject, decision_id=decision.id, cycle_id=record.id):
        unit.add(DecisionSubject(decision_id=decision.id, cycle_id=record.id))
    return key


def adopted(unit: Unit, key: str) -> Decision:
    """Give a decision that adopted something; Invalid where it did not."""
    decision = lookup.decision(unit, key)
    if decision.result not in ("adopted", "adopted_amended"):
        raise Invalid(
            N_("The decision {key} adopted nothing; its result is {result}."),
            fix=N_("`cycle decision list` shows the decisions; name one that was adopted."),
            key=key,
            result=decision.result,
        )
    return decision


def current(unit: Unit, key: str | None = None) -> Cycle:
    """Give the round of that key; without one the open round with the latest start."""
    if key:
        return lookup.cycle(unit, key)
    found = latest_open(unit)
    if found is None:
        raise Invalid(
            N_("No round is open."),
            fix=N_("Open one with `cycle round open --title TITLE --start DATE`."),
        )
    return found


def latest_open(unit: Unit) -> Cycle | None:
    """Give the open round with the latest start, None where none is open."""
    rounds = [c for c in lookup.every(unit, Cycle) if c.stage != "closed"]
    return max(rounds, key=lambda c: (c.period_start, c.ref), default=None)


def writable(record: Cycle) -> None:
    """Refuse to write into a closed round; one taken over is history still being told."""
    if record.stage == "closed" and not record.taken_over:
        raise Conflict(
            N_("The round {key} is closed; what stands in it is only read."),
            code="round_closed",
            fix=N_("Write it into the next round, or `cycle round reopen {key} --stage STAGE`."),
            key=record.ref,
        )


def _to_confirm(unit: Unit, record: Cycle, name: str, to: str) -> bool:
    """Tell whether later work waits to be confirmed: from a way back until it is caught up."""
    if name == "reopen":
        return True
    been = [ORDER[entry.stage] for entry in lookup.every(unit, StageEntry, cycle_id=record.id)]
    return record.to_confirm and ORDER[to] < max(been, default=0)


def _owe(unit: Unit, record: Cycle, name: str, step: Step[CycleFacts]) -> None:
    noted = {o.guard for o in lookup.every(unit, Owed, cycle_id=record.id, settled_on=None)}
    for guard in dict.fromkeys(reason.guard for reason in step.owed):
        if guard not in noted:
            unit.add(Owed(cycle_id=record.id, guard=guard, move=name, since=unit.day))
    for waiver in lookup.every(unit, Waiver, cycle_id=record.id, used_on=None):
        if waiver.guard in step.waived:
            waiver.used_on = unit.day
