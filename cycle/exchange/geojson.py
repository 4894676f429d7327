"""GeoJSON as surveys write it: a collection of areas, each with its code and its outline."""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from cycle.errors import Fault, Invalid
from cycle.exchange import tables
from cycle.exchange.cells import shown
from cycle.i18n import N_
from cycle.machine.outlines import MOST_POINTS, Outline, outline_of

LARGEST: Final = 5 * 2**20  # bytes
PROPERTY: Final = "code"  # what names the area, where nothing else is told
MOST_AREAS: Final = 5000
MOST_FAULTS: Final = 50
_SAYS: Final = {  # what is wrong with an outline
    "empty": N_("{place} has no outline: it takes a Polygon or a MultiPolygon."),
    "too_few_points": N_("{place}: a ring has at least four points, the first again as the last."),
    "too_many_points": N_("{place} has more than {most} points; leave out every second one."),
    "no_number": N_("{place}: a point is two numbers, its longitude before its latitude."),
    "not_closed": N_("{place}: a ring ends where it begins."),
    "unnamed": N_("{place} has no property {name}."),
    "twice": N_("{place} is named twice; put its parts into one MultiPolygon."),
}


def read(path: str | Path, name: str = PROPERTY) -> dict[str, Outline]:
    """Read a file's outlines by the code of the area; `name` is the property that tells it.

    Raises Invalid with every area that cannot be read.
    """
    return outlines(tables.content(path), Path(path).name, name)


def outlines(data: bytes, file: str, name: str = PROPERTY) -> dict[str, Outline]:
    """Read the outlines out of a file's bytes; `file` is told when it is none."""
    faults: list[Fault] = []
    found: dict[str, Outline] = {}
    features = _features(data, file)
    for no, feature in enumerate(features, 1):
        code = _code(feature, name)
        place = code or f"#{no}"
        outline = outline_of(_coordinates(feature))
        wrong = ("twice" if code in found else "") if code else "unnamed"
        if wrong or isinstance(outline, str):
            faults.append(_fault(wrong or str(outline), no, place=shown(place), name=shown(name)))
        else:
            found[code] = outline
    if faults:
        raise _refused(faults, features, name)
    return found


def _refused(faults: list[Fault], features: list[Any], name: str) -> Invalid:
    known = sorted({key for each in features for key in _properties(each)})
    near = ", ".join(shown(each) for each in (get_close_matches(name, known) or known[:10]))
    fix = N_("Name the property that holds the code: --property, one of {near}.")
    return Invalid(
        N_("The file has {n} areas that cannot be drawn."),
        faults=tuple(faults[:MOST_FAULTS]),
        fix=fix if faults[0].code == "unnamed" and near else "",
        n=len(faults),
        near=near,
    )


def _fault(code: str, no: int, **values: str) -> Fault:
    return Fault(f"features/{no - 1}", code, _SAYS[code], {**values, "most": MOST_POINTS})


def _features(data: bytes, file: str) -> list[Any]:
    """Give what the collection holds; Invalid where the file is none."""
    if len(data) > LARGEST:
        raise Invalid(
            N_("{path} is larger than {limit} MB."),
            fix=N_("Simplify the outlines; a map on a screen needs few points."),
            path=shown(file),
            limit=LARGEST // 2**20,
        )
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise _none(file) from wrong
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features or len(features) > MOST_AREAS:
        raise _none(file)
    return features


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _none(file: str) -> Invalid:
    return Invalid(
        N_("{file} is no GeoJSON with a collection of areas."),
        fix=N_("Export the areas as a FeatureCollection of polygons, as every GIS can."),
        file=shown(file),
    )


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401 - as a file has it
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _code(feature: Any, name: str) -> str:  # noqa: ANN401 - as a file has it
    found = _properties(feature).get(name)
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return ""
    return str(found).strip()


def _coordinates(feature: Any) -> Any:  # noqa: ANN401 - as a file has it
    """Give the coordinates as those of a MultiPolygon."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return None
    found = geometry.get("coordinates")
    return {"Polygon": [found], "MultiPolygon": found}.get(str(geometry.get("type")))
