"""A series goes on over a change of boundaries: old values reckoned for the new areas by share.

What can be divided is what was counted: people, cases, and rates by way of their numerator and
denominator. A mean or an index is only taken over where an area is merely renamed. Values that
were measured within the new boundaries are left alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cycle.machine.shares import parts, parts_of
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area, AreaSuccession
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.observations import Figures, keep, rounded, scale
from cycle.usecases.rights import need

Place = tuple[str, date, date, str]  # id of the definition, period, breakdown
Known = dict[str, dict[Place, Figures]]  # by id of the area


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A value of a new area: its figures, or why it cannot be reckoned."""

    area: str  # code
    period_start: date
    period_end: date
    breakdown: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    left: str | None = None  # withheld, no_base, incomplete or measured; None: reckoned


@dataclass(frozen=True, slots=True)
class _Share:
    """What one area takes on of another one."""

    source: Area
    heir: Area
    on: date
    shares: tuple[Fraction, ...]  # of all heirs of the source
    nth: int  # which of them is this heir's

    @property
    def all_of_it(self) -> bool:
        return len(self.shares) == 1


def recalculate(
    unit: Unit, indicator: str, *, into: str | None = None, dry_run: bool = False
) -> list[Recalculated]:
    """Reckon the series of an indicator for the areas that came of others, or for one of them.

    Tells of every value that was reckoned, and of every one that could not be. What was reckoned
    before and has changed since becomes a new vintage. `dry_run` writes nothing.
    """
    role = need(unit, "statistician", "planner")
    measured = lookup.indicator(unit, indicator)
    wanted = lookup.area(unit, into).code if into else None
    known, found = _known(unit, measured), []
    for heir, sources in _heirs(unit):
        cells = list(_reckoned(measured, heir, sources, known))
        known[heir.id] |= {place: figures for place, figures, left in cells if left is None}
        if wanted in {None, heir.code}:
            found += [(heir, *cell) for cell in cells]
    if not dry_run:
        _write(unit, measured, [(h, p, f) for h, p, f, left in found if left is None], role)
    return [_told(heir, place, figures, left) for heir, place, figures, left in found]


def _known(unit: Unit, measured: Indicator) -> Known:
    """Give the latest vintage of every value, by area."""
    latest: dict[tuple[str, Place], Observation] = {}
    for version in lookup.every(unit, IndicatorVersion, indicator_id=measured.id):
        vintages = lookup.every(unit, Observation, indicator_version_id=version.id)
        for each in sorted(vintages, key=lambda o: o.vintage):
            place = (version.id, each.period_start, each.period_end, each.breakdown)
            latest[each.area_id, place] = each
    known: Known = defaultdict(dict)
    for (area_id, place), each in latest.items():
        known[area_id][place] = Figures(**{n: getattr(each, n) for n in Figures.__slots__})
    return known


def _heirs(unit: Unit) -> list[tuple[Area, list[_Share]]]:
    """Give every area that took on people of others, the earliest first, with what it took."""
    by_source: dict[str, list[AreaSuccession]] = defaultdict(list)
    for tie in lookup.every(unit, AreaSuccession):
        by_source[tie.from_area_id].append(tie)
    taken: dict[str, list[_Share]] = defaultdict(list)
    for source_id, ties in by_source.items():
        shares = tuple(Fraction(tie.share) for tie in ties)
        for nth, tie in enumerate(ties):
            heir = unit.get(Area, tie.to_area_id)
            source = unit.get(Area, source_id)
            taken[heir.id].append(_Share(source, heir, tie.on_date, shares, nth))
    found = [(sources[0].heir, sources) for sources in taken.values()]
    return sorted(found, key=lambda each: (each[1][0].on, each[0].code))


def _reckoned(
    measured: Indicator, heir: Area, sources: list[_Share], known: Known
) -> Iterator[tuple[Place, Figures, str | None]]:
    """Reckon every value an area can have by what its sources had."""
    places = {
        place for each in sources for place in known[each.source.id] if place[2] < each.on
    }  # fmt: skip
    for place in sorted(places):
        there = known[heir.id].get(place)
        if there and there.basis != "recalculated":
            yield place, there, "measured"
        else:
            yield place, *_sum(measured, sources, [known[s.source.id].get(place) for s in sources])


def _sum(
    measured: Indicator, sources: list[_Share], cells: list[Figures | None]
) -> tuple[Figures, str | None]:
    nothing = Figures(None, None, None, "pending", "recalculated")
    there = [cell for cell in cells if cell]
    if len(there) < len(cells):
        return nothing, "incomplete"
    if any(cell.value is None for cell in there):
        return nothing, "withheld"
    if len(sources) == 1 and sources[0].all_of_it:
        return replace(there[0], basis="recalculated"), None
    taken = [_part(measured, *pair) for pair in zip(sources, there, strict=True)]
    whole = all(each.all_of_it for each in sources)
    figures = _added(measured, [part for part in taken if part], _status(there, whole=whole))
    return (nothing, "no_base") if None in taken or figures is None else (figures, None)


def _part(measured: Indicator, share: _Share, cell: Figures) -> Figures | None:
    """Give an heir's part of a value; None where it is nothing that can be divided."""
    if cell.numerator is not None and cell.denominator:
        pairs = list(parts_of(cell.numerator, cell.denominator, share.shares))
        return replace(cell, value=None, numerator=pairs[share.nth][0],
                       denominator=pairs[share.nth][1])  # fmt: skip
    if measured.measure_type != "count" or cell.value is None:
        return None
    people = cell.value == cell.value.to_integral_value()
    step = Decimal(1) if people else Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
    steps = list(parts(int(cell.value / step), share.shares))
    return replace(cell, value=steps[share.nth] * step, numerator=None, denominator=None)


def _added(measured: Indicator, taken: list[Figures], status: str) -> Figures | None:
    """Add the parts an area took on; None where they are of different kinds, or of nobody."""
    values = [part.value for part in taken if part.value is not None]
    some = sum(part.numerator or 0 for part in taken)
    people = sum(part.denominator or 0 for part in taken)
    if len(values) == len(taken):
        return Figures(sum(values, Decimal(0)), None, None, status, "recalculated")
    if values or not people:
        return None
    value = rounded(Decimal(some) * scale(measured.unit) / Decimal(people))
    return Figures(value, some, people, status, "recalculated")


def _status(cells: list[Figures], *, whole: bool) -> str:
    """Tell how sure a sum is: divided by share it is estimated, else as sure as its parts."""
    told = {cell.status for cell in cells}
    if not whole:
        return "estimated"
    return told.pop() if len(told) == 1 else "provisional"


def _write(
    unit: Unit, measured: Indicator, found: list[tuple[Area, Place, Figures]], role: str
) -> None:
    columns = ("indicator_version_id", "period_start", "period_end", "breakdown")
    for heir, place, figures in found:
        cell: dict[str, Any] = {**dict(zip(columns, place, strict=True)), "area_id": heir.id}
        keep(unit, measured.code, cell, figures)
    areas = sorted({heir.code for heir, _, _ in found})
    unit.tell(measured, "recalculated", role=role, areas=areas, values=len(found))
    unit.session.flush()


def _told(heir: Area, place: Place, figures: Figures, left: str | None) -> Recalculated:
    _, period_start, period_end, breakdown = place
    if left:
        return Recalculated(heir.code, period_start, period_end, breakdown, left=left)
    return Recalculated(
        heir.code, period_start, period_end, breakdown, figures.value, figures.numerator,
        figures.denominator,
    )  # fmt: skip
