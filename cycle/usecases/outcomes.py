"""What a decision sets in motion: the measures it is about move as far as it carries them."""

from dataclasses import dataclass
from typing import Final

from cycle.errors import Forbidden, Reason
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES
from cycle.model.decisions import Decision
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import lookup, minutes, moves

_MOVES: Final = {
    "adopted": "approve",
    "adopted_amended": "approve",
    "noted": "approve",  # of what the administration may do by itself
    "rejected": "reject",
    "deferred": "defer",
}


@dataclass(frozen=True, slots=True)
class Stayed:
    """A measure that a decision does not move on, and what is in its way."""

    key: str
    reasons: tuple[Reason, ...] = ()  # none where it is for another role, or not offered at all


@dataclass(frozen=True, slots=True)
class Followed:
    """The measures that moved on by a decision, and those that stayed."""

    moved: tuple[Measure, ...] = ()
    stayed: tuple[Stayed, ...] = ()


def follow(unit: Unit, key: str) -> Followed:
    """Move every measure a decision is about, where the machine lets it.

    A measure for which something is still missing stays. Raises NotFound, and Conflict where the
    decision was corrected.
    """
    record = lookup.decision(unit, key)
    name = _MOVES.get(record.result)
    if name is None:
        return Followed()
    ask = moves.asked(unit, Ask(decision=key))
    found = [(each, _held(unit, each, name, ask)) for each in _measures(unit, record)]
    return Followed(
        tuple(moves.move(unit, each.ref, name, ask) for each, held in found if held is None),
        tuple(held for _, held in found if held),
    )


def _measures(unit: Unit, record: Decision) -> list[Measure]:
    """Give the measures a decision is about."""
    return [
        unit.get(Measure, id_)
        for column, id_ in minutes.subjects_of(unit, record)
        if column == "measure_id"
    ]


def _held(unit: Unit, measure: Measure, name: str, ask: Ask) -> Stayed | None:
    """Tell what keeps a measure from the move; None where the actor may make it now."""
    seen = moves.facts_of(unit, measure, ask)
    offers = [o for o in MEASURES.offers(seen.state, seen, seen.policy) if o.name == name]
    if not any(offer.allowed for offer in offers):
        return Stayed(measure.ref, offers[0].blocked_by if offers else ())
    try:
        moves.role_of(unit, name, None, seen)
    except Forbidden:
        return Stayed(measure.ref)
    return None
