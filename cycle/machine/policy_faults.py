"""What is wrong with a policy: every fault with its reason; one that has a fault is never kept."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.core import Guard, Machine, Transition
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.machine.policy import PRESETS
from cycle.machine.policy_fields import (
    ASCENDING,
    FIELDS,
    GUARD_SETS,
    PLACES,
    ROLES_OF,
    ROUND,
    Field,
)

Settings = Mapping[str, Any]
MACHINES: Final[tuple[Machine[Any], ...]] = (MEASURES, ROUNDS)


@cache
def guards() -> Mapping[str, bool]:
    """Give every guard by id, and whether it may be passed unmet at all."""
    found: dict[str, bool] = {}
    for machine in MACHINES:
        for guard in (g for t in machine.transitions for g in t.guards):
            found[guard.id] = guard.waivable and found.get(guard.id, True)
    return MappingProxyType(found)


@cache
def moves() -> Mapping[str, tuple[Transition[Any], ...]]:
    """Give the rows of every move by the name a town narrows it under."""
    rows: dict[str, tuple[Transition[Any], ...]] = {}
    for machine in MACHINES:
        before = ROUND if machine is ROUNDS else ""
        for row in machine.transitions:
            name = f"{before}{row.name}"
            rows[name] = (*rows.get(name, ()), row)
    return MappingProxyType(rows)


def owing(policy: Any) -> frozenset[str]:  # noqa: ANN401 - whatever tells how lenient it is
    """Give the guards that are only noted as owed under this policy."""
    all_: Iterator[Guard[Any]] = (g for m in MACHINES for t in m.transitions for g in t.guards)
    return frozenset(guard.id for guard in all_ if policy.softens(guard))


def faults(settings: Settings, preset: str = "standard") -> tuple[Fault, ...]:
    """Return every fault of what a town set beside its preset; none where it may be kept."""
    found = [*_values(settings)]
    wrong = {each.pointer for each in found}
    found += _order({n: v for n, v in settings.items() if n not in wrong}, preset, wrong)
    found += _guards(settings, wrong)
    found += _roles(settings.get(ROLES_OF, {}), wrong)
    if preset == "strict":
        found += _loosened(settings)
    return tuple(found)


def _values(settings: Settings) -> Iterator[Fault]:
    for name, value in settings.items():
        if name in GUARD_SETS:
            yield from _no_words(name, value)
        elif name == ROLES_OF:
            yield from _no_roles(name, value)
        elif name in FIELDS:
            yield from _value(FIELDS[name], value)
        else:
            says = N_("The policy has no setting {name}; `cycle policy show` lists them.")
            yield Fault(name, "unknown_setting", says, {"name": name})


def _no_words(name: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, (frozenset, set, tuple, list)) or not _all_text(value):
        says = N_("{name} takes names of conditions; `cycle policy soften` and `block` set it.")
        yield Fault(name, "wrong_type", says, {"name": name})


def _no_roles(name: str, value: object) -> Iterator[Fault]:
    right = isinstance(value, Mapping) and all(
        isinstance(each, (frozenset, set, tuple, list)) and _all_text(each)
        for each in value.values()
    )
    if not right:
        says = N_("{name} takes a step and its roles; `cycle policy roles` sets it.")
        yield Fault(name, "wrong_type", says, {"name": name})


def _all_text(value: Collection[object]) -> bool:
    return all(isinstance(each, str) for each in value)


_WANTED: Final = {
    int: N_("{name} takes a whole number such as 30."),
    Decimal: N_("{name} takes a number with at most four decimals, such as 0.9."),
    bool: N_("{name} takes yes or no."),
    str: N_("{name} takes one of these words: {words}."),
}


def _value(field: Field, value: object) -> Iterator[Fault]:
    if value is None and field.empty:
        return
    told = {"name": field.name, "words": ", ".join(field.words)}
    if type(value) is not field.kind or (field.words and value not in field.words):
        yield Fault(field.name, "wrong_type", _WANTED[field.kind], told)
    elif isinstance(value, Decimal) and not _short(value):
        yield Fault(field.name, "wrong_type", _WANTED[Decimal], told)
    elif isinstance(value, (int, Decimal)) and not _inside(field, value):
        yield _outside(field, value)


def _short(value: Decimal) -> bool:
    return value.is_finite() and -PLACES <= int(value.as_tuple().exponent) <= PLACES


def _inside(field: Field, value: int | Decimal) -> bool:
    return (
        (field.least is None or value >= field.least)
        and (field.most is None or value <= field.most)
        and (field.above is None or value > field.above)
    )


def _outside(field: Field, value: object) -> Fault:
    told = {"name": field.name, "given": value, "least": field.least, "most": field.most}
    if field.above is None:
        says = N_("{name}: {given} is out of range; it goes from {least} to {most}.")
        return Fault(field.name, "out_of_range", says, told)
    says = N_("{name}: {given} is out of range; it is more than {above} and at most {most}.")
    return Fault(field.name, "out_of_range", says, {**told, "above": field.above})


def _order(settings: Settings, preset: str, wrong: Collection[str]) -> Iterator[Fault]:
    """Compare thresholds with their neighbours, as far as each is a number."""
    for chain in ASCENDING:
        for low, high in pairwise(chain):
            if low in wrong or high in wrong:
                continue
            first, last = (settings.get(n, getattr(PRESETS[preset], n)) for n in (low, high))
            if first >= last:
                says = N_("{low} ({first}) must be less than {high} ({last}).")
                told = {"low": low, "first": first, "high": high, "last": last}
                yield Fault(high if low not in settings else low, "out_of_order", says, told)


def _guards(settings: Settings, wrong: Collection[str]) -> Iterator[Fault]:
    named = {name: frozenset(settings.get(name, ())) for name in GUARD_SETS if name not in wrong}
    for name, found in named.items():
        for guard in sorted(found - set(guards())):
            says = N_("There is no condition {guard}; `cycle policy guards` lists them.")
            yield Fault(name, "unknown_guard", says, {"guard": guard})
    for guard in sorted(named.get("softened", frozenset())):
        if guards().get(guard) is False:
            says = N_("{guard} holds for every town: nobody can soften it or make an exception.")
            yield Fault("softened", "not_waivable", says, {"guard": guard})
    for guard in sorted(frozenset.intersection(*named.values()) if len(named) > 1 else ()):
        says = N_("{guard} cannot both block and be only noted.")
        yield Fault("softened", "both", says, {"guard": guard})


def _roles(narrowed: object, wrong: Collection[str]) -> Iterator[Fault]:
    if ROLES_OF in wrong or not isinstance(narrowed, Mapping):
        return
    for move, roles in narrowed.items():
        rows = moves().get(move)
        if rows is None:
            says = N_("There is no step {move}; those of a round are written round.advance.")
            yield Fault(ROLES_OF, "unknown_move", says, {"move": move})
        else:
            yield from _narrowed(move, frozenset(roles), rows)


def _narrowed(
    move: str, roles: frozenset[str], rows: tuple[Transition[Any], ...]
) -> Iterator[Fault]:
    may = frozenset().union(*(row.roles for row in rows))
    if wider := sorted(roles - may):
        says = N_("{move} cannot go to {wider}: a town narrows who may do it to some of {may}.")
        told = {"move": move, "wider": ", ".join(wider), "may": ", ".join(sorted(may))}
        yield Fault(ROLES_OF, "widened", says, told)
    # A role with a condition of its own cannot always act: one without must remain in each row.
    elif any(not roles & (row.roles - set(row.only_if)) for row in rows):
        says = N_("{move}: with these roles alone ({roles}) nobody could always do it any more.")
        told = {"move": move, "roles": ", ".join(sorted(roles)) or "–"}
        yield Fault(ROLES_OF, "emptied", says, told)


def _loosened(settings: Settings) -> Iterator[Fault]:
    says = N_("{name}: the strict policy lets nothing pass but by an exception and its decision.")
    for name in ("softened", "none_needs_text", "four_eyes"):
        value = settings.get(name)
        if value is False or (name == "softened" and value):
            yield Fault(name, "strict", says, {"name": name})
