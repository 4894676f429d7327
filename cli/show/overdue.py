"""The screen of what is overdue: an entry each, the oldest first, in eighty columns."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.show import tables
from cycle.machine import overdue, words

if TYPE_CHECKING:
    from cli.desk import Desk

Row = Any  # of cycle.reading.overdue
INDENT = 5


def overdue_text(desk: "Desk", found: Sequence[Row], today: date) -> str:
    """Write who owes what since when, and the command that settles it."""
    late = [row for row in found if not row.done]
    settled = [row for row in found if row.done]
    heading = words.name("label", "overdue", desk.tongue.lang)
    if not found:
        return desk.say("Nothing is overdue.")
    parts = [f"{heading} · {desk.tongue.date(today)} · {len(late)}"]
    parts += ["\n".join(_late(desk, row)) for row in late]
    if settled:
        lines = tables.told(desk.say("Passed on and done since, still to be noted:"), desk.look)
        lines += [line for row in settled for line in _settled(desk, row)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _late(desk: "Desk", row: Row) -> list[str]:
    lines = [_head(desk, row)]
    for told in (row.says, _since(desk, row), f"{row.who}: {row.task}", *_passed(desk, row)):
        lines += tables.told(told, desk.look, INDENT)
    return lines + _command(desk, row.command)


def _command(desk: "Desk", typed: str) -> list[str]:
    parts = tables.command(desk.look.spell(typed), desk.look.width - INDENT)
    return [f"{'':{INDENT}}{part}" for part in parts]


def _head(desk: "Desk", row: Row) -> str:
    room = desk.look.width - INDENT - len(row.key) - 2
    return f"{row.rule:<{INDENT}}{row.key}  {tables.cut(row.title, desk.look, room)}"


def _since(desk: "Desk", row: Row) -> str:
    """Tell the day it was owed and the days since; what is told beforehand lies ahead."""
    if row.days == 0:
        return desk.say("owed today, {day}", day=row.due)
    if row.days < 0:
        return desk.tongue.plural(
            "on {day}, in one day", "on {day}, in {n} days", -row.days, day=row.due
        )
    return desk.tongue.plural(
        "owed since {day}, for one day", "owed since {day}, for {n} days", row.days, day=row.due
    )


def _passed(desk: "Desk", row: Row) -> list[str]:
    told = []
    if row.released:
        level = overdue.level(row.released, desk.tongue.lang)
        told.append(desk.say("passed on to: {level}", level=level))
    if row.escalation:
        level = overdue.level(row.escalation, desk.tongue.lang)
        told.append(desk.say("may be passed on to: {level}", level=level))
    return told


def _settled(desk: "Desk", row: Row) -> list[str]:
    typed = f"cycle overdue noted {row.rule} {row.key}"
    if row.which:
        typed += f" --about {row.which}"
    level = overdue.level(row.released, desk.tongue.lang)
    says = desk.say("{name}; was passed on to: {level}", name=row.name, level=level)
    return [_head(desk, row), *tables.told(says, desk.look, INDENT), *_command(desk, typed)]
