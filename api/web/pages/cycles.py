"""The rounds: where each stands on the circle, what the next stage lacks, what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from api.web import picking, round_charts
from api.web.frame import Page, Shown, Visit, link
from api.web.live import live
from api.web.pages import cycle_moves
from cycle.i18n import N_
from cycle.machine.cycles import STAGES
from cycle.machine.half_year import CHANGES
from cycle.machine.states import STATES
from cycle.reading import cycles, half_year
from cycle.reading.filters import Filters
from cycle.reading.shapes import Json
from cycle.reading.status import LIGHTS, status

STEPS: Final = (*(state.name for state in STAGES), "closed")
HALVES: Final = 6  # half-years to choose from
LINES: Final = 500  # of each part of the half-yearly table; filters give the others


def _list(visit: Visit) -> Shown:
    rows = cycles.listed(visit.reader, sees_internal=visit.sight.internal)
    return Shown("cycles/list.html", {"rows": list(reversed(rows)), "may": visit.may("planner")})


def _show(visit: Visit) -> Shown:
    key = visit.find("round")
    internal = visit.sight.internal
    found = cycles.show(
        visit.reader, key, visit.day, visit.lang, sees_internal=internal, sight=visit.sight
    )
    counted = status(visit.reader, today=visit.day, filters=Filters(cycle=key))
    rows = list(_by_department(visit, counted))
    return Shown("cycles/one.html", {
        "round": found, "steps": STEPS, "at": STEPS.index(found["stage"]),
        "departments": counted["departments"], "rows": rows, "states": _states(rows),
        "on_circle": _on_circle, "lights": LIGHTS,
        "total": sum(_on_circle(each["states"]) for each in rows),
        "overdue": sum(counted["overdue"].values()),
        "gaps": sum(counted["gaps"].values()),
        "circle": round_charts.circle_of(visit, key, counted),
        "course": round_charts.course_of(visit, key),
        "lights_drawn": round_charts.lights_of(visit, counted["departments"]),
        "offers": [_offer(visit, found["key"], each) for each in _by_name(found["offers"])],
        "live": live(visit),
    })  # fmt: skip


def _by_department(visit: Visit, counted: Json) -> Iterator[Json]:
    """Give the states of each department's measures, of drafts only those in sight.

    What no department leads yet stands last, under no code.
    """
    nobodys = dict(counted["states"])
    for each in counted["departments"]:
        for state, count in each["states"].items():
            nobodys[state] -= count
        yield {**each, "states": _in_sight(visit, each["states"], each["code"])}
    if any(nobodys.values()):
        states = _in_sight(visit, nobodys, None)
        name = visit.say(N_("no department yet"))
        yield {"code": "", "name": name, "states": states, "overdue": None}


def _in_sight(visit: Visit, states: Json, code: str | None) -> Json:
    """Leave out the drafts of a department that the reader may not see."""
    if visit.sight.whole or (visit.sight.internal and code in visit.sight.units):
        return states
    return {name: count for name, count in states.items() if name not in {"draft", "targeted"}}


def _states(departments: Iterable[Json]) -> list[str]:
    """Give the states on the circle in which some department has measures, in their order."""
    there = {name for each in departments for name, count in each["states"].items() if count}
    return [state.name for state in STATES if state.name in there and state.stage]


def _on_circle(states: Json) -> int:
    return sum(int(states.get(state.name, 0)) for state in STATES if state.stage)


def _by_name(offers: Iterable[Json]) -> Iterable[Json]:
    """Give one offer of each name: a round is reopened on one page, whatever the stage."""
    return {offer["name"]: offer for offer in reversed(list(offers))}.values()


def _offer(visit: Visit, key: str, offer: Json) -> Json:
    """Add to a move of the round where it is made, and who may make it here."""
    waits = cycle_moves.waits(key, offer)
    may = visit.may(*cycle_moves.roles(offer["name"], offer["to"]))
    return {
        **offer,
        "waits": waits,
        "held": bool(waits) and offer["name"] == "advance",
        "may": may,
        "href": link("cycles", key, "moves", offer["name"]),
    }


def _half_year(visit: Visit) -> Shown:
    key = visit.find("round")
    asked = visit.asked.get("half", "")
    halves = _halves(visit.day)
    named = asked if asked in halves else next(iter(halves))
    since, until = halves[named]
    filters = replace(picking.filters(visit), cycle=key)
    rows = half_year.table(visit.reader, since, until, filters, sees_internal=visit.sight.internal)
    parts = [(change, [row for row in rows if row.change == change]) for change in CHANGES]
    spans = [
        (name, f"{visit.tongue.date(first)} – {visit.tongue.date(last)}")
        for name, (first, last) in halves.items()
    ]
    half = picking.Filter("half", visit.say(N_("Half-year")), spans, named, must=True)
    return Shown("cycles/half_year.html", {
        "key": key, "since": since, "until": until, "most": LINES,
        "parts": [(change, found[:LINES], len(found)) for change, found in parts if found],
        "filters": [half, *picking.offered(visit, ("department", "field", "area"))],
    })  # fmt: skip


def _halves(day: date) -> dict[str, tuple[date, date]]:
    """Give the latest half-years, the running one first."""
    now = day.year * 2 + (0 if day.month <= 6 else 1)  # noqa: PLR2004 - June ends the first half
    found = (divmod(now - back, 2) for back in range(HALVES))
    return {f"{year}-{half + 1}": half_year.of(year, half + 1) for year, half in found}


PAGES = (
    Page(path="/cycles", name="cycles", show=_list, title=N_("Rounds")),
    Page(path="/cycles/{key}", name="cycle", noun="round", show=_show, title=N_("Round")),
    Page(path="/cycles/{key}/half-year", name="cycle_half_year", noun="round", show=_half_year,
         title=N_("Half-yearly table")),
    *cycle_moves.PAGES,
)  # fmt: skip
