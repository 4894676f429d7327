"""How a round came along: what was planned to be done by when, what has begun, what is done."""

from datetime import date
from typing import Final

from markupsafe import Markup

from api.web.charts.drawing import (
    NARROW,
    WIDE,
    Drawn,
    Sheet,
    Table,
    Wish,
    both,
    clean,
    path,
    swatch,
    tag,
    texts,
)
from api.web.charts.labels import near
from api.web.charts.scales import scale
from api.web.charts.series_marks import dot
from api.web.charts.timelines import Plot, span
from cycle.i18n import N_, Tongue
from cycle.reading.shapes import Json

HEIGHTS: Final = {WIDE: 340.0, NARROW: 280.0}
LINES: Final = (  # of the reading, its class, what it is called
    ("planned", "chart__path", N_("planned to be done")),
    ("all", "chart__line chart__line--thin", N_("on the circle")),
    ("begun", "chart__line", N_("begun")),
    ("implemented", "chart__line chart__line--done", N_("done")),
)
_STEPS: Final = 5
_EMPTY: Final = 40.0  # high, where there is nothing to draw


def course(found: Json, tongue: Tongue) -> Drawn:
    """Draw month by month how many measures of a round had come how far."""
    says = _summary(found, tongue)
    wide, narrow = (_layout(found, tongue, width, says) for width in (WIDE, NARROW))
    legend = tuple(
        (swatch(tag("path", d=path((0, 8), (28, 8)), class_=kind)), tongue.say(says_))
        for _, kind, says_ in LINES
    )
    return Drawn(both(wide, narrow), _table(found, tongue), says, legend)


def _points(found: Json, line: str) -> list[tuple[date, int]]:
    return [
        (date.fromisoformat(each["until"]), each[line])
        for each in found["months"]
        if each[line] is not None
    ]


def _layout(found: Json, tongue: Tongue, width: int, says: str) -> Markup:
    sheet = Sheet(width, HEIGHTS[width])
    kind = "wide" if width == WIDE else "narrow"
    days = [date.fromisoformat(each["until"]) for each in found["months"]]
    tops = [float(value) for line, _, _ in LINES for _, value in _points(found, line)]
    if not days or not any(tops):
        sheet = Sheet(width, _EMPTY)
        sheet.write(Wish((tongue.say(N_("There are no figures yet.")),), ((2, 24, "start"),)))
        return sheet.drawn(says, kind)
    plot = Plot(sheet, span(days, []), scale([0.0, *tops], _STEPS, whole=True), tongue, right=2)
    plot.axes(tongue.say(N_("Measures")))
    _today(found, plot)
    ends = []
    for line, shown, said in LINES:
        points = [(plot.x(day), plot.y(value)) for day, value in _points(found, line)]
        if len(points) > 1:
            sheet.line(*points, kind=shown)
        if points:
            ends.append((points[-1], _points(found, line)[-1][1], tongue.say(said)))
    for (x, y), value, word in ends:
        _end(plot, (x, y), tongue.number(value), word)
    return sheet.drawn(says, kind)


def _end(plot: Plot, at: tuple[float, float], number: str, word: str) -> None:
    """Write at the end of a line how many it reached, and its name where there is room."""
    x, y = at
    plot.sheet.mark(x, y, dot(x, y), 4)
    beside = [(x + 9, y + up, "start") for up in (5, -4, 14, -12, 22)]
    told = (f"{number} {word}", number) if plot.sheet.room.width == WIDE else (number,)
    plot.sheet.write(Wish(told, (*beside, *near(x, y, 9)), "chart__strong"))


def _today(found: Json, plot: Plot) -> None:
    today = date.fromisoformat(found["today"])
    if plot.days.first < today < plot.days.last:
        x, room = plot.x(today), plot.room
        plot.sheet.line((x, room.y), (x, room.bottom), kind="chart__rule")
        spots = ((x, room.y - 5, "middle"), (x - 4, room.y - 5, "end"))
        plot.sheet.write(Wish((plot.tongue.say(N_("today")),), spots, "chart__soft"))


def _summary(found: Json, tongue: Tongue) -> str:
    known = [each for each in found["months"] if each["all"] is not None]
    if not known:
        return tongue.say(N_("There are no figures yet."))
    last = known[-1]
    return tongue.say(
        N_("{key} on {day}: {all} measures on the circle, {begun} begun, {done} done;"
           " {planned} were planned to be done by then."),
        key=clean(found["cycle"]["key"]), day=date.fromisoformat(last["until"]), all=last["all"],
        begun=last["begun"], done=last["implemented"], planned=last["planned"],
    )  # fmt: skip


def _table(found: Json, tongue: Tongue) -> Table:
    head = (
        (tongue.say(N_("Until")), ""),
        *((tongue.say(says), "num") for _, _, says in LINES),
    )
    rows = [
        (
            tongue.date(date.fromisoformat(each["until"])),
            *("–" if each[line] is None else each[line] for line, _, _ in LINES),
        )
        for each in found["months"]
    ]
    caption = tongue.say(N_("How {key} came along"), key=clean(found["cycle"]["key"]))
    return Table(caption, head, texts(rows))
