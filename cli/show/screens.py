"""Screens that tell where the town stands; each fits 80 columns and 40 lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.placeholders import spoken
from cli.show import tables
from cycle.machine import words
from cycle.machine.words.lights import SIGNS, label

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
Lines = Sequence[Any]  # rows of cycle.reading.gaps
SCREEN, MOST_GAPS, NEXT = 40, 6, 3
UNITS = ((12, 2), (12, 1), (8, 1), (5, 1), (3, 1))  # how many departments, in how many lines
USUAL = ("cycle measure log TITLE", "cycle gaps", "cycle measure list")


def status_text(desk: "Desk", found: Found, gaps: Lines) -> str:
    """Write the round, the measures by state and by department, and the open ends."""
    town = found["municipality"]["name"]
    heading = f"{town} · {_day(desk, found)}"
    above = [f"{heading}\n{_round(desk, found)}", _states(desk, found["states"])]
    above += [text for text in (_lights(desk, found), _overdue(desk, found["overdue"])) if text]
    begun = any(found["states"].values())
    below = [_open_ends(desk, gaps), next_text(desk, gaps if begun else ())]
    room = SCREEN - 2 - sum(part.count("\n") + 2 for part in above + below)
    units = [_units(desk, found["departments"], room)] if found["departments"] else []
    return "\n\n".join(above + units + below)


def gaps_text(desk: "Desk", gaps: Lines) -> str:
    """Write a line for every rule, and its command as long as the screen has room."""
    if not gaps:
        return desk.say("The cycle has no open ends.")
    after = next_text(desk, gaps)
    heads = [_gap(desk, line) for line in gaps]
    spare = SCREEN - 3 - after.count("\n") - sum(map(len, heads))
    lines = [words.name("label", "gaps", desk.tongue.lang)]
    for head, line in zip(heads, gaps, strict=True):
        typed = [f"       {part}" for part in tables.command(line.command, desk.look.width - 7)]
        lines += [*head, *typed[:spare]] if len(typed) <= spare else head
        spare -= min(len(typed), spare)
    return "\n".join(lines) + "\n\n" + after


def all_gaps_text(desk: "Desk", groups: Lines) -> str:
    """Write every open end under its rule."""
    if not groups:
        return desk.say("The cycle has no open ends.")
    return "\n\n".join(
        "\n".join([*_gap(desk, group), *_items(desk, group.items)]) for group in groups
    )


def next_text(desk: "Desk", gaps: Lines) -> str:
    """Name the three commands that come next."""
    usual = [spoken(command, desk.tongue) for command in USUAL]
    commands = list(dict.fromkeys([*(line.command for line in gaps), *usual]))[:NEXT]
    lines = [part for each in commands for part in tables.command(each, desk.look.width - 2)]
    return "\n".join([desk.say("What to do next"), *(f"  {line}" for line in lines)])


def _day(desk: "Desk", found: Found) -> str:
    if found["as_of"] is None:
        return desk.tongue.date(date.fromisoformat(found["today"]))
    day = desk.tongue.date(date.fromisoformat(found["as_of"]))
    return desk.say("as it was known on {day}", day=day)


def _lights(desk: "Desk", found: Found) -> str:
    """Sum up the lights of all departments: how many of each colour, never an average."""
    lines = []
    for light in ("delivery", "effect", "data"):
        counts: Counter[str] = Counter()
        for unit in found["departments"]:
            counts.update(unit["lights"][light])
        told = " · ".join(f"{SIGNS[c]} {counts[c]}" for c in SIGNS)
        lines.append(f"  {label(light, desk.tongue.lang):12}{told}")
        some = sum(counts.values())
    return "\n".join([desk.say("Lights of what is under way"), *lines]) if some else ""


def _overdue(desk: "Desk", overdue: Mapping[str, int]) -> str:
    if not overdue:
        return ""
    told = "\u00a0· ".join(f"{code}\u00a0{count}" for code, count in overdue.items())
    heading = desk.say("Overdue: {count} (`cycle overdue`)", count=sum(overdue.values()))
    body = [f"  {line}" for line in tables.wrap(told, desk.look.width - 2)]
    return "\n".join([heading, *body])


def _round(desk: "Desk", found: Found) -> str:
    here = found["cycle"]
    if here is None:
        return desk.say("No round is open; `cycle round open` begins one.")
    stage = words.name("stage", here["stage"], desk.tongue.lang)
    says = desk.say(
        "{key} {title}: round {round}, stage {stage}",
        key=here["key"], title=here["title"], round=here["round"], stage=stage,
    )  # fmt: skip
    others = [key for key in found["cycles"] if key != here["key"]]
    more = [desk.say("also open: {keys}", keys=", ".join(others))] if others else []
    return "\n".join("\n".join(tables.wrap(line, desk.look.width)) for line in [says, *more])


def _states(desk: "Desk", states: Mapping[str, int]) -> str:
    told = _counted(desk, states)
    heading = desk.say("Measures: {count}", count=sum(states.values()))
    body = [f"  {line}" for line in tables.wrap(told, desk.look.width - 2)] if told else []
    return "\n".join([heading, *body])


def _counted(desk: "Desk", states: Mapping[str, int]) -> str:
    named = ((words.name("state", s, desk.tongue.lang), n) for s, n in states.items() if n)
    told = (f"{name} {count}".replace(" ", "\u00a0") for name, count in named)
    return "\u00a0· ".join(told)


def _units(desk: "Desk", units: Sequence[Found], room: int) -> str:
    """Write as many departments as the screen has room for, those with most measures first."""
    for shown, lines in UNITS:
        text = _some_units(desk, units, shown, lines)
        if text.count("\n") < room:
            break
    return text


def _some_units(desk: "Desk", units: Sequence[Found], shown: int, lines: int) -> str:
    ranked = sorted(units, key=lambda u: -sum(u["states"].values()))
    rows = [
        [u["code"], u["name"], str(sum(u["states"].values())), _counted(desk, u["states"])]
        for u in ranked[:shown]
    ]
    heads = [desk.say("Code"), desk.say("Department"), desk.say("All"), desk.say("by state")]
    text = tables.table(heads, rows, desk.look, lines)
    rest = len(units) - shown
    more = desk.tongue.plural("and {n} more department", "and {n} more departments", rest)
    return f"{text}\n{more}" if rest > 0 else text


def _open_ends(desk: "Desk", gaps: Lines) -> str:
    heading = words.name("label", "gaps", desk.tongue.lang)
    if not gaps:
        return f"{heading}: {words.name('label', 'nothing', desk.tongue.lang)}"
    lines = [part for line in gaps[:MOST_GAPS] for part in _gap(desk, line)]
    rest = len(gaps) - MOST_GAPS
    if rest > 0:
        more = desk.tongue.plural("one more kind", "{n} more kinds", rest)
        lines.append(f"       {more}: `cycle gaps`")
    return "\n".join([heading, *lines])


def _gap(desk: "Desk", line: Any) -> list[str]:  # noqa: ANN401 - a row of cycle.reading.gaps
    first, *rest = tables.wrap(f"{line.says} ({line.who})", desk.look.width - 7)
    return [f"{line.count:>5}  {first}", *(f"       {part}" for part in rest)]


def _items(desk: "Desk", items: Lines) -> list[str]:
    """Write what has an open end; what is owed stands beneath it, as several may be owed."""
    lines: list[str] = []
    before = None
    for item in items:
        if not item.guard or item.key != before:
            lines.append(_item(desk, item))
        if item.guard:
            lines += [f"      {part}" for part in tables.wrap(item.task, desk.look.width - 6)]
        before = item.key
    return lines


def _item(desk: "Desk", item: Any) -> str:  # noqa: ANN401 - a row of cycle.reading.gaps
    since = f"  {desk.tongue.date(item.since)}" if item.since else ""
    room = desk.look.width - len(item.key) - len(since) - 4
    title = " ".join(item.title.split())
    cut = title if len(title) <= room else f"{title[: room - 1]}…"
    return f"  {item.key}  {cut}{since}"
