"""The Sachstand out of a table: what departments say of the measures they were asked about."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from cycle.exchange import cells
from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, at
from cycle.exchange.layouts import Column, Layout, named
from cycle.exchange.outcome import NEW, SAME, Note, Wrong
from cycle.exchange.progress_tables import EMPTY, KNOWN
from cycle.i18n import N_
from cycle.model.duties import Progress
from cycle.model.measures import Measure
from cycle.model.words import COURSES
from cycle.store.checks import tidy
from cycle.store.unit import Unit
from cycle.usecases import lookup, progress
from cycle.usecases.duties import lead_of
from cycle.usecases.rights import need

UNCHANGED: Final = "unchanged"
_COURSES: Final = named("course", COURSES) | {"planmäßig": "on_track"}
_WORDS: Final = _COURSES | {"unverändert": UNCHANGED, UNCHANGED: UNCHANGED}
_ASKED_FOR: Final = ("planmäßig", "verzögert", "ausgesetzt", "fertig", "unverändert")
_UNTIL: Final = re.compile(r"(?P<word>\w+)\s+(?:bis|until)\s+(?P<day>\S.*)", re.IGNORECASE)
_PUNCTUAL: Final = ("on_track", "done")
_TOLD: Final = ("forecast_end", "delay_reason", "text", "percent")
_KINDS: Final = {"last_report": "day", "forecast_end": "day", "percent": "whole"}


def _column(fills: str, also: tuple[str, ...]) -> Column:
    return Column(
        fills, fills, also, _KINDS.get(fills, "text"),
        _COURSES if fills == "last_course" else None, needed=fills == "measure",
    )  # fmt: skip


LAYOUT = Layout(
    "progress",
    tuple(
        _column(fills, (*names, *(name.partition(":")[0] for name in names)))
        for fills, names in (KNOWN | EMPTY).items()
    ),
)


class ProgressTaker:
    """Takes reports; a row left empty says nothing, one that is older than a report is refused."""

    def __init__(self, fitted: Fitted) -> None:
        """A table that tells its last reports shows what its writer knew."""
        self.dated = "last_report" in fitted.headers
        self.worded = {"last_course", "last_text"} <= set(fitted.headers)
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Report what a row says; nothing where it is empty or was reported already."""
        unit = desk.unit
        need(unit, "department_head", "planner")
        with at("measure"):
            measure = lookup.in_sight(unit, lookup.measure(unit, row.values["measure"]))
        if self.twins.again(measure.ref, row):
            return SAME
        said = statement(row.values)
        if said is None:
            desk.tally["silent"] += 1
            return SAME
        with at("measure"):
            _own(unit, measure)
        seen, newest = self._reports(unit, measure, row.values)
        if newest and _again(unit, said, seen, newest):
            return SAME
        if newest and (newest is not seen or self._differs(newest, row.values)):
            raise _stale(measure, newest)
        if said["course"] == UNCHANGED:
            progress.unchanged(unit, [measure.ref])
        else:
            progress.report(unit, measure.ref, **said)
        return NEW

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell how many rows say nothing."""
        if count := desk.tally["silent"]:
            says = N_("Rows left empty: {count}; nothing was reported on them.")
            yield Note("silent", says, {"count": count})

    def _reports(
        self, unit: Unit, measure: Measure, values: dict[str, Any]
    ) -> tuple[Progress | None, Progress | None]:
        """Give the report the writer of the row knew, and the newest one."""
        told = progress.reports(unit, measure)
        known = values.get("last_report", date.min) if self.dated else date.max
        seen = [each for each in told if each.as_of <= known]
        return (seen[-1] if seen else None), (told[-1] if told else None)

    def _differs(self, newest: Progress, values: dict[str, Any]) -> bool:
        """Find that there was another report on the day of the table, or that it was put right."""
        told = (newest.course, tidy(newest.text or ""))
        return self.worded and told != (values.get("last_course"), values.get("last_text", ""))


def statement(values: dict[str, Any]) -> dict[str, Any] | None:
    """Read what a row says, as the words of `progress.report`; None where it says nothing."""
    told: dict[str, Any] = {name: values[name] for name in _TOLD if name in values}
    if "course" not in values:
        if told:
            raise Wrong(
                "course_missing",
                N_("Something is told here, but not how the measure stands."),
                N_("Write one of: {words}."),
                at="course",
                words=", ".join(_ASKED_FOR),
            )
        return None
    with at("course"):
        course, until = _course(values["course"])
    two_days = until and told.setdefault("forecast_end", until) != until
    late = course in _PUNCTUAL and "forecast_end" in told
    if two_days or late or (course == UNCHANGED and told):
        raise _contradiction(course)
    if "delay_reason" in told:
        told.setdefault("text", told["delay_reason"])
    return {"course": course, **told}


def _course(cell: str) -> tuple[str, date | None]:
    """Read *verzögert*, *verzögert bis 31.01.2027* and their like."""
    found = _UNTIL.fullmatch(cell)
    course = str(cells.word(found["word"] if found else cell, _WORDS, named=_ASKED_FOR))
    return course, cells.day(found["day"].strip()) if found else None


def _contradiction(course: str) -> Wrong:
    return Wrong(
        "contradiction",
        N_("The cells of this row contradict each other."),
        N_("Leave all others empty where nothing changed, and name one day where it is delayed."),
        at="course",
        course=course,
    )


def _again(unit: Unit, said: dict[str, Any], seen: Progress | None, newest: Progress) -> bool:
    """Find that this very thing was reported already, today or since the table was made."""
    if newest is seen and newest.as_of != unit.day:
        return False
    if said["course"] == UNCHANGED:
        return seen is not None and progress.says(newest) == progress.says(seen)
    return progress.says(newest) == tuple(said.get(name) for name in progress.SAYS)


def _own(unit: Unit, measure: Measure) -> None:
    """Refuse a row about a measure the account, or the unit it acts for, does not lead."""
    actor, lead = unit.actor, lead_of(unit, measure)
    if actor.for_unit:
        theirs = lead == actor.for_unit
    else:
        theirs = "planner" in actor.roles or lead in actor.units
    if theirs:
        return
    if lead is None:
        raise Wrong(
            "other_department",
            N_("No department leads {key} yet."),
            N_("Leave the row out, or let social planning import it."),
            key=measure.ref,
        )
    raise Wrong(
        "other_department",
        N_("{key} belongs to department {lead}."),
        N_("Leave the row to {lead}, or let social planning import it (--for {lead})."),
        key=measure.ref,
        lead=lead,
    )


def _stale(measure: Measure, newest: Progress) -> Wrong:
    return Wrong(
        "progress_newer",
        N_("{key} was reported on again since this table was made; its report is of {day}."),
        N_("Look at it with `cycle progress list {key}`, and report by hand what still holds."),
        at="last_report",
        key=measure.ref,
        day=newest.as_of,
    )
