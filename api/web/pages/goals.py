"""Goals: what the town wants to reach, how far it is, and who agreed."""

from typing import Any, Final

from api.web import choosing
from api.web.charts.series import series_data
from api.web.charts.time_series import time_series
from api.web.frame import EVERYONE, Page, Shown, Visit
from api.web.pages import goal_forms as forms
from api.web.picking import offered
from cycle.i18n import N_
from cycle.reading import goals as reading
from cycle.reading import indicator_series, measures
from cycle.reading.filters import Filters
from cycle.reading.pages import Page as Part
from cycle.reading.shapes import Json
from cycle.usecases.indicators import RATED

EACH: Final = 100  # goals on one page
CHARTS: Final = 4  # of one goal


def _list(visit: Visit) -> Shown:
    asked = visit.asked
    rows = reading.listed(
        visit.reader, cycle=asked.get("cycle"), area=asked.get("area"), field=asked.get("field"),
        sees_internal=visit.sight.internal, sight=visit.sight,
        page=Part(asked.get("after"), EACH + 1),
    )  # fmt: skip
    return Shown("goals/list.html", {
        "rows": rows[:EACH], "more": rows[EACH - 1].key if len(rows) > EACH else "",
        "filters": offered(visit, ("cycle", "field", "area")), "writer": visit.may(*forms.WRITERS),
    })  # fmt: skip


def _one(visit: Visit) -> Shown:
    goal = visit.show("goal", visit.key)
    served = measures.listed(
        visit.reader, Filters(goal=goal["key"], drafts_of=visit.sight.drafts_of), today=visit.day,
        sees_internal=visit.sight.internal, sight=visit.sight,
    )  # fmt: skip
    now = [each for each in goal["targets"] if not each["replaced_on"]]
    return Shown("goals/one.html", {
        "goal": goal, "targets": now,
        "old": [each for each in goal["targets"] if each["replaced_on"]],
        "charts": _charts(visit, goal["key"], now), "served": served, "moves": _moves(visit, goal),
        "figure": choosing.figure(visit), "places": choosing.names_of_areas(visit),
    })  # fmt: skip


def _charts(visit: Visit, key: str, targets: list[Json]) -> list[Any]:
    """Draw what the goal is measured by, each indicator in the area it is aimed at."""
    found = []
    for code in list(dict.fromkeys(each["indicator"] for each in targets))[:CHARTS]:
        line = indicator_series.line(visit.reader, code, goal=key)
        found.append(time_series(series_data(line), visit.tongue))
    return found


def _moves(visit: Visit, goal: Json) -> list[tuple[str, str]]:
    """Give the pages that carry a goal on, for whom they are open: last part, what it says."""
    over = goal["status"] in RATED
    young = goal["status"] in {"draft", "agreed"}
    listed = (
        ("edit", N_("Write down more"), forms.PLANNER, not over),
        ("target", N_("Set a target"), forms.MEASURERS, not over),
        ("agreement", N_("Note an agreement"), forms.RECORDERS, not over),
        ("adoption", N_("Note that it was adopted"), forms.ADOPTERS, young),
        ("rating", N_("Say whether it was achieved"), forms.RATERS, not young),
    )
    return [(name, visit.say(says)) for name, says, who, fits in listed if fits and visit.may(*who)]


PAGES = (
    Page(path="/goals", name="goals", rights=EVERYONE, show=_list, title=N_("Goals")),
    Page(path="/goals/{key}", name="goal", noun="goal", show=_one),
    *forms.PAGES,
)
