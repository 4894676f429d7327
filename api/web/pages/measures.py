"""Measures: the list, to log one by three questions, and the page of each."""

import re
from datetime import date
from typing import Any, Final

from api.web import choosing, measure_asks, measure_there
from api.web.charts.series import series_data
from api.web.charts.time_series import time_series
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.measure_page import entries, main_goal, steps
from api.web.picking import LISTED, filters, offered
from cycle.i18n import N_
from cycle.reading import decisions, duties, evaluations, goals, indicator_series, journal
from cycle.reading import measures as reading
from cycle.reading import progress as progress_read
from cycle.reading.alike import alike
from cycle.reading.measure_words import written
from cycle.reading.missing import missing
from cycle.reading.pages import Page as Part
from cycle.reading.shapes import Json, plain
from cycle.usecases import measures

EACH: Final = 50  # measures on one page
DEEDS: Final = 200  # of one measure on its page
CHARTS: Final = 2
_MEASURE: Final = re.compile(r"M-\d{4}-\d{3,9}")
WRITERS: Final = frozenset({"department_head", "planner"})


def _list(visit: Visit) -> Shown:
    asked = dict(visit.asked)
    own = visit.may("department_head") and not visit.sight.whole
    if own and "mine" not in asked and not asked.get("department"):
        asked["mine"] = "1"
    picked = filters(visit, asked)
    rows = reading.listed(
        visit.reader, picked, today=visit.day, sight=visit.sight,
        page=Part(asked.get("after"), EACH + 1),
    )  # fmt: skip
    return Shown("measures/list.html", {
        "rows": rows[:EACH], "more": rows[EACH - 1].key if len(rows) > EACH else "",
        "filters": offered(visit, LISTED), "mine": asked.get("mine") == "1" and own, "own": own,
        "writer": visit.may(*WRITERS), "filtered": bool(visit.asked),
    })  # fmt: skip


def _new(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Log a measure")),
        button=visit.say(N_("Log the measure")),
        lead=visit.say(N_("Only the title is needed. Everything else can follow later.")),
        back="/measures",
        fields=(
            Field(name="title", label=visit.say(N_("What do you want to do?")), required=True,
                  most=90, hint=visit.say(N_("In a few words, such as: language support in four"
                                             " day-care centres."))),
            Field(name="goal", label=visit.say(N_("What for?")), kind="choice", shown="select",
                  options=measure_asks.of_goals(visit), value=visit.asked.get("goal"),
                  empty=visit.say(N_("I do not know yet"))),
            Field(name="areas", label=visit.say(N_("Where?")), kind="choices",
                  options=_places(visit)),
            Field(name="planned_end", label=visit.say(N_("Until when?")), kind="day"),
            *_lead(visit),
        ),
    )  # fmt: skip


WHOLE: Final = "*"


def _places(visit: Visit) -> tuple[Option, ...]:
    town = Option(WHOLE, visit.say(N_("in the whole town")))
    found = [o for o in choosing.of_areas(visit) if not o.value.isdigit() or len(o.value) < 8]  # noqa: PLR2004 - an AGS has eight digits and is the whole town
    return (town, *found)


def _lead(visit: Visit) -> tuple[Field, ...]:
    """Ask who leads it only where that cannot be known."""
    if len(visit.who.units) == 1 and not visit.may("planner"):
        return ()
    own = [o for o in choosing.of_departments(visit) if visit.may("planner") or o.value in
           visit.who.units]  # fmt: skip
    only = next(iter(visit.who.units)) if len(visit.who.units) == 1 else None
    return (Field(name="lead", label=visit.say(N_("Who leads it?")), kind="choice",
                  shown="select", options=tuple(own), value=only),)  # fmt: skip


def _log(visit: Visit, said: dict[str, Any]) -> Gone:
    given = {name: value for name, value in said.items() if value not in (None, ())}
    if WHOLE in given.get("areas", ()):
        given["citywide"] = True
        given["areas"] = tuple(code for code in given["areas"] if code != WHOLE)
    round_ = measure_asks.round_of(visit, given.get("goal"))
    record = measures.log(visit.unit, cycle=round_, **given)
    like = alike(visit.at(), record.ref, record.title, visit.sight)
    return Gone(
        link("measures", record.ref, like=" ".join(like)),
        N_("The measure is logged as {key}. Below you see what is still missing."),
        {"key": record.ref},
    )


