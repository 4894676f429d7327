"""The board: the circle as columns, what stands in each, how long, and under which lights."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.machine.colours import COLOURS, GREY
from cycle.machine.standing import LIGHT, OVERDUE
from cycle.machine.states import STATES
from cycle.reading.board_rows import (
    COUNTS,
    LIGHTS,
    CardLight,
    CardRow,
    PartRow,
    ShineRow,
    cards,
    parted,
    tallied,
)
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, PREVENTION, Condition, Filters, condition
from cycle.reading.shapes import Json
from cycle.reading.sight import DRAFTS

BY: Final = ("state", "stage", "prevention", "target_group", "department", "field")
FEW: Final = 3  # cards of a column, where no number is named


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: a state of the circle, or all states of a stage."""

    name: str
    stage: str
    states: tuple[str, ...]


@dataclass(slots=True)
class _Pile:
    """What stands in one column: how many, since when at most, under which lights."""

    count: int = 0
    since: date | None = None
    overdue: int = 0
    lights: dict[str, Counter[str]] = field(
        default_factory=lambda: {light: Counter() for light in LIGHTS}
    )


_ON_CIRCLE: Final = tuple(state for state in STATES if state.stage)
_OFF: Final = tuple(state.name for state in STATES if not state.stage)
# The circle ends where it began: what was led back stands in a report again.
_ENDS: Final = {state.name: state.name if state.final else state.stage for state in _ON_CIRCLE}


def board(
    reader: Reader,
    *,
    today: date,
    filters: Filters = NOTHING,
    by: str = "state",
    limit: int = FEW,
    sees_internal: bool = True,
) -> Json:
    """Give the circle as columns, or the measures parted by `by` as rows across its stages.

    Counts are of measures, `overdue` of what they owe. Raises NotFound and Invalid for filters
    nobody knows, Invalid for another `by` or a limit below zero.
    """
    _check(by, limit)
    text, values = condition(reader, filters)
    where: Condition = (f"{text} AND {COUNTS}", values)
    shown = _columns(by, sees_internal=sees_internal)
    states = [state for column in shown for state in column.states]
    parts = "state" if by in ("state", "stage") else by
    whole = parts == "state" and filters == NOTHING
    known = tallied(reader, (*states, *_OFF), today) if whole else None
    counted, shining = known or parted(reader, parts, today, _of(where, (*states, *_OFF)))
    head = {"today": today.isoformat(), "by": by}
    if parts != "state":
        return {**head, "rows": _rows(by, shown, counted, shining, today)}
    dealt = _dealt(*cards(reader, states, limit, today, where), today)
    piles = _piled(counted, shining)
    columns = [_column(each, piles, dealt, limit, today) for each in shown]
    return {**head, "columns": columns, "off": _off(counted)}


def _check(by: str, limit: int) -> None:
    faults = []
    if by not in BY:
        values = {"name": "by", "words": ", ".join(BY)}
        faults.append(Fault("by", "unknown_word", N_("{name} must be one of: {words}."), values))
    if limit < 0:
        says = N_("{name} must be at least {least}.")
        faults.append(Fault("limit", "too_small", says, {"name": "limit", "least": 0}))
    if faults:
        says, listed = N_("Please check what was given: {fields}."), [f.pointer for f in faults]
        raise Invalid(says, faults=tuple(faults), fields=", ".join(listed))


def _columns(by: str, *, sees_internal: bool) -> list[Column]:
    """Give the columns somebody sees: drafts are internal until they go to the committees."""
    states = [s for s in _ON_CIRCLE if sees_internal or f"'{s.name}'" not in DRAFTS]
    if by == "state":
        return [Column(s.name, s.stage or "", (s.name,)) for s in states]
    ends = dict.fromkeys(_ENDS[s.name] for s in states)
    found = {end: [s for s in states if _ENDS[s.name] == end] for end in ends}
    return [
        Column(str(end), some[0].stage or "", tuple(s.name for s in some))
        for end, some in found.items()
    ]


