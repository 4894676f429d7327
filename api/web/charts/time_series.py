"""The chart of an indicator: values over time, the way to its targets, where the series breaks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from api.web.charts import series_marks as marks
from api.web.charts.drawing import (
    NARROW,
    WIDE,
    Box,
    Drawn,
    Sheet,
    Wish,
    both,
    clean,
    path,
    swatch,
    tag,
)
from api.web.charts.labels import near
from api.web.charts.scales import figure, scale, with_unit
from api.web.charts.series import Break, SeriesData, Value, joined, known, places, ways
from api.web.charts.series_words import meaning, named, notes, summary, table
from api.web.charts.timelines import Plot, span
from cycle.i18n import N_, Tongue

HEIGHTS: Final = {WIDE: 380.0, NARROW: 300.0}
_STEPS: Final = 6
_DENSE: Final = 28  # units a value needs to be seen by itself
_EMPTY: Final = 40.0  # high, where there is nothing to draw
_FEW: Final = 4  # numbers where there are many
BREAK: Final = N_("Break")


def time_series(data: SeriesData, tongue: Tongue) -> Drawn:
    """Draw an indicator over time, with a table of all it shows."""
    says = summary(data, tongue)
    wide, narrow = (_layout(data, tongue, width, says) for width in (WIDE, NARROW))
    legend = tuple(_legend(data, tongue))
    told = notes(data, tongue, cut=_axis_begins(data) > 0)
    return Drawn(both(wide, narrow), table(data, tongue), says, legend, told)


def _heights(data: SeriesData) -> list[float]:
    values = [known(each) for each in data.values]
    aims = [value for target in data.targets for way in ways(target) for _, value in way]
    return [float(value) for value in (*values, *aims) if value is not None]


def _axis_begins(data: SeriesData) -> float:
    return scale(_heights(data), _STEPS).ticks[0]


def _layout(data: SeriesData, tongue: Tongue, width: int, says: str) -> Markup:
    sheet = Sheet(width, HEIGHTS[width])
    own = [each.day for each in data.values]
    aims = [day for target in data.targets for way in ways(target) for day, _ in way]
    kind = "wide" if width == WIDE else "narrow"
    if not own and not aims:
        sheet = Sheet(width, _EMPTY)
        sheet.write(Wish((tongue.say("It has no values yet."),), ((2, 24, "start"),)))
        return sheet.drawn(says, kind)
    days = span([*own, *aims], own)
    plot = Plot(sheet, days, scale(_heights(data), _STEPS), tongue, right=2)
    plot.axes(clean(data.unit))
    _breaks(data, plot)
    _ways(data, plot)
    for (begin, low), (end, high) in joined(data):
        points = ((plot.x(begin), plot.y(low)), (plot.x(end), plot.y(high)))
        sheet.line(*points, kind="chart__line")
    _values(data, plot)
    return sheet.drawn(says, kind)


def _breaks(data: SeriesData, plot: Plot) -> None:
    """Part the plot where values do not compare with those before."""
    room = plot.room
    for each in inside(data.breaks, plot):
        x = plot.x(each.on)
        plot.sheet.line((x, room.y), (x, room.bottom), kind="chart__break")
        plot.sheet.put(marks.torn(x, room.bottom))
    for each in inside(data.breaks, plot):
        x, y = plot.x(each.on), room.y - 5
        word = plot.tongue.say(BREAK)
        spots = ((x, y, "middle"), (x - 4, y, "end"), (x + 4, y, "start"))
        plot.sheet.write(Wish((word,), spots, "chart__soft"))


def inside(breaks: tuple[Break, ...], plot: Plot) -> list[Break]:
    """Give the breaks that lie within the days of the plot."""
    return [each for each in breaks if plot.days.first < each.on <= plot.days.last]


def _ways(data: SeriesData, plot: Plot) -> None:
    for target in data.targets:
        for way in ways(target):
            points = [(plot.x(day), plot.y(value)) for day, value in way]
            if len(points) > 1:
                plot.sheet.line(*points, kind="chart__path")
    for target in data.targets:
        if target.baseline and target.kind == "reach":
            x, y = plot.x(target.baseline[0]), plot.y(target.baseline[1])
            plot.sheet.mark(x, y, marks.baseline(x, y), 7)
        x, y = plot.x(target.day), plot.y(target.value)
        plot.sheet.mark(x, y, marks.target(x, y), 7)


def _values(data: SeriesData, plot: Plot) -> None:
    """Put in the signs of all values first, then their numbers, the telling ones before others."""
    sheet, tongue, exact = plot.sheet, plot.tongue, places(data)
    dense = len(data.values) * _DENSE > sheet.room.width
    for each in data.values:
        x, value = plot.x(each.day), known(each)
        y = plot.room.bottom - 10 if value is None else plot.y(value)
        shape = _shape(each)
        if not (dense and shape is marks.dot):
            sheet.mark(x, y, tag("g", tag("title", _tip(each, data, tongue)), shape(x, y)))
    for target in data.targets:
        told = figure(tongue, target.value, data.unit, exact)
        _number(plot, target.day, target.value, told, "chart__aim-word")
    telling = _telling(data.values)
    for each in telling[:_FEW] if dense else telling:
        value = known(each)
        if value is not None:
            told = figure(tongue, value, data.unit, exact)
            told = f"({told})" if each.status == "uncertain" else told
            _number(plot, each.day, value, told, "chart__word")


def _number(plot: Plot, day: date, value: Decimal, told: str, kind: str) -> None:
    x, y = plot.x(day), plot.y(value)
    room = plot.room
    within = Box(room.x, 18, plot.sheet.room.width - room.x, room.bottom - 18)
    plot.sheet.write(Wish((told,), near(x, y, 11), kind, within=(within,)))


def _telling(values: tuple[Value, ...]) -> list[Value]:
    """Order values by what their number tells: last, first, highest, lowest, then the others."""
    there = sorted((each for each in values if known(each) is not None), key=lambda e: e.day)
    if not there:
        return []
    by_height = sorted(there, key=lambda each: known(each) or 0)
    first = [there[-1], there[0], by_height[-1], by_height[0]]
    return [*dict.fromkeys(first), *(each for each in reversed(there) if each not in first)]


def _shape(each: Value) -> marks.Shape:
    if known(each) is None:
        return marks.HIDDEN.get(each.status, marks.cross)
    return marks.UNSURE.get(each.status) or marks.UNSURE.get(each.basis) or marks.dot


def _tip(each: Value, data: SeriesData, tongue: Tongue) -> str:
    value = known(each)
    told = (
        meaning(each, tongue)
        if value is None
        else with_unit(tongue, value, clean(data.unit), places(data))
    )
    return f"{tongue.date(each.day)}: {told}"


def _legend(data: SeriesData, tongue: Tongue) -> Iterator[tuple[Markup, str]]:
    """Say what each sign means, in the order in which they lie."""
    told: dict[str, marks.Shape] = {}
    for each in data.values:
        told.setdefault(meaning(each, tongue), _shape(each))
    line = tag("path", d=path((0, 8), (28, 8)), class_="chart__line")
    for word, shape in told.items():
        plain = shape is marks.dot
        yield swatch(*((line, shape(14, 8)) if plain else (shape(14, 8),))), word
    if any(target.baseline and target.kind == "reach" for target in data.targets):
        yield swatch(marks.baseline(14, 8)), named("baseline", tongue)
    if any(len(way) > 1 for target in data.targets for way in ways(target)):
        way = tag("path", d=path((0, 8), (28, 8)), class_="chart__path")
        yield swatch(way), named("path", tongue)
    if data.targets:
        yield swatch(marks.target(14, 8)), named("target", tongue)
    if data.breaks:
        yield swatch(marks.torn(14, 8)), named("break", tongue)
