"""What time it is: the only file that asks the machine.

Instants are UTC and for people to look back at; order comes from counters, never from here.
Days are days in Berlin, because deadlines of a German town end at midnight there.
"""

import time
from datetime import UTC, date, datetime, tzinfo
from functools import cache


def now() -> datetime:
    """Tell the instant, aware, in UTC."""
    return datetime.now(UTC)


def ticks() -> int:
    """Count the nanoseconds since 1970: for ids, which want to sort by age."""
    return time.time_ns()


def today(fixed: date | None = None) -> date:
    """Tell the town's day: the fixed one of a demo or a test, else the day in Berlin."""
    return fixed or day_of(now())


def day_of(instant: datetime) -> date:
    """Tell on which day of the town an aware instant lies."""
    return local(instant).date()


def local(instant: datetime) -> datetime:
    """Turn an aware instant into the time on the town hall's clock."""
    return instant.astimezone(_berlin())


@cache
def _berlin() -> tzinfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - 3 ms that most commands do not need

    return ZoneInfo("Europe/Berlin")  # from the package tzdata where the machine has no zones
