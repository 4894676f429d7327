"""The next sittings as text: papers, what is ready, what is not yet and why, what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.placeholders import spoken
from cli.show import tables
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
FEW: Final = 8  # of each kind; the list behind it tells the rest
_STEPS: Final = {  # what a ready measure still needs → the command
    "consult": N_("not on an agenda yet"),
    "propose": N_("can be given to the committees"),
    "resubmit": N_("can be brought in again"),
}
_COMMANDS: Final = {
    "consult": "cycle paper consult NUMBER --body {body} --on {on} --measure {key}",
    "propose": "cycle measure propose {key}",
    "resubmit": "cycle measure resubmit {key}",
}


def agenda_text(desk: "Desk", found: Sequence[Found]) -> str:
    """Write one sitting under the other."""
    if not found:
        return desk.say("No sitting is planned, and nothing waits for one.")
    return "\n\n".join(_meeting(desk, each) for each in found)


def _meeting(desk: "Desk", found: Found) -> str:
    lines = _wrapped(desk, _heading(desk, found), 0)
    lines += _part(desk, desk.say("Agenda"), [_paper(desk, p) for p in found["papers"]])
    ready = [_ready(desk, found, each) for each in found["ready"]]
    lines += _part(desk, desk.say("Ready"), ready)
    waiting = [_not_ready(desk, each) for each in found["not_ready"]]
    lines += _part(desk, desk.say("Not ready yet, because …"), waiting)
    due = [_condition(desk, each) for each in found["conditions"]]
    lines += _part(desk, desk.say("Conditions due by then"), due)
    back = [_follow_up(desk, each) for each in found["follow_up"]]
    return "\n".join(lines + _part(desk, desk.say("Dealt with and never came back"), back))


def _heading(desk: "Desk", found: Found) -> str:
    body = found["body"]
    name = f"{body} · {found['body_name']}" if body else desk.say("Any body")
    if found["on"]:
        return f"{desk.tongue.date(date.fromisoformat(found['on']))} · {name}"
    return desk.say("{body}: no sitting is planned", body=name)


def _part(desk: "Desk", heading: str, told: Sequence[list[str]]) -> list[str]:
    """Write one kind under its heading; of many the first few, and how many more there are."""
    if not told:
        return []
    lines = [part for each in told[:FEW] for part in each]
    rest = len(told) - FEW
    if rest > 0:
        lines += _wrapped(desk, desk.tongue.plural("and {n} more", "and {n} more", rest), 4)
    return [*_wrapped(desk, f"{heading} ({len(told)})", 2), *lines]


def _paper(desk: "Desk", found: Found) -> list[str]:
    lang = desk.tongue.lang
    role = words.name("consultation", found["role"], lang)
    told = [role] if found["role"] != "unknown" else []
    if found["outcome"] != "pending":
        told.append(words.name("outcome", found["outcome"], lang))
    if not found["public"]:
        told.append(desk.say("not public"))
    about = f" · {', '.join(found['measures'])}" if found["measures"] else ""
    more = f" ({', '.join(told)})" if told else ""
    return _wrapped(desk, f"{found['paper']} {_one_line(found['name'])}{more}{about}", 4)


def _measure(found: Found) -> str:
    lead = f" ({found['lead']})" if found["lead"] else ""
    return f"{found['key']} {_one_line(found['title'])}{lead}"


def _ready(desk: "Desk", meeting: Found, found: Found) -> list[str]:
    """Write a measure that lacks nothing, and what is still to be done that it is heard."""
    step = found["next_step"]
    if step is None:
        return _wrapped(desk, f"{_measure(found)}: {found['paper']}", 4)
    text = _COMMANDS[step].format(
        key=found["key"], body=meeting["body"] or "BODY", on=meeting["on"] or "DATE"
    )
    typed = tables.command(desk.look.spell(spoken(text, desk.tongue)), desk.look.width - 6)
    says = f"{_measure(found)}: {desk.say(_STEPS[step])}"
    return [*_wrapped(desk, says, 4), *(f"      {line}" for line in typed)]


def _not_ready(desk: "Desk", found: Found) -> list[str]:
    lines = _wrapped(desk, _measure(found), 4)
    for reason in found["because"]:
        task, sign, typed = reason["fix"].partition(": cycle ")
        lines += _wrapped(desk, f"– {reason['says']} {task}{sign[:1]}", 6, hang=2)
        text = desk.look.spell(f"cycle {typed}")
        lines += [f"        {line}" for line in tables.command(text, desk.look.width - 8)]
    return lines


def _condition(desk: "Desk", found: Found) -> list[str]:
    due = desk.tongue.date(date.fromisoformat(found["due"]))
    name = words.name("condition", found["code"], desk.tongue.lang)
    about = ", ".join((found["decision"], *found["measures"]))
    return _wrapped(desk, f"{due} {name}: {_one_line(found['text'])} ({about})", 4)


def _follow_up(desk: "Desk", found: Found) -> list[str]:
    outcome = words.name("outcome", found["outcome"], desk.tongue.lang)
    days = desk.tongue.plural("{n} day", "{n} days", found["days"])
    return _wrapped(desk, f"{found['paper']} {_one_line(found['name'])}: {outcome}, {days}", 4)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(desk: "Desk", text: str, by: int, hang: int = 2) -> list[str]:
    """Break a text at its blanks; what goes on stands further to the right."""
    spelled = desk.look.spell(text)
    lines = tables.wrap(spelled, desk.look.width - by - hang)
    return [f"{' ' * (by + (hang if i else 0))}{line}" for i, line in enumerate(lines)]
