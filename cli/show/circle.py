"""The steering circle drawn as a ring of four boxes; an arrow with a cross is broken."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.canvas import Canvas, coloured
from cycle.machine import gaps, words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
NARROWEST: Final = 78  # a narrower screen gets the table
WIDTH: Final = 80
BOX: Final = 30
LEFT, RIGHT = 14, 65  # the columns of the arrows that go up and down
MIDDLE: Final = (WIDTH - BOX) // 2
_ARROWS: Final = {False: tuple("▶▼◀▲"), True: tuple(">v<^")}
_LINES: Final = {False: tuple("─│┐┘└┌"), True: tuple("-|++++")}
HERE, BROKEN = "◆", "✗"
_PLAIN: Final = {HERE: "*", BROKEN: "x"}
_TINTS: Final = {BROKEN: "broken", HERE: "here", "▶": "here", "▼": "here", "◀": "here",
                 "▲": "here"}  # fmt: skip


def circle_text(desk: "Desk", found: Found) -> str:
    """Draw the ring, and tell beneath it what breaks it."""
    parts = ["\n".join(_heading(desk, found)), _ring(desk, found), *_below(desk, found)]
    return "\n\n".join(parts)


def named(desk: "Desk", row: Found) -> dict[str, Any]:
    """Give a row of the circle as people read it."""
    lang, part, to = desk.tongue.lang, row["part"], row["to"]
    if to:
        told = f"{_stage(desk, part)} → {_stage(desk, to)}"
        return {"part": told, "name": gaps.says(row["name"], lang), "count": row["count"]}
    place = desk.say("Off the circle") if part == "off" else _stage(desk, part)
    name = words.name("state", row["name"], lang)
    return {"part": place, "name": name, "count": row["count"]}


def _heading(desk: "Desk", found: Found) -> Iterator[str]:
    day = desk.tongue.date(date.fromisoformat(found["as_of"] or found["today"]))
    says = desk.say("The steering circle of {town} on {day}", town=found["municipality"]["name"],
                    day=day)  # fmt: skip
    yield desk.look.spell(says)
    here = found["cycle"]
    if here is None:
        yield desk.look.spell(desk.say("No round is open; `cycle round open` begins one."))
        return
    told = desk.say(
        "{key} {title}: round {round}, stage {stage}", key=here["key"], title=here["title"],
        round=here["round"], stage=_stage(desk, here["stage"]),
    )  # fmt: skip
    yield from tables.wrap(desk.look.spell(told), WIDTH)


def _stage(desk: "Desk", name: str) -> str:
    return words.name("stage", name, desk.tongue.lang)


def _ring(desk: "Desk", found: Found) -> str:
    boxes = [_lines(desk, each) for each in found["stages"]]
    report, goal, measure, evaluation = boxes
    second = len(report) + 4
    third = second + max(len(goal), len(evaluation)) + 4
    canvas = Canvas(WIDTH, third + len(measure) + 2, ascii_=desk.look.ascii)
    canvas.box(MIDDLE, 0, BOX, report)
    canvas.box(WIDTH - BOX, second, BOX, goal)
    canvas.box(MIDDLE, third, BOX, measure)
    canvas.box(0, second, BOX, evaluation)
    rows = (1 + len(report) // 2, second, third, third + 1 + len(measure) // 2)
    _joined(canvas, rows, second + len(goal) + 2, second + len(evaluation) + 2)
    _broken(desk, canvas, found["arrows"], rows)
    return coloured(canvas.text(), _TINTS, desk.look)


def _lines(desk: "Desk", stage: Found) -> list[str]:
    """Write what stands in a box: its stage, its states, the rounds that are there."""
    room, lang = BOX - 4, desk.tongue.lang
    told = [(_stage(desk, stage["stage"]).upper(), str(stage["count"]))]
    told += [
        (f" {words.name('state', state, lang)}", str(n)) for state, n in stage["states"].items()
        if n
    ]  # fmt: skip
    lines = [_spread(desk.look.spell(name), count, room) for name, count in told]
    here = _sign(desk, HERE)
    return lines + [desk.say("{sign} {key} is here", sign=here, key=key) for key in stage["rounds"]]


def _spread(name: str, count: str, room: int) -> str:
    """Write a name and its number at the two ends of a line; the number is never cut."""
    return f"{name[: room - len(count) - 1]:{room - len(count)}}{count}"


def _sign(desk: "Desk", sign: str) -> str:
    return _PLAIN[sign] if desk.look.ascii else sign


def _joined(canvas: Canvas, rows: tuple[int, int, int, int], goal: int, evaluation: int) -> None:
    """Draw the four arrows from box to box, the way the hands of a clock go."""
    top, second, _, low = rows
    level, upright, right_top, right_low, left_low, left_top = _LINES[canvas.ascii]
    right, down, left, up = _ARROWS[canvas.ascii]
    end = MIDDLE + BOX
    canvas.put(end, top, level * (RIGHT - end) + right_top)
    canvas.down(RIGHT, top + 1, second - 2, upright)
    canvas.put(RIGHT, second - 1, down)
    canvas.down(RIGHT, goal, low - 1, upright)
    canvas.put(end, low, left + level * (RIGHT - end - 1) + right_low)
    canvas.put(LEFT, low, left_low + level * (MIDDLE - LEFT - 1))
    canvas.down(LEFT, evaluation + 1, low - 1, upright)
    canvas.put(LEFT, evaluation, up)
    canvas.down(LEFT, top + 1, second - 1, upright)
    canvas.put(LEFT, top, left_top + level * (MIDDLE - LEFT - 2) + right)


def _broken(
    desk: "Desk", canvas: Canvas, arrows: Sequence[Found], rows: tuple[int, int, int, int]
) -> None:
    """Cross every arrow that has open ends, with their number inside the ring."""
    _, second, third, _ = rows
    places = ((RIGHT, second - 2), (RIGHT, third - 1), (LEFT, third - 1), (LEFT, second - 2))
    for (x, y), arrow in zip(places, arrows, strict=True):
        if not arrow["open"]:
            continue
        told = desk.look.spell(desk.say("{count} open", count=arrow["open"]))
        canvas.put(x, y, _sign(desk, BROKEN))
        canvas.put(x + 2 if x == LEFT else x - 1 - len(told), y, told)


def _below(desk: "Desk", found: Found) -> Iterator[str]:
    lang = desk.tongue.lang
    off = [f"{words.name('state', s, lang)} {n}" for s, n in found["off"].items() if n]
    if off:
        says = desk.say("Off the circle: {states}", states=" · ".join(off))
        yield "\n".join(tables.wrap(desk.look.spell(says), WIDTH))
    broken = [arrow for arrow in found["arrows"] if arrow["open"]]
    if not broken:
        yield desk.look.spell(desk.say("No arrow of the circle is broken."))
        return
    lines = [desk.say("Where the circle is broken (`cycle gaps` tells what mends it)")]
    for arrow in broken:
        told = f"{_stage(desk, arrow['from'])} → {_stage(desk, arrow['to'])}"
        lines += [f"{_sign(desk, BROKEN)} {told}", *_ends(arrow["ends"])]
    yield coloured(desk.look.spell("\n".join(lines)), {BROKEN: "broken"}, desk.look)


def _ends(ends: Sequence[Found]) -> Iterator[str]:
    for end in ends:
        told = tables.wrap(f"{end['says']} ({end['who']})", WIDTH - 7)
        yield f"{end['count']:>5}  {told[0]}"
        yield from (f"{'':7}{line}" for line in told[1:])
