"""The sheet of the Sachstand as a form: what is asked of each measure, and what the answers say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.web.forms import Field, Form, Option, invalid
from api.web.frame import Visit
from cycle.errors import Fault, Invalid, KreislaufError
from cycle.i18n import N_
from cycle.machine import words as names
from cycle.model.words import COURSES
from cycle.reading.progress_sheet import SheetRow
from cycle.store.unit import Unit
from cycle.usecases import progress

AGAIN: Final = "unchanged"  # says again what the last report says
PLANNED: Final = "on_track"
WHY: Final = {"delayed": "why", "suspended": "halt"}  # the courses that take words
_FIELDS: Final = {  # words of a report → where each is asked
    "course": "course", "text": "course", "delay_reason": "course", "forecast_end": "until",
    "percent": "percent", "as_of": "course",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Form):
    """A form with a fieldset for each measure."""

    rows: tuple[SheetRow, ...] = ()


def slug(key: str) -> str:
    """Write the key of a measure as a part of a field's name."""
    return key.replace("-", "_")


def fields_of(row: SheetRow, visit: Visit) -> Iterator[Field]:
    """Give what is asked of one measure."""
    here, say = slug(row.key), visit.say
    options = [Option(each, _course(each, visit)) for each in COURSES]
    if row.repeats(visit.day) and row.last_course != PLANNED:
        options.insert(0, Option(AGAIN, say(N_("unchanged: {last}"), last=last_said(row, visit))))
    yield Field(name=f"course_{here}", label=row.title, kind="choice", options=tuple(options))
    for name, label, kind in (
        ("until", N_("Delayed until"), "day"),
        ("why", N_("Why, and what is done about it?"), "prose"),
        ("halt", N_("Why, and what is done about it?"), "prose"),
        ("note", N_("Remark"), "line"),
        ("percent", N_("Done so far, in percent"), "whole"),
    ):
        value = row.last_percent if name == "percent" else None
        yield Field(name=f"{name}_{here}", label=f"{row.key}, {say(label)}", kind=kind, value=value,
                    most=1000 if name == "note" else 0)  # fmt: skip


def _course(course: str, visit: Visit) -> str:
    return names.name("course", course, visit.lang)


def last_said(row: SheetRow, visit: Visit) -> str:
    """Say what the last report on a measure says, in one line."""
    if not row.last_course:
        return visit.say(N_("not reported yet"))
    course = _course(row.last_course, visit)
    if row.last_course == "delayed" and row.last_forecast:
        return visit.say(N_("delayed until {day}"), day=row.last_forecast)
    return course


def written(unit: Unit, visit: Visit, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write what was answered; give key and course of each. Invalid names every fault."""
    rows = {row.key: row for row in visit.form.rows} if isinstance(visit.form, Sheet) else {}
    rest = visit.one("do") == "all"
    told: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for key in (visit.typed or {}).get("shown", ()):
        row = rows.get(key)
        course = _answer(row, visit, words, rest=rest) if row else None
        if row is None or course is None:
            continue
        try:
            with unit.apart():
                told.append((key, _report(unit, row, course, words, visit)))
        except Invalid as wrong:
            faults += [_placed(each, key, course) for each in wrong.faults]
        except KreislaufError as why:
            faults.append(Fault(f"course_{slug(key)}", why.code, why.says, why.values))
    if faults:
        raise invalid(faults)
    if not told:
        raise invalid(
            [Fault("", "nothing", N_("Nothing is marked yet: say how a measure stands."))]
        )
    return told


def _answer(row: SheetRow, visit: Visit, words: Mapping[str, Any], *, rest: bool) -> str | None:
    """Give what was marked; where nothing was, that it runs as planned, if all others shall."""
    marked: str | None = words.get(f"course_{slug(row.key)}")
    if marked is None and rest and row.as_planned(visit.day):
        return PLANNED
    return marked


def _report(unit: Unit, row: SheetRow, course: str, words: Mapping[str, Any], visit: Visit) -> str:
    here = slug(row.key)
    note, percent = words.get(f"note_{here}"), words.get(f"percent_{here}")
    same = course == row.last_course == PLANNED and not note and percent == row.last_percent
    if course == AGAIN or (same and row.repeats(visit.day)):
        return progress.unchanged(unit, [row.key])[0].course
    said = words.get(f"{WHY[course]}_{here}") if course in WHY else note
    told = progress.report(
        unit, row.key, course=course, percent=percent, text=said, delay_reason=said,
        forecast_end=words.get(f"until_{here}") if course == "delayed" else None,
    )  # fmt: skip
    return told.course


def _placed(fault: Fault, key: str, course: str) -> Fault:
    """Put a fault beside the field of its measure."""
    name = fault.pointer.strip("/")
    asked = _FIELDS.get(name, "course")
    if name in {"text", "delay_reason"}:
        asked = WHY.get(course, "note")
    says = N_("Please say why.") if name == "text" else fault.says
    return Fault(f"{asked}_{slug(key)}", fault.code, says, fault.values)
