"""The map as a picture: the shapes of the areas with what each of them has."""

from collections.abc import Sequence
from typing import Any

from api.web.frame import Visit
from cycle.reading.area_measures import AreaCount
from cycle.reading.shapes import Json


def map_of(visit: Visit, found: Json, counts: Sequence[AreaCount]) -> Any:  # noqa: ANN401 - a chart
    """Draw the areas, or give nothing where their shapes are not known."""
    return None