def _one(visit: Visit) -> Shown:
    reader, sight = visit.reader, visit.sight
    measure = visit.show("measure", visit.key)
    key, inside = measure["key"], sight.inside(measure["lead"])
    lacks = missing(reader, key, today=visit.day, lang=visit.lang) if inside else []
    parts, kept = _parts(visit, key), _kept(visit, key, inside=inside)
    there = {name: bool(found) for name, found in (parts | kept).items()}
    known = {**plain(written(reader, key)), **there}
    return Shown("measures/one.html", {
        "measure": measure, "inside": inside, "known": known, "parts": parts,
        "entries": entries(visit, measure, lacks, known) if inside else [],
        "steps": steps(visit, measure) if inside else [],
        "progress": progress_read.listed(reader, measure=key, sees_internal=sight.internal)
        if inside else [],
        "decisions": decisions.listed(reader, measure=key, sees_internal=sight.internal,
                                      sight=sight),
        "evaluations": evaluations.listed(reader, measure=key),
        "events": journal.paged(reader, sight, key=key, page=Part(None, DEEDS)),
        "charts": _charts(visit, measure), "day_of": date.fromisoformat,
        "writer": visit.may(*WRITERS) and inside, "alike": _alike(visit) if inside else (),
        "kept": [(visit.say(_LINES[name][0]), lines) for name, lines in kept.items() if lines],
        "names": _names(visit),
    })  # fmt: skip


def _names(visit: Visit) -> dict[str, dict[str, str]]:
    return {
        "departments": choosing.names_of_departments(visit),
        "areas": choosing.names_of_areas(visit),
    }


def _alike(visit: Visit) -> tuple[str, ...]:
    """Give the measures that are called much like this one, as its logging found them."""
    named = choosing.keys_in(visit.asked.get("like"))[:3]
    return tuple(key for key in named if _MEASURE.fullmatch(key) and key != visit.key)


def _parts(visit: Visit, key: str) -> dict[str, Any]:
    reader = visit.reader
    return {
        "consequences": duties.consequences(reader, key),
        "participations": duties.participations(reader, key),
        "plans": duties.plans(reader, key),
    }


_LINES: Final = {  # what is told in a line each: under which headline, by what
    "milestones": (N_("Milestones"), measure_there.milestones),
    "enforcements": (N_("What makes it binding"), measure_there.enforcements),
    "commitments": (N_("Promises of the partners"), measure_there.commitments),
    "money": (N_("Money by year"), measure_there.money),
}
_OUTSIDE: Final = frozenset({"milestones"})  # others are read inside only


def _kept(visit: Visit, key: str, *, inside: bool) -> dict[str, list[measure_there.Line]]:
    return {
        name: list(lines(visit, key))
        for name, (_, lines) in _LINES.items()
        if inside or name in _OUTSIDE
    }


def _charts(visit: Visit, measure: Json) -> list[Any]:
    """Draw what the main goal is measured by."""
    goal = main_goal(measure)
    if not goal:
        return []
    targets = goals.show(visit.reader, goal, today=visit.day, lang=visit.lang,
                         sight=visit.sight)["targets"]  # fmt: skip
    codes = dict.fromkeys(t["indicator"] for t in targets if not t["replaced_on"])
    drawn = []
    for code in list(codes)[:CHARTS]:
        line = indicator_series.line(visit.reader, code, goal=goal)
        drawn.append(time_series(series_data(line), visit.tongue))
    return drawn


PAGES = (
    Page(path="/measures", name="measures", show=_list, title=N_("Measures")),
    Page(path="/measures/new", name="measure_new", form=_new, act=_log, rights=WRITERS,
         title=N_("Log a measure")),
    Page(path="/measures/{key}", name="measure", noun="measure", show=_one),
)  # fmt: skip
