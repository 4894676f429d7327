"""Where the town stands: its round, its measures by state and department, its open ends."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.measures import STATES
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters, condition
from cycle.reading.gaps import counts
from cycle.reading.shapes import Json, plain
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
_COUNTED: Final = """
SELECT me.state, o.code, o.name, COUNT(*) FROM measure me
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND {where}
GROUP BY me.state, o.code, o.name ORDER BY o.code
"""


def status(reader: Reader, *, today: date, filters: Filters = NOTHING) -> Json:
    """Give the state of the town as JSON; `cycle` is the open round with the latest start.

    Raises NotFound and Invalid for filters nobody knows.
    """
    here = town(reader)
    where, values = condition(reader, filters)
    open_, cycle = _rounds(reader, values.get("f_cycle"))
    counted = reader.pairs(_COUNTED.format(where=where), **values)
    states = {state.name: 0 for state in STATES}
    for state, _, _, count in counted:
        states[state] += count
    return {
        "municipality": {"name": here.name, "ags": here.ags},
        "today": today.isoformat(),
        "cycles": [row.key for row in open_],
        "cycle": plain(cycle) if cycle else None,
        "states": states,
        "departments": _departments(counted),
        "gaps": counts(reader, today=today, filters=filters),
    }


def _rounds(reader: Reader, asked: object) -> tuple[list[RoundRow], RoundRow | None]:
    """Give the open rounds, and the one asked for or the latest of them."""
    where = "(c.stage <> 'closed' OR c.ref = :asked)" if asked else "c.stage <> 'closed'"
    values: dict[str, Any] = {"asked": asked} if asked else {}
    found = reader.rows(_ROUNDS.format(where=where), RoundRow, **values)
    open_ = [row for row in found if row.stage != "closed"]
    if asked:
        return open_, next((row for row in found if row.key == asked), None)
    return open_, open_[-1] if open_ else None


def _departments(counted: list[tuple[Any, ...]]) -> Json:
    departments: dict[str, Json] = {}
    for state, code, name, count in counted:
        if code is not None:  # a measure nobody leads is an open end, not a department
            shown = departments.setdefault(code, {"code": code, "name": name, "states": {}})
            shown["states"][state] = count
    order = {state.name: place for place, state in enumerate(STATES)}
    for shown in departments.values():
        shown["states"] = dict(sorted(shown["states"].items(), key=lambda s: order[s[0]]))
    return list(departments.values())
