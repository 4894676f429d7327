"""The open ends on the screen: a line per rule or every one of them, and what comes next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from cli.placeholders import spoken
from cli.show import tables
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Lines = Sequence[Any]  # rows of cycle.reading.gaps
SCREEN: Final = 40  # lines
NEXT: Final = 3  # commands
USUAL: Final = ("cycle measure log TITLE", "cycle gaps", "cycle measure list")


def gaps_text(desk: "Desk", gaps: Lines) -> str:
    """Write a line for every rule, and its command as long as the screen has room."""
    if not gaps:
        return desk.say("The cycle has no open ends.")
    after = next_text(desk, gaps)
    heads = [gap_lines(desk, line) for line in gaps]
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
        "\n".join([*gap_lines(desk, group), *_items(desk, group.items)]) for group in groups
    )


def next_text(desk: "Desk", gaps: Lines) -> str:
    """Name the three commands that come next."""
    usual = [spoken(command, desk.tongue) for command in USUAL]
    commands = list(dict.fromkeys([*(line.command for line in gaps), *usual]))[:NEXT]
    lines = [part for each in commands for part in tables.command(each, desk.look.width - 2)]
    return "\n".join([desk.say("What to do next"), *(f"  {line}" for line in lines)])


def gap_lines(desk: "Desk", line: Any) -> list[str]:  # noqa: ANN401 - a row of cycle.reading.gaps
    """Write one rule: how often, what is open, who owes it."""
    first, *rest = tables.told(f"{line.says} ({line.who})", desk.look, 7)
    return [f"{line.count:>5}  {first[7:]}", *rest]


def _items(desk: "Desk", items: Lines) -> list[str]:
    """Write what has an open end; what is owed stands beneath it, as several may be owed."""
    lines: list[str] = []
    before = None
    for item in items:
        if not item.guard or item.key != before:
            lines.append(_item(desk, item))
        if item.guard:
            lines += tables.told(item.task, desk.look, 6)
        before = item.key
    return lines


def _item(desk: "Desk", item: Any) -> str:  # noqa: ANN401 - a row of cycle.reading.gaps
    since = f"  {desk.tongue.date(item.since)}" if item.since else ""
    room = desk.look.width - len(item.key) - len(since) - 4
    return f"  {item.key}  {tables.cut(item.title, desk.look, room)}{since}"
