"""The Sachstand: dated statements of how far a measure is."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.machine.half_year import Statement, unchanged_since
from cycle.model.duties import Deadline, Progress
from cycle.model.journal import Event
from cycle.model.measures import Measure
from cycle.model.words import COURSES
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle

OPEN_DAYS = 7  # a report may be put right
SAYS = ("course", "percent", "text", "delay_reason", "forecast_end")
_WORDLESS = ("on_track", "done")  # need no text
_ON_IT = ("implemented", "evaluated")  # rest on the final report
_WHOLE = 100  # percent


def report(
    unit: Unit,
    key: str,
    *,
    course: str,
    as_of: date | None = None,
    percent: int | None = None,
    text: str | None = None,
    delay_reason: str | None = None,
    forecast_end: date | None = None,
) -> Progress:
    """Report how a measure stands on a day, never before the last report.

    Planned dates stay as they are: a slipped deadline is told by its reason and a forecast.
    """
    measure, role = owing(unit, key, "department_head", "planner")
    told = Progress(
        measure_id=measure.id,
        as_of=as_of or unit.day,
        course=course,
        percent=percent,
        text=given.maybe(text),
        delay_reason=given.maybe(delay_reason),
        forecast_end=forecast_end,
        by_unit_id=unit.actor.for_unit_id or measure.lead_id,
    )
    given.insist(*_faults(unit, measure, told, last(unit, measure)))
    unit.tell(unit.add(told), "reported", key=measure.ref, role=role)
    measure.forecast_end = forecast_end or measure.forecast_end
    for asked in lookup.every(unit, Deadline, measure_id=measure.id, code="progress_due"):
        asked.met_on = asked.met_on or unit.day
    settle(unit, measure)
    return told


def unchanged(unit: Unit, keys: Sequence[str]) -> list[Progress]:
    """Report for several measures that nothing changed since their last report."""
    return [_again(unit, key) for key in dict.fromkeys(keys)]


def _again(unit: Unit, key: str) -> Progress:
    before = last(unit, lookup.measure(unit, key))
    if before is None:
        raise _silent(key)
    return report(unit, key, **{name: getattr(before, name) for name in SAYS})


def correct(unit: Unit, key: str, **changes: object) -> Progress:
    """Put the last report on a measure right, within seven days and by the unit that wrote it.

    `changes` are words of `report`; what is not named stays. Raises NotFound, Forbidden,
    Conflict (`progress_fixed`, `progress_of_another`, `finished_on_it`) and Invalid.
    """
    measure, role = owing(unit, key, "department_head", "planner")
    told = last(unit, measure)
    if told is None:
        raise _silent(measure.ref)
    _may_be_corrected(unit, measure, told, changes.get("course"))
    before = next(reversed(reports(unit, measure)[:-1]), None)
    for name, value in changes.items():
        setattr(told, name, given.maybe(value) if isinstance(value, str) else value)
    given.insist(*_faults(unit, measure, told, before))
    unit.tell(told, "corrected", key=measure.ref, role=role)
    measure.forecast_end = told.forecast_end or measure.forecast_end
    settle(unit, measure)
    return told


def _may_be_corrected(unit: Unit, measure: Measure, told: Progress, course: object) -> None:
    recorded = lookup.by(unit, Event, key=measure.ref, entity_id=told.id, action="reported")
    since = recorded.day if recorded else told.as_of
    if unit.day > since + timedelta(days=OPEN_DAYS):
        raise Conflict(
            N_("The report on {key} of {day} stands; it could be put right for {days} days."),
            code="progress_fixed",
            fix=N_("Write a new one: `cycle progress report {key} --course {course}`."),
            key=measure.ref,
            day=told.as_of,
            days=OPEN_DAYS,
            course=course or told.course,
        )
    if told.by_unit_id != (unit.actor.for_unit_id or measure.lead_id):
        raise Conflict(
            N_("Another unit wrote the report on {key} of {day}."),
            code="progress_of_another",
            fix=N_("Write one of your own: `cycle progress report {key} --course {course}`."),
            key=measure.ref,
            day=told.as_of,
            course=course or told.course,
        )
    if told.course == "done" and course not in {None, "done"} and measure.state in _ON_IT:
        raise Conflict(
            N_("{key} was finished on this report, which says that it is done."),
            code="finished_on_it",
            fix=N_("Take it up again first: `cycle measure reopen {key} --reason …`."),
            key=measure.ref,
        )


def _silent(key: str) -> Conflict:
    return Conflict(
        N_("{key} has no report yet that could stand unchanged."),
        code="progress_missing",
        fix=N_("Write the first one: `cycle progress report {key} --course on_track`."),
        key=key,
    )


def reports(unit: Unit, measure: Measure) -> list[Progress]:
    """Give the reports on a measure, the latest last."""
    told = lookup.every(unit, Progress, measure_id=measure.id)
    return sorted(told, key=lambda p: (p.as_of, p.id))


def last(unit: Unit, measure: Measure) -> Progress | None:
    """Give the latest report on a measure."""
    return next(reversed(reports(unit, measure)), None)


def says(told: Progress) -> tuple[object, ...]:
    """Give all that a report says, so that two can be compared."""
    return tuple(getattr(told, name) for name in SAYS)


def since(unit: Unit, told: Progress) -> date:
    """Tell since when what the last report on a measure says has been said."""
    every = reports(unit, unit.get(Measure, told.measure_id))
    found = unchanged_since([Statement(each.as_of, says(each)) for each in every])
    return found or told.as_of


def _faults(
    unit: Unit, measure: Measure, told: Progress, before: Progress | None
) -> Iterator[Fault | None]:
    yield strange("course", told.course, COURSES)
    yield given.ahead(unit, "as_of", told.as_of)
    if before and told.as_of < before.as_of:
        says = N_("{name} lies before the last report of {key}, that of {day}.")
        values = {"name": "as_of", "key": measure.ref, "day": before.as_of}
        yield Fault("as_of", "back_dated", says, values)
    if told.percent is not None and not 0 <= told.percent <= _WHOLE:
        says = N_("{name} lies between 0 and 100.")
        yield Fault("percent", "out_of_range", says, {"name": "percent"})
    if told.course not in _WORDLESS:
        yield given.missing("text", told.text)
    if told.course != "done":
        yield from _late(measure, told)


def _late(measure: Measure, told: Progress) -> Iterator[Fault]:
    if told.forecast_end and told.forecast_end < told.as_of:
        says = N_("{key} was to end on {day}, which is past; when will it end now?")
        values = {"key": measure.ref, "day": told.forecast_end}
        yield Fault("forecast_end", "past", says, values)
    if measure.planned_end and measure.planned_end < told.as_of and not told.delay_reason:
        says = N_("{key} was planned to end on {day}; why does it take longer?")
        values = {"key": measure.ref, "day": measure.planned_end}
        yield Fault("delay_reason", "missing", says, values)
