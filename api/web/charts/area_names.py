"""Where the names of areas stand on a map: within, else beside it at the end of a line."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from api.web.charts.drawing import Box, Sheet, Wish, tag
from api.web.charts.labels import SIZE, Placed, Spot, box_of, folded
from api.web.charts.outlines import Point, Shape

_SHIFTS: Final = (0, -10, 10, -22, 22, -36, 36)
_ASIDE: Final = (26, 40, 56, 74, 94, 118)  # from the middle of an area to a name outside
_TURNS: Final = 16
_KIND: Final = "chart__strong"
_NARROW: Final = 96.0  # a long name is broken at that width


@dataclass(frozen=True, slots=True)
class Name:
    """What an area is called, at length and in short, and where it would like that to stand."""

    code: str
    name: str
    value: str  # empty where there is none to show
    at: Point
    shape: Shape


def write_names(sheet: Sheet, names: Sequence[Name]) -> None:
    """Name areas, those first that can be named within; what finds no room is in the table."""
    left = [each for each in names if not _within(sheet, each)]
    for each in left:
        _aside(sheet, each, [other.shape for other in names])


def _within(sheet: Sheet, each: Name) -> Placed | None:
    """Write a name wholly within its area, in full where it can be."""
    x, y = each.at
    for lines in _wordings(each):
        lift = (len(lines) - 1) * SIZE * 0.6 - 5
        spots = [(x + dx, y - lift + dy, "middle") for dy in _SHIFTS for dx in _SHIFTS]
        spots.sort(key=lambda spot: abs(spot[0] - x) + abs(spot[1] - y + lift))
        free = tuple(spot for spot in spots if each.shape.holds(box_of(lines, spot)))
        placed = sheet.write(Wish((lines,), free, _KIND)) if free else None
        if placed:
            return placed
    return None


def _wordings(each: Name) -> Iterator[tuple[str, ...]]:
    full = f"{each.code} {each.name}"
    value = (each.value,) if each.value else ()
    broken = folded(full, _NARROW, 3)
    names: list[tuple[str, ...]] = [(full,)]
    if len(broken) > 1 and not any(line.endswith("…") for line in broken):
        names.append(broken)
    if value:
        yield from ((*name, *value) for name in names)
    yield from names
    yield (each.code, *value)
    yield (each.code,)


def _aside(sheet: Sheet, each: Name, shapes: Sequence[Shape]) -> None:
    """Write a name off all areas, with a line to its own; without room there its code within."""
    full = f"{each.code} {each.name}"
    value = (each.value,) if each.value else ()
    for lines in ((full, *value), (each.code, *value), (each.code,)):
        for spot in _around(each.at):
            box = box_of(lines, spot)
            if not sheet.room.holds(box) or any(shape.touches(box) for shape in shapes):
                continue
            if any(box.meets(taken) for taken in sheet.taken):
                continue
            sheet.put(_leader(each.at, box))
            sheet.write(Wish((lines,), (spot,), _KIND))
            return
    x, y = each.at
    sheet.write(Wish((each.code,), ((x, y + 5, "middle"),), _KIND))


def _around(at: Point) -> Iterator[Spot]:
    for far in _ASIDE:
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            x, y = at[0] + far * math.cos(angle), at[1] + far * math.sin(angle)
            yield x, y + 5, "start" if math.cos(angle) >= 0 else "end"


def _leader(at: Point, box: Box) -> Markup:
    x = min(max(at[0], box.x), box.right)
    y = min(max(at[1], box.y), box.bottom)
    return tag("line", x1=at[0], y1=at[1], x2=x, y2=y, class_="area__leader")
