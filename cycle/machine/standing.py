"""What follows from a record, from which day on: its state, its lights, its open ends.

Whatever changes by itself as days pass is told beforehand, day by day: a light that turns yellow
tomorrow is an entry of tomorrow. So what holds on a day is counted, never guessed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

ALWAYS: Final = date(1900, 1, 1)  # the day of what holds from the beginning

STATE: Final = "state"
GAP: Final = "gap"
OVERDUE: Final = "overdue"
LIGHT: Final = "light:"  # + delivery, effect or data


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that follows from a record; `n` is -1 where it ends on that day."""

    noun: str  # measure, goal, finding, report, recommendation, round or indicator
    subject: str  # its id
    topic: str
    name: str  # a state, a colour, or the id of a rule
    day: date = ALWAYS  # from this day on
    n: int = 1
    about: str = ""  # which one, where the record has several, such as the milestone's number
    since: date | None = None  # when what is owed fell due
    unit: str | None = None  # id of the department that owes or leads
    cycle: str | None = None  # id of the round


def spans(colours: Iterable[tuple[date, str]]) -> Iterator[tuple[date, str, int]]:
    """Turn (from which day, colour) in order into beginnings (+1) and ends (-1) of each colour."""
    before: str | None = None
    for day, colour in colours:
        if colour == before:
            continue
        if before is not None:
            yield day, before, -1
        yield day, colour, 1
        before = colour
