"""Where the town stands: its round, its measures by state and department, its open ends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.gaps import LOOP_IDS
from cycle.machine.standing import GAP, LIGHT, OVERDUE, STATE
from cycle.machine.states import STATES
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters, condition
from cycle.reading.gap_filters import found_by
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain
from cycle.reading.tallies import TallyRow, counted, round_id
from cycle.reading.town import town


@dataclass(frozen=True, slots=True)
class RoundRow:
    """The round that status speaks of."""

    key: str
    title: str
    round: int
    stage: str
    period_start: date
    period_end: date | None


_ROUNDS: Final = """
SELECT c.ref AS key, c.title, c.round, c.stage, c.period_start, c.period_end FROM cycle c
WHERE c.municipality_id = :m AND {where} ORDER BY c.period_start, c.ref
"""
_UNITS: Final = """
SELECT o.id, o.code, o.name FROM org_unit o WHERE o.municipality_id = :m ORDER BY o.code
"""
_PICKED: Final = """
SELECT x.topic, x.name, x.unit_id AS unit, x.cycle_id AS cycle, SUM(x.n) AS count
FROM standing x WHERE x.municipality_id = :m AND x.day <= :today AND {where}
GROUP BY x.topic, x.name, x.unit_id, x.cycle_id HAVING SUM(x.n) <> 0
"""
# Moves of the months up to a day, by the journal; ix_event_step holds all that is asked.
_STEPS: Final = """
SELECT e.day, COUNT(*) FROM event e
WHERE e.municipality_id = :m AND e.day >= :first AND e.day <= :today AND e.entity = 'measure'
  AND e.to_state IS NOT NULL AND COALESCE(e.from_state, '') <> e.to_state AND {where}
GROUP BY e.day
"""
_PICKED_STEPS: Final = (
    "e.entity_id IN (SELECT me.id FROM measure me WHERE me.municipality_id = :m AND {where})"
)
MONTHS: Final = 6  # told of, the present one included
LIGHTS: Final = ("delivery", "effect", "data")
_CODES: Final = tuple(f"O{n}" for n in range(1, 20))
NO_LIGHTS: Final = {"green": 0, "yellow": 0, "red": 0, "grey": 0}


def status(
    reader: Reader, *, today: date, as_of: date | None = None, filters: Filters = NOTHING
) -> Json:
    """Give the state of the town as JSON; `cycle` is the open round with the latest start.

    `as_of` is the day the reader shows, where it is not today's store. Raises NotFound and
    Invalid for filters nobody knows.
    """
    here = town(reader)
    open_, cycle = _rounds(reader, filters)
    found = _counted(reader, filters, as_of or today)
    return {
        "municipality": {"name": here.name, "ags": here.ags},
        "today": today.isoformat(),
        "as_of": as_of.isoformat() if as_of else None,
        "cycles": [row.key for row in open_],
        "cycle": plain(cycle) if cycle else None,
        "states": {s.name: _sum(found, STATE, s.name) for s in STATES},
        "departments": _departments(reader, found),
        "overdue": _by_rule(found, OVERDUE, _CODES),
        "gaps": _by_rule(found, GAP, LOOP_IDS),
        "steps": _steps(reader, filters, as_of or today),
    }


def _steps(reader: Reader, filters: Filters, today: date) -> Json:
    """Count the steps of measures in the latest months, the present one last."""
    months = [_month(today, back) for back in range(MONTHS - 1, -1, -1)]
    where, values = condition(reader, filters)
    if filters.given or filters.mine is not None:
        where = _PICKED_STEPS.format(where=where)
    first = date.fromisoformat(f"{max(months[0], '0001-01')}-01")
    sql = _STEPS.format(where=where)
    counts: Counter[str] = Counter()
    for day, count in reader.pairs(sql, first=first, today=today, **values):
        counts[str(day)[:7]] += count
    return [{"month": month, "count": counts[month]} for month in months]


def _month(today: date, back: int) -> str:
    """Name the month that many months ago, as 2026-11."""
    years, month = divmod(12 * today.year + today.month - 1 - back, 12)
    return f"{years:04}-{month + 1:02}"


def _counted(reader: Reader, filters: Filters, today: date) -> list[TallyRow]:
    """Count by the tallies, which know town and round, or one by one what the filters pick."""
    if not filters.given and filters.mine is None:
        return counted(reader, today=today)
    if filters.cycle and filters == Filters(cycle=filters.cycle):
        asked = round_id(reader, filters.cycle)
        return [row for row in counted(reader, today=today) if row.cycle == asked]
    where, values = found_by(reader, filters, sees_internal=True)
    return reader.rows(_PICKED.format(where=where), TallyRow, **values, today=today)


def _sum(found: list[TallyRow], topic: str, name: str) -> int:
    return sum(row.count for row in found if (row.topic, row.name) == (topic, name))


def _lights(found: list[TallyRow], light: str) -> dict[str, int]:
    return {colour: _sum(found, LIGHT + light, colour) for colour in NO_LIGHTS}


def _by_rule(found: list[TallyRow], topic: str, order: Sequence[str]) -> dict[str, int]:
    counts = {rule: _sum(found, topic, rule) for rule in order}
    return {rule: count for rule, count in counts.items() if count}


def _rounds(reader: Reader, filters: Filters) -> tuple[list[RoundRow], RoundRow | None]:
    """Give the open rounds, and the one asked for or the latest of them."""
    asked = find(reader, "round", filters.cycle) if filters.cycle else None
    where = "(c.stage <> 'closed' OR c.ref = :asked)" if asked else "c.stage <> 'closed'"
    values: dict[str, Any] = {"asked": asked} if asked else {}
    found = reader.rows(_ROUNDS.format(where=where), RoundRow, **values)
    open_ = [row for row in found if row.stage != "closed"]
    if asked:
        return open_, next((row for row in found if row.key == asked), None)
    return open_, open_[-1] if open_ else None


def _departments(reader: Reader, found: list[TallyRow]) -> Json:
    """Give what each department leads and owes; one with nothing is left out."""
    shown = []
    for id_, code, name in reader.pairs(_UNITS):
        own = [row for row in found if row.unit == id_]
        states = {s.name: count for s in STATES if (count := _sum(own, STATE, s.name))}
        overdue = sum(row.count for row in own if row.topic == OVERDUE)
        if states or overdue:
            lights = {light: _lights(own, light) for light in LIGHTS}
            told = {"states": states, "overdue": overdue, "lights": lights}
            shown.append({"code": code, "name": name} | told)
    return shown
