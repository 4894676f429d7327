"""The map as a picture: the outlines of the areas with what each of them has."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from api.web.charts.area_map import MapArea, MapData, area_map
from api.web.charts.drawing import Drawn
from api.web.frame import Visit
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading.area_measures import AreaCount
from cycle.reading.area_shapes import Map, shapes
from cycle.reading.shapes import Json

Shown = tuple[Decimal | None, str]  # a value, and what is said where there is none


def map_of(visit: Visit, found: Json, counts: Sequence[AreaCount]) -> Drawn | None:
    """Draw the areas with their values or their measures; None where no outline is known."""
    outlines = shapes(visit.reader, day=visit.day)
    if outlines is None:
        return None
    if found:
        values = {row["area"]: _value(visit, row) for row in found["areas"]}
        indicator = found["indicator"]
        return _drawn(visit, outlines, values, indicator["name"], indicator["unit"])
    numbers = {row.area: (Decimal(row.measures), "") for row in counts}
    return _drawn(visit, outlines, numbers, visit.say(N_("Measures")), "")


def _level(outlines: Map, values: Mapping[str, Shown]) -> int:
    """Give the level that is drawn, as areas within others would hide them: the fullest."""
    levels = Counter(shape.level for shape in outlines.shapes if shape.area in values)
    levels = levels or Counter(shape.level for shape in outlines.shapes)
    return max(levels, key=lambda level: (levels[level], level))


def _value(visit: Visit, row: Json) -> Shown:
    if row["value"] is None:
        return None, words.name("value_status", row["status"], visit.lang)
    return Decimal(str(row["value"])), ""


def _drawn(
    visit: Visit, outlines: Map, values: Mapping[str, Shown], title: str, unit: str
) -> Drawn:
    missing = visit.say(N_("no value"))
    areas = []
    level = _level(outlines, values)
    for shape, drawn in zip(outlines.shapes, outlines.grid.areas, strict=True):
        if shape.level != level:
            continue
        value, says = values.get(shape.area, (None, missing))
        areas.append(MapArea(
            shape.area, shape.name, drawn.outline, drawn.label, value,
            withheld=shape.area in values and value is None, says=says,
        ))  # fmt: skip
    grid = outlines.grid
    return area_map(MapData(title, unit, tuple(areas), grid.width, grid.height), visit.tongue)
