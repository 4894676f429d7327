"""Maps of towns as a survey office would hand them over."""

from collections.abc import Mapping
from typing import Any

Rings = list[list[list[float]]]


def square(x: float, y: float = 50.0, side: float = 1.0) -> Rings:
    """Give the coordinates of a square polygon."""
    return [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]


def collection(polygons: Mapping[str, Rings], name: str = "code") -> dict[str, Any]:
    """Give polygons by code as GeoJSON."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {name: code, "flaeche": 1.5},
                "geometry": {"type": "Polygon", "coordinates": rings},
            }
            for code, rings in polygons.items()
        ],
    }
