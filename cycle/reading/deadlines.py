"""The calendar of the town: what falls due, which bodies sit, who was asked for the Sachstand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.machine.days import months_later
from cycle.reading.agenda_rows import bodies, items
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters
from cycle.reading.keys import find
from cycle.reading.overdue import OverdueRow, coming
from cycle.reading.progress_requests import listed as requests
from cycle.reading.sight import Sight

DEADLINE, SITTING, REQUEST = "deadline", "sitting", "progress_request"
MOST: Final = 24  # months that are told


@dataclass(frozen=True, slots=True)
class DayRow:
    """One thing on one day."""

    on: date
    kind: str  # deadline, sitting or progress_request
    rule: str | None  # by which a deadline will be overdue
    noun: str
    key: str
    title: str
    about: str  # which one of the record's own, in words
    department: str | None
    cycle: str | None
    count: int | None  # papers of a sitting, measures without an answer
    command: str  # that tells more, or settles it


def until(today: date, months: int) -> date:
    """Give the last day of so many months, this one being the first; raise Invalid for others."""
    if not 1 <= months <= MOST:
        says = N_("{name} must be between {least} and {most}.")
        values = {"name": "months", "least": 1, "most": MOST}
        fault = Fault("months", "out_of_range", says, values)
        listed = N_("Please check what was given: {fields}.")
        raise Invalid(listed, faults=(fault,), fields="months")
    return months_later(today.replace(day=1), months) - timedelta(days=1)


def calendar(
    reader: Reader,
    *,
    today: date,
    last: date,
    lang: str,
    filters: Filters = NOTHING,
    sight: Sight | None = None,
) -> list[DayRow]:
    """Give all that has its day from today on, by day.

    Sittings are those of every department. Drafts out of `sight` are not told; who sees only what
    is published sees no request and no paper that is not public.
    """
    internal = sight is None or sight.internal
    seen = replace(filters, drafts_of=sight.drafts_of if sight else None)
    due = coming(
        reader, today=today, until=last, lang=lang, filters=seen, sees_internal=internal
    )  # fmt: skip
    found = [_deadline(row) for row in due]
    found += [row for row in _sittings(reader, today, internal=internal) if row.on <= last]
    if internal:
        asked = _asked(reader, filters)
        found += [row for row in asked if today <= row.on <= last]
    return sorted(found, key=lambda row: row.on)


def _deadline(row: OverdueRow) -> DayRow:
    return DayRow(
        on=row.due or date.min, kind=DEADLINE, rule=row.rule, noun=row.noun, key=row.key,
        title=row.title, about=row.about, department=row.department, cycle=row.cycle, count=None,
        command=row.command,
    )  # fmt: skip


def _sittings(reader: Reader, today: date, *, internal: bool) -> Iterable[DayRow]:
    """Give the sittings with a paper on their agenda, each once."""
    names = {each.short_name: each.name for each in bodies(reader)}
    papers = items(reader, today=today, sees_internal=internal)
    for (on, body), own in groupby(papers, key=lambda item: (item.on, item.body)):
        yield DayRow(
            on=on, kind=SITTING, rule=None, noun="body", key=body or "",
            title=names.get(body or "", ""), about="", department=None, cycle=None,
            count=len(list(own)), command=f"cycle agenda --body {body}" if body else "cycle agenda",
        )  # fmt: skip


def _asked(reader: Reader, filters: Filters) -> Iterable[DayRow]:
    """Give the requests that are not answered in full."""
    code = find(reader, "department", filters.department) if filters.department else None
    for row in requests(reader, department=code):
        mine = filters.mine is None or row.department in filters.mine
        if mine and row.unanswered:
            yield DayRow(
                on=row.due, kind=REQUEST, rule=None, noun="department", key=row.department,
                title=row.name, about="", department=row.department, cycle=None,
                count=len(row.unanswered), command="cycle progress asked",
            )  # fmt: skip
