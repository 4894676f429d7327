"""The outlines of areas: polygons of rings of points, checked, and set on a grid to be drawn.

An outline is what GeoJSON calls the coordinates of a MultiPolygon: of each polygon the outer ring
first, then those of its holes. Points are longitude and latitude, or metres of any plane.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any, Final

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Outline = tuple[Polygon, ...]

MOST_POINTS: Final = 5000  # of one area
FEWEST: Final = 4  # points of a ring, the first again as the last
FARTHEST: Final = 1e8  # metres; no plane of a survey reaches so far
EAST, NORTH = 180.0, 90.0
DIGITS: Final = 6  # of degrees: a tenth of a metre
CENTIMETRES: Final = 2  # digits of metres
SWAPPED: Final = ((47.0, 55.2), (5.8, 15.2))  # x and y of Germany, latitude written first


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle around outlines."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """One area on the grid, y downwards: its polygons, and where its name fits best."""

    outline: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]
    label: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Areas as they are drawn together."""

    width: int
    height: int
    areas: tuple[Drawn, ...]


def outline_of(polygons: Any) -> Outline | str:  # noqa: ANN401 - as a file has it
    """Read the coordinates of a MultiPolygon, or name what is wrong with them."""
    if not isinstance(polygons, list) or not polygons:
        return "empty"
    found: list[Polygon] = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return "empty"
        rings = [_ring(ring) for ring in polygon]
        if wrong := next((ring for ring in rings if isinstance(ring, str)), None):
            return wrong
        found.append(tuple(ring for ring in rings if not isinstance(ring, str)))
    return tuple(found) if count((tuple(found),)) <= MOST_POINTS else "too_many_points"


def _ring(points: Any) -> Ring | str:  # noqa: ANN401 - as a file has it
    if not isinstance(points, list) or len(points) < FEWEST:
        return "too_few_points"
    if len(points) > MOST_POINTS:
        return "too_many_points"
    ring = [_point(point) for point in points]
    if None in ring:
        return "no_number"
    if ring[0] != ring[-1]:
        return "not_closed"
    return tuple(point for point in ring if point)


def _point(given: Any) -> Point | None:  # noqa: ANN401 - as a file has it
    if not isinstance(given, list) or len(given) < len(("x", "y")):
        return None
    x, y = (_number(each) for each in given[:2])
    return None if x is None or y is None else (x, y)


def _number(given: Any) -> float | None:  # noqa: ANN401 - as a file has it
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    return float(given) if abs(given) <= FARTHEST else None  # what is no number is not less


def count(outlines: Iterable[Outline]) -> int:
    """Count the points."""
    return sum(len(ring) for outline in outlines for polygon in outline for ring in polygon)


def _points(outlines: Iterable[Outline]) -> Iterator[Point]:
    for outline in outlines:
        for polygon in outline:
            for ring in polygon:
                yield from ring


def box(outlines: Sequence[Outline]) -> Box:
    """Give the rectangle around all of them."""
    xs, ys = zip(*_points(outlines), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def in_degrees(around: Box) -> bool:
    """Tell longitude and latitude from metres: a town in metres is larger than the numbers go."""
    return (
        around.left >= -EAST
        and around.right <= EAST
        and around.bottom >= -NORTH
        and around.top <= NORTH
    )


def is_swapped(around: Box) -> bool:
    """Tell that latitude stands before longitude, as it would for any place in Germany."""
    (low, high), (west, east) = SWAPPED
    return (
        low <= around.left and around.right <= high and west <= around.bottom and around.top <= east
    )


def rounded(outline: Outline) -> Outline:
    """Leave out digits that nobody surveys."""
    digits = DIGITS if in_degrees(box((outline,))) else CENTIMETRES
    return tuple(
        tuple(tuple((round(x, digits), round(y, digits)) for x, y in ring) for ring in polygon)
        for polygon in outline
    )


def on_grid(outlines: Sequence[Outline], side: int = 1000) -> Grid:
    """Set outlines on a grid whose longer side is `side`, with north at the top.

    Neighbours keep their common border: the same point falls on the same place. What is smaller
    than the grid sees is left out.
    """
    around = box(outlines)
    narrow = _narrowing(around)
    across, up = (around.right - around.left) * narrow, around.top - around.bottom
    scale = side / (max(across, up) or 1)

    def place(point: Point) -> tuple[int, int]:
        x, y = point
        return round((x - around.left) * narrow * scale), round((around.top - y) * scale)

    drawn = tuple(_drawn(outline, place) for outline in outlines)
    return Grid(max(1, round(across * scale)), max(1, round(up * scale)), drawn)


def _narrowing(around: Box) -> float:
    """Tell how much shorter a degree is to the east than to the north."""
    return cos(radians((around.bottom + around.top) / 2)) if in_degrees(around) else 1.0


def _drawn(outline: Outline, place: Any) -> Drawn:  # noqa: ANN401 - from a point to the grid
    polygons = []
    for polygon in outline:
        rings = [_stepped([place(point) for point in ring]) for ring in polygon]
        if len(rings[0]) >= FEWEST:
            polygons.append(tuple(ring for ring in rings if len(ring) >= FEWEST))
    shown = tuple(polygons) or (((place(outline[0][0][0]),),),)
    return Drawn(shown, _label(max(shown, key=lambda polygon: abs(_surface(polygon[0])))))


def _stepped(points: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Leave out points that fall on the one before."""
    return tuple(points[:1]) + tuple(there for here, there in pairwise(points) if here != there)


def _surface(ring: Sequence[tuple[int, int]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _label(polygon: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int]:
    """Give the middle of the widest span inside, looked for on lines across the polygon."""
    ys = [y for _, y in polygon[0]]
    low, high = min(ys), max(ys)
    widest, at = -1.0, polygon[0][0]
    for step in range(2, 9):  # not at the very edge
        y = low + (high - low) * step / 10 + 0.5
        edges = (pair for ring in polygon for pair in pairwise(ring))
        xs = sorted(_crossing(a, b, y) for a, b in edges if (a[1] > y) != (b[1] > y))
        for left, right in zip(xs[::2], xs[1::2], strict=False):
            room = (right - left) * (1 - abs(step - 5) / 20)  # rather in the middle
            if room > widest:
                widest, at = room, (round((left + right) / 2), round(y))
    return at


def _crossing(a: tuple[int, int], b: tuple[int, int], y: float) -> float:
    return a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
