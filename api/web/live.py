"""What keeps a page up to date: how far the journal had come when it was shown."""

from dataclasses import dataclass
from datetime import datetime

from api.web.frame import Visit
from cycle import clock
from cycle.reading.journal import head


@dataclass(frozen=True, slots=True)
class Live:
    """How a page follows the journal, or that it is held."""

    after: int
    at: str  # address of the page
    on: bool
    off: str  # address at which it is held
    again: str  # address at which it goes on
    now: datetime


def live(visit: Visit) -> Live:
    """Give what a page needs to be kept up to date; `?live=off` holds it."""
    url = visit.request.url
    plain = url.remove_query_params("live")
    held = plain.include_query_params(live="off")
    path = url.path
    return Live(
        head(visit.reader),
        f"{path}?{plain.query}" if plain.query else path,
        visit.asked.get("live") != "off",
        f"{path}?{held.query}",
        f"{path}?{plain.query}" if plain.query else path,
        clock.now(),
    )
