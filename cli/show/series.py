"""An indicator over time: its values as signs on a line, and the way to its targets in dots."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cli.show.canvas import coloured
from cli.show.captions import (
    BREAK,
    HIDDEN,
    KNOWN,
    SIGNS,
    TARGET,
    Found,
    breaks,
    day_of,
    heading,
    legend,
    no_values,
    number_of,
    sign_of,
    targets,
)
from cli.show.chart import ROWS, Chart
from cli.show.rows import as_text
from cycle.machine.gaps import PERIODS

if TYPE_CHECKING:
    from cli.desk import Desk

NARROWEST: Final = 60  # a narrower screen gets the table
MOST: Final = 12  # rows of the table beneath
_SPARSE: Final = {False: 4, True: 6}  # every so many dots of a way
_TINTS: Final = {KNOWN: "here", TARGET: "good", HIDDEN: "broken"}
_WAYS: Final = ("reach", "at_least", "at_most", "keep_band")  # kinds that can be drawn
_JOINED: Final = 1.5  # periods that may lie between two values of a line
COLUMNS: Final = "period_end value unit status basis"


def line_text(desk: "Desk", found: Found) -> str:
    """Draw the series, and tell beneath it what the signs mean and which values it shows."""
    parts = [heading(desk, found)]
    if not found["values"]:
        return "\n\n".join([*parts, no_values(desk, found)])
    told = [*targets(desk, found), *breaks(desk, found), *legend(desk, found)]
    parts += [_chart(desk, found), "\n".join(told), values_text(desk, found, MOST)]
    return "\n\n".join(part for part in parts if part)


def values_text(desk: "Desk", found: Found, most: int | None = None) -> str:
    """Write the values as a table, the latest of them where there are many."""
    rows = [{**each, "unit": found["indicator"]["unit"]} for each in found["values"]]
    shown = rows[-most:] if most else rows
    parts = [as_text(desk, "observation", shown, COLUMNS.split())]
    if len(shown) < len(rows):
        n = len(rows) - len(shown)
        says = desk.tongue.plural("and {n} earlier value", "and {n} earlier values", n)
        parts.append(desk.look.spell(says))
    return "\n".join(parts)


def _ways(target: Found) -> Iterator[list[tuple[date, float]]]:
    """Give the lines on which the way to a target runs."""
    aim, due = target["target_value"], target["target_date"]
    if aim is None or due is None or target["kind"] not in _WAYS:
        return
    end, start = (day_of(due), float(aim)), target["baseline_date"]
    if target["kind"] == "reach":
        if start is not None and target["baseline_value"] is not None:
            yield _way((day_of(start), float(target["baseline_value"])), target["steps"], end)
        else:
            yield [end]
        return
    spread = float(target["tolerance"] or 0) if target["kind"] == "keep_band" else 0
    for value in {end[1] - spread, end[1] + spread}:
        yield [(day_of(start or due), value), (end[0], value)]


def _way(
    start: tuple[date, float], steps: Sequence[Found], end: tuple[date, float]
) -> list[tuple[date, float]]:
    """Give the corners of a way; one with steps goes up by them as a stair."""
    if not steps:
        return [start, end]
    corners = [start]
    for day, value in [*((day_of(each["due"]), float(each["value"])) for each in steps), end]:
        corners += [(day, corners[-1][1]), (day, value)]
    return corners


def _chart(desk: "Desk", found: Found) -> str:
    ways = [way for target in found["targets"] for way in _ways(target)]
    values = [(day_of(each["period_end"]), number_of(each)) for each in found["values"]]
    days = [*(day for day, _ in values), *(day for way in ways for day, _ in way)]
    heights = [value for _, value in values if value is not None]
    heights += [value for way in ways for _, value in way]
    chart = Chart(desk, days, heights)
    chart.edges()
    for way in ways:
        for start, end in pairwise(way):
            chart.line(start, end, _SPARSE[desk.look.ascii])
        chart.mark(*way[-1], sign_of(desk, TARGET))
    for one, next_ in _joined(found):
        chart.line(one, next_)
    _marks(desk, chart, found)
    return coloured(chart.canvas.text(), _TINTS, desk.look)


def _joined(found: Found) -> Iterator[tuple[tuple[date, float], tuple[date, float]]]:
    """Give the pairs of values between which a line may be drawn: no gap, no break between."""
    parts: dict[tuple[int, int], list[Found]] = {}
    for each in found["values"]:
        parts.setdefault(_part(each, found["breaks"]), []).append(each)
    months = PERIODS.get(found["indicator"]["frequency"], 0) * _JOINED
    for own in parts.values():
        for one, two in pairwise(own):
            begin, end = day_of(one["period_end"]), day_of(two["period_end"])
            low, high = number_of(one), number_of(two)
            apart = (end - begin).days / 30.5
            if low is not None and high is not None and (not months or apart <= months):
                yield (begin, low), (end, high)


def _part(each: Found, breaks: Sequence[Found]) -> tuple[int, int]:
    """Tell in which part of a broken series a value lies."""
    defined = [b for b in breaks if b["definition"] and b["definition"] <= each["definition"]]
    moved = [b for b in breaks if b["kind"] == "boundaries"]
    before = [b for b in moved if b["on"] > each["period_end"] and each["basis"] != "recalculated"]
    return len(defined), len(moved) - len(before)


def _marks(desk: "Desk", chart: Chart, found: Found) -> None:
    """Put in breaks, values with their numbers, and where a value is not shown."""
    canvas, unit = chart.canvas, found["indicator"]["unit"]
    for each in found["breaks"]:
        if chart.first <= day_of(each["on"]) <= chart.last:
            canvas.down(round(chart.x(day_of(each["on"]))), 0, ROWS, sign_of(desk, BREAK))
    for each in found["values"]:
        day, value = day_of(each["period_end"]), number_of(each)
        if value is None:
            canvas.put(round(chart.x(day)), ROWS, sign_of(desk, HIDDEN))
        else:
            sure = SIGNS.get(each["basis"], KNOWN)
            chart.mark(day, value, sign_of(desk, SIGNS.get(each["status"], sure)))
    for each in found["values"]:
        if (value := number_of(each)) is not None:
            chart.label((day_of(each["period_end"]), value), unit)
    for target in found["targets"]:
        for way in _ways(target):
            chart.label(way[-1], unit)
