"""The steps that are open, and what the others still lack."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.placeholders import spoken
from cli.show import tables
from cli.show.shortened import walls
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Offer = Mapping[str, Any]
_OF_MEASURES = "move", "state", "measure"  # kinds of words, and the noun of the command
_OF_ROUNDS = "round_move", "stage", "round"
_STAGES = frozenset({"report", "goal", "measure", "evaluation", "closed"})
ASIDE = frozenset(
    {  # steps that leave the circle or interrupt it
        "abandon",
        "cancel",
        "merge",
        "reject",
        "reopen",
        "split",
        "supersede",
        "suspend",
        "take_over",
    }
)


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
    if desk.format in ("json", "ndjson", "csv"):
        from cli.show.facts import put

        put(desk, list(offers))
    else:
        text = "\n\n".join([offers_text(desk, key, offers), *_owed(desk, owed)])
        desk.put(desk.look.paint(text))


def _owed(desk: "Desk", tasks: Sequence[str]) -> list[str]:
    """Write what earlier steps left to be supplied."""
    told = [part for each in tasks for part in tables.told(f"– {each}", desk.look, 2, 2)]
    heading = desk.say("To be added later")
    return ["\n".join([heading, *told])] if told else []


def offers_text(desk: "Desk", key: str, offers: Sequence[Offer]) -> str:
    """Write every step with its command, and beneath what it still lacks."""
    lines = tables.told(desk.say("Next steps"), desk.look)
    for same in _by_step(offers):
        lines += _step(desk, key, same)
    if not offers:
        lines += tables.told(words.name("label", "nothing", desk.tongue.lang), desk.look, 2)
    return "\n".join(lines)


def missing_text(desk: "Desk", heading: str, offers: Sequence[Offer]) -> str:
    """Write what each of these steps lacks, who supplies it, and by which command."""
    lines = tables.told(heading, desk.look)
    for same in _by_step(offers):
        lines += tables.told(_name(desk, same[0]), desk.look, 2)
        lines += [part for lack in same[0]["blocked_by"] for part in _lack(desk, lack, 4)]
    return "\n".join(lines)


def ahead(offers: Sequence[Offer]) -> list[Offer]:
    """Give the steps that lead on round the circle and lack something."""
    return [each for each in offers if each["blocked_by"] and each["name"] not in ASIDE]


def _by_step(offers: Sequence[Offer]) -> list[list[Offer]]:
    """Put together what differs in where it leads only, such as the states to take over."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        lacks = [lack["guard"] for lack in offer["blocked_by"]]
        found.setdefault(f"{offer['name']} {lacks}", []).append(offer)
    return list(found.values())


def _name(desk: "Desk", offer: Offer) -> str:
    """Name a step; the names of those of a measure and of a round are kept apart."""
    kind = _OF_ROUNDS[0] if offer["to"] in _STAGES else _OF_MEASURES[0]
    return words.name(kind, offer["name"], desk.tongue.lang)


def _step(desk: "Desk", key: str, same: Sequence[Offer]) -> list[str]:
    first, look = same[0], desk.look
    _, place, noun = _OF_ROUNDS if key.startswith("Z-") else _OF_MEASURES
    typed = f"cycle {noun} {str(first['name']).replace('_', '-')} {key}"
    lines = []
    if len(same) > 1:
        typed += f" --{place} {spoken(place.upper(), desk.tongue)}"
        names = [words.name(place, each["to"], desk.tongue.lang) for each in same]
        lines = tables.told(", ".join(names), look, 6)
    head = tables.told(f"{'✓' if first['allowed'] else '–'} {_name(desk, first)}:", look, 2, 2)
    fits = len(head[0]) + len(typed) + 3 <= look.width and len(head) == 1
    lines = [f"{head[0]} `{typed}`", *lines] if fits else [*head, f"      `{typed}`", *lines]
    for lack in first["blocked_by"]:
        lines += _lack(desk, lack, 6)
    return lines


def _lack(desk: "Desk", lack: Mapping[str, Any], indent: int) -> list[str]:
    """Write what is missing, who has it and, on lines that can be copied, the command."""
    task, sign, typed = str(lack["fix"]).partition(": cycle ")
    says = str(lack["says"])
    says = says if desk.format == "plain" else walls(desk, says)
    who = str(lack["who"])
    who = who[:1].upper() + who[1:]
    lines = tables.told(f"– {says} {who}: {task}", desk.look, indent, 2)
    inner = indent + 4
    typed = desk.look.spell(f"cycle {typed}")
    parts = tables.command(typed, desk.look.width - inner) if sign else []
    return [*lines, *(f"{' ' * inner}{part}" for part in parts)]
