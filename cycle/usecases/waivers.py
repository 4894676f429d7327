"""Exceptions (Ausnahmen): a guard passed unmet, with a reason that stays visible for ever."""

from typing import Any

from cycle.errors import Conflict, Forbidden, NotFound, Refused
from cycle.i18n import N_
from cycle.machine.core import Guard
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.model.cycles import Cycle
from cycle.model.duties import Waiver
from cycle.model.measures import Measure
from cycle.model.town import AccountRole
from cycle.reading.town import town
from cycle.store.unit import Unit
from cycle.usecases import data_plans, given, lookup, moves, stages, standing
from cycle.usecases.duties import owing
from cycle.usecases.rights import need

_BY_TWO = frozenset({"participation_missing"})  # by steering and social planning together
_PAIR = ("steering", "planner")


def granters(guard: str) -> tuple[str, ...]:
    """Give the roles that may make an exception from a guard; some guards take both of them."""
    return _PAIR if guard in _BY_TWO else _PAIR[:1]


def grant(
    unit: Unit,
    key: str,
    guard: str,
    *,
    reason: str,
    second: str | None = None,
    decision: str | None = None,
) -> Waiver:
    """Make an exception from one guard of a measure or round, for its next passing.

    By steering; going without participation takes social planning too: `second` names the other
    account, unless the actor holds both roles. Under the strict policy it takes a decision too;
    its key stands in the reason. Raises Refused for a guard nobody may waive.
    """
    subject, role = _subject(unit, key, granters(guard))
    wanted = _guard(subject, guard)
    if not wanted.waivable:
        raise _never(unit, subject, wanted)
    why = given.text("reason", reason)
    if isinstance(subject, Measure) and guard == "baseline_missing":
        data_plans.insist(unit, subject)
    backing = _backing(unit, subject, decision)
    other = _other(unit, role, second) if guard in _BY_TWO else None
    _only_once(unit, subject, guard)
    reason = f"{why} ({backing})" if backing else why
    record = Waiver(**_column(subject), guard=guard, reason=reason, second_by=other,
                    granted_on=unit.day, granted_by=role)  # fmt: skip
    unit.add(record)
    told: dict[str, Any] = {"decision": backing} if backing else {}
    unit.tell(record, "granted", key=subject.ref, role=role, **told)
    subject.updated_at = unit.now
    if isinstance(subject, Measure):
        moves.settle(unit, subject)
    return record


def _backing(unit: Unit, subject: Measure | Cycle, key: str | None) -> str | None:
    """Give the key of the decision behind the exception; Forbidden where strictness asks for it."""
    if key:
        standing.unrepealed(unit, standing.decision(unit, key))
        return stages.adopted(unit, key).ref
    raised_to = subject.raised_to if isinstance(subject, Measure) else None
    if town(unit.reading()).policy_of(raised_to).strict:
        raise Forbidden(
            N_("Under the strict policy an exception takes a decision."),
            code="decision_needed",
            fix=N_("Name the decision with --decision; `cycle decision list` shows them."),
        )
    return None


def _subject(unit: Unit, key: str, by: tuple[str, ...]) -> tuple[Measure | Cycle, str]:
    if round_ := lookup.by(unit, Cycle, ref=key):
        role = need(unit, *by)
        stages.writable(round_)
        return round_, role
    return owing(unit, key, *by)


def _column(subject: Measure | Cycle) -> dict[str, Any]:
    return {"measure_id" if isinstance(subject, Measure) else "cycle_id": subject.id}


def _guard(subject: Measure | Cycle, name: str) -> Guard[Any]:
    machine: Any = MEASURES if isinstance(subject, Measure) else ROUNDS
    guards = {g.id: g for t in machine.transitions for g in t.guards}
    if name not in guards:
        raise NotFound(
            N_("There is no guard {guard}."),
            fix=N_("These can be waived: {known}."),
            guard=name,
            known=", ".join(sorted(g.id for g in guards.values() if g.waivable)),
        )
    found: Guard[Any] = guards[name]
    return found


def _never(unit: Unit, subject: Measure | Cycle, guard: Guard[Any]) -> Refused:
    here: Any
    if isinstance(subject, Measure):
        machine, here = "measure", moves.facts_of(unit, subject)
    else:
        machine, here = "cycle", stages.facts_of(unit, subject)
    values = guard.lack(here) or {"machine": machine, "key": subject.ref}
    return Refused(
        N_("{key}: nobody can make an exception from this."),
        machine=machine,
        key=subject.ref,
        move="waive",
        reasons=(guard.reason(values, "waive"),),
    )


def _other(unit: Unit, role: str, second: str | None) -> str:
    """Give the role of the second one, who agrees with the one who acts."""
    missing = _PAIR[1] if role == _PAIR[0] else _PAIR[0]
    if missing in unit.actor.roles:
        return missing
    if second is None:
        raise Forbidden(
            N_("Going without participation takes steering and social planning together."),
            code="second_missing",
            fix=N_("Name an account of the other role with --second."),
        )
    account = lookup.account(unit, second)
    holds = lookup.by(unit, AccountRole, account_id=account.id, role=missing)
    if account.disabled_at or holds is None:
        raise Forbidden(
            N_("The account {name} may not do this; it takes one of these roles: {roles}."),
            code="second_missing",
            fix=N_("Name an account of the other role with --second."),
            name=second,
            roles=missing,
        )
    return missing


def _only_once(unit: Unit, subject: Measure | Cycle, guard: str) -> None:
    if lookup.by(unit, Waiver, **_column(subject), guard=guard, used_on=None):
        raise Conflict(
            N_("{key} has this exception already: {guard}."),
            code="duplicate",
            fix=N_("It holds for the next step; `cycle waiver list {key}` shows it."),
            key=subject.ref,
            guard=guard,
        )
