"""One record on a sheet: its words line by line, its lists as tables beneath."""

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from cli.show import tables
from cli.show.labels import head, spoken
from cli.show.lights import lights_text, targets_text
from cli.show.look import Look
from cli.show.offers import offers_text
from cli.show.rows import as_text

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
NARROW = 24  # words need that much room behind their name
AROUND = "around"  # what was read beside a record for its screen
COLUMNS = {  # what is shown of a list beneath a record; JSON tells the rest
    "amendments": "decision changed_text amendment_confirmed_on",
    "agreements": "on kind body department wording note",
    "changes": "part which name before now",
    "choices": "year due",
    "conditions": "code due met_on text met_note",
    "consultations": "meeting_date body role outcome majority result_text",
    "deadlines": "due code text",
    "findings": "key severity response text",
    "lines": "year funding planned_cents approved_cents committed_cents spent_cents grant_end",
    "recommendations": "key addressee response text",
    "reports": "key kind status findings title",
    "results": "goal indicator area period_end value attribution text",
    "stages": "stage entered_on left_on by_role reason",
    "targets": "indicator area kind target_value target_date baseline_value replaced_reason",
    "years": "year planned_cents approved_cents spent_cents covered",
    "versions": "no valid_from valid_to source definition",
}


def put(desk: "Desk", noun: str, found: Found) -> None:
    """Write one record in the format that was asked for."""
    if desk.format in ("json", "ndjson"):
        indent = 1 if desk.json else None
        desk.put(json.dumps(found, ensure_ascii=False, indent=indent))
    elif desk.format in ("csv", "md"):
        from cli.show import rows

        flat = {name: value for name, value in found.items() if not _nested(value)}
        rows.put(desk, noun, [flat], list(flat))
    else:
        desk.put("\n\n".join(_screen(desk, noun, found)))


def _screen(desk: "Desk", noun: str, found: Found) -> list[str]:
    """Give a screen of its own to what is looked at most; --format plain tells all of anything."""
    if noun == "round" and desk.format != "plain":
        from cli.show.cycles import round_parts

        return round_parts(desk, found)
    if AROUND in found:
        from cli.show.measures import measure_parts

        return measure_parts(desk, found)
    return parts(desk, noun, found)


def facts(desk: "Desk", noun: str, found: Found, shown: Collection[str]) -> list[str]:
    """Write what a screen has not shown above; what is not so is told on one line."""
    rest = {name: value for name, value in found.items() if name not in shown}
    untrue = [head(name, desk.tongue) for name, value in rest.items() if value is False]
    written = parts(desk, noun, {n: value for n, value in rest.items() if value is not False})
    if not untrue:
        return written
    says = desk.say("Not so: {names}", names=", ".join(untrue))
    return [*written, "\n".join(tables.told(says, desk.look, 0, 2))]


def parts(desk: "Desk", noun: str, found: Found) -> list[str]:
    """Write the words of a record line by line, its lists beneath."""
    lines = [
        (head(name, desk.tongue), spoken(noun, name, value, desk.tongue))
        for name, value in found.items()
        if not _nested(value)
    ]
    written = [pairs([line for line in lines if line[1]], desk.look)]
    for name, value in found.items():
        written += _part(desk, name, value, str(found.get("key")))
    return [part for part in written if part]


def _part(desk: "Desk", name: str, value: Any, key: str) -> list[str]:  # noqa: ANN401 - JSON
    if name == "offers":
        return [desk.look.paint(offers_text(desk, key, value))]
    heading = desk.look.spell(head(name, desk.tongue))
    if name == "lights":
        return [desk.look.paint(f"{heading}\n{lights_text(desk, value)}")]
    text = _below(desk, name, value) if _nested(value) else ""
    if not text:
        return []
    lit = targets_text(desk, value) if name == "targets" else ""
    lights = desk.look.spell(head("lights", desk.tongue))
    return [
        f"{desk.look.bold(heading)}\n{text}",
        *([desk.look.paint(f"{lights}\n{lit}")] if lit else []),
    ]


def pairs(lines: list[tuple[str, str]], look: Look) -> str:
    """Write words behind their names, the words under one another."""
    if not lines:
        return ""
    lines = [(look.spell(name), look.spell(text)) for name, text in lines]
    room = max(len(name) for name, _ in lines) + 2
    if look.width - room < NARROW:
        told = (f"{name.strip()}: {text}" for name, text in lines)
        return "\n".join(line for each in told for line in tables.told(each, look, 0, 2))
    return "\n".join(
        "\n".join(
            f"{name if i == 0 else '':{room}}{part}"
            for i, part in enumerate(tables.wrap(text, look.width - room))
        )
        for name, text in lines
    )


def _nested(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _below(desk: "Desk", name: str, value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        told = COLUMNS.get(name, " ".join(value[0])).split()
        shown = [n for n in told if any(not _empty(each[n]) for each in value)]
        return as_text(desk, name.removesuffix("s"), value, shown)
    lines = [
        (_named(desk, name, inner), _inline(desk, name, inner, each))
        for inner, each in value.items()
    ]
    return pairs([(f"  {one}", text) for one, text in lines if text], desk.look)


def _named(desk: "Desk", name: str, inner: str) -> str:
    from cycle.machine import words

    kinds = {"states": "state", "consequences": "consequence", "ratings": "criterion"}
    if name in kinds:
        return words.name(kinds[name], inner, desk.tongue.lang)
    return (
        words.name("goal_status", inner, desk.tongue.lang)
        if name == "goals"
        else head(inner, desk.tongue)
    )


def _inline(desk: "Desk", name: str, inner: str, value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        told = [
            text for n, v in value.items() if not _nested(v) and (text := _told(desk, name, n, v))
        ]
        return ", ".join(told)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ", ".join(str(each.get("key", each)) for each in value)
    if value == 0 and name in ("states", "goals"):
        return ""
    return spoken(name, inner, value, desk.tongue)


def _told(desk: "Desk", name: str, inner: str, value: Any) -> str:  # noqa: ANN401 - JSON
    from cycle.machine import words

    if name == "consequences" and inner == "state":
        return words.name("consequence_state", value, desk.tongue.lang)
    if name == "consequences" and inner == "countersigned":
        return desk.say("countersigned") if value else desk.say("not countersigned")
    text = spoken(name, inner, value, desk.tongue)
    return f"{head(inner, desk.tongue)}: {text}" if text else ""


def _empty(value: object) -> bool:
    return value is None or value in ([], "")
