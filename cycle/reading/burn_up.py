"""How a round came along: for every month, how many measures had come how far by its end.

Told from the journal. What the round gave up leaves every line; what was taken over counts from
the days on which it truly began and ended.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Any, Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine.states import STATES
from cycle.reading.cycles import CycleRow, listed
from cycle.reading.door import Reader
from cycle.reading.filters import COUNTED
from cycle.reading.keys import find
from cycle.reading.measures import within
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import DRAFTS, Sight

LINES: Final = ("all", "approved", "begun", "implemented", "evaluated", "reported")
_LEVELS: Final = {
    "approved": 1, "in_progress": 2, "suspended": 2, "implemented": 3, "evaluated": 4,
    "reported": 5,
}  # fmt: skip
_OFF: Final = {state.name for state in STATES if state.stage is None}
_MOST: Final = 600  # months that are told
_YEAR: Final = 12

Step = tuple[date, str]  # the day it came to a state


@dataclass(frozen=True, slots=True)
class _Event:
    """One move of a measure, with what is known of the measure itself."""

    id: str
    day: date
    state: str
    came_from: str | None
    taken_over: bool
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None


_EVENTS: Final = f"""
SELECT me.id, e.day, e.to_state AS state, e.from_state AS came_from, me.taken_over,
  me.planned_end, me.actual_start, me.actual_end
FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id AND c.ref = :key
STRAIGHT JOIN event e ON e.municipality_id = :m AND e.key = me.ref AND e.entity = 'measure'
  AND e.to_state IS NOT NULL AND e.day <= :today{{published}}
WHERE me.municipality_id = :m AND {COUNTED} AND {{where}}
ORDER BY me.ref, e.n
"""


def burn_up(
    reader: Reader, key: str | None = None, *, today: date, sight: Sight | None = None
) -> Json:
    """Give a round month by month; without a key the open one that runs today.

    Months to come only tell what is planned to have ended by then. Measures out of `sight` are not
    counted. Raises NotFound where there is no such round.
    """
    here = _round(reader, key, today)
    events = _events(reader, here.key, today, sight)
    measures = [list(own) for _, own in groupby(events, key=lambda event: event.id)]
    first = min([here.period_start, *(own[0].day for own in measures)])
    last = _last(here, first, measures, today)
    count = min(_months(first, last) + 1, _MOST)
    tally = _tally(measures, first)
    reached = {line: _grown(tally[line], count) for line in LINES}
    planned = _grown(tally["planned"], count)
    months = [
        _month(first, i, today, {line: reached[line][i] for line in LINES}, planned[i])
        for i in range(count)
    ]
    names = ("key", "title", "round", "stage", "period_start", "period_end")
    told = {name: plain(getattr(here, name)) for name in names}
    return {"cycle": told, "today": today.isoformat(), "months": months}


def _round(reader: Reader, key: str | None, today: date) -> CycleRow:
    """Find the round that is asked for, or the open one of today."""
    rounds = listed(reader, sees_internal=False)
    open_ = [row for row in rounds if row.stage != "closed"]
    running = [row for row in open_ if row.period_start <= today] or open_ or rounds
    if key is not None:
        key = find(reader, "round", key)
        return next(row for row in rounds if row.key == key)
    if not running:
        says = N_("There is no round yet.")
        raise NotFound(says, fix=N_("`cycle round open` begins one."))
    return running[-1]


def _events(reader: Reader, key: str, today: date, sight: Sight | None) -> list[_Event]:
    where, values = within(sight) if sight else ("1 = 1", dict[str, Any]())
    internal = sight is None or sight.internal
    published = "" if internal else f" AND e.to_state NOT IN {DRAFTS}"
    sql = _EVENTS.format(where=where, published=published)
    return reader.rows(sql, _Event, key=key, today=today, **values)


def _last(here: CycleRow, first: date, measures: Iterable[list[_Event]], today: date) -> date:
    """Give the last day that is told: of the plan, of what happened, and of today while open."""
    days = [first, *(own[-1].day for own in measures)]
    days += [here.period_end] if here.period_end else []
    days += [] if here.stage == "closed" else [today]
    if here.period_end is None:
        days += [own[0].planned_end for own in measures if own[0].planned_end]
    return max(days)


def _tally(measures: Iterable[list[_Event]], first: date) -> dict[str, Counter[int]]:
    """Count for every line how many measures come to it (or leave it) in which month."""
    tally: dict[str, Counter[int]] = {line: Counter() for line in (*LINES, "planned")}
    for own in measures:
        before = 0  # lines it stands on
        steps = list(_steps(own))
        for day, state in steps:
            month = max(_months(first, day), 0)
            now = 0 if state in _OFF else _LEVELS.get(state, 0) + 1
            for line in LINES[min(before, now) : max(before, now)]:
                tally[line][month] += 1 if now > before else -1
            before = now
        _plan(tally["planned"], own[0].planned_end, steps[-1], first)
    return tally


def _plan(planned: Counter[int], end: date | None, last: Step, first: date) -> None:
    """Count a planned end, as long as the measure was not given up."""
    if end is None:
        return
    month, (left, state) = max(_months(first, end), 0), last
    planned[month] += 1
    if state in _OFF:
        planned[max(_months(first, left), month)] -= 1


def _steps(own: Sequence[_Event]) -> Iterator[Step]:
    """Give the states of a measure by the days on which it truly came to them."""
    steps = [step for event in own for step in _truly(event)]
    earliest = date.max
    found = []
    for day, state in reversed(steps):  # nothing comes after what followed from it
        earliest = min(earliest, day)
        found.append((earliest, state))
    return reversed(found)


def _truly(event: _Event) -> Iterator[Step]:
    """Give a move on the day it happened, which may be before the day it was recorded."""
    level = _LEVELS.get(event.state, 0)
    began, ended = event.actual_start, event.actual_end
    if event.taken_over and event.came_from == "draft" and began and level >= _LEVELS["approved"]:
        yield min(began, event.day), "in_progress"
        if ended and level >= _LEVELS["implemented"]:
            yield min(ended, event.day), "implemented"
    known = {("approved", "in_progress"): began, ("in_progress", "implemented"): ended}
    true = known.get((event.came_from or "", event.state))
    yield min(true or event.day, event.day), event.state


def _grown(tally: Counter[int], count: int) -> list[int]:
    return list(accumulate(tally[month] for month in range(count)))


def _month(first: date, i: int, today: date, reached: dict[str, int], planned: int) -> Json:
    begins = _first_day(first, i)
    until = _first_day(first, i + 1) - timedelta(days=1)
    known = begins <= today
    return {
        "month": f"{begins:%Y-%m}",
        "until": min(until, today).isoformat() if known else until.isoformat(),
        **(reached if known else dict.fromkeys(LINES)),
        "planned": planned,
    }


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * _YEAR + day.month - first.month


def _first_day(first: date, months: int) -> date:
    whole = first.year * _YEAR + first.month - 1 + months
    return date(min(whole // _YEAR, date.max.year), whole % _YEAR + 1, 1)
