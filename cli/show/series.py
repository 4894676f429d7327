"""An indicator over time: its values as signs on a line, and the way to its targets in dots."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.canvas import coloured
from cli.show.chart import ROWS, Chart
from cli.show.rows import as_text
from cli.show.scales import figure
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.gaps import PERIODS

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
NARROWEST: Final = 60  # a narrower screen gets the table
MOST: Final = 12  # rows of the table beneath
KNOWN, PROVISIONAL, ESTIMATED, UNCERTAIN = "●", "○", "◇", "?"
HIDDEN, TARGET, BREAK = "×", "◎", "┊"
_SIGNS: Final = {
    "provisional": PROVISIONAL, "estimated": ESTIMATED, "interpolated": ESTIMATED,
    "uncertain": UNCERTAIN,
}  # fmt: skip
_PLAIN: Final = {KNOWN: "*", PROVISIONAL: "o", ESTIMATED: "e", HIDDEN: "x", TARGET: "@",
                 BREAK: "!"}  # fmt: skip
_SPARSE: Final = {False: 4, True: 6}  # every so many dots of a way
_TINTS: Final = {KNOWN: "here", TARGET: "good", HIDDEN: "broken"}
_WAYS: Final = ("reach", "at_least", "at_most", "keep_band")  # kinds that can be drawn
_JOINED: Final = 1.5  # periods that may lie between two values of a line
COLUMNS: Final = "period_end value unit status basis"

_BREAKS: Final = {
    "definition": N_("{sign} {day}: counted otherwise from here on"),
    "boundaries": N_("{sign} {day}: other boundaries from here on"),
}


def line_text(desk: "Desk", found: Found) -> str:
    """Draw the series, and tell beneath it what the signs mean and which values it shows."""
    parts = [_heading(desk, found)]
    if not found["values"]:
        return "\n\n".join([*parts, _no_values(desk, found)])
    told = [*_targets(desk, found), *_breaks(desk, found), *_legend(desk, found)]
    parts += [_chart(desk, found), "\n".join(told), values_text(desk, found, MOST)]
    return "\n\n".join(part for part in parts if part)


def _heading(desk: "Desk", found: Found) -> str:
    here, place = found["indicator"], found["area"]
    title = " ".join(here["name"].split())
    says = desk.say(
        "{code} {title}, in {unit}: {area}", code=here["code"], title=title, unit=here["unit"],
        area=place["name"],
    )  # fmt: skip
    if here["polarity"] != "context":
        better = words.name("polarity", here["polarity"], desk.tongue.lang)
        says += f"\n{desk.say('Better when')}: {better}"
    return "\n".join(tables.wrap(desk.look.spell(says), desk.look.width))


def _no_values(desk: "Desk", found: Found) -> str:
    if not found["areas"]:
        says = desk.say("It has no values yet.")
    else:
        says = desk.say("It has no values there, but in: {areas}", areas=found["areas"])
    return "\n".join(tables.wrap(desk.look.spell(says), desk.look.width))


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


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _number(each: Found) -> float | None:
    """Give the number to draw; exactly nothing is a zero."""
    value = 0 if each["status"] == "nil" else each["value"]
    return None if value is None else float(value)


def _ways(target: Found) -> Iterator[list[tuple[date, float]]]:
    """Give the lines on which the way to a target runs."""
    aim, due = target["target_value"], target["target_date"]
    if aim is None or due is None or target["kind"] not in _WAYS:
        return
    end, start = (_day(due), float(aim)), target["baseline_date"]
    if target["kind"] == "reach":
        if start is not None and target["baseline_value"] is not None:
            yield _way((_day(start), float(target["baseline_value"])), target["steps"], end)
        else:
            yield [end]
        return
    spread = float(target["tolerance"] or 0) if target["kind"] == "keep_band" else 0
    for value in {end[1] - spread, end[1] + spread}:
        yield [(_day(start or due), value), (end[0], value)]


def _way(
    start: tuple[date, float], steps: Sequence[Found], end: tuple[date, float]
) -> list[tuple[date, float]]:
    """Give the corners of a way; one with steps goes up by them as a stair."""
    if not steps:
        return [start, end]
    corners = [start]
    for day, value in [*((_day(each["due"]), float(each["value"])) for each in steps), end]:
        corners += [(day, corners[-1][1]), (day, value)]
    return corners


def _chart(desk: "Desk", found: Found) -> str:
    ways = [way for target in found["targets"] for way in _ways(target)]
    values = [(_day(each["period_end"]), _number(each)) for each in found["values"]]
    days = [*(day for day, _ in values), *(day for way in ways for day, _ in way)]
    heights = [value for _, value in values if value is not None]
    heights += [value for way in ways for _, value in way]
    chart = Chart(desk, days, heights)
    chart.edges()
    for way in ways:
        for start, end in pairwise(way):
            chart.line(start, end, _SPARSE[desk.look.ascii])
        chart.mark(*way[-1], _sign(desk, TARGET))
    for one, next_ in _joined(found):
        chart.line(one, next_)
    _marks(desk, chart, found)
    return coloured(chart.canvas.text(), _TINTS, desk.look)


def _sign(desk: "Desk", sign: str) -> str:
    return _PLAIN.get(sign, sign) if desk.look.ascii else sign


def _joined(found: Found) -> Iterator[tuple[tuple[date, float], tuple[date, float]]]:
    """Give the pairs of values between which a line may be drawn: no gap, no break between."""
    parts: dict[tuple[int, int], list[Found]] = {}
    for each in found["values"]:
        parts.setdefault(_part(each, found["breaks"]), []).append(each)
    months = PERIODS.get(found["indicator"]["frequency"], 0) * _JOINED
    for own in parts.values():
        for one, two in pairwise(own):
            begin, end = _day(one["period_end"]), _day(two["period_end"])
            low, high = _number(one), _number(two)
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
        if chart.first <= _day(each["on"]) <= chart.last:
            canvas.down(round(chart.x(_day(each["on"]))), 0, ROWS, _sign(desk, BREAK))
    for each in found["values"]:
        day, value = _day(each["period_end"]), _number(each)
        if value is None:
            canvas.put(round(chart.x(day)), ROWS, _sign(desk, HIDDEN))
        else:
            sure = _SIGNS.get(each["basis"], KNOWN)
            chart.mark(day, value, _sign(desk, _SIGNS.get(each["status"], sure)))
    for each in found["values"]:
        if (value := _number(each)) is not None:
            chart.label((_day(each["period_end"]), value), unit)
    for target in found["targets"]:
        for way in _ways(target):
            chart.label(way[-1], unit)


def _targets(desk: "Desk", found: Found) -> Iterator[str]:
    """Say in a line what each target wants."""
    for target in found["targets"]:
        if target["target_value"] is None or target["target_date"] is None:
            continue
        unit = found["indicator"]["unit"]
        kind = words.name("target_kind", target["kind"], desk.tongue.lang)
        says = desk.say(
            "{sign} {goal}: {kind} {value} {unit} by {day}", sign=_sign(desk, TARGET),
            goal=target["goal"], kind=kind, value=_aim(desk, target, unit),
            unit=unit, day=_day(target["target_date"]),
        )  # fmt: skip
        if target["baseline_value"] is not None and target["baseline_date"]:
            says += desk.say(
                ", dotted the way from {value} on {day}", day=_day(target["baseline_date"]),
                value=figure(desk, target["baseline_value"], unit),
            )  # fmt: skip
        yield from tables.wrap(desk.look.spell(says), desk.look.width)


def _aim(desk: "Desk", target: Found, unit: str) -> str:
    """Write what is aimed at, with how far it may be off."""
    told = figure(desk, target["target_value"], unit)
    spread = target["tolerance"]
    around = "+/-" if desk.look.ascii else "±"
    return f"{told} {around} {figure(desk, spread, unit)}" if spread else told


def _breaks(desk: "Desk", found: Found) -> Iterator[str]:
    for each in found["breaks"]:
        day = _day(each["on"])
        template = _BREAKS[each["kind"]]
        says = desk.say(template, sign=_sign(desk, BREAK), day=day)
        why = f" ({' '.join(each['reason'].split())})" if each["reason"] else ""
        yield from tables.wrap(desk.look.spell(f"{says}{why}"), desk.look.width)


def _legend(desk: "Desk", found: Found) -> Iterator[str]:
    """Say what a sign means, where there is one that is not plain."""
    lang, told = desk.tongue.lang, {}
    for each in found["values"]:
        if _number(each) is None:
            told[words.name("value_status", each["status"], lang)] = HIDDEN
        elif each["status"] in _SIGNS:
            told[words.name("value_status", each["status"], lang)] = _SIGNS[each["status"]]
        elif each["basis"] in _SIGNS:
            told[words.name("basis", each["basis"], lang)] = _SIGNS[each["basis"]]
    if told:
        signs = " · ".join(f"{_sign(desk, sign)} {word}" for word, sign in told.items())
        yield desk.look.spell(signs)
