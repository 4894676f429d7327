"""The filters of a page: read from its address, and as a form that writes them there again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.web.choosing import beside
from api.web.frame import Visit
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.states import STATES
from cycle.reading import areas, cycles, departments, fields, goals
from cycle.reading.filters import PREVENTION, Filters

ALL: Final = ("cycle", "department", "state", "field", "area", "prevention")
LISTED: Final = (*ALL, "goal", "late")  # of the list of measures
_WORDS: Final = (*ALL, "goal", "mandate")
INTERNAL: Final = "internal"  # chosen among the states: any that is internal


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: what it is called, what may be chosen, and what is."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]  # value, text
    chosen: str
    must: bool = False  # one of them is always chosen


def filters(visit: Visit, asked: Mapping[str, str] | None = None) -> Filters:
    """Give what is asked for behind the question mark; drafts of others are left out."""
    asked = visit.asked if asked is None else asked
    given: dict[str, Any] = {name: asked[name] for name in _WORDS if name in asked}
    if given.get("state") == INTERNAL:
        del given["state"]
        given["internal"] = True
    return Filters(
        **given,
        late=visit.day if asked.get("late") else None,
        mine=tuple(sorted(visit.who.units)) if asked.get("mine", "0") != "0" else None,
        drafts_of=visit.sight.drafts_of,
    )


def offered(visit: Visit, names: Sequence[str] = ALL) -> list[Filter]:
    """Give the filters of a page, each with what may be chosen."""
    return [each for name in names for each in _offered(visit, name)]


def _offered(visit: Visit, name: str) -> Iterator[Filter]:
    options = list(_options(visit, name))
    chosen = visit.asked.get(name, "")
    if len(options) > 1 or chosen or (options and name == "late"):
        yield Filter(name, visit.say(_LABELS[name]), options, chosen)


def _options(visit: Visit, name: str) -> Iterator[tuple[str, str]]:
    reader = visit.reader
    if name == "cycle":
        yield from ((row.key, Stored(f"{row.key} {row.title}")) for row in cycles.listed(reader))
    elif name == "department":
        yield from ((row.code, f"{row.code} {row.name}") for row in departments.named(reader))
    elif name == "field":
        yield from ((row.code, row.name) for row in fields.listed(reader))
    elif name == "area":
        found = areas.listed(reader, today=visit.day)
        yield from {row.code: f"{row.code} {row.name}" for row in found}.items()
    elif name == "state":
        yield INTERNAL, visit.say(N_("still internal (before the committees)"))
        yield from ((s.name, words.name("state", s.name, visit.lang)) for s in STATES)
    elif name == "goal":
        served = goals.named(reader)
        yield from ((row.key, beside(row.key, row.text)) for row in served)
    elif name == "late":
        yield "1", visit.say(N_("only with something overdue"))
    elif name == "prevention":
        yield from ((each, words.name("prevention", each, visit.lang)) for each in PREVENTION)


_LABELS: Final = {
    "cycle": N_("Round"),
    "department": N_("Department"),
    "state": N_("State"),
    "field": N_("Field of action"),
    "area": N_("Area"),
    "prevention": N_("Prevention"),
    "goal": N_("Goal"),
    "late": N_("Overdue"),
}
