"""One record on a sheet: its words line by line, its lists as tables beneath."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.show import tables
from cli.show.labels import head, spoken
from cli.show.lights import lights_text, targets_text
from cli.show.offers import offers_text
from cli.show.rows import as_text

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
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
        desk.put("\n\n".join(_parts(desk, noun, found)))


def _parts(desk: "Desk", noun: str, found: Found) -> list[str]:
    lines = [
        (head(name, desk.tongue), spoken(noun, name, value, desk.tongue))
        for name, value in found.items()
        if not _nested(value)
    ]
    parts = [pairs([line for line in lines if line[1]], desk.look.width)]
    for name, value in found.items():
        if name == "offers":
            parts.append(offers_text(desk, str(found["key"]), value))
        elif name == "lights":
            parts.append(f"{head(name, desk.tongue)}\n{lights_text(desk, value)}")
        elif _nested(value) and (text := _below(desk, name, value)):
            parts.append(f"{head(name, desk.tongue)}\n{text}")
            if name == "targets" and (lit := targets_text(desk, value)):
                parts.append(f"{head('lights', desk.tongue)}\n{lit}")
    return parts


def pairs(lines: list[tuple[str, str]], width: int) -> str:
    """Write words behind their names, the words under one another."""
    if not lines:
        return ""
    room = max(len(name) for name, _ in lines) + 2
    return "\n".join(
        "\n".join(
            f"{name if i == 0 else '':{room}}{part}"
            for i, part in enumerate(tables.wrap(text, max(width - room, 20)))
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
    return pairs([(f"  {one}", text) for one, text in lines if text], desk.look.width)


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
