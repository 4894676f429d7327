"""A machine drawn: as text, as a Mermaid or DOT graph, or as plain data for a program."""

from typing import Any

from cycle.machine.core import Machine, Transition
from cycle.machine.words import name

AnyMachine = Machine[Any]


def as_text(machine: AnyMachine, lang: str) -> str:
    """Return the table of moves, one block per state, readable in 80 columns."""
    blocks = [_block(machine, s.name, lang) for s in machine.states]
    return "\n\n".join([_block(machine, None, lang), *blocks]) + "\n"


def as_mermaid(machine: AnyMachine) -> str:
    """Return a Mermaid state diagram; the end of the circle and of the track goes to [*]."""
    lines = [f"    {a or '[*]'} --> {b}: {names}" for a, b, names in _edges(machine)]
    ends = [f"    {s.name} --> [*]" for s in machine.states if s.final]
    return "\n".join(["stateDiagram-v2", *lines, *ends]) + "\n"


def as_dot(machine: AnyMachine) -> str:
    """Return a Graphviz digraph; final states have a double rim."""
    nodes = [
        f"    {s.name} [shape={'doublecircle' if s.final else 'box'}];" for s in machine.states
    ]
    lines = [f'    {a or "begin"} -> {b} [label="{names}"];' for a, b, names in _edges(machine)]
    begin = "    begin [shape=point];"
    return "\n".join([f"digraph {machine.name} {{", begin, *nodes, *lines, "}"]) + "\n"


def as_dict(machine: AnyMachine) -> dict[str, object]:
    """Return states and moves as JSON tells them."""
    states = [{"name": s.name, "stage": s.stage, "final": s.final} for s in machine.states]
    return {"states": states, "transitions": [_row(t) for t in machine.transitions]}


def _row(t: Transition[Any]) -> dict[str, object]:
    return {
        "name": t.name,
        "from": list(t.sources),
        "to": t.to,
        "roles": sorted(t.roles),
        "guards": [{"id": g.id, "waivable": g.waivable} for g in t.guards],
    }


def _edges(machine: AnyMachine) -> list[tuple[str | None, str, str]]:
    """Return each pair of states once, with all moves between them."""
    edges: dict[tuple[str | None, str], list[str]] = {}
    for t in machine.transitions:
        for source in t.sources or (None,):
            edges.setdefault((source, t.to), []).append(t.name)
    return [(a, b, " / ".join(names)) for (a, b), names in edges.items()]


def _block(machine: AnyMachine, state: str | None, lang: str) -> str:
    kinds = ("stage", "round_move") if machine.name == "cycle" else ("state", "move")
    head = name(kinds[0], state, lang)
    lines = [f"{head} ({state})" if state else head]
    for t in machine.leaving(state):
        move = f"{name(kinds[1], t.name, lang)} ({t.name.replace('_', '-')})"
        who = ", ".join(name("role", role, lang) for role in sorted(t.roles))
        lines += [f"  {move} → {name(kinds[0], t.to, lang)}", f"      {who}"]
    return "\n".join(lines)
