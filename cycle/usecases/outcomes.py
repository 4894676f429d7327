"""What a decision sets in motion: the measures it is about move as far as it carries them."""

from typing import Final

from cycle.errors import Forbidden
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


def follow(unit: Unit, key: str) -> list[Measure]:
    """Move every measure a decision is about, where the machine lets it; give those that moved.

    A measure for which something is still missing stays; its offers tell what. Raises NotFound,
    and Conflict where the decision was corrected.
    """
    record = lookup.decision(unit, key)
    name = _MOVES.get(record.result)
    ask = moves.asked(unit, Ask(decision=key))
    return [
        moves.move(unit, each.ref, name, ask)
        for each in _measures(unit, record)
        if name and _allowed(unit, each, name, ask)
    ]


def _measures(unit: Unit, record: Decision) -> list[Measure]:
    """Give the measures a decision is about."""
    return [
        unit.get(Measure, id_)
        for column, id_ in minutes.subjects_of(unit, record)
        if column == "measure_id"
    ]


def _allowed(unit: Unit, measure: Measure, name: str, ask: Ask) -> bool:
    """Tell whether the actor may make the move and nothing is missing for it."""
    seen = moves.facts_of(unit, measure, ask)
    offers = MEASURES.offers(seen.state, seen, seen.policy)
    if not any(offer.name == name and offer.allowed for offer in offers):
        return False
    try:
        moves.role_of(unit, name, None, seen)
    except Forbidden:
        return False
    return True
