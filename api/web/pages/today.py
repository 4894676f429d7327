"""*To do today*: what waits for the one who signs in, most pressing first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.web.frame import Page, Shown, Visit, link
from api.web.picking import INTERNAL
from api.web.settling import is_there, page_of, settled_at
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.machine import gaps, overdue, words
from cycle.machine.standing import OVERDUE
from cycle.reading import progress_requests as requests
from cycle.reading import today as reading
from cycle.reading.door import Reader
from cycle.reading.overdue import OverdueRow

MOST: Final = 12  # lines of one group; behind them is a link to all
REPORT: Final = "O8"  # the Sachstand has a page of its own
NEWS: Final = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: what, since when, and the page that settles it."""

    what: str
    says: str
    href: str = ""
    key: str = ""
    since: date | None = None
    count: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, and where all of them stand."""

    id: str
    title: str
    lines: Sequence[Line]
    more: str = ""  # address
    total: int = 0

    @property
    def cut(self) -> Sequence[Line]:
        """Give the lines that are shown."""
        return self.lines[:MOST]


def _show(visit: Visit) -> Shown:
    groups = [group for group in _groups(visit) if group.lines]
    buttons = [(href, visit.say(text)) for href, text, *roles in _BUTTONS
               if visit.may(*roles) and is_there(href)]  # fmt: skip
    waits = [each for each in groups if each.id != "news"]
    return Shown("today/today.html", {"groups": groups, "buttons": buttons, "waits": waits})


_BUTTONS: Final = (
    ("/measures/new", N_("Log a measure"), "department_head", "planner"),
    ("/progress", N_("Report progress"), "department_head", "planner"),
)


def _groups(visit: Visit) -> Iterator[Group]:
    units = visit.who.units
    if visit.may("department_head") and units:
        yield from _of_head(visit)
    for each in _PRESSING:
        if visit.may(each.role):
            yield _pressing(visit, each)
    if visit.may("steering"):
        yield _waivers(visit)
    if visit.may("planner"):
        yield _asked(visit)
    if visit.sight.internal:
        yield from _by_rule(visit)
    if not visit.sight.internal:
        yield _news(visit)


def _of_head(visit: Visit) -> Iterator[Group]:
    units = visit.who.units
    owed = reading.own(visit.reader, units, today=visit.day, lang=visit.lang)
    reports = [row for row in owed if row.rule == REPORT]
    asked = [row for row in requests.listed(visit.reader)
             if row.department in units and row.unanswered]  # fmt: skip
    due = sorted({key for row in asked for key in row.unanswered} | {row.key for row in reports})
    if due:
        since = [row.due for row in reports if row.due] + [row.asked_on for row in asked]
        says = visit.tongue.plural("{n} measure waits for it", "{n} measures wait for it", len(due))
        by = min((row.due for row in asked), default=None)
        if by:
            says += visit.say("; social planning asks for it by {day}", day=by)
        late = bool(reports) or bool(by and by < visit.day)
        line = Line(visit.say(N_("Report progress")), says, "/progress", since=min(since),
                    late=late)  # fmt: skip
        yield Group("progress", visit.say(N_("Progress")), [line])
    rest = [row for row in owed if row.rule != REPORT]
    lines = [_overdue(visit, row) for row in rest]
    yield Group(
        "overdue", visit.say(N_("Overdue")), lines, link("open", "overdue", mine=1), len(lines)
    )
    drafts, count = reading.drafts(visit.reader, units, MOST, today=visit.day, lang=visit.lang)
    more = link("measures", mine=1, state=INTERNAL)
    title = visit.say(N_("Your drafts and what comes next"))
    yield Group("drafts", title, [_draft(row, visit) for row in drafts], more, count)


def _overdue(visit: Visit, row: OverdueRow) -> Line:
    to = settled_at(visit, row.rule, row.noun, row.key, row.department)
    return Line(
        Stored(row.title), row.says, to or page_of(row.noun, row.key), row.key, row.due, late=True
    )


def _draft(row: reading.DraftRow, visit: Visit) -> Line:
    if row.task:
        says = visit.say("Next: {task}", task=row.task)
        if row.missing > 1:
            says += visit.tongue.plural(
                " ({n} thing is missing)", " ({n} things are missing)", row.missing
            )
    else:
        move = words.name("move", row.step, visit.lang) if row.step else ""
        says = visit.say("Nothing is missing: {move}", move=move)
    return Line(Stored(row.title), says, page_of("measure", row.key), row.key)


@dataclass(frozen=True, slots=True)
class _Pressing:
    """What one role settles measure by measure."""

    id: str
    role: str
    title: str
    says: str
    found: Callable[[Reader, int], list[reading.PressingRow]]
    place: str  # the rule by which the page is found
    state: str  # of the measures behind "all"


_PRESSING: Final = (
    _Pressing(
        "countersign", "finance", N_("To countersign"),
        N_("Financial consequences, assessed and not countersigned"),
        reading.to_countersign, "countersign", "targeted",
    ),
    _Pressing(
        "undecided", "committee_clerk", N_("Proposals without a decision"),
        N_("Waits for a decision"), reading.undecided, "O4", "proposed",
    ),
    _Pressing(
        "undisposed", "steering", N_("What follows from the evaluation?"),
        N_("Evaluated; nobody has said what follows"), reading.undisposed, "O12",
        "evaluated",
    ),
    _Pressing(
        "unevaluated", "evaluator", N_("To evaluate"), N_("Carried out and not evaluated"),
        reading.unevaluated, "O7", "implemented",
    ),
)  # fmt: skip


def _pressing(visit: Visit, what: _Pressing) -> Group:
    says = visit.say(what.says)
    found = what.found(visit.reader, MOST)
    lines = [
        Line(
            Stored(row.title),
            says,
            settled_at(visit, what.place, "measure", row.key, None) or page_of("measure", row.key),
            row.key,
            row.since,
        )
        for row in found
    ]
    more = link("measures", state=what.state)
    return Group(what.id, visit.say(what.title), lines, more, found[0].total if found else 0)


def _waivers(visit: Visit) -> Group:
    says = N_("Exception granted and not yet used: {task}")
    lines = [
        Line(row.key, visit.say(says, task=_task(row, visit)), page_of(_noun(row), row.key),
             row.key, row.since)
        for row in reading.unused_waivers(visit.reader)
    ]  # fmt: skip
    return Group("waivers", visit.say(N_("Exceptions")), lines)


def _task(row: reading.WaiverRow, visit: Visit) -> str:
    values = {"key": row.key, "machine": _noun(row)}
    return words.guard_task(row.guard, visit.lang, values)


def _noun(row: reading.WaiverRow) -> str:
    return "cycle" if row.key.startswith("Z") else "measure"


def _asked(visit: Visit) -> Group:
    lines = [
        Line(
            f"{row.department} {row.name}",
            visit.say("{answered} of {measures} measures answered, asked for by {day}",
                      answered=row.answered, measures=row.measures, day=row.due),
            link("progress", department=row.department), since=row.asked_on,
            late=row.due < visit.day,
        )
        for row in requests.listed(visit.reader) if row.unanswered
    ]  # fmt: skip
    title = visit.say(N_("Departments that were asked for the Sachstand"))
    return Group("asked", title, lines, "/progress/requests", len(lines))


def _by_rule(visit: Visit) -> Iterator[Group]:
    rows = reading.by_rule(visit.reader, visit.who.roles, today=visit.day)
    for id_, topic, title, more in (
        ("late", OVERDUE, N_("Overdue in the town"), "/open/overdue"),
        ("gaps", "gap", N_("Open ends"), "/open"),
    ):
        lines = [_rule(row, visit) for row in rows if row.topic == topic]
        yield Group(id_, visit.say(title), lines, more, len(lines))


def _rule(row: reading.RuleRow, visit: Visit) -> Line:
    if row.topic == OVERDUE:
        return Line(overdue.name(row.rule, visit.lang), overdue.task(row.rule, visit.lang),
                    link("open", "overdue", rule=row.rule), since=row.since, count=row.count,
                    late=True)  # fmt: skip
    return Line(gaps.says(row.rule, visit.lang), gaps.task(row.rule, visit.lang),
                link("open", "gaps", row.rule), since=row.since, count=row.count)  # fmt: skip


def _news(visit: Visit) -> Group:
    lines = [
        Line(
            f"{words.name('entity', row.entity, visit.lang)} {row.key}",
            words.name("action", row.action, visit.lang),
            page_of(row.entity, row.key), row.key, row.day,
        )
        for row in reading.news(visit.reader, visit.sight, NEWS)
    ]  # fmt: skip
    return Group("news", visit.say(N_("What is new")), lines)


PAGES = (Page(path="/", name="today", show=_show, title=N_("To do today")),)
