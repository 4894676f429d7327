"""The traffic lights for people: sign and word together, nothing told by colour alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.show import tables
from cycle.machine.words.lights import SIGNS, colour, label, set_by_hand

if TYPE_CHECKING:
    from cli.desk import Desk

Shown = Mapping[str, Any]
NARROW = 24  # reasons need that much room beside a name


def signs(value: Shown, lang: str) -> str:
    """Write one light as sign and word, the three of a measure as their signs in order."""
    if "light" in value:
        return colour(value["light"], lang)
    return " ".join(SIGNS[each] for each in value.values())


def legend(lang: str) -> str:
    """Say what the signs in a list mean, and which stands for what."""
    three = ", ".join(label(each, lang) for each in ("delivery", "effect", "data"))
    return f"{three}: " + " · ".join(colour(each, lang).replace(" ", "\u00a0") for each in SIGNS)


def lights_text(desk: "Desk", lights: Mapping[str, Shown]) -> str:
    """Write the three lights of a measure, and beneath each why it is so."""
    named = [(label(name, desk.tongue.lang), value) for name, value in lights.items()]
    return _lines(desk, named)


def targets_text(desk: "Desk", targets: Sequence[Shown]) -> str:
    """Write for each target of a goal the lights of its effect and of its data, and why."""
    lang = desk.tongue.lang
    named = [
        (f"{each['indicator']} {each['area'] or ''}, {label(light, lang)}", each[name])
        for each in targets
        for name, light in (("light", "effect"), ("data", "data"))
        if each[name]
    ]
    return _lines(desk, named)


def _lines(desk: "Desk", named: Sequence[tuple[str, Shown]]) -> str:
    spell = desk.look.spell
    named = [(spell(name), value) for name, value in named]
    room = max((len(name) for name, _ in named), default=0) + 4
    beside = desk.look.width - room >= NARROW
    lines = []
    for name, value in named:
        head, *reasons = _told(desk, value)
        lines += (
            [f"  {name:{room - 2}}{spell(head)}"]
            if beside
            else tables.told(f"{name}: {head}", desk.look, 2, 2)
        )
        for reason in reasons:
            lines += tables.told(reason, desk.look, room if beside else 4)
    return "\n".join(lines)


def _told(desk: "Desk", value: Shown) -> Iterator[str]:
    lang = desk.tongue.lang
    yield colour(value["light"], lang)
    yield from (reason["says"] for reason in value["reasons"])
    if manual := value.get("manual"):
        until = set_by_hand(date.fromisoformat(manual["until"]), lang)
        yield f"{colour(manual['light'], lang)}, {until}: {manual['reason']}"
