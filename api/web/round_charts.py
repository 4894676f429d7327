"""The pictures of a round: its circle, its lights, and how it came along."""

from collections.abc import Iterable
from dataclasses import replace

from api.web.charts.circle import circle as drawn_circle
from api.web.charts.course import course as drawn_course
from api.web.charts.drawing import Drawn
from api.web.charts.lights import lights as drawn_lights
from api.web.charts.lights import summed
from api.web.frame import Visit
from cycle.reading.burn_up import burn_up
from cycle.reading.circle import circle
from cycle.reading.filters import Filters
from cycle.reading.shapes import Json


def circle_of(visit: Visit, key: str, counted: Json) -> Drawn:
    """Draw the circle with what stands at each stage of a round, whose status is `counted`."""
    filters = replace(Filters(cycle=key), drafts_of=visit.sight.drafts_of)
    found = circle(
        visit.reader, today=visit.day, lang=visit.lang, filters=filters, sight=visit.sight,
        counted=counted,
    )  # fmt: skip
    return drawn_circle(found, visit.tongue, key)


def course_of(visit: Visit, key: str) -> Drawn:
    """Draw month by month how many measures of a round had come how far."""
    found = burn_up(visit.reader, key, today=visit.day, sight=visit.sight)
    return drawn_course(found, visit.tongue)


def lights_of(visit: Visit, departments: Iterable[Json]) -> Drawn:
    """Draw how many measures of these departments stand at which colour of each light."""
    return drawn_lights(summed(each["lights"] for each in departments), visit.tongue)
