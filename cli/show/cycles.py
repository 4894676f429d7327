"""One round on its screen: its stage on the circle, what that still lacks, what is in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import sheets, stages, tables
from cli.show.labels import head, spoken
from cli.show.offers import ahead, missing_text, offers_text
from cli.show.shortened import few, walls
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
SHOWN: Final = frozenset(  # by the head and the parts above the facts
    {"key", "title", "stage", "states", "goals", "offers", "deadlines", "without_evaluation"}
)


def round_parts(desk: "Desk", found: Found) -> list[str]:
    """Write the parts of the screen, the most urgent first."""
    offers = found["offers"]
    lacking = ahead(offers)
    rest = [each for each in offers if each not in lacking]
    written = ["\n".join(_head(desk, found))]
    if lacking:
        says = desk.say("What is missing before the next stage")
        written.append(missing_text(desk, says, lacking))
    written += ["\n".join(part) for part in (_deadlines(desk, found), _unjudged(desk, found))]
    if rest or not offers:
        written.append(offers_text(desk, found["key"], rest))
    written += ["\n".join(part) for part in _counted(desk, found)]
    if _long(desk, found):
        command = f"`cycle round show {found['key']} --format plain`"
        says = desk.say("{command} names them all.", command=command)
        written.append("\n".join(tables.told(says, desk.look)))
    painted = [desk.look.paint(part) for part in written if part]
    return [*painted, *sheets.facts(desk, "round", found, SHOWN)]


def _head(desk: "Desk", found: Found) -> list[str]:
    title = " ".join(found["title"].split())
    stage = words.name("stage", found["stage"], desk.tongue.lang)
    entered = [each["entered_on"] for each in found["stages"] if not each["left_on"]]
    told = desk.say("stage {stage}", stage=stage)
    if entered:
        day = spoken("round", "entered_on", entered[-1], desk.tongue)
        told = desk.say("stage {stage} since {day}", stage=stage, day=day)
    counts = stages.counted(found["states"])
    return [
        *tables.told(f"{found['key']} {title}", desk.look, 0, 2),
        *tables.told(told, desk.look),
        *stages.line(desk, stages.of_round(found["stage"]), counts),
    ]


def _deadlines(desk: "Desk", found: Found) -> list[str]:
    if not found["deadlines"]:
        return []
    lines = tables.told(head("deadlines", desk.tongue), desk.look)
    for each in found["deadlines"]:
        day = desk.tongue.date(date.fromisoformat(each["due"]))
        told = spoken("deadline", "code", each["code"], desk.tongue)
        about = f" ({each['text']})" if each["text"] else ""
        lines += tables.told(f"{day} {told}{about}", desk.look, 2, 2)
    return lines


def _unjudged(desk: "Desk", found: Found) -> list[str]:
    """Name the first of the measures that ran and were never judged, and how many there are."""
    keys: Sequence[str] = found["without_evaluation"]
    if not keys:
        return []
    heading = f"{head('without_evaluation', desk.tongue)}: {len(keys)}"
    return [*tables.told(heading, desk.look), *tables.told(few(desk, keys), desk.look, 2)]


def _counted(desk: "Desk", found: Found) -> Iterator[list[str]]:
    """Write how many measures and goals are in which state."""
    for name, kind in (("states", "state"), ("goals", "goal_status")):
        counts = {each: n for each, n in found[name].items() if n}
        if counts:
            told = (f"{words.name(kind, each, desk.tongue.lang)} {n}" for each, n in counts.items())
            joined = "\u00a0· ".join(each.replace(" ", "\u00a0") for each in told)
            heading = f"{head(name, desk.tongue)}: {sum(counts.values())}"
            yield [*tables.told(heading, desk.look), *tables.told(joined, desk.look, 2)]


def _long(desk: "Desk", found: Found) -> bool:
    """Tell whether keys were left out."""
    keys = found["without_evaluation"]
    says = [str(lack["says"]) for offer in found["offers"] for lack in offer["blocked_by"]]
    return few(desk, keys) != ", ".join(keys) or any(walls(desk, each) != each for each in says)
