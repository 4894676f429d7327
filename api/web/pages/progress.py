"""The Sachstand: all measures of a department that run, reported on one page."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final

from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.progress_form import PLANNED, Sheet, fields_of, last_said, slug, written
from cycle.i18n import N_
from cycle.machine import words as names
from cycle.reading import progress_requests as requests
from cycle.reading import progress_sheet as reading
from cycle.reading.progress_sheet import SheetRow
from cycle.usecases import progress_requests

EACH: Final = 60  # measures on one page
WHO: Final = frozenset({"department_head", "planner"})


def _departments(visit: Visit) -> Collection[str]:
    """Give whose measures are shown: the one asked for, else those of the account."""
    asked = visit.asked.get("department")
    if asked and (visit.may("planner") or asked in visit.who.units):
        return (asked,)
    return visit.who.units if visit.may("department_head") else ()


def _form(visit: Visit) -> Form:
    codes = _departments(visit)
    every = reading.sheet(visit.reader, codes, today=visit.day) if codes else []
    rows = _shown_rows(visit, every)
    return Sheet(
        title=visit.say(N_("Report progress")),
        rows=tuple(rows),
        fields=tuple(each for row in rows for each in fields_of(row, visit)),
    )


def _shown_rows(visit: Visit, rows: Sequence[SheetRow]) -> Sequence[SheetRow]:
    """Pick the measures of this page: those sent, those asked for, else a page of those to tell."""
    if visit.typed is not None:
        sent = frozenset(visit.typed.get("shown", ()))
        return [row for row in rows if row.key in sent]
    if only := visit.asked.get("only"):
        return [row for row in rows if row.key == only]
    rows = [row for row in rows if row.last_report != visit.day]
    first = _page(visit) * EACH
    return rows[first : first + EACH]


def _page(visit: Visit) -> int:
    asked = visit.asked.get("page", "1")
    return max(int(asked), 1) - 1 if asked.isdecimal() and len(asked) < 5 else 0  # noqa: PLR2004 - digits


def _show(visit: Visit) -> Shown:
    codes = _departments(visit)
    if not codes:
        known = reading.departments(visit.reader, today=visit.day)
        return Shown("progress/departments.html", {"rows": known})
    every = reading.sheet(visit.reader, codes, today=visit.day)
    rows = visit.form.rows if isinstance(visit.form, Sheet) else ()
    told = [row for row in every if row.last_report == visit.day]
    waiting = len(every) - len(told)
    easy = [row for row in rows if row.as_planned(visit.day)]
    return Shown("progress/sheet.html", {
        "codes": sorted(codes), "told": told, "easy": easy, "slug": slug,
        "hard": [row for row in rows if not row.as_planned(visit.day)],
        "values": visit.form.with_typed(visit.typed, visit.tongue) if visit.form else {},
        "fields": {each.name: each for each in visit.form.fields} if visit.form else {},
        "last_said": lambda row: last_said(row, visit),
        "page": _page(visit) + 1, "pages": max(-(-waiting // EACH), 1), "every": every,
        "asked_by": _asked_by(visit, codes),
        "behalf": next(iter(codes)) if not set(codes) <= visit.who.units else "",
    })  # fmt: skip


def _asked_by(visit: Visit, codes: Collection[str]) -> list[requests.RequestRow]:
    rows = requests.listed(visit.reader)
    return [row for row in rows if row.department in codes and row.unanswered]


def _act(visit: Visit, words: dict[str, Any]) -> Gone:
    told = Counter(course for _, course in written(visit.unit, visit, words))
    listed = ", ".join(
        f"{n} × {names.name('course', course, visit.lang)}"
        for course, n in sorted(told.items(), key=lambda each: each[0] != PLANNED)
    )
    to = link("progress", department=visit.asked.get("department"))
    return Gone(to, N_("Reported: {listed}."), {"listed": listed})


def _ask_form(visit: Visit) -> Form:
    rows = reading.departments(visit.reader, today=visit.day)
    options = tuple(
        Option(row.code, f"{row.code} {row.name}",
               visit.tongue.plural("{n} measure under way", "{n} measures under way", row.measures))
        for row in rows
    )  # fmt: skip
    due = visit.day + timedelta(days=progress_requests.ANSWER_DAYS)
    return Form(
        title=visit.say(N_("Ask departments for the Sachstand")),
        button=visit.say(N_("Ask")),
        back="/progress",
        fields=(
            Field(name="departments", label=visit.say(N_("Which departments?")), kind="choices",
                  options=options, hint=visit.say(N_("None marked: all of them."))),
            Field(name="due", label=visit.say(N_("Answer by")), kind="day", value=due),
        ),
    )  # fmt: skip


def _requests(visit: Visit) -> Shown:
    return Shown("progress/requests.html", {"rows": list(reversed(requests.listed(visit.reader)))})


def _ask(visit: Visit, words: dict[str, Any]) -> Gone:
    asked = progress_requests.ask(visit.unit, words["departments"] or None, words["due"])
    listed = ", ".join(each.department for each in asked)
    return Gone("/progress/requests", N_("Asked: {listed}."), {"listed": listed})


PAGES = (
    Page(path="/progress", name="progress", rights=WHO, form=_form, show=_show, act=_act,
         title=N_("Report progress")),
    Page(path="/progress/requests", name="progress_requests", rights=frozenset({"planner"}),
         form=_ask_form, show=_requests, act=_ask, title=N_("Ask departments for the Sachstand")),
)  # fmt: skip