def _of(where: Condition, states: Sequence[str]) -> Condition:
    listed = ", ".join(f"'{state}'" for state in states)
    return f"{where[0]} AND me.state IN ({listed})", where[1]


def _off(counted: Iterable[PartRow]) -> dict[str, int]:
    off = dict.fromkeys(_OFF, 0)
    for row in counted:
        if row.state in off:
            off[row.state] += row.count
    return off


def _piled(counted: Iterable[PartRow], shining: Iterable[ShineRow]) -> dict[str, _Pile]:
    """Put together what stands in each state."""
    piles: dict[str, _Pile] = {}
    for row in counted:
        pile = piles.setdefault(row.state, _Pile())
        pile.count += row.count
        pile.since = min(filter(None, (pile.since, row.since)), default=None)
    for shine in shining:
        pile = piles.setdefault(shine.state, _Pile())
        if shine.topic == OVERDUE:
            pile.overdue += shine.count
        else:
            pile.lights[shine.topic.removeprefix(LIGHT)][shine.name] += shine.count
    return piles


def _told(states: Iterable[str], piles: Mapping[str, _Pile], today: date) -> Json:
    """Tell of some states together: how many, how old, what is overdue, the lights."""
    some = [piles[state] for state in states if state in piles]
    since = min((pile.since for pile in some if pile.since), default=None)
    lights = {light: sum((p.lights[light] for p in some), Counter()) for light in LIGHTS}
    return {
        "count": sum(pile.count for pile in some),
        "oldest_days": (today - since).days if since else None,
        "overdue": sum(pile.overdue for pile in some),
        "lights": {light: {c: lights[light][c] for c in COLOURS} for light in LIGHTS},
        "worst": {light: _worst(lights[light]) for light in LIGHTS},
    }


def _worst(lights: Mapping[str, int]) -> str | None:
    return next((colour for colour in COLOURS if lights[colour]), None)


def _column(
    column: Column, piles: Mapping[str, _Pile], dealt: Sequence[Json], limit: int, today: date
) -> Json:
    return {
        "name": column.name,
        "stage": column.stage,
        "states": list(column.states),
        **_told(column.states, piles, today),
        "cards": [card for card in dealt if card["state"] in column.states][:limit],
    }


def _dealt(rows: Iterable[CardRow], shining: Iterable[CardLight], today: date) -> list[Json]:
    """Make the cards, those that stand longest first."""
    lit: dict[str, dict[str, str]] = {}
    for each in shining:
        lit.setdefault(each.key, {})[each.topic] = each.name
    return [_card(row, lit.get(row.key, {}), today) for row in rows]


def _card(row: CardRow, own: Mapping[str, str], today: date) -> Json:
    return {
        "key": row.key,
        "title": row.title,
        "state": row.state,
        "lead": row.lead,
        "since": row.since.isoformat() if row.since else None,
        "age_days": (today - row.since).days if row.since else None,
        "lights": {light: own.get(LIGHT + light, GREY) for light in LIGHTS},
        "overdue": OVERDUE in own,
    }


def _rows(
    by: str,
    shown: Sequence[Column],
    counted: Sequence[PartRow],
    shining: Sequence[ShineRow],
    today: date,
) -> Json:
    """Tell of every part across the stages; those without one come last."""
    labels = {row.part: row.label for row in counted}
    rows = []
    for part in sorted(labels, key=lambda code: _place(by, code)):
        own = [row for row in counted if row.part == part]
        piles = _piled(own, [each for each in shining if each.part == part])
        cells = [{"name": c.name, "stage": c.stage, **_told(c.states, piles, today)} for c in shown]
        count = sum(cell["count"] for cell in cells)
        head = {"name": part, "label": labels[part], "count": count}
        rows.append({**head, "columns": cells, "off": _off(own)})
    return rows


def _place(by: str, code: str | None) -> tuple[bool, int, str]:
    known = by == "prevention" and code in PREVENTION
    return code is None, PREVENTION.index(str(code)) if known else 0, code or ""
