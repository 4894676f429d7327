"""Many observations handed in at once: each judged as alone, and written together.

A value that is known already changes nothing, another one is a new vintage; so it is among the
lines of one batch, too. One that is refused does not stop the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict

from cycle.errors import KreislaufError
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area
from cycle.store.checks import check_columns, check_words
from cycle.store.inserts import Row, insert_all, new_row, queue, told_of
from cycle.store.many import among, matching
from cycle.store.unit import Unit
from cycle.usecases import lookup, observations
from cycle.usecases.batches import OF_A_LINE, Line, tried
from cycle.usecases.observations import RECORDERS, Figures
from cycle.usecases.rights import need

EACH = 1000  # lines that share their statements
_CELL = ("indicator_version_id", "area_id", "period_start", "period_end", "breakdown")
Cell = tuple[Any, ...]  # the values of these columns


class Handed(TypedDict, total=False):
    """The words of an observation, the same at every door."""

    indicator: Required[str]
    area: Required[str]
    period_end: Required[date]
    period_start: date | None
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    status: str
    breakdown: str
    basis: str
    protected_at_source: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """The latest vintage of a cell."""

    id: str
    vintage: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the lines speak of, read at once; the latest vintage of a cell moves on with them."""

    indicators: dict[str, Indicator]
    current: dict[str, str]  # id of the indicator → of its definition in force
    areas: dict[str, list[Area]]  # by code, oldest first
    latest: dict[Cell, _Known]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A new vintage of a value, not written yet."""

    code: str  # of its indicator
    row: Row


def record_all(
    unit: Unit,
    lines: Sequence[Handed],
    *,
    all_or_nothing: bool = False,
    dry_run: bool = False,
) -> list[Line]:
    """Record values as `observations.record` would one after the other; a result a line.

    The key of a line is the observation's id. Raises Forbidden where the account records none.
    """
    need(unit, *RECORDERS)
    return tried(
        unit, lambda: _through(unit, lines), all_or_nothing=all_or_nothing, dry_run=dry_run
    )


def _through(unit: Unit, lines: Sequence[Handed]) -> list[Line]:
    queue(unit, "observations")  # what another batch records is committed or comes later
    found: list[Line] = []
    for place in range(0, len(lines), EACH):
        drafts: list[_Draft] = []
        found += _judged(unit, lines[place : place + EACH], drafts)
        _write(unit, drafts)
    return found


def _judged(unit: Unit, lines: Sequence[Handed], drafts: list[_Draft]) -> Iterator[Line]:
    """Say what becomes of each line; collect what is to be written."""
    fit = [_unfit(line) for line in lines]
    right = [line for line, error in zip(lines, fit, strict=True) if error is None]
    shelf = _fetched(unit, right)
    for line, error in zip(lines, fit, strict=True):
        yield Line(None, "refused", error) if error else _one(unit, shelf, line, drafts)


def _unfit(line: Handed) -> KreislaufError | None:
    """Find signs in its keys that no store can be asked for."""
    keys = ("indicator", "area", "breakdown")
    try:
        check_words({name: word for name, word in line.items() if name in keys})
    except OF_A_LINE as error:
        return error
    return None


def _fetched(unit: Unit, lines: Sequence[Handed]) -> _Shelf:
    indicators = among(unit, Indicator, "code", sorted({line["indicator"] for line in lines}))
    versions = among(unit, IndicatorVersion, "indicator_id", [i.id for i in indicators], "valid_to")
    areas = defaultdict[str, list[Area]](list)
    for area in among(unit, Area, "code", sorted({line["area"] for line in lines})):
        areas[area.code].append(area)
    for alike in areas.values():
        alike.sort(key=lambda a: a.valid_from)
    there = matching(
        unit, Observation,
        indicator_version_id=[v.id for v in versions],
        area_id=[area.id for alike in areas.values() for area in alike],
        period_end=sorted({line["period_end"] for line in lines}),
    )  # fmt: skip
    latest = {}
    for each in sorted(there, key=lambda o: o.vintage):
        cell = tuple(getattr(each, name) for name in _CELL)
        latest[cell] = _Known(each.id, each.vintage, observations.figures_of(each))
    return _Shelf(
        {i.code: i for i in indicators},
        {v.indicator_id: v.id for v in versions},
        areas,
        latest,
    )


def _one(unit: Unit, shelf: _Shelf, line: Handed, drafts: list[_Draft]) -> Line:
    try:
        return _weighed(unit, shelf, line, drafts)
    except OF_A_LINE as error:
        return Line(None, "refused", error)


def _weighed(unit: Unit, shelf: _Shelf, line: Handed, drafts: list[_Draft]) -> Line:
    """Judge a line as it is judged alone; raise what `observations.record` raises."""
    code, period_end = line["indicator"], line["period_end"]
    measured = shelf.indicators.get(code)
    if measured is None:
        raise lookup.unknown(unit, Indicator, "code", code)
    starts = line.get("period_start") or period_end
    figures = observations.weighed(unit, measured, _figures(line), starts, period_end)
    version = shelf.current.get(measured.id)
    if version is None:
        raise lookup.unknown(unit, Indicator, "code", code)
    area = _area(unit, shelf, line["area"], observations.bounded(period_end, figures.basis))
    breakdown = observations.sorted_breakdown(line.get("breakdown") or "")
    cell = (version, area.id, starts, period_end, breakdown)
    before = shelf.latest.get(cell)
    if before and before.figures == figures:
        return Line(before.id, "known")
    row = _row(unit, cell, figures, before.vintage + 1 if before else 1)
    shelf.latest[cell] = _Known(row["id"], row["vintage"], figures)
    drafts.append(_Draft(code, row))
    return Line(row["id"], "new")


def _figures(line: Handed) -> Figures:
    return Figures(
        line.get("value"),
        line.get("numerator"),
        line.get("denominator"),
        line.get("status", "final"),
        line.get("basis", "measured"),
        line.get("protected_at_source", False),
    )


def _area(unit: Unit, shelf: _Shelf, code: str, on: date | None) -> Area:
    found = shelf.areas.get(code)
    if not found:
        raise lookup.unknown(unit, Area, "code", code)
    return lookup.valid_on(found, on or unit.day)


def _row(unit: Unit, cell: Cell, figures: Figures, vintage: int) -> Row:
    """Give a new vintage as a row; Invalid where a word does not fit."""
    told = dict(zip(_CELL, cell, strict=True)) | asdict(figures)
    told |= {"vintage": vintage, "recorded_at": unit.now, "recorded_on": unit.day}
    row = new_row(unit, Observation, told)
    check_words(told_of(row))
    check_columns(Observation, row)
    return row


def _write(unit: Unit, drafts: Sequence[_Draft]) -> None:
    """Write the values, and tell of each; a revised one with the goals it touches."""
    role, goals = unit.role(*RECORDERS), _aimed(unit, drafts)
    for draft in drafts:
        row, revised = draft.row, draft.row["vintage"] > 1
        aimed = goals.get((row["indicator_version_id"], row["area_id"]), set())
        told = told_of(row) | {"targets": sorted(aimed) if revised else []}
        action = "revised" if revised else "recorded"
        unit.note("observation", row["id"], draft.code, action, told, role=role)
    insert_all(unit, Observation, [draft.row for draft in drafts])


def _aimed(unit: Unit, drafts: Sequence[_Draft]) -> dict[tuple[str, str | None], set[str]]:
    """Name the goals that aim at what revised values measure, by definition and area."""
    revised = [draft.row for draft in drafts if draft.row["vintage"] > 1]
    targets = matching(
        unit, GoalTarget,
        indicator_version_id=sorted({row["indicator_version_id"] for row in revised}),
        area_id=sorted({row["area_id"] for row in revised}),
    )  # fmt: skip
    now = [target for target in targets if target.replaced_on is None]
    refs = {g.id: g.ref for g in among(unit, Goal, "id", sorted({t.goal_id for t in now}))}
    aimed = defaultdict[tuple[str, str | None], set[str]](set)
    for target in now:
        aimed[target.indicator_version_id, target.area_id].add(refs[target.goal_id])
    return aimed
