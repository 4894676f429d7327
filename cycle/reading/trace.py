"""What became of it, and where it comes from: the chain both ways, over all rounds."""

import re
from typing import Any, Final

from cycle.reading.door import Reader
from cycle.reading.keys import LAST, NOUNS, find
from cycle.reading.measures import within
from cycle.reading.papers import show as paper
from cycle.reading.papers import visible
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight
from cycle.reading.trace_graph import BACK, FORTH, Node, Said, Web, web

_BY_LETTER: Final = {
    "B": "report", "F": "finding", "R": "recommendation", "G": "goal", "M": "measure",
    "E": "evaluation", "D": "decision", "Z": "round",
}  # fmt: skip
_KEY: Final = re.compile(r"([BFRGMEDZ])-(\d{4}-)?\d+", re.IGNORECASE)
_DRAFTS: Final = "state NOT IN ('draft', 'targeted')"
_WHOLE: Final = frozenset({"report", "round", "paper"})  # told by a row per finding too


def trace(
    reader: Reader, key: str, *, sees_internal: bool = False, sight: Sight | None = None
) -> Json:
    """Give the chain from one record both ways, as a tree; a report's also by finding.

    `key` is that of any record on the circle or the number of a paper. Raises NotFound for one
    nobody knows or the caller may not see.
    """
    noun, key = _start(reader, key, sight, sees_internal=sees_internal)
    table, column = NOUNS[noun]
    id_ = reader.value(
        f"SELECT id FROM {table} WHERE municipality_id = :m AND {column} = :key", key=key
    )
    found = web(reader, id_, sight, sees_internal=sees_internal)
    start = found.nodes[id_]
    shown = {
        **_head(found, start),
        "comes_from": _tree(found, BACK, start, None, {(id_, "")}),
        "became": _tree(found, FORTH, start, None, {(id_, "")}),
    }
    if noun == "paper":
        shown |= {"paper": paper(reader, key, sees_internal=sees_internal, sight=sight)}
    if noun in _WHOLE:
        shown["findings"] = [_row(found, each) for each in _findings(found, start)]
    return shown


def _start(
    reader: Reader, key: str, sight: Sight | None, *, sees_internal: bool
) -> tuple[str, str]:
    key = key.strip()
    letter = _KEY.fullmatch(key)
    if letter:
        noun = _BY_LETTER[letter[1].upper()]
    else:
        noun = "measure" if key.isdigit() or key == LAST else "paper"
    if noun == "paper":
        return noun, find(reader, noun, key, where=visible(sees_internal=sees_internal))
    if noun != "measure":
        return noun, find(reader, noun, key)
    if not sees_internal:
        return noun, find(reader, noun, key, where=_DRAFTS)
    where, values = within(sight) if sight else ("1 = 1", {})
    return noun, find(reader, noun, key, where=where, **values)


def _head(found: Web, node: Node) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "key": node.key,
        "title": node.title,
        "state": node.state,
        "cycle": node.cycle,
        "on": plain(node.on),
        "decisions": [_said(each) for each in found.said.get(node.id, ())],
    }


def _said(said: Said) -> Json:
    return {
        "key": said.key,
        "on": plain(said.on),
        "result": said.result,
        "body": said.body,
        "paper": said.paper,
        "repeals": said.repeals,
    }


def _tree(
    found: Web, way: str, node: Node, before: Node | None, seen: set[tuple[str, str]]
) -> list[Json]:
    """Give the next records that way; one that was shown before is named, not unfolded again."""
    branches = []
    for how, after in found.after(way, node.id):
        if before and _of_another(before, node, after):
            continue
        # An evaluation of several measures is unfolded for each of them.
        place = (after.id, node.id if after.kind == "evaluation" else "")
        again = place in seen
        seen.add(place)
        more = [] if again else _tree(found, way, after, node, seen)
        branches.append({"how": how, **_head(found, after), "again": again, "next": more})
    return branches


def _of_another(before: Node, node: Node, after: Node) -> bool:
    """Tell whether an evaluation of several measures would lead from one to another's finding."""
    if node.kind != "evaluation":
        return False
    ends = {before.kind: before, after.kind: after}
    if set(ends) != {"measure", "finding"}:
        return False
    return ends["finding"].of not in {None, ends["measure"].id}


def _findings(found: Web, start: Node) -> list[Node]:
    """Give the findings of a report, of a round's reports or of the report of a paper."""
    reports = [start] if start.kind == "report" else []
    reports += [n for _, n in found.after(FORTH, start.id) if n.kind == "report"]
    every = {n.id: n for r in reports for _, n in found.after(FORTH, r.id) if n.kind == "finding"}
    return list(every.values())


def _row(found: Web, finding: Node) -> Json:
    """Give one line of *Was wurde daraus?*: goals, measures, decision, state and result."""
    reached = _answers(found, finding, {})
    return {
        "finding": finding.key,
        "title": finding.title,
        "response": finding.state,
        "goals": [
            {"key": n.key, "title": n.title, "state": n.state} for n in reached if n.kind == "goal"
        ],
        "measures": [_measure(found, n) for n in reached if n.kind == "measure"],
    }


def _answers(found: Web, node: Node, reached: dict[str, Node]) -> list[Node]:
    """Give the goals and measures that follow, successors in later rounds included."""
    for _, after in found.after(FORTH, node.id):
        if after.kind in {"goal", "measure"} and after.id not in reached:
            reached[after.id] = after
            _answers(found, after, reached)
    return list(reached.values())


def _measure(found: Web, measure: Node) -> Json:
    decisions = _head(found, measure)["decisions"]
    judged = [n for _, n in found.after(FORTH, measure.id) if n.kind == "evaluation"]
    latest = max(judged, key=lambda n: (str(n.on or ""), n.key), default=None)
    brought = [
        n.key
        for e in judged
        for _, n in found.after(FORTH, e.id)
        if n.kind == "finding" and n.of in {None, measure.id}
    ]
    return {
        "key": measure.key,
        "title": measure.title,
        "state": measure.state,
        "cycle": measure.cycle,
        "decision": decisions[-1] if decisions else None,
        "evaluation": latest.key if latest else None,
        "result": latest.state if latest else None,
        "next_finding": brought[-1] if brought else None,
    }
