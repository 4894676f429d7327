"""The steps that are open, and what the others still lack."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.placeholders import spoken
from cli.show.tables import command, wrap
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Offer = Mapping[str, Any]
_OF_MEASURES = "move", "state", "measure"  # kinds of words, and the noun of the command
_OF_ROUNDS = "round_move", "stage", "round"


def put_offers(
    desk: "Desk", key: str, offers: Sequence[Offer], only: str | None, owed: Sequence[str] = ()
) -> None:
    """Write the steps of a record, or the one that is asked for."""
    if only:
        name = only.replace("-", "_")
        offers = [offer for offer in offers if offer["name"] == name]
        if not offers:
            raise NotFound(
                N_("The step {step} is not known in the present state of {key}."),
                fix=N_("`cycle measure can {key}` shows the steps there are."),
                step=only,
                key=key,
            )
    if desk.json:
        desk.put(json.dumps(list(offers), ensure_ascii=False, indent=1))
    else:
        desk.put("\n\n".join([offers_text(desk, key, offers), *_owed(desk, owed)]))


def _owed(desk: "Desk", tasks: Sequence[str]) -> list[str]:
    """Write what earlier steps left to be supplied."""
    told = [part for each in tasks for part in wrap(f"– {each}", desk.look.width - 2)]
    heading = desk.say("To be added later")
    return ["\n".join([heading, *(f"  {line}" for line in told)])] if told else []


def offers_text(desk: "Desk", key: str, offers: Sequence[Offer]) -> str:
    """Write every step with its command, and beneath what it still lacks."""
    lines = [desk.say("Next steps")]
    for same in _by_step(offers):
        lines += _step(desk, key, same)
    if not offers:
        lines.append(f"  {words.name('label', 'nothing', desk.tongue.lang)}")
    return "\n".join(lines)


def _by_step(offers: Sequence[Offer]) -> list[list[Offer]]:
    """Put together what differs in where it leads only, such as the states to take over."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        lacks = [lack["guard"] for lack in offer["blocked_by"]]
        found.setdefault(f"{offer['name']} {lacks}", []).append(offer)
    return list(found.values())


def _step(desk: "Desk", key: str, same: Sequence[Offer]) -> list[str]:
    first, width = same[0], desk.look.width
    move, place, noun = _OF_ROUNDS if key.startswith("Z-") else _OF_MEASURES
    name = words.name(move, first["name"], desk.tongue.lang)
    typed = f"cycle {noun} {str(first['name']).replace('_', '-')} {key}"
    lines = []
    if len(same) > 1:
        typed += f" --{place} {spoken(place.upper(), desk.tongue)}"
        names = [words.name(place, each["to"], desk.tongue.lang) for each in same]
        lines = [f"      {part}" for part in wrap(", ".join(names), width - 6)]
    head = f"  {'✓' if first['allowed'] else '–'} {name}:"
    fits = len(head) + len(typed) + 3 <= width
    lines = [f"{head} `{typed}`", *lines] if fits else [head, f"      `{typed}`", *lines]
    for lack in first["blocked_by"]:
        lines += _lack(str(lack["says"]), str(lack["fix"]), width - 6)
    return lines


def _lack(says: str, fix: str, width: int) -> list[str]:
    """Write what is missing and, on lines of its own that can be copied, the command."""
    task, sign, typed = fix.partition(": cycle ")
    parts = wrap(f"{says} {task}{sign[:1]}", width)
    parts += [f"  {part}" for part in command(f"cycle {typed}", width - 2)] if sign else []
    return [f"      {part}" for part in parts]
