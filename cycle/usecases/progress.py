"""The Sachstand: dated statements of how far a measure is."""

from collections.abc import Iterator, Sequence
from datetime import date

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.duties import Deadline, Progress
from cycle.model.measures import Measure
from cycle.model.words import COURSES
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle

_WORDLESS = ("on_track", "done")  # need no text
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
    given.insist(*_faults(unit, measure, told))
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
    last = _last(unit, lookup.measure(unit, key))
    if last is None:
        raise Conflict(
            N_("{key} has no report yet that could stand unchanged."),
            code="progress_missing",
            fix=N_("Write the first one: `cycle progress report {key} --course on_track`."),
            key=key,
        )
    return report(
        unit,
        key,
        course=last.course,
        percent=last.percent,
        text=last.text,
        delay_reason=last.delay_reason,
        forecast_end=last.forecast_end,
    )


def _last(unit: Unit, measure: Measure) -> Progress | None:
    told = lookup.every(unit, Progress, measure_id=measure.id)
    return max(told, key=lambda p: (p.as_of, p.id), default=None)


def _faults(unit: Unit, measure: Measure, told: Progress) -> Iterator[Fault | None]:
    yield strange("course", told.course, COURSES)
    yield given.ahead(unit, "as_of", told.as_of)
    last = _last(unit, measure)
    if last and told.as_of < last.as_of:
        says = N_("{name} lies before the last report of {key}, that of {day}.")
        values = {"name": "as_of", "key": measure.ref, "day": last.as_of}
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
