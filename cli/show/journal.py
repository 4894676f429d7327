"""The journal as people read it: on which day who did what, a line each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.labels import spoken
from cycle.machine import words
from cycle.reading.deeds import UNDONE
from cycle.reading.journal import BLACKED_OUT

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.reading.journal import EventRow

STATES: Final = {  # which kind of word a state is, by what has it; else that of a measure
    "cycle": "stage", "consultation": "outcome", "decision": "outcome", "goal": "goal_status",
    "report": "report_status", "evaluation": "evaluation_status",
}  # fmt: skip
OWN: Final = {  # what has a key of its own is known by its letter
    "measure": "M", "goal": "G", "report": "B", "finding": "F", "evaluation": "E", "decision": "D",
    "cycle": "Z", "recommendation": "R",
}  # fmt: skip
ABOUT: Final = {  # what has none: the parts of its content that tell which it was
    "consequence": ("kind",), "budget_line": ("year",), "milestone": ("no", "title"),
    "progress": ("course",), "disposition": ("choice",), "light_override": ("light",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One deed as people read it."""

    n: int
    day: date
    who: str
    key: str
    action: str


def told(desk: "Desk", event: "EventRow") -> Told:
    """Write a deed in words."""
    lang = desk.tongue.lang
    units = event.for_department or ", ".join(event.departments)
    office = words.name("role", event.role, lang) + (f" {units}" if units else "")
    who = f"{office} ({event.account})" if event.account else office
    return Told(event.n, event.day, who, event.key, _deed(desk, event))


def journal_text(desk: "Desk", events: Sequence["EventRow"]) -> str:
    """Write the deeds under one another, each with its day and number."""
    rows = [told(desk, each) for each in events]
    days = [desk.tongue.date(row.day) for row in rows]
    wide = max((len(str(row.n)) for row in rows), default=0)
    lines: list[str] = []
    for day, row in zip(days, rows, strict=True):
        about = f"{row.key} " if row.key else ""
        text = f"{row.who}: {about}{row.action}"
        lines += _line(desk, f"{day}  {row.n:>{wide}}  ", text)
    return "\n".join(lines)


def _line(desk: "Desk", before: str, text: str) -> Iterator[str]:
    """Put a text behind its day and number; on a narrow screen it goes below them."""
    narrow = desk.look.width - len(before) < 2 * len(before)
    if narrow:
        yield before.rstrip()
    room = 4 if narrow else len(before)
    for i, line in enumerate(tables.told(text, desk.look, room, 0)):
        yield line if i or narrow else f"{before}{line[room:]}"


def _deed(desk: "Desk", event: "EventRow") -> str:
    """Say from where to where it went; else what was done, and which state that left."""
    lang, kind = desk.tongue.lang, STATES.get(event.entity, "state")
    own = event.key.startswith(f"{OWN.get(event.entity, '?')}-")
    of = "" if own else f"{words.name('entity', event.entity, lang)} "
    if event.from_state and event.to_state and event.from_state != event.to_state:
        before, after = (words.name(kind, s, lang) for s in (event.from_state, event.to_state))
        back = f"{words.name('action', UNDONE, lang)}: " if event.action == UNDONE else ""
        return f"{of}{back}{before} → {after}"
    named = f"{event.entity}.{event.action}"
    known = named if named in words.names("action", lang) else event.action
    done = words.name("action", known, lang)
    state = words.name(kind, event.to_state or done, lang)
    which = "" if state == done else f" ({state})"
    return f"{of}{done}{which}{_about(desk, event)}{_blacked_out(desk, event)}"


def _about(desk: "Desk", event: "EventRow") -> str:
    """Tell which one it was, where the content that may be seen says so."""
    content: Any = event.changes
    if not isinstance(content, dict):
        return ""
    named = [(name, content.get(name)) for name in ABOUT.get(event.entity, ())]
    parts = [
        _part(desk, event.entity, name, value) for name, value in named
        if isinstance(value, str | int)
    ]  # fmt: skip
    return f": {' '.join(parts)}" if parts else ""


def _part(desk: "Desk", entity: str, name: str, value: str | int) -> str:
    if entity == "consequence":
        return words.name("consequence", str(value), desk.tongue.lang)
    text = spoken(entity, name, value, desk.tongue)
    return " ".join(text.split())


def _blacked_out(desk: "Desk", event: "EventRow") -> str:
    if event.blacked_out_on is None:
        return ""
    says = desk.say(BLACKED_OUT, on=event.blacked_out_on, reason=event.blacked_out_reason or "…")
    return f" ({says})"
