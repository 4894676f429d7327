"""The places of the web door, as its navigation names them to whom they are open."""

from dataclasses import dataclass
from typing import Final

from api.web.frame import EVERYONE, INSIDE, Visit
from cycle.i18n import N_


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    path: str
    name: str  # template
    rights: frozenset[str] = EVERYONE


PLACES: Final = (
    Place("/", N_("To do today")),
    Place("/measures", N_("Measures")),
    Place("/progress", N_("Report progress"), frozenset({"department_head", "planner"})),
    Place("/goals", N_("Goals")),
    Place("/cycles", N_("Round")),
    Place("/board", N_("Board")),
    Place("/open", N_("Open ends"), INSIDE),
    Place("/reports", N_("Reports")),
    Place("/map", N_("Map")),
    Place("/decisions", N_("Decisions"), INSIDE),
    Place("/imports", N_("Import"), frozenset({"planner", "statistician", "department_head"})),
)


def places(visit: Visit) -> list[tuple[str, str, bool]]:
    """Give address, name and whether one is there, for what this account may open."""
    if not visit.session:
        return []
    at = visit.request.url.path
    return [
        (each.path, visit.say(each.name), _inside(at, each.path))
        for each in PLACES
        if visit.who.roles & each.rights
    ]


def _inside(at: str, path: str) -> bool:
    return at == path or (path != "/" and at.startswith(f"{path}/"))
