"""Asking departments for the Sachstand of their measures, and a department's *nothing changed*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cycle.errors import Conflict, Fault, KreislaufError
from cycle.i18n import N_
from cycle.machine.days import months_later
from cycle.model.duties import Progress, ProgressRequest
from cycle.reading.progress_requests import RequestRow, leading, listed, to_fill
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, progress
from cycle.usecases.policy import policy
from cycle.usecases.rights import need, own

ANSWER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one department."""

    department: str
    asked_on: date
    due: date
    measures: tuple[str, ...]  # nothing was said about yet
    again: bool  # it was asked before and is only reminded


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of saying that nothing changed in a department."""

    told: tuple[Progress, ...]
    refused: tuple[tuple[str, KreislaufError], ...]  # key, and why it takes words of its own


def ask(
    unit: Unit, departments: Sequence[str] | None = None, due: date | None = None
) -> list[Asked]:
    """Ask departments for the Sachstand, all that have measures under way where none is named.

    Who was asked before and has not told all of it is only reminded; a new day may be given. Who
    has told all is asked anew only by name. Raises NotFound, Forbidden, Invalid (a day that is
    past), and Conflict where there is nothing to ask (`nothing_to_ask`).
    """
    role = need(unit, "planner")
    given.insist(_past(unit, due))
    todo, before = leading(unit.reading()), _current(unit)
    codes = [lookup.department(unit, code).code for code in dict.fromkeys(departments or todo)]
    asked = []
    for code in codes:
        known = before.get(code)
        if known and not _anew(unit, known, named=bool(departments)):
            asked.append(_remind(unit, known, due, role))
        elif code in todo:
            asked.append(_first(unit, code, todo[code], due, role))
    if not asked:
        raise Conflict(
            N_("No measure is under way there; there is nothing to ask."),
            code="nothing_to_ask",
            fix=N_("`cycle measure list --state in_progress` shows what is."),
        )
    return asked


def _past(unit: Unit, due: date | None) -> Fault | None:
    if due is None or due >= unit.day:
        return None
    says = N_("{name}: {given} is past, today is {today}.")
    return Fault("due", "past", says, {"name": "due", "given": due, "today": unit.day})


def _current(unit: Unit) -> dict[str, RequestRow]:
    """Give the last request to every department, unless half an interval has gone since."""
    months = max(1, policy(unit.town).status_interval_months // 2)
    requests = listed(unit.reading())
    return {r.department: r for r in requests if months_later(r.asked_on, months) > unit.day}


def _anew(unit: Unit, known: RequestRow, *, named: bool) -> bool:
    return named and not known.unanswered and known.asked_on < unit.day


def _first(unit: Unit, code: str, keys: tuple[str, ...], due: date | None, role: str) -> Asked:
    wanted = due or unit.day + timedelta(days=ANSWER_DAYS)
    department = lookup.department(unit, code)
    request = unit.add(ProgressRequest(org_unit_id=department.id, asked_on=unit.day, due=wanted))
    unit.tell(request, "asked", key=code, role=role, measures=list(keys))
    return Asked(code, unit.day, wanted, keys, again=False)


def _remind(unit: Unit, known: RequestRow, due: date | None, role: str) -> Asked:
    if known.unanswered:
        request = _record(unit, known)
        request.due = due or request.due
        unit.tell(
            request, "reminded", key=known.department, role=role, measures=list(known.unanswered)
        )
        unit.session.flush()
    return Asked(known.department, known.asked_on, due or known.due, known.unanswered, again=True)


def _record(unit: Unit, known: RequestRow) -> ProgressRequest:
    department = lookup.department(unit, known.department)
    asked = {"org_unit_id": department.id, "asked_on": known.asked_on}
    return lookup.every(unit, ProgressRequest, **asked)[-1]


def waiting(unit: Unit, code: str) -> tuple[str, ...]:
    """Give the measures of a department nothing was said about since it was asked.

    Where it was not asked, these are all that are under way and were not reported on today.
    """
    known = _current(unit).get(code)
    if known:
        return known.unanswered
    rows = to_fill(unit.reading(), leading(unit.reading()).get(code, ()))
    return tuple(row.measure for row in rows if row.last_report != unit.day)


def unchanged(unit: Unit, department: str) -> Repeated:
    """Report for all open measures of a department that nothing changed.

    One that was never reported on, or whose dates no longer hold, takes words of its own and is
    named with the reason. Raises NotFound, Forbidden, and Conflict where nothing is open.
    """
    code = lookup.department(unit, department).code
    own(unit, code, "department_head", "planner")
    told, refused = [], []
    for key in waiting(unit, code):
        try:
            told += progress.unchanged(unit, [key])
        except KreislaufError as why:
            refused.append((key, why))
    if not told and not refused:
        raise Conflict(
            N_("Nothing is open in department {department}; all of it was told."),
            code="nothing_open",
            fix=N_("`cycle progress asked` shows who still owes an answer."),
            department=code,
        )
    return Repeated(tuple(told), tuple(refused))
