"""Lights set by hand: with a reason, for a time, beside the computed light and never instead."""

from datetime import timedelta

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.model.duties import LightOverride
from cycle.model.measures import Measure
from cycle.model.words import COLOURS, LIGHTS
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle
from cycle.usecases.policy import policy

_WHO = ("planner", "steering")


def set_light(unit: Unit, key: str, light: str, colour: str, *, reason: str) -> LightOverride:
    """Set one light of a live measure by hand; it counts until the policy's days are over.

    What was set before ends with it. Raises NotFound, Forbidden, Conflict, and Invalid for an
    unknown light or colour and for want of a reason.
    """
    measure, role = owing(unit, key, *_WHO)
    _insist(
        key, strange("light", light, LIGHTS), strange("colour", colour, COLOURS),
        given.missing("reason", reason),
    )  # fmt: skip
    why = given.text("reason", reason)
    for before in _counting(unit, measure, light):
        before.expires_on = unit.day
    record = unit.add(
        LightOverride(
            measure_id=measure.id, light=light, colour=colour, reason=why, set_on=unit.day,
            expires_on=unit.day + timedelta(days=policy(unit.town).override_days), by_role=role,
        )
    )  # fmt: skip
    unit.tell(record, "light_set", key=measure.ref, role=role)
    settle(unit, measure)
    return record


def lift_light(unit: Unit, key: str, light: str) -> Measure:
    """End a light set by hand; only the computed one is left. Conflict where none is set."""
    measure, role = owing(unit, key, *_WHO)
    _insist(key, strange("light", light, LIGHTS))
    found = _counting(unit, measure, light)
    if not found:
        raise Conflict(
            N_("This light of {key} is not set by hand: {light}."),
            code="not_set",
            fix=N_("`cycle measure show {key}` tells which are."),
            key=measure.ref,
            light=light,
        )
    for record in found:
        record.expires_on = unit.day
        unit.tell(record, "light_lifted", key=measure.ref, role=role, light=light)
    settle(unit, measure)
    return measure


def _insist(key: str, *found: Fault | None) -> None:
    faults = tuple(fault for fault in found if fault)
    if faults:
        raise Invalid(
            N_("Please check what was given: {fields}."),
            faults=faults,
            fix=N_(
                "Name light, colour and why:"
                " `cycle measure light {key} --light effect --colour yellow --reason REASON`."
            ),
            key=key,
            fields=", ".join(fault.pointer for fault in faults),
        )


def _counting(unit: Unit, measure: Measure, light: str) -> list[LightOverride]:
    """Give what was set by hand and still counts."""
    there = lookup.every(unit, LightOverride, measure_id=measure.id, light=light)
    return [each for each in there if each.expires_on > unit.day]
