"""How a round came along, as areas one upon another, with what was planned as a line of rings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.canvas import Canvas, coloured
from cli.show.rows import markdown
from cli.show.scales import Scale, scale
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
NARROWEST: Final = 72  # a narrower screen gets the table
ROWS, EDGE, LABELS = 14, 7, 19  # of the chart, left of it for numbers, right of it for words
STEPS: Final = 5
_AREAS: Final = {  # what stands lower hides what stands higher
    "all": "·", "approved": "░", "begun": "▒", "implemented": "▓", "reported": "█",
}  # fmt: skip
_PLAIN: Final = {"·": ".", "░": ":", "▒": "=", "▓": "%", "█": "#", "○": "o", "┊": "!"}
NAMES: Final = {
    "all": N_("in all"), "approved": N_("approved"), "begun": N_("begun"),
    "implemented": N_("finished"), "evaluated": N_("evaluated"),
    "reported": N_("reported back"), "planned": N_("plan"),
}  # fmt: skip
_ENDING: Final = N_("planned end")
PLANNED, TODAY = "○", "┊"
_TINTS: Final = {"█": "good", "▓": "here", PLANNED: "odd"}
_MOST_ROWS: Final = 12  # of the table beneath


def burn_up_text(desk: "Desk", found: Found) -> str:
    """Draw the months of a round, and beneath it the figures at even distances."""
    months = found["months"]
    now = [each for each in months if each["all"] is not None][-1:]
    heading = list(_heading(desk, found))
    if not any(each["all"] for each in now):
        return "\n".join([*heading, desk.look.spell(desk.say("The round has no measures yet."))])
    heading += tables.wrap(desk.look.spell(_told(desk, now[0])), desk.look.width)
    body = [_chart(desk, months, now[0]), months_text(desk, _some(months))]
    return "\n\n".join(["\n".join(heading), *body])


def _told(desk: "Desk", now: Found) -> str:
    """Say in a sentence whether the round keeps to its plan."""
    return desk.say(
        "{planned} were planned to have ended by {day}, {done} have ended.",
        planned=now["planned"], day=date.fromisoformat(now["until"]), done=now["implemented"],
    )  # fmt: skip


def _heading(desk: "Desk", found: Found) -> Iterator[str]:
    here, width = found["cycle"], desk.look.width
    stage = words.name("stage", here["stage"], desk.tongue.lang)
    says = desk.say(
        "{key} {title}: round {round}, stage {stage}", key=here["key"], title=here["title"],
        round=here["round"], stage=stage,
    )  # fmt: skip
    yield from tables.wrap(desk.look.spell(says), width)


def _chart(desk: "Desk", months: Sequence[Found], now: Found) -> str:
    room = desk.look.width - EDGE - LABELS
    width = room // len(months) * len(months) or room
    columns = [months[x * len(months) // width] for x in range(width)]
    values = [each[name] or 0 for each in months for name in ("all", "planned")]
    axis = scale([0, *values], STEPS, whole=True)
    canvas = Canvas(desk.look.width, ROWS + 3, ascii_=desk.look.ascii)
    for x, each in enumerate(columns, start=EDGE):
        _column(desk, canvas, x, each, axis)
    _edges(desk, canvas, axis, columns)
    _words(desk, canvas, axis, {**now, "planned": months[-1]["planned"]}, EDGE + width + 1)
    return coloured(canvas.text(), _TINTS, desk.look)


def _sign(desk: "Desk", sign: str) -> str:
    return _PLAIN[sign] if desk.look.ascii else sign


def _row(value: float, axis: Scale) -> int:
    """Give the row a value reaches; a single one is seen too."""
    return ROWS - ceil(axis.at(value, ROWS) - 1e-9)


def _column(desk: "Desk", canvas: Canvas, x: int, month: Found, axis: Scale) -> None:
    for name, sign in _AREAS.items():
        if month[name]:
            canvas.down(x, _row(month[name], axis), ROWS - 1, _sign(desk, sign))
    if month["planned"]:
        canvas.put(x, _row(month["planned"], axis), _sign(desk, PLANNED))


def _edges(desk: "Desk", canvas: Canvas, axis: Scale, columns: Sequence[Found]) -> None:
    """Draw the axes: numbers at the left, years below, and where today is."""
    level, upright, corner = ("-", "|", "+") if desk.look.ascii else ("─", "│", "└")
    canvas.down(EDGE - 1, 0, ROWS - 1, upright)
    canvas.put(EDGE - 1, ROWS, corner + level * len(columns))
    for tick in axis.ticks:
        row = min(_row(tick, axis), ROWS)
        canvas.put(0, row, f"{desk.tongue.number(int(tick)):>{EDGE - 2}}")
    for x, each in enumerate(columns):
        year = each["month"][:4]
        first = x == 0 or columns[x - 1]["month"][:4] != year
        if first and canvas.free(EDGE + x, ROWS + 1, len(year)):
            canvas.put(EDGE + x, ROWS + 1, year)
    known = [x for x, each in enumerate(columns) if each["all"] is not None]
    if known and known[-1] < len(columns) - 1:
        today = desk.look.spell(desk.say("today"))
        canvas.down(EDGE + known[-1] + 1, 0, ROWS, _sign(desk, TODAY))
        canvas.put(EDGE + known[-1] + 1 - len(today) // 2, ROWS + 2, today)


def _words(desk: "Desk", canvas: Canvas, axis: Scale, now: Found, x: int) -> None:
    """Name every area and the line at the height where it ends, with the number it reached."""
    signs = {**_AREAS, "planned": PLANNED}
    told = sorted(signs, key=lambda name: (-(now[name] or 0), list(signs).index(name)))
    row = -1
    for i, name in enumerate(told):
        row = min(max(row + 1, _row(now[name] or 0, axis)), ROWS - len(told) + i)
        word = desk.say(NAMES[name] if name in _AREAS else _ENDING)
        says = f"{_sign(desk, signs[name])} {now[name] or 0} {word}"
        canvas.put(x, row, desk.look.spell(says))


def months_text(desk: "Desk", months: Sequence[Found]) -> str:
    """Write the figures of months as a table, in the format that was asked for."""
    heads = [desk.say("Month"), *(desk.say(NAMES[name]) for name in NAMES)]
    rows = [
        [_named(desk, each), *("" if each[name] is None else str(each[name]) for name in NAMES)]
        for each in months
    ]
    spell = desk.look.spell
    heads, rows = [spell(head) for head in heads], [[spell(c) for c in row] for row in rows]
    if desk.format == "md":
        return markdown(heads, rows)
    if desk.format == "plain":
        return tables.blocks(heads, rows)
    return tables.table(heads, rows, desk.look)


def _named(desk: "Desk", month: Found) -> str:
    """Write a month as the language does."""
    year, number = month["month"].split("-")
    return f"{number}.{year}" if desk.tongue.lang == "de" else f"{year}-{number}"


def _some(months: Sequence[Found]) -> list[Found]:
    """Pick months at even distances, and the one of today."""
    per = next((n for n in (1, 3, 6, 12, 24, 60) if len(months) / n <= _MOST_ROWS), 120)
    now = [each for each in months if each["all"] is not None][-1:]
    return [
        each for i, each in enumerate(months) if (len(months) - 1 - i) % per == 0 or each in now
    ]
