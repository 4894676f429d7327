"""The steering circle: what stands at each of its stations, and where the thread breaks."""

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from api.web.charts.drawing import (
    NARROW,
    WIDE,
    Box,
    Drawn,
    Sheet,
    Table,
    Wish,
    both,
    fitted,
    swatch,
    tag,
    texts,
)
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading.shapes import Json

STAGES: Final = ("report", "goal", "measure", "evaluation")
_STEPS: Final = 24  # points of an arc


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things lie on the sheet."""

    width: int
    height: float
    rx: float
    ry: float
    box: tuple[float, float]

    @property
    def middle(self) -> tuple[float, float]:
        """Give the middle of the circle."""
        return self.width / 2, self.height / 2

    def at(self, degrees: float) -> tuple[float, float]:
        """Give a point on the circle; it begins at the top and runs clockwise."""
        x, y = self.middle
        turn = math.radians(degrees - 90)
        return x + self.rx * math.cos(turn), y + self.ry * math.sin(turn)

    def station(self, i: int) -> Box:
        """Give the box of a station."""
        x, y = self.at(90 * i)
        width, height = self.box
        return Box(x - width / 2, y - height / 2, width, height)


WIDE_ONE: Final = _Layout(WIDE, 390.0, 250.0, 145.0, (196.0, 80.0))
NARROW_ONE: Final = _Layout(NARROW, 470.0, 92.0, 178.0, (148.0, 92.0))


def circle(found: Json, tongue: Tongue, key: str = "") -> Drawn:
    """Draw the four stations with their measures; `key` is the round whose place is marked."""
    says = _summary(found, tongue, key)
    wide = _drawn(found, tongue, key, WIDE_ONE, says)
    narrow = _drawn(found, tongue, key, NARROW_ONE, says)
    legend = (
        (swatch(_frame(Box(2, 2, 24, 12), here=True)), tongue.say(N_("here stands the round"))),
        (swatch(tag("path", d="M0 8L28 8", class_="chart__line")), tongue.say(N_("whole"))),
        (swatch(tag("path", d="M0 8L28 8", class_="chart__path")), tongue.say(N_("open ends"))),
    )
    return Drawn(both(wide, narrow), _table(found, tongue), says, legend)


def _drawn(found: Json, tongue: Tongue, key: str, layout: _Layout, says: str) -> Markup:
    sheet = Sheet(layout.width, layout.height)
    for i, arrow in enumerate(found["arrows"]):
        _arc(sheet, layout, i, broken=arrow["open"] > 0)
    for i, stage in enumerate(found["stages"]):
        _station(sheet, layout.station(i), stage, tongue, here=_here(stage, key))
    for i, arrow in enumerate(found["arrows"]):
        if arrow["open"]:
            _open(sheet, layout, i, tongue.say(N_("{n} open"), n=arrow["open"]))
    return sheet.drawn(says, "wide" if layout.width == WIDE else "narrow")


def _here(stage: Json, key: str) -> bool:
    return key in stage["rounds"] if key else bool(stage["rounds"])


def _arc(sheet: Sheet, layout: _Layout, i: int, *, broken: bool) -> None:
    """Draw the way from a station to the next, as far as their boxes leave it free."""
    boxes = [layout.station(i), layout.station((i + 1) % len(STAGES))]
    points = [layout.at(90 * i + 90 * step / _STEPS) for step in range(_STEPS + 1)]
    free = [p for p in points if not any(_within(p, box) for box in boxes)]
    if len(free) > 1:
        sheet.line(*free, kind="chart__path" if broken else "chart__line")
        sheet.put(_head(free[-2], free[-1]))


def _within(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    air = 8
    return box.x - air <= x <= box.right + air and box.y - air <= y <= box.bottom + air


def _head(before: tuple[float, float], end: tuple[float, float]) -> Markup:
    turn = math.atan2(end[1] - before[1], end[0] - before[0])
    points = [
        (end[0] + length * math.cos(turn + by), end[1] + length * math.sin(turn + by))
        for length, by in ((8, 0.0), (9, 2.5), (9, -2.5))
    ]
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polygon", points=told, class_="chart__head")


def _frame(box: Box, *, here: bool) -> Markup:
    kind = "chart__station chart__station--here" if here else "chart__station"
    return tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, class_=kind)


def _station(sheet: Sheet, box: Box, stage: Json, tongue: Tongue, *, here: bool) -> None:
    sheet.put(_frame(box, here=here))
    sheet.taken.append(Box(box.x - 4, box.y - 4, 0.1, 0.1))
    name = words.name("stage", stage["stage"], tongue.lang)
    count = tongue.plural("{n} measure", "{n} measures", stage["count"])
    rounds = ", ".join(stage["rounds"])
    x, room = box.x + box.width / 2, box.width - 12
    lines = [(name, "chart__strong"), (count, "chart__word")]
    if rounds:
        sign = "▶ " if here else ""
        lines.append((f"{sign}{rounds}", "chart__word"))
    y = box.y + (box.height - len(lines) * 22) / 2 + 16
    for i, (told, kind) in enumerate(lines):
        sheet.write(Wish((told, fitted(told, room)), ((x, y + 22 * i, "middle"),), kind,
                         within=(box,)))  # fmt: skip
    sheet.taken.append(box)


def _open(sheet: Sheet, layout: _Layout, i: int, told: str) -> None:
    """Write how many ends are open beside the arc, outside of the circle where there is room."""
    x, y = layout.at(90 * i + 45)
    right = i in {0, 1}
    aside = (x + 14, y + 5, "start") if right else (x - 14, y + 5, "end")
    inner = (x - 14, y + 5, "end") if right else (x + 14, y + 5, "start")
    spots = (aside, inner, (x, y - 14, "middle"), (x, y + 24, "middle"))
    sheet.write(Wish((told,), spots, "chart__alarm"))


def _summary(found: Json, tongue: Tongue, key: str) -> str:
    parts = [
        f"{words.name('stage', each['stage'], tongue.lang)} {each['count']}"
        for each in found["stages"]
    ]
    here = [each["stage"] for each in found["stages"] if _here(each, key)]
    told = tongue.say(N_("The steering circle with its measures: {parts}."), parts=", ".join(parts))
    if key and here:
        stage = words.name("stage", here[0], tongue.lang)
        told += " " + tongue.say(N_("{key} stands here: {stage}."), key=key, stage=stage)
    open_ = sum(arrow["open"] for arrow in found["arrows"])
    return told + " " + tongue.plural("{n} end is open.", "{n} ends are open.", open_)


def _table(found: Json, tongue: Tongue) -> Table:
    rows = [
        (
            words.name("stage", stage["stage"], tongue.lang),
            stage["count"],
            ", ".join(stage["rounds"]) or "–",
            arrow["open"],
        )
        for stage, arrow in zip(found["stages"], found["arrows"], strict=True)
    ]
    head = (
        (tongue.say(N_("Station")), ""),
        (tongue.say(N_("Measures")), "num"),
        (tongue.say(N_("Rounds that stand there")), ""),
        (tongue.say(N_("Open ends to the next one")), "num"),
    )
    return Table(tongue.say(N_("The steering circle")), head, texts(rows))
