"""One measure on its screen: where it stands, its chain, what it lacks, what it is to move."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cli.show import sheets, stages, tables, traces
from cli.show.labels import cell, head, spoken
from cli.show.lights import lights_text
from cli.show.offers import ahead, missing_text, offers_text
from cli.show.sparks import spark
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
SHOWN: Final = frozenset(  # by the head and the parts above the facts
    {
        "key",
        "title",
        "description",
        "state",
        "stage",
        "lead",
        "cycle",
        "lights",
        "offers",
        sheets.AROUND,
    }
)
ABOVE: Final = (("report", "evaluation", "measure"), ("finding",), ("goal",))
ENDS: Final = frozenset({"measure", "evaluation"})  # of another round, or told by its own chain
FEW: Final = 3  # of one kind in the chain, and levels that follow
VALUES: Final = 6  # of an indicator, the latest


def measure_parts(desk: "Desk", found: Found) -> list[str]:
    """Write the parts of the screen, the most urgent first."""
    around, offers = found[sheets.AROUND], found["offers"]
    lacking = ahead(offers)
    rest = [each for each in offers if each not in lacking]
    written = ["\n".join(_head(desk, found)), "\n".join(_chain(desk, around["chain"]))]
    if lacking:
        says = desk.say("What is missing before the next step")
        written.append(missing_text(desk, says, lacking))
    written.append(offers_text(desk, found["key"], rest))
    written.append(f"{desk.look.spell(head('lights', desk.tongue))}\n"
                   f"{lights_text(desk, found['lights'])}")  # fmt: skip
    written.append("\n".join(_indicators(desk, around["lines"])))
    painted = [desk.look.paint(part) for part in written if part]
    return [*painted, *sheets.facts(desk, "measure", found, SHOWN)]


def _head(desk: "Desk", found: Found) -> list[str]:
    tongue = desk.tongue
    told = [words.name("state", found["state"], tongue.lang)]
    told += [f"{head(name, tongue)} {found[name]}" for name in ("lead", "cycle") if found[name]]
    title = " ".join(found["title"].split())
    return [
        *tables.told(f"{found['key']} {title}", desk.look, 0, 2),
        *tables.told(" · ".join(told), desk.look),
        *stages.line(desk, stages.of_measure(found["state"])),
        *(["", *tables.told(found["description"], desk.look)] if found["description"] else []),
    ]


def _chain(desk: "Desk", chain: Found) -> list[str]:
    """Draw how the report led to the goal, the goal to the measure, and what it came to."""
    before: list[list[Found]] = [_of_kinds(chain["comes_from"], kinds) for kinds in ABOVE]
    levels = [level for level in before if level]
    lines = tables.told(desk.say("From the report to the evaluation"), desk.look)
    for depth, level in enumerate(levels):
        for each in level:
            lines += _branch(desk, each, depth, last=each is level[-1])
    here = {**chain, "key": f"{stages.HERE}{chain['key']}", "on": None}
    after = _pruned(chain["became"], FEW - 1)
    below = traces.DOWN if after else "  "
    lines += _branch(desk, here, len(levels), last=True, below=below)
    blank = "  " * (len(levels) + 1)
    return [*lines, *traces.tree(desk, after, blank, most=1)]


def _of_kinds(nodes: Sequence[Found], kinds: Sequence[str]) -> list[Found]:
    """Pick the records of these kinds that lie behind, the farthest first."""
    found = {each["key"]: each for each in _behind(nodes) if each["kind"] in kinds}
    return list(found.values())[-FEW:]


def _behind(nodes: Sequence[Found]) -> Iterator[Found]:
    for each in nodes:
        if each["kind"] not in ENDS:
            yield from _behind(each["next"])
        if not each["again"]:
            yield each


def _pruned(nodes: Sequence[Found], levels: int) -> list[Found]:
    return [
        {**each, "next": _pruned(each["next"], levels - 1) if levels > 1 else ()} for each in nodes
    ]


def _branch(
    desk: "Desk", found: Found, depth: int, *, last: bool, below: str = "  "
) -> Iterator[str]:
    """Write a record of the chain; of those above the measure the decisions are left to trace."""
    sign = traces.LAST if last else traces.NEXT
    shown = found if found["key"].startswith(stages.HERE) else {**found, "decisions": ()}
    lines = traces.node(desk, {**shown, "on": None}, 2 * depth + traces.STEP, below, most=1)
    for i, line in enumerate(lines):
        yield f"{'  ' * depth}{'  ' if i else desk.look.spell(sign)}{line}"


def _indicators(desk: "Desk", lines: Sequence[Found]) -> list[str]:
    if not lines:
        return []
    told = tables.told(desk.say("What it is to move"), desk.look)
    return told + [part for each in lines for part in _indicator(desk, each)]


def _indicator(desk: "Desk", found: Found) -> Iterator[str]:
    """Tell from where to where it is to go, and how it went: as columns and as numbers."""
    here, target = found["indicator"], found["target"]
    names = (found["goal"], here["code"], " ".join(here["name"].split()), found["area"]["name"])
    yield from tables.told(" · ".join(names), desk.look, 2, 2)
    way = [_aim(desk, target, here["unit"])]
    if target["baseline_date"]:
        start = _value(desk, target["baseline_value"], here["unit"], target["baseline_status"])
        way.insert(0, desk.say("baseline {value}, {day}", value=start,
                               day=_day(desk, target["baseline_date"])))  # fmt: skip
    yield from tables.told(" → ".join(part for part in way if part), desk.look, 4, 2)
    values = found["values"][-VALUES:]
    if values:
        columns = spark([each["value"] for each in values])
        said = [
            f"{_bare(desk, each['value'], here['unit'], each['status'])} "
            f"({_day(desk, each['period_end'])})".replace(" ", "\u00a0")
            for each in values
        ]
        joined = "\u00a0→ ".join(said)
        yield from tables.told(f"{columns}  {joined}", desk.look, 4, 2)


def _aim(desk: "Desk", target: Found, unit: str) -> str:
    """Tell the value that is aimed at; what is not simply to be reached is told by its kind."""
    if target["target_value"] is None:
        return ""
    value = _value(desk, target["target_value"], unit, None)
    if target["kind"] != "reach":
        value = f"{words.name('target_kind', target['kind'], desk.tongue.lang)} {value}"
    if not target["target_date"]:
        return desk.say("target {value}", value=value)
    day = spoken("goal", "target_date", target["target_date"], desk.tongue)
    return desk.say("target {value} by {day}", value=value, day=day)


def _value(desk: "Desk", value: float | None, unit: str, status: str | None) -> str:
    """Write a value with its unit; one that is withheld is told by its status."""
    told = _bare(desk, value, unit, status)
    return told if value is None else f"{told}\u00a0{unit}"


def _bare(desk: "Desk", value: float | None, unit: str, status: str | None) -> str:
    if value is None:
        return words.name("value_status", status or "pending", desk.tongue.lang)
    row = {"value": value, "unit": unit}
    return cell("observation", "value", row, ["value", "unit"], desk.tongue)


def _day(desk: "Desk", day: str) -> str:
    """Write the last day of a period: the year alone where it ends with it."""
    year, _, rest = day.partition("-")
    return year if rest == "12-31" else spoken("observation", "period_end", day, desk.tongue)
