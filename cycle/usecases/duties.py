"""The measure that a duty is recorded on: who may, and whether it is still on the circle."""

from collections.abc import Collection

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.measures import Measure
from cycle.model.town import OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.moves import FINAL
from cycle.usecases.rights import own


def owing(unit: Unit, key: str, *roles: str) -> tuple[Measure, str]:
    """Give a live measure and the role in which the actor records something on it.

    Raises NotFound, Forbidden, and Conflict (`closed`) once the measure is off the circle.
    """
    measure = lookup.measure(unit, key)
    role = own(unit, lead_of(unit, measure), *roles)
    if measure.state in FINAL:
        raise Conflict(
            N_("{key} is closed ({state}); closed measures are only read."),
            code="closed",
            fix=N_("`cycle trace {key}` shows what became of it."),
            key=measure.ref,
            state=measure.state,
        )
    return measure, role


def lead_of(unit: Unit, measure: Measure) -> str | None:
    """Give the code of the department that leads a measure, None where none does yet."""
    return unit.get(OrgUnit, measure.lead_id).code if measure.lead_id else None


def strange(name: str, value: object, words: Collection[str]) -> Fault | None:
    """Find a word that is not in the closed list it should come from."""
    if value in words:
        return None
    says = N_("{name} must be one of: {words}.")
    return Fault(name, "unknown_word", says, {"name": name, "words": ", ".join(words)})
