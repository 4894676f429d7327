"""Outlines on a sheet: whether words lie within an area, or off all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.charts.labels import Box

Point = tuple[float, float]
Segment = tuple[float, float, float, float]
_LEAST: Final = 2  # points of a line


@dataclass(frozen=True, slots=True)
class Shape:
    """One area as it is drawn."""

    edges: tuple[Segment, ...]
    bounds: Box

    def holds(self, box: Box) -> bool:
        """Tell whether a box lies wholly within."""
        return self.bounds.holds(box) and self._around(box) and not self._crosses(box)

    def touches(self, box: Box) -> bool:
        """Tell whether a box lies upon any part of it."""
        return self.bounds.meets(box) and (self._crosses(box) or self._around(box))

    def _around(self, box: Box) -> bool:
        """Tell whether the middle of a box lies within: a ray from it meets odd edges."""
        x, y = box.x + box.width / 2, box.y + box.height / 2
        inside = False
        for x1, y1, x2, y2 in self.edges:
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
        return inside

    def _crosses(self, box: Box) -> bool:
        return any(_cuts(edge, box) for edge in self.edges)


def shape(rings: Iterable[Sequence[Point]]) -> Shape:
    """Take the rings of an area, its holes among them."""
    edges = tuple(
        (*ring[i - 1], *ring[i]) for ring in rings if len(ring) > _LEAST for i in range(len(ring))
    )
    xs = [x for x1, _, x2, _ in edges for x in (x1, x2)] or [0.0]
    ys = [y for _, y1, _, y2 in edges for y in (y1, y2)] or [0.0]
    return Shape(edges, Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))


def _cuts(edge: Segment, box: Box) -> bool:
    """Tell whether a line passes through a box: not beside it, and corners on both its sides."""
    x1, y1, x2, y2 = edge
    if max(x1, x2) < box.x or min(x1, x2) > box.right:
        return False
    if max(y1, y2) < box.y or min(y1, y2) > box.bottom:
        return False
    sides = [
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        for x in (box.x, box.right)
        for y in (box.y, box.bottom)
    ]
    return min(sides) <= 0 <= max(sides)
