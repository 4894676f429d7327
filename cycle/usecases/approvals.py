"""A move and what was decided on it, as one deed; and the changed text that waits for a planner."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine.facts import Ask
from cycle.model.decisions import Decision
from cycle.model.measures import Measure
from cycle.reading.decisions import listed
from cycle.store.unit import Unit
from cycle.usecases import decisions, moves
from cycle.usecases.minutes import ADOPTED, RESOLUTION

USUAL = {"approve": "adopted", "defer": "deferred", "reject": "rejected", "cancel": "adopted"}


def move(
    unit: Unit,
    key: str,
    name: str,
    ask: Ask,
    *,
    to: str | None = None,
    minutes: Mapping[str, Any] | None = None,
) -> Measure:
    """Make a move; with `minutes`, the words of a decision, record that decision first.

    Raises what `decisions.add` and `moves.move` raise; then neither is there.
    """
    if minutes:
        ask = replace(ask, decision=_decide(unit, name, key, ask, minutes))
    return moves.move(unit, key, name, ask, to=to)


def _decide(unit: Unit, name: str, key: str, ask: Ask, minutes: Mapping[str, Any]) -> str:
    """Record what was decided; who cancels repeals what the measure rested on."""
    kind = RESOLUTION if minutes.keys() & {"paper", "body"} else "administrative"
    written = {"result": USUAL[name], "kind": kind, **minutes}
    if name == "cancel":
        written["repeals"] = ask.decision or _adopting(unit, key)
    return decisions.add(unit, on=ask.on or unit.day, measures=(key,), **written).ref


def _adopting(unit: Unit, key: str) -> str | None:
    """Find the latest decision in force that adopted a measure."""
    found = listed(unit.reading(), measure=key, sees_internal=True)
    standing = [d for d in found if not d.repealed_by and not d.corrected_by]
    adopted = [d.key for d in standing if d.result in ADOPTED]
    return adopted[-1] if adopted else None


def confirm_text(unit: Unit, key: str) -> Decision:
    """Confirm the changed text of the decision on a measure that nobody confirmed yet.

    Raises NotFound where none waits, and what `decisions.confirm` raises.
    """
    for each in listed(unit.reading(), measure=key, sees_internal=True):
        if each.result == "adopted_amended" and not each.amendment_confirmed_on:
            return decisions.confirm(unit, each.key)
    raise NotFound(
        N_("No decision on {key} waits for its changed text to be confirmed."),
        fix=N_("`cycle decision list --measure {key}` shows what was decided."),
        key=key,
    )
