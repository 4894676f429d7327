"""Whether a table of moves is sound: nothing unreachable, endless, ambiguous or speechless."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cycle.machine.roles import LEAD, ROLES

if TYPE_CHECKING:
    from cycle.machine.core import Guard, Machine


def faults(machine: "Machine[Any]", words: Mapping[str, Collection[str]]) -> list[str]:
    """Return every fault of the table as a sentence; none where it is sound."""
    return [
        *_unknown_states(machine),
        *_unknown_roles(machine),
        *_unreachable(machine),
        *_endless(machine),
        *_ambiguous(machine),
        *_two_meanings(machine),
        *_speechless(machine, words),
    ]


def guards(machine: "Machine[Any]") -> "list[Guard[Any]]":
    """Return the guards of all moves, once per row they stand in."""
    return [g for t in machine.transitions for g in t.guards]


def _unknown_states(machine: "Machine[Any]") -> Iterator[str]:
    known = {s.name for s in machine.states}
    for t in machine.transitions:
        for name in {*t.sources, t.to} - known:
            yield f"{t.name}: unknown state {name}"


def _unknown_roles(machine: "Machine[Any]") -> Iterator[str]:
    for t in machine.transitions:
        for role in (t.roles | set(t.only_if)) - ROLES:
            yield f"{t.name}: unknown role {role}"
        for role in set(t.only_if) - t.roles:
            yield f"{t.name}: condition for {role}, who may not do it at all"
    for g in guards(machine):
        if g.who not in ROLES | {LEAD}:
            yield f"{g.id}: unknown role {g.who}"


def _closure(edges: set[tuple[str, str]], begin: set[str]) -> set[str]:
    """Return all that can be reached over the edges, the beginning included."""
    reached = set(begin)
    while more := {b for a, b in edges if a in reached} - reached:
        reached |= more
    return reached


def _edges(machine: "Machine[Any]") -> set[tuple[str, str]]:
    return {(source, t.to) for t in machine.transitions for source in t.sources}


def _unreachable(machine: "Machine[Any]") -> Iterator[str]:
    births = {t.to for t in machine.transitions if not t.sources}
    reached = _closure(_edges(machine), births)
    for s in machine.states:
        if s.name not in reached:
            yield f"{s.name}: cannot be reached"


def _endless(machine: "Machine[Any]") -> Iterator[str]:
    backwards = {(b, a) for a, b in _edges(machine)}
    ending = _closure(backwards, {s.name for s in machine.states if s.final})
    for s in machine.states:
        if s.name not in ending:
            yield f"{s.name}: reaches no final state"


def _ambiguous(machine: "Machine[Any]") -> Iterator[str]:
    rows = defaultdict(list)
    for t in machine.transitions:
        for source in t.sources or (None,):
            rows[t.name, source].append(t)
    for (name, source), found in rows.items():
        targets = [t.to for t in found]
        if len(set(targets)) < len(targets):
            yield f"{name}: two rows from {source} to the same state"
        if len(found) > 1 and not all(t.chosen for t in found):
            yield f"{name}: several targets from {source}, and nobody chooses"


def _two_meanings(machine: "Machine[Any]") -> Iterator[str]:
    # What it judges may differ from move to move (an outcome that defers, one that rejects);
    # whether it can be waived, when it is judged and who mends it may not.
    kinds = defaultdict(set)
    for g in guards(machine):
        kinds[g.id].add((g.waivable, g.asked, g.who))
    for name, meanings in kinds.items():
        if len(meanings) > 1:
            yield f"{name}: one guard, two meanings"


def _speechless(machine: "Machine[Any]", words: Mapping[str, Collection[str]]) -> Iterator[str]:
    for lang, known in words.items():
        for name in sorted({g.id for g in guards(machine)} - set(known)):
            yield f"{name}: no words in {lang}"
