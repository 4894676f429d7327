"""The light of the data (Datenlage), which tells whether anything can be told at all."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine.colours import GREEN, GREY, RED, YELLOW, Light, after, lit, until, worst
from cycle.machine.gaps import PERIODS

UNREADABLE: Final = {  # the sign of a value that is not shown → reason
    "confidential_or_unknown": "withheld",
    "unreliable": "unreliable",
    "not_applicable": "not_applicable",
}


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What is known of the series a target is measured by."""

    frequency: str = "yearly"
    lag_days: int = 270  # until a value is published
    newest_on: date | None = None  # end of the latest period that was reported
    status: str | None = None  # of its value
    broken_on: date | None = None  # another definition or another area counts from this day on


def data_light(facts: DataFacts, today: date) -> Light:
    """Judge a series: green while its newest value is as new as its source lets it be."""
    if facts.newest_on is None:
        return lit(RED, "no_value")
    if facts.status in UNREADABLE:
        return lit(GREY, UNREADABLE[facts.status], day=facts.newest_on)
    return worst([Light(GREEN), _age(facts, today), _breaks(facts, today)])


def data_days(facts: DataFacts) -> set[date]:
    """Give the days on which the light may change by itself."""
    days = {facts.broken_on} if facts.broken_on else set()
    return days | {after(last) for last in _last_days(facts)}


def _age(facts: DataFacts, today: date) -> Light:
    for colour, last in zip((RED, YELLOW), reversed(_last_days(facts)), strict=False):
        if today > last:
            return lit(colour, "value_old", day=facts.newest_on)
    return Light(GREEN)


def _last_days(facts: DataFacts) -> tuple[date, ...]:
    """Give the last day on which the next value may still come, and that of the one after it."""
    if facts.newest_on is None or facts.frequency not in PERIODS:
        return ()
    months = PERIODS[facts.frequency]
    return tuple(until(facts.newest_on, days=facts.lag_days, months=n * months) for n in (1, 2))


def _breaks(facts: DataFacts, today: date) -> Light:
    if facts.broken_on is None or today < facts.broken_on:
        return Light(GREEN)
    return lit(YELLOW, "series_broken", day=facts.broken_on)
