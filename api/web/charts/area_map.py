"""The map of the town: its areas in classes, told by pattern and by number, not by colour alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from api.web.charts.area_names import Name, write_names
from api.web.charts.drawing import (
    NARROW,
    WIDE,
    Drawn,
    Sheet,
    Table,
    both,
    clean,
    swatch,
    tag,
    texts,
)
from api.web.charts.outlines import shape
from api.web.charts.scales import decimals, figure
from cycle.i18n import N_, Tongue

CLASSES: Final = 4
WITHHELD, NOTHING = "withheld", "nothing"
_AIR: Final = 12.0
_MOST_LABELS: Final = 80
Ring = Sequence[tuple[float, float]]
At = Callable[[tuple[float, float]], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area: where it lies and what it has; a withheld value is no value."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]  # each its outer ring and its holes, y grows downwards
    label: tuple[float, float]  # where its name fits best
    value: Decimal | None = None
    withheld: bool = False
    says: str = ""  # what the table says in place of a value


@dataclass(frozen=True, slots=True)
class MapData:
    """What a map shows."""

    title: str
    unit: str
    areas: tuple[MapArea, ...]
    width: float  # of the grid the outlines lie on
    height: float


def area_map(data: MapData, tongue: Tongue) -> Drawn:
    """Draw the areas in at most four classes of equal number, with a legend and a table."""
    limits = classes(_values(data))
    says = _summary(data, tongue)
    wide, narrow = (_layout(data, tongue, width, says, limits) for width in (WIDE, NARROW))
    shared = tag("svg", tag("defs", *_patterns()), width=0, height=0, class_="chart__defs",
                 aria_hidden="true")  # fmt: skip
    return Drawn(both(wide, narrow, shared), _table(data, tongue), says,
                 tuple(_legend(data, tongue, limits)))  # fmt: skip


def known(area: MapArea) -> Decimal | None:
    """Give the value to show: never one that is withheld."""
    return None if area.withheld else area.value


def _values(data: MapData) -> list[Decimal]:
    return [value for each in data.areas if (value := known(each)) is not None]


def classes(values: Sequence[Decimal]) -> list[Decimal]:
    """Give the upper limits of the classes: quantiles, each with areas of its own."""
    there = sorted(set(values))
    count = min(CLASSES, len(there))
    return [there[(len(there) * (i + 1) - 1) // count] for i in range(count)]


def class_of(value: Decimal, limits: Sequence[Decimal]) -> int:
    """Give the class a value belongs to, from 1."""
    return next(i for i, limit in enumerate(limits, 1) if value <= limit)


def _kind(area: MapArea, limits: Sequence[Decimal]) -> str:
    if area.withheld:
        return WITHHELD
    return NOTHING if area.value is None else str(class_of(area.value, limits))


def _layout(
    data: MapData, tongue: Tongue, width: int, says: str, limits: Sequence[Decimal]
) -> Markup:
    scale = min((width - 2 * _AIR) / (data.width or 1), 560 / (data.height or 1))
    left = (width - data.width * scale) / 2
    sheet = Sheet(width, data.height * scale + 2 * _AIR)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return left + point[0] * scale, _AIR + point[1] * scale

    for area in data.areas:
        kind = _kind(area, limits)
        told = f"{clean(area.code)} {clean(area.name)}: {_value(data, area, tongue)}"
        way = "".join(_ring(ring, at) for polygon in area.polygons for ring in polygon)
        sheet.put(tag("g", tag("title", told), tag("path", d=way, fill_rule="evenodd",
                                                   class_=f"area area--{kind}"),
                      tag("path", d=way, fill_rule="evenodd", class_="area__pattern",
                          fill=f"url(#area-{kind})")))  # fmt: skip
    large = sorted(data.areas, key=lambda each: -_size(each))[:_MOST_LABELS]
    write_names(sheet, [_name(data, area, at, tongue) for area in large])
    return sheet.drawn(says, "wide" if width == WIDE else "narrow")


def _ring(ring: Ring, at: At) -> str:
    points = [at(point) for point in ring]
    return "".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points)) + "Z"


def _name(data: MapData, area: MapArea, at: At, tongue: Tongue) -> Name:
    there = known(area) is not None or area.withheld
    value = _value(data, area, tongue) if there else ""
    rings = [[at(point) for point in ring] for polygon in area.polygons for ring in polygon]
    return Name(clean(area.code), clean(area.name), value, at(area.label), shape(rings))


def _size(area: MapArea) -> float:
    def of(ring: Ring) -> float:
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs))

    return sum(of(polygon[0]) for polygon in area.polygons)


def _value(data: MapData, area: MapArea, tongue: Tongue) -> str:
    if area.withheld:
        return tongue.say(N_("withheld"))
    if area.value is None:
        return area.says or tongue.say(N_("no value"))
    told = figure(tongue, area.value, data.unit, _places(data))
    return f"{told}\u00a0{clean(data.unit)}" if data.unit == "%" else told


def _places(data: MapData) -> int:
    return decimals(_values(data))


def _patterns() -> list[Markup]:
    """Give a pattern to each class: it is told without colour, and on paper."""
    lines = {
        "1": (tag("circle", cx=4, cy=4, r=0.9, class_="area__ink--fill"),),
        "2": (tag("path", d="M-1 9L9 -1", class_="area__ink"),),
        "3": (tag("path", d="M-1 9L9 -1M-1 5L5 -1M3 9L9 3", class_="area__ink"),),
        "4": (tag("path", d="M-1 9L9 -1M-1 -1L9 9M-1 5L5 -1M3 9L9 3", class_="area__ink"),),
        WITHHELD: (tag("path", d="M0 2L8 2M0 6L8 6", class_="area__ink"),),
        NOTHING: (),
    }
    return [
        tag("pattern", *marks, id=f"area-{kind}", width=8, height=8,
            patternUnits="userSpaceOnUse")
        for kind, marks in lines.items()
    ]  # fmt: skip


def _legend(data: MapData, tongue: Tongue, limits: Sequence[Decimal]) -> list[tuple[Markup, str]]:
    """Say what each pattern means; only what occurs."""
    values = sorted(_values(data))
    found = []
    for i in range(1, len(limits) + 1):
        own = [value for value in values if class_of(value, limits) == i]
        low, high = (figure(tongue, each, data.unit, _places(data)) for each in (own[0], own[-1]))
        told = low if low == high else tongue.say(N_("{low} to {high}"), low=low, high=high)
        found.append((_square(str(i)), f"{told} {clean(data.unit)}".strip()))
    if any(each.withheld for each in data.areas):
        found.append((_square(WITHHELD), tongue.say(N_("withheld"))))
    if any(each.value is None and not each.withheld for each in data.areas):
        found.append((_square(NOTHING), tongue.say(N_("no value"))))
    return found


def _square(kind: str) -> Markup:
    words = {"x": 1, "y": 1, "width": 26, "height": 14}
    return swatch(
        tag("rect", **words, class_=f"area area--{kind}"),
        tag("rect", **words, class_="area__pattern", fill=f"url(#area-{kind})"),
    )


def _summary(data: MapData, tongue: Tongue) -> str:
    there = [each for each in data.areas if known(each) is not None]
    if not there:
        return tongue.say(N_("Map of the town: {title}. No area has a value that can be shown."),
                          title=clean(data.title))  # fmt: skip
    low, high = (f(there, key=lambda each: each.value or 0) for f in (min, max))
    return tongue.say(
        N_("Map of the town: {title}. Lowest in {low} ({least}), highest in {high} ({most})."),
        title=clean(data.title), low=clean(low.name), high=clean(high.name),
        least=_value(data, low, tongue), most=_value(data, high, tongue),
    )  # fmt: skip


def _table(data: MapData, tongue: Tongue) -> Table:
    label = tongue.say(N_("Value ({unit})"), unit=clean(data.unit)) if data.unit else tongue.say(
        N_("Value"))  # fmt: skip
    head = ((tongue.say(N_("Area")), ""), (label, "num"))
    rows = [(f"{each.code} {each.name}", _value(data, each, tongue)) for each in data.areas]
    return Table(clean(data.title), head, texts(rows))
