"""The chain from one record both ways, as a tree; a report's as a row per finding."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.labels import spoken
from cli.show.rows import as_text
from cli.show.sheets import COLUMNS
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
STEP: Final = 2  # signs a level
LAST, NEXT, DOWN = "└ ", "├ ", "│ "
LINES: Final = 2  # of a text; the record itself and --format plain tell all of it
NARROW: Final = 20
_BARE: Final[Found] = {"title": None, "state": None, "on": None, "decisions": (), "next": ()}


def trace_text(desk: "Desk", found: Found) -> str:
    """Write where a record comes from, what it is and what became of it."""
    most = None if desk.format == "plain" else LINES
    parts = ["\n".join(node(desk, found, 0, most=most))]
    if found.get("findings"):
        parts.append("\n\n".join("\n".join(_finding(desk, row, most)) for row in found["findings"]))
    elif found["became"]:
        parts.append(_part(desk, "became", found["became"], most))
    if found["comes_from"]:
        parts.append(_part(desk, "origin", found["comes_from"], most))
    tables_ = paper_parts(desk, found["paper"]) if "paper" in found else []
    if len(parts) == 1 and not tables_:
        says = desk.say("Nothing comes before it and nothing after it yet.")
        parts.append("\n".join(tables.told(says, desk.look)))
    return "\n\n".join([*(desk.look.paint(part) for part in parts), *tables_])


def paper_parts(desk: "Desk", paper: Found) -> list[str]:
    """Write the round a paper belongs to and the bodies it passed."""
    heading, passed = desk.say("Consultations"), paper["consultations"]
    names = COLUMNS["consultations"].split()
    shown = [name for name in names if any(each[name] for each in passed)]
    parts = [f"{desk.say('Round')}: {paper['cycle']}"] if paper["cycle"] else []
    if passed:
        flat = [{name: each[name] for name in shown} for each in passed]
        parts.append(f"{desk.look.bold(heading)}\n{as_text(desk, 'consultation', flat, shown)}")
    return parts


def _part(desk: "Desk", label: str, branches: Sequence[Found], most: int | None) -> str:
    heading = words.name("label", label, desk.tongue.lang)
    return "\n".join([*tables.told(heading, desk.look), *tree(desk, branches, most=most)])


def tree(
    desk: "Desk", branches: Sequence[Found], before: str = "", most: int | None = LINES
) -> Iterator[str]:
    """Draw branches under one another; of a long text few lines are shown."""
    for branch in branches:
        sign, on = (LAST, "  ") if branch is branches[-1] else (NEXT, DOWN)
        after = branch["next"]
        lines = node(desk, branch, len(before) + STEP, DOWN if after else "  ", most)
        first, *rest = (desk.look.spell(part) for part in (f"{before}{sign}", f"{before}{on}"))
        for i, line in enumerate(lines):
            yield f"{rest[0] if i else first}{line}"
        yield from tree(desk, after, f"{before}{on}", most)


def node(
    desk: "Desk", found: Found, depth: int, below: str = "  ", most: int | None = None
) -> list[str]:
    """Write what a record is and what was decided on it, in lines that leave room before them."""
    told = _told(desk, found)
    title = "" if found.get("again") or not found["title"] else f" {_one_line(found['title'])}"
    text = f"{found['key']}{title}{f' ({told})' if told else ''}"
    lines = _fitted(desk, text, depth + STEP, most, f"({told})" if told else "")
    for each in found["decisions"]:
        lines += _fitted(desk, _decision(desk, each), depth + STEP, most)
    blank = desk.look.spell(below)
    return [f"{blank if i else ''}{line}" for i, line in enumerate(lines)]


def _fitted(desk: "Desk", text: str, room: int, most: int | None, ending: str = "") -> list[str]:
    """Break a text; one that is too long loses its middle, never how it ended."""
    width = max(desk.look.width - room, NARROW)
    lines = tables.wrap(desk.look.spell(text), width)
    if most is None or len(lines) <= most:
        return lines
    ending, dots = desk.look.spell(ending), desk.look.spell("…")
    kept = width * most - len(ending) - len(dots) - 2
    while kept > 0 and len(lines) > most:
        lines = tables.wrap(f"{desk.look.spell(text)[:kept].rstrip()}{dots} {ending}", width)
        kept -= 1
    return [line.rstrip() for line in lines]


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


def _finding(desk: "Desk", row: Found, most: int | None) -> Iterator[str]:
    """Write one finding of a report and everything that answers it."""
    answer = _state(desk, "finding", row["response"]) or desk.say("no answer yet")
    text = f"{row['finding']} {_one_line(row['title'])} ({answer})"
    lines = _fitted(desk, text, STEP, most, f"({answer})")
    blank = desk.look.spell(DOWN) if row["goals"] or row["measures"] else "  "
    yield from (f"{blank if i else ''}{line}" for i, line in enumerate(lines))
    goals = [_as_branch("goal", each) for each in row["goals"]]
    measures = [_as_branch("measure", each) for each in row["measures"]]
    yield from tree(desk, [*goals, *measures], most=most)


def _as_branch(kind: str, row: Found) -> Found:
    """Give a goal or measure of a row as a branch: its last decision, its result, what followed."""
    decided = [row["decision"]] if row.get("decision") else []
    after: list[Found] = []
    if row.get("next_finding"):
        after = [{**_BARE, "kind": "finding", "key": f"→ {row['next_finding']}"}]
    if row.get("evaluation"):
        judged = {"kind": "evaluation", "key": row["evaluation"], "state": row["result"]}
        after = [{**_BARE, **judged, "next": after}]
    return {**_BARE, "kind": kind, **row, "decisions": decided, "next": after}


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
