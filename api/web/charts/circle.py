"""The steering circle: what stands at each stage, where rounds are, where the loop is broken."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from api.web.charts.circle_words import cross, frame, legend, pointer, stands, summary, table
from api.web.charts.drawing import (
    NARROW,
    SIZE,
    WIDE,
    Box,
    Drawn,
    Sheet,
    Wish,
    both,
    clean,
    fitted,
    path,
    tag,
    width_of,
)
from api.web.charts.labels import Spot
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading.shapes import Json

_LINE: Final = 21.0  # from a line of a station to the next
_HEAD: Final = 34.0
_PAD: Final = 12.0
_BIG: Final = 20.0
_STATION: Final = 230.0  # width in the ring
_GAP: Final = 74.0  # between stations one below another
_FEW: Final = 4  # rounds that are named
STAGES: Final = ("report", "goal", "measure", "evaluation")


def circle(found: Json, tongue: Tongue, key: str = "") -> Drawn:
    """Draw the circle as a ring of stations, in a narrow column as a chain that leads back.

    `found` is what `reading.circle` gives; `key` is the round whose place is marked, else all are.
    """
    says = summary(found, tongue, key)
    wide, narrow = _ring(found, tongue, key), _chain(found, tongue, key)
    svg = both(wide.drawn(says, "wide"), narrow.drawn(says, "narrow"))
    return Drawn(svg, table(found, tongue), says, tuple(legend(found, tongue, key)))


def _states(each: Json) -> list[tuple[str, int]]:
    return [(name, n) for name, n in each["states"].items() if n]


def _tall(each: Json) -> float:
    """Give how high a station must be for its lines."""
    lines = len(_states(each)) + min(len(each["rounds"]), _FEW)
    return _HEAD + lines * _LINE + (_PAD if lines else 4)


def _ring(found: Json, tongue: Tongue, key: str) -> Sheet:
    report, goal, measure, evaluation = found["stages"]
    middle = max(_tall(goal), _tall(evaluation))
    top, low = _tall(report), _tall(measure)
    sheet = Sheet(WIDE, 2 + top + _GAP + middle + _GAP + low + 2)
    centre, second, third = (WIDE - _STATION) / 2, 2 + top + _GAP, 2 + top + 2 * _GAP + middle
    right = WIDE - _STATION - 2
    boxes = (
        Box(centre, 2, _STATION, top),
        Box(right, second, _STATION, _tall(goal)),
        Box(centre, third, _STATION, low),
        Box(2, second, _STATION, _tall(evaluation)),
    )
    ways = _ways(*boxes)
    for arrow, way in zip(found["arrows"], ways, strict=True):
        _draw_arrow(sheet, way, broken=arrow["open"] > 0)
    for station, box in zip(found["stages"], boxes, strict=True):
        _draw_station(sheet, station, box, tongue, key)
    xs, kinds = (right + _STATION / 2, 2 + _STATION / 2), ("end", "start")
    high = second - _GAP / 2
    ends = (boxes[1].bottom + third) / 2, (boxes[3].bottom + third) / 2
    places = ((xs[0], high, kinds[0]), (xs[0], ends[0], kinds[0]), (xs[1], ends[1], kinds[1]),
              (xs[1], high, kinds[1]))  # fmt: skip
    for arrow, place in zip(found["arrows"], places, strict=True):
        _broken(sheet, arrow, place, tongue)
    return sheet


def _ways(report: Box, goal: Box, measure: Box, evaluation: Box) -> Sequence[Sequence[Spot]]:
    """Give the corners of the ways between stations, each with its bend."""
    right, left = goal.x + goal.width / 2, evaluation.x + evaluation.width / 2
    high, low = report.y + report.height / 2, measure.y + measure.height / 2
    return (
        ((report.right, high, ""), (right, high, "turn"), (right, goal.y - 5, "")),
        ((right, goal.bottom, ""), (right, low, "turn"), (measure.right + 5, low, "")),
        ((measure.x, low, ""), (left, low, "turn"), (left, evaluation.bottom + 5, "")),
        ((left, evaluation.y, ""), (left, high, "turn"), (report.x - 5, high, "")),
    )


def _chain(found: Json, tongue: Tongue, key: str) -> Sheet:
    """Set the stations one below another; the way back runs along the left edge."""
    gap, left = 52.0, 30.0
    heights = [_tall(each) for each in found["stages"]]
    sheet = Sheet(NARROW, 4 + sum(heights) + 3 * gap + 52)
    y, boxes = 2.0, []
    for height in heights:
        boxes.append(Box(left, y, NARROW - left - 2, height))
        y += height + gap
    x = left + 60
    ways: list[Sequence[Spot]] = [
        ((x, one.bottom, ""), (x, two.y - 5, "")) for one, two in pairwise(boxes)
    ]
    end, first = boxes[-1].bottom, boxes[0].y + 24
    ways.append(
        ((x, end, ""), (x, end + 44, "turn"), (8, end + 44, "turn"), (8, first, "turn"),
         (left - 5, first, ""))
    )  # fmt: skip
    for arrow, way in zip(found["arrows"], ways, strict=True):
        _draw_arrow(sheet, way, broken=arrow["open"] > 0)
    for station, box in zip(found["stages"], boxes, strict=True):
        _draw_station(sheet, station, box, tongue, key)
    for arrow, box in zip(found["arrows"], boxes, strict=True):
        _broken(sheet, arrow, (x, box.bottom + 20, "start"), tongue)
    return sheet


def _draw_station(sheet: Sheet, each: Json, box: Box, tongue: Tongue, key: str) -> None:
    """Draw a station: its name and number, its states below, who stands here at the end."""
    sheet.put(frame(box, here=stands(each, key)))
    name = words.name("stage", each["stage"], tongue.lang)
    _pair(sheet, box, box.y + 24, (name, tongue.number(each["count"])), _BIG)
    y = box.y + _HEAD + 14
    for state, n in _states(each):
        _pair(sheet, box, y, (words.name("state", state, tongue.lang), tongue.number(n)))
        y += _LINE
    for there in each["rounds"][:_FEW]:
        sheet.put(pointer(box.x + _PAD, y - 5))
        told = tongue.say(N_("{key} stands here"), key=clean(there))
        told = fitted(told, box.width - 2 * _PAD - 18)
        kind = "chart__strong" if there == key or not key else "chart__word"
        sheet.write(Wish((told,), ((box.x + _PAD + 18, y, "start"),), kind))
        y += _LINE


def _pair(sheet: Sheet, box: Box, y: float, told: tuple[str, str], size: float = SIZE) -> None:
    """Write a word and its number at the two ends of a line; the number is never cut."""
    word, number = told
    kind = "chart__strong" if size == _BIG else "chart__word"
    right = box.right - _PAD
    sheet.write(Wish((number,), ((right, y, "end"),), kind, size))
    room = box.width - 2 * _PAD - width_of(number, size) - 8
    sheet.write(Wish((fitted(word, room, size),), ((box.x + _PAD, y, "start"),), kind, size))


def _draw_arrow(sheet: Sheet, way: Sequence[Spot], *, broken: bool) -> None:
    """Draw a way with round turns and a head at its end."""
    points = [(x, y) for x, y, _ in way]
    kind = "chart__arrow chart__arrow--broken" if broken else "chart__arrow"
    sheet.put(tag("path", d=_rounded(points), class_=kind))
    (x1, y1), (x, y) = points[-2:]
    dx, dy = _sign(x - x1), _sign(y - y1)
    head = [
        (x + 4 * dx, y + 4 * dy),
        (x - 9 * dx - 6 * dy, y - 9 * dy + 6 * dx),
        (x - 9 * dx + 6 * dy, y - 9 * dy - 6 * dx),
    ]
    sheet.put(tag("path", d=path(*head, closed=True), class_="chart__head"))


def _rounded(points: Sequence[tuple[float, float]]) -> str:
    """Write a way of level and upright lines whose corners are round."""
    parts = [path(points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _toward(corner, before), _toward(corner, after)
        parts.append(f"{path(start).replace('M', 'L')}Q{path(corner)[1:]} {path(end)[1:]}")
    return "".join([*parts, path(points[-1]).replace("M", "L")])


def _toward(point: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Give the place before a corner where the line begins to turn."""
    dx, dy = other[0] - point[0], other[1] - point[1]
    far = min(22.0, (abs(dx) + abs(dy)) / 2)
    return point[0] + far * _sign(dx), point[1] + far * _sign(dy)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _broken(sheet: Sheet, arrow: Json, place: Spot, tongue: Tongue) -> None:
    """Cross a way that has open ends, and say how many."""
    if not arrow["open"]:
        return
    x, y, anchor = place
    sheet.put(tag("circle", cx=x, cy=y, r=11, class_="chart__ground"))
    sheet.put(cross(x, y))
    told = tongue.say(N_("{n} open"), n=arrow["open"])
    at = x + 16 if anchor == "start" else x - 16
    sheet.write(Wish((told,), ((at, y + 5, anchor),), "chart__alarm"))
