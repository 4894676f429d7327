"""The policy a town chose: how strict it is with itself, set by those who administer it.

What is wrong is refused with every fault and changes nothing; each change stands in the journal
with what was and what is.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from cycle.errors import Fault, Invalid, NotFound, Unavailable
from cycle.i18n import N_
from cycle.machine.policy import PRESETS, Policy, chosen
from cycle.machine.policy_change import NAMES, Change, change
from cycle.machine.policy_faults import faults
from cycle.machine.policy_fields import FIELDS, ROLES_OF
from cycle.machine.policy_text import Settings, read, spelled, written
from cycle.model.town import Municipality
from cycle.store.unit import Unit
from cycle.usecases import given
from cycle.usecases.rights import need

SET, BY = "policy_set", "admin"
_OFFICE = "youth_office"  # a column of the town's own, as the law asks for it


def policy(town: Municipality) -> Policy:
    """Give the preset of the town with what its own record says otherwise."""
    return chosen(town.preset, youth_office=town.youth_office, overrides=read(town.policy))


def set_(unit: Unit, name: str, value: object) -> Change:
    """Set one number, word or switch of the policy; Invalid tells what is wrong with it."""
    need(unit, BY)
    if name not in FIELDS:
        raise _unknown(name)
    return _keep(unit, unit.town.preset, {**_own(unit.town), name: value})


def preset(unit: Unit, preset: str) -> Change:
    """Choose light, standard or strict; what the town set otherwise stays set."""
    need(unit, BY)
    given.insist(unknown_preset(preset))
    return _keep(unit, preset, _own(unit.town))


def reset(unit: Unit, name: str | None = None) -> Change:
    """Go back to the preset: in one setting, one guard or one move, without a name in all of it."""
    need(unit, BY)
    own = _without(_own(unit.town), name) if name else _office(unit.town)
    return _keep(unit, unit.town.preset, own)


def soften(unit: Unit, guard: str) -> Change:
    """Let a guard that is not met only be noted as owed; never one that holds for every town."""
    return _sort(unit, guard, "softened", "blocking")


def block(unit: Unit, guard: str) -> Change:
    """Let a guard block, even where the preset only notes it."""
    return _sort(unit, guard, "blocking", "softened")


def narrow(unit: Unit, move: str, roles: tuple[str, ...]) -> Change:
    """Leave a move to some of the roles that may make it; `round.advance` is one of a round."""
    need(unit, BY)
    own = _own(unit.town)
    narrowed = {**own.get(ROLES_OF, {}), move: tuple(sorted(set(roles)))}
    return _keep(unit, unit.town.preset, {**own, ROLES_OF: narrowed})


def unknown_preset(preset: str) -> Fault | None:
    """Find a word that is no preset."""
    if preset in PRESETS:
        return None
    says = N_("{given} is no policy; there are: {words}.")
    return Fault("preset", "unknown_word", says, {"given": preset, "words": ", ".join(PRESETS)})


def _sort(unit: Unit, guard: str, into: str, out_of: str) -> Change:
    need(unit, BY)
    own = _own(unit.town)
    sorted_ = {
        **own,
        into: frozenset(own.get(into, ())) | {guard},
        out_of: frozenset(own.get(out_of, ())) - {guard},
    }
    return _keep(unit, unit.town.preset, sorted_)


def _own(town: Municipality) -> dict[str, Any]:
    return {**read(town.policy), **_office(town)}


def _office(town: Municipality) -> dict[str, Any]:
    return {} if town.youth_office else {_OFFICE: False}


def _without(own: Mapping[str, Any], name: str) -> Settings:
    """Leave out a setting, or a guard or a move within one."""
    if name in own:
        return {each: value for each, value in own.items() if each != name}
    left = {each: _inner(value, name) for each, value in own.items()}
    if left == own and name not in NAMES:
        raise _unknown(name)
    return left


def _inner(value: Any, name: str) -> Any:  # noqa: ANN401 - any setting
    if isinstance(value, frozenset):
        return value - {name}
    if isinstance(value, Mapping):
        return {move: roles for move, roles in value.items() if move != name}
    return value


def _unknown(name: str) -> NotFound:
    near = get_close_matches(name, FIELDS, n=3, cutoff=0.6)
    lists = N_("`cycle policy show` lists what a town can set.")
    return NotFound(
        N_("The policy has no setting {name} that could be changed so."),
        fix=N_("Did you mean {near}?") if near else lists,
        name=name,
        near=", ".join(near),
    )


def _keep(unit: Unit, preset: str, own: Settings) -> Change:
    """Keep what has no fault, and tell the journal; what changes nothing is not told."""
    if found := faults(own, preset):
        raise _refused(found)
    town, before, text = unit.town, _before(unit.town), unit.town.policy
    town.preset, town.youth_office = preset, bool(own.get(_OFFICE, True))
    kept = {name: value for name, value in own.items() if name != _OFFICE}
    town.policy = written(kept, preset)
    made = change(before, policy(town))
    if made.settings or town.policy != text:
        told = {s.name: {"was": spelled(s.was), "is": spelled(s.now)} for s in made.settings}
        unit.tell(town, SET, key=town.ags, role=BY, settings=told)
    unit.session.flush()
    return made


_FIX = N_("Nothing was changed. `cycle policy show` lists the settings and their values.")
_FIXES = {  # by the code of the first fault
    "out_of_order": N_("Nothing was changed. Move the other threshold first, where both move."),
    "unknown_guard": N_("Nothing was changed. `cycle policy guards` lists the conditions."),
    "not_waivable": N_("Nothing was changed. `cycle policy guards` tells which can be softened."),
    "widened": N_("Nothing was changed. `cycle workflow --format json` names the roles."),
    "emptied": N_("Nothing was changed. `cycle workflow --format json` names the roles."),
    "strict": N_("Nothing was changed. Take the setting back with `cycle policy reset {name}`."),
}


def _refused(found: tuple[Fault, ...]) -> Invalid:
    first = found[0]
    return Invalid(
        N_("Please check what was given: {fields}."),
        faults=found,
        fix=_FIXES.get(first.code, _FIX),
        fields=", ".join(fault.pointer for fault in found),
        name=first.pointer,
    )


def _before(town: Municipality) -> Policy:
    try:
        return policy(town)
    except Unavailable:  # what nobody can read is put back to the preset
        return PRESETS[town.preset]
