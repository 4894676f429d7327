"""The traffic lights counted: three lights, never mixed; each colour with its sign and its word."""

from collections.abc import Iterable, Mapping
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
    fitted,
    path,
    tag,
    texts,
    width_of,
)
from cycle.i18n import N_, Tongue
from cycle.machine.words import lights as words

LIGHTS: Final = ("delivery", "effect", "data")
COLOURS: Final = ("green", "yellow", "red", "grey")
_ROW: Final = 30.0
_HEAD: Final = 30.0
_GAP: Final = 28.0  # between lights
_BAR: Final = 18.0
_SIGN: Final = 24.0  # room of a sign before its word
Counts = Mapping[str, Mapping[str, int]]  # light → colour → how many


def summed(departments: Iterable[Counts]) -> Counts:
    """Add the lights of departments, each light for itself."""
    rows = list(departments)
    return {
        name: {colour: sum(row[name].get(colour, 0) for row in rows) for colour in COLOURS}
        for name in LIGHTS
    }


def lights(counts: Counts, tongue: Tongue) -> Drawn:
    """Draw how many measures stand at which colour, a group of bars for each light."""
    says = _summary(counts, tongue)
    wide = _layout(counts, tongue, WIDE).drawn(says, "wide")
    narrow = _layout(counts, tongue, NARROW).drawn(says, "narrow")
    return Drawn(both(wide, narrow), _table(counts, tongue), says)


def _word(colour: str, tongue: Tongue) -> str:
    return words.colour(colour, tongue.lang).partition(" ")[2]


def _count(counts: Counts, name: str, colour: str) -> int:
    return counts.get(name, {}).get(colour, 0)


def _layout(counts: Counts, tongue: Tongue, width: int) -> Sheet:
    group = _HEAD + len(COLOURS) * _ROW
    sheet = Sheet(width, len(LIGHTS) * group + (len(LIGHTS) - 1) * _GAP)
    most = max((_count(counts, name, each) for name in LIGHTS for each in COLOURS), default=0)
    named = max(width_of(_word(each, tongue)) for each in COLOURS)
    begin = min(_SIGN + named + 12, width * 0.6)
    room = width - begin - width_of(tongue.number(most)) - 12
    for i, name in enumerate(LIGHTS):
        y = i * (group + _GAP)
        title = words.label(name, tongue.lang)
        sheet.write(Wish((title,), ((2, y + 17, "start"),), "chart__strong"))
        for j, colour in enumerate(COLOURS):
            middle = y + _HEAD + (j + 0.5) * _ROW
            n = _count(counts, name, colour)
            sheet.put(sign(colour, 10, middle))
            told = fitted(_word(colour, tongue), begin - _SIGN - 8)
            sheet.write(Wish((told,), ((_SIGN, middle + 5, "start"),)))
            _bar(sheet, begin, middle, n / most * room if most else 0.0, colour)
            end = begin + (n / most * room if most else 0) + 8
            sheet.write(Wish((tongue.number(n),), ((end, middle + 5, "start"),), "chart__strong"))
    return sheet


def _bar(sheet: Sheet, x: float, middle: float, length: float, colour: str) -> None:
    top = middle - _BAR / 2
    sheet.put(
        tag("line", x1=x, x2=x, y1=middle - _ROW / 2, y2=middle + _ROW / 2, class_="chart__axis")
    )
    if length:
        kind = f"chart__bar chart__bar--{colour}"
        sheet.put(tag("rect", x=x, y=top, width=length, height=_BAR, class_=kind))


def sign(colour: str, x: float, y: float) -> Markup:
    """Draw the sign of a colour: ● green, ▲ yellow, ■ red, ○ grey."""
    kind = f"chart__bar chart__bar--{colour}"
    if colour == "yellow":
        corners = ((x - 7, y + 6), (x, y - 7), (x + 7, y + 6))
        return tag("path", d=path(*corners, closed=True), class_=kind)
    if colour == "red":
        return tag("rect", x=x - 6, y=y - 6, width=12, height=12, class_=kind)
    return tag("circle", cx=x, cy=y, r=6, class_=kind)


def _summary(counts: Counts, tongue: Tongue) -> str:
    parts = []
    for name in LIGHTS:
        told = [
            f"{_word(each, tongue)} {tongue.number(_count(counts, name, each))}" for each in COLOURS
        ]
        parts.append(f"{words.label(name, tongue.lang)}: {', '.join(told)}")
    return tongue.say(N_("Measures by light. {parts}."), parts="; ".join(parts))


def _table(counts: Counts, tongue: Tongue) -> Table:
    """Give a row for each colour and a column for each light; no sum runs over lights."""
    head = (
        (tongue.say(N_("Light")), ""),
        *((words.label(name, tongue.lang), "num") for name in LIGHTS),
    )
    rows = [
        (_word(each, tongue), *(tongue.number(_count(counts, name, each)) for name in LIGHTS))
        for each in COLOURS
    ]
    return Table(tongue.say(N_("Measures by the colour of their lights")), head, texts(rows))
