"""One move of many measures as one deed, such as a budget freeze over all voluntary ones.

Every measure is judged by the same machine as alone; one that is refused does not stop the others.
However many there are, each thousand costs the same number of statements.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cycle.errors import Fault, Invalid, Reason, Refused
from cycle.i18n import N_
from cycle.machine.core import Step
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import MEASURES, TOLD
from cycle.model.duties import Deadline, Owed, Waiver
from cycle.model.measures import Measure
from cycle.reading.facts import facts as read_facts
from cycle.reading.filters import NOTHING, Filters, picked
from cycle.store.many import among, change
from cycle.store.unit import Unit
from cycle.usecases import effects, lookup, moves

EACH = 1000  # measures that share their statements
FREEZES = frozenset({"budget_freeze", "provisional_budget"})
ALONE = frozenset({"log", "take_over", "supersede"})  # no moves of many
_TOGETHER = frozenset({"target", "send_back", "start", "suspend", "resume", "finish", "reopen"})
_CHOOSE = frozenset({"suspend", "finish"})  # what becomes of a cut budget is chosen by them
Going = tuple[MeasureFacts, Step[MeasureFacts], str]  # facts, the step, the role it is made in


@dataclass(slots=True)
class Outcome:
    """What became of each measure; of a dry run, what would."""

    moved: list[str] = field(default_factory=list)  # keys
    refused: list[tuple[str, tuple[Reason, ...]]] = field(default_factory=list)


def move_all(
    unit: Unit,
    name: str,
    ask: Ask | None = None,
    *,
    filters: Filters = NOTHING,
    keys: Sequence[str] | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
) -> Outcome:
    """Make one move of the measures named, or of those the filters pick where the move begins.

    A head of department moves the own ones only. With `all_or_nothing` one refusal leaves all
    where they are; a dry run only tells. Raises Invalid, NotFound, Forbidden and Conflict.
    """
    _insist(name, ask, filters, keys)
    chosen = _chosen(unit, name, filters, keys)
    given = moves.asked(unit, ask)
    look = dry_run or all_or_nothing
    outcome = _through(unit, name, given, chosen, write=not look)
    if all_or_nothing and outcome.refused:
        return replace(outcome, moved=[])
    return outcome if not look or dry_run else _through(unit, name, given, chosen, write=True)


def _insist(name: str, ask: Ask | None, filters: Filters, keys: Sequence[str] | None) -> None:
    """Refuse what would hit more than was meant."""
    known = {t.name for t in MEASURES.transitions} - ALONE
    faults = []
    if name not in known:
        says = N_("The step {step} is made for one measure at a time.")
        faults.append(Fault("name", "one_at_a_time", says, {"step": name}))
    if keys is None and not filters.given and filters.mine is None:
        says = N_("Name a measure, or pick several by department, mandate, state, round or field.")
        faults.append(Fault("key", "missing", says))
    if keys is None and ask and ask.code in FREEZES and filters.mandate != "voluntary":
        says = N_("A budget freeze spares what the law demands; pick --mandate voluntary.")
        faults.append(Fault("mandate", "statutory", says))
    if faults:
        raise Invalid(
            N_("Please check what was given: {fields}."),
            faults=tuple(faults),
            fields=", ".join(fault.pointer for fault in faults),
        )


def _chosen(unit: Unit, name: str, filters: Filters, keys: Sequence[str] | None) -> tuple[str, ...]:
    if keys is not None:
        return tuple(_known(unit, tuple(dict.fromkeys(keys))))
    rows = [t for t in MEASURES.transitions if t.name == name]
    roles = {role for t in rows for role in t.roles} & unit.actor.roles
    if roles == {"department_head"} and filters.department is None and filters.mine is None:
        filters = replace(filters, mine=tuple(sorted(unit.actor.units)))
    states = tuple(dict.fromkeys(state for t in rows for state in t.sources))
    return tuple(picked(unit.reading(), filters, states))


def _known(unit: Unit, keys: tuple[str, ...]) -> Iterator[str]:
    """Give the keys, each of a measure that is there; NotFound else."""
    for place in range(0, len(keys), EACH):
        part = keys[place : place + EACH]
        there = {record.ref for record in among(unit, Measure, "ref", part)}
        for key in part:
            if key not in there:
                raise lookup.unknown(unit, Measure, "ref", key)
            yield key


def _through(unit: Unit, name: str, ask: Ask, keys: Sequence[str], *, write: bool) -> Outcome:
    outcome = Outcome()
    together: Callable[..., None] = _together if name in _TOGETHER else _one_by_one
    for place in range(0, len(keys), EACH):
        chunk = tuple(keys[place : place + EACH])
        going = list(_judged(unit, name, ask, chunk, outcome))
        if write and going:
            together(unit, name, ask, going)
        outcome.moved += [seen.key for seen, _, _ in going]
    return outcome


def _judged(
    unit: Unit, name: str, ask: Ask, keys: tuple[str, ...], outcome: Outcome
) -> Iterator[Going]:
    """Ask the machine about each; note what it refuses."""
    found = read_facts(unit.reading(), today=unit.day, keys=keys, ask=ask)
    for key in keys:
        seen = found[key]
        role = moves.role_of(unit, name, None, seen)
        try:
            yield seen, MEASURES.step(seen.state, name, seen, seen.policy), role
        except Refused as refused:
            outcome.refused.append((key, refused.reasons))


def _one_by_one(unit: Unit, name: str, ask: Ask, going: Sequence[Going]) -> None:
    """Make a move that brings about more than a change of the measure itself."""
    for seen, _, _ in going:
        moves.move(unit, seen.key, name, ask)


def _together(unit: Unit, name: str, ask: Ask, going: Sequence[Going]) -> None:  # noqa: ARG001 - as _one_by_one
    """Make a move that changes only the measures, by statements for all of them."""
    by_key = {m.ref: m for m in among(unit, Measure, "ref", [seen.key for seen, _, _ in going])}
    carry_out(unit, name, going, by_key)
    if name in _CHOOSE:
        _meet_choices(unit, [record.id for record in by_key.values()])
    else:
        for seen, _, _ in going:
            effects.follow(unit, by_key[seen.key], name, seen)
    settle(unit, list(by_key.values()))


def carry_out(
    unit: Unit, name: str, going: Sequence[Going], by_key: Mapping[str, Measure]
) -> list[tuple[Measure, dict[str, Any]]]:
    """Write, tell and note as owed what the move changes in each measure; give the changes."""
    told = []
    for each in going:
        seen, step, _ = each
        record = by_key[seen.key]
        changes = {
            **effects.changes(unit, record, name, seen),
            "state": step.transition.to,
            "state_since": unit.day,
            "moves": record.moves + 1,
        }
        _note(unit, record, changes, each)
        told.append((record, changes))
    change(unit, Measure, told)
    _owe(unit, name, [(by_key[seen.key], step) for seen, step, _ in going])
    return told


def _note(unit: Unit, record: Measure, changes: dict[str, Any], going: Going) -> None:
    """Tell the journal of one move as it is told of a move alone."""
    seen, step, role = going
    payload = {
        name: new if old is None else {"was": old, "is": new}
        for name, new in changes.items()
        if (old := getattr(record, name)) != new
    }
    unit.note(
        "measure",
        record.id,
        record.ref,
        TOLD[step.transition.name],
        payload | moves.told(seen, step),
        move=(record.state, step.transition.to),
        role=role,
    )


def _owe(unit: Unit, name: str, steps: Sequence[tuple[Measure, Step[MeasureFacts]]]) -> None:
    """Note what was passed unmet, each once, and use up the exceptions that let it pass."""
    passing = {m.id: step for m, step in steps if step.owed}
    there = among(unit, Owed, "measure_id", [*passing], "settled_on")
    noted = {(item.measure_id, item.guard) for item in there}
    for id_, step in passing.items():
        for guard in dict.fromkeys(reason.guard for reason in step.owed):
            if (id_, guard) not in noted:
                unit.add(Owed(measure_id=id_, guard=guard, move=name, since=unit.day))
    spent = {(m.id, guard) for m, step in steps for guard in step.waived}
    waivers = among(unit, Waiver, "measure_id", [id_ for id_, _ in spent], "used_on")
    used = [(w, {"used_on": unit.day}) for w in waivers if (w.measure_id, w.guard) in spent]
    change(unit, Waiver, used)


def _meet_choices(unit: Unit, ids: Sequence[str]) -> None:
    asked = among(unit, Deadline, "measure_id", ids, "met_on")
    met = [(d, {"met_on": unit.day}) for d in asked if d.code == effects.BUDGET_CHOICE]
    change(unit, Deadline, met)


def settle(
    unit: Unit, records: Sequence[Measure], known: Mapping[str, MeasureFacts] | None = None
) -> None:
    """Let go of what was owed and is there now, by the facts of each that are known or read."""
    refs = {record.id: record.ref for record in records}
    owed = among(unit, Owed, "measure_id", [*refs], "settled_on")
    if not owed:
        return
    keys = tuple(sorted({refs[item.measure_id or ""] for item in owed}))
    seen = known or read_facts(unit.reading(), today=unit.day, keys=keys)
    lacking = {key: moves.lacking(seen[key]) for key in keys}
    there = [item for item in owed if item.guard not in lacking[refs[item.measure_id or ""]]]
    change(unit, Owed, [(item, {"settled_on": unit.day}) for item in there])
