"""The pictures of a round: its circle, and how it came along."""

from typing import Any

from api.web.frame import Visit
from cycle.reading.circle import circle
from cycle.reading.filters import Filters
from cycle.reading.shapes import Json


def circle_of(visit: Visit, filters: Filters) -> Any:  # noqa: ANN401 - a chart
    """Draw the circle with what stands at each stage."""
    circle(visit.reader, today=visit.day, lang=visit.lang, filters=filters, sight=visit.sight)
    return None


def course_of(visit: Visit, found: Json) -> Any:  # noqa: ANN401 - a chart
    """Draw month by month how many measures had come how far."""
    return None
