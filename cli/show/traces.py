"""The chain from one record both ways, as a tree; a report's as a row per finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.show.labels import spoken
from cli.show.rows import as_text
from cli.show.sheets import COLUMNS
from cli.show.tables import wrap
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
STEP = 2  # blanks a level


def trace_text(desk: "Desk", found: Found) -> str:
    """Write where a record comes from, what it is and what became of it."""
    parts = ["\n".join(_lines(desk, found, 0))]
    if found.get("findings"):
        parts.append("\n\n".join(_finding(desk, row) for row in found["findings"]))
    elif found["became"]:
        parts.append(_part(desk, "became", found["became"]))
    if found["comes_from"]:
        parts.append(_part(desk, "origin", found["comes_from"]))
    if "paper" in found:
        parts += paper_parts(desk, found["paper"])
    if len(parts) == 1:
        parts.append(desk.say("Nothing comes before it and nothing after it yet."))
    return "\n\n".join(parts)


def paper_parts(desk: "Desk", paper: Found) -> list[str]:
    """Write the round a paper belongs to and the bodies it passed."""
    heading, passed = desk.say("Consultations"), paper["consultations"]
    names = COLUMNS["consultations"].split()
    shown = [name for name in names if any(each[name] for each in passed)]
    parts = [f"{desk.say('Round')}: {paper['cycle']}"] if paper["cycle"] else []
    if passed:
        flat = [{name: each[name] for name in shown} for each in passed]
        parts.append(f"{heading}\n{as_text(desk, 'consultation', flat, shown)}")
    return parts


def _part(desk: "Desk", label: str, branches: Sequence[Found]) -> str:
    heading = words.name("label", label, desk.tongue.lang)
    return "\n".join([heading, *_tree(desk, branches, 1)])


def _tree(desk: "Desk", branches: Sequence[Found], depth: int) -> Iterator[str]:
    for branch in branches:
        yield from _lines(desk, branch, depth)
        yield from _tree(desk, branch["next"], depth + 1)


def _lines(desk: "Desk", node: Found, depth: int) -> Iterator[str]:
    told = _told(desk, node)
    title = "" if node.get("again") or not node["title"] else f" {_one_line(node['title'])}"
    text = f"{node['key']}{title}{f' ({told})' if told else ''}"
    blank = " " * (STEP * depth)
    for i, line in enumerate(wrap(text, desk.look.width - STEP * depth - STEP)):
        yield f"{blank}{' ' * STEP if i else ''}{line}"
    for each in node["decisions"]:
        yield f"{blank}{' ' * STEP}{_decision(desk, each)}"


def _told(desk: "Desk", node: Found) -> str:
    state = _state(desk, node["kind"], node["state"])
    on = desk.tongue.date(date.fromisoformat(node["on"])) if node["on"] else ""
    again = desk.say("see above") if node.get("again") else ""
    return ", ".join(word for word in (state, on, again) if word)


def _state(desk: "Desk", kind: str, state: str | None) -> str:
    if state is None:
        return ""
    kinds = {
        "measure": "state", "round": "stage", "cycle": "stage", "goal": "goal_status",
        "report": "report_status", "finding": "response", "recommendation": "response",
        "evaluation": "overall", "decision": "outcome",
    }  # fmt: skip
    named = kinds.get(kind, "")
    if kind == "evaluation" and state not in words.names(named, desk.tongue.lang):
        named = "evaluation_status"  # one without a judgement
    return words.name(named, state, desk.tongue.lang)


def _decision(desk: "Desk", said: Found) -> str:
    parts = [said["body"], spoken("decision", "on", said["on"], desk.tongue), said["paper"]]
    result = words.name("outcome", said["result"], desk.tongue.lang)
    text = f"{said['key']} {result}: {', '.join(str(part) for part in parts if part)}"
    if not said["repeals"]:
        return text
    repealed = desk.say("repeals {key}", key=said["repeals"])
    return f"{text} ({repealed})"


def _finding(desk: "Desk", row: Found) -> str:
    """Write one finding of a report and everything that answers it."""
    answer = _state(desk, "finding", row["response"]) or desk.say("no answer yet")
    lines = wrap(f"{row['finding']} {_one_line(row['title'])} ({answer})", desk.look.width)
    for goal in row["goals"]:
        lines += _under(desk, goal, "goal", 1, [])
    for measure in row["measures"]:
        decided = [measure["decision"]] if measure["decision"] else []
        lines += _under(desk, measure, "measure", 2, [_decision(desk, each) for each in decided])
        if measure["evaluation"]:
            result = _state(desk, "evaluation", measure["result"])
            lines.append(f"{' ' * STEP * 3}{measure['evaluation']} {result}".rstrip())
        if measure["next_finding"]:
            lines.append(f"{' ' * STEP * 3}→ {measure['next_finding']}")
    return "\n".join(lines)


def _under(desk: "Desk", node: Found, kind: str, depth: int, more: Sequence[str]) -> list[str]:
    blank = " " * (STEP * depth)
    state = _state(desk, kind, node["state"])
    text = f"{node['key']} {_one_line(node['title'])} ({state})"
    lines = wrap(text, desk.look.width - STEP * (depth + 1))
    return [f"{blank}{' ' * STEP if i else ''}{line}" for i, line in enumerate(lines)] + [
        f"{blank}{' ' * STEP}{line}" for line in more
    ]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
