"""A target set anew because what it was measured by has changed: its definition or its area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Unpack

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.machine.comparing import factor, worth
from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area
from cycle.store.unit import Unit
from cycle.usecases import aims, given, indicators, lookup, observations, paths, stages
from cycle.usecases.aims import Ground
from cycle.usecases.observations import PLACES, Figures
from cycle.usecases.paths import Step
from cycle.usecases.rights import need
from cycle.usecases.targets import TargetChanges, say

Day = date


@dataclass(frozen=True, slots=True)
class _Change:
    """From which definition and area to which, and what an old value is worth there."""

    measured: Indicator
    pinned: IndicatorVersion
    current: IndicatorVersion
    place: Area
    moved: bool  # into another area
    by: Decimal | None  # None: the values cannot be compared


def restate(
    unit: Unit,
    key: str,
    *,
    reason: str,
    indicator: str | None = None,
    area: str | None = None,
    into: str | None = None,
    expect: int | None = None,
    **words: Unpack[TargetChanges],
) -> Goal:
    """Set a target anew under the definition in force, or `into` the area that came of its own.

    The old one stays to be read. Where the definitions are comparable, what is not told is
    proposed: the old value and baseline times the factor. Raises Invalid with what is missing.
    """
    role = need(unit, "planner")
    goal = lookup.goal(unit, key)
    lookup.expect(goal, expect)
    stages.writable(unit.get(Cycle, goal.cycle_id))
    given.insist(given.missing("reason", reason))
    old = aims.only(unit, goal, indicator, area)
    change = _change(unit, goal, old, into)
    new = GoalTarget(**old.model_dump(include=aims.KEPT), replaces_id=old.id)
    new.indicator_version_id, new.area_id = change.current.id, change.place.id
    told, steps = _proposed(old, change, words), _steps(unit, old, change)
    given.insist(*_missing(old, change, told))
    start = _start(unit, old, change, words.get("baseline"))
    ground = Ground(change.measured, change.current, change.place, start)
    old.replaced_on, old.replaced_reason = unit.day, given.text("reason", reason)
    say(unit, new, ground, told, steps)
    unit.tell(goal, "restated", role=role, reason=old.replaced_reason,
              restated_from=_from(unit, old, change), **aims.told(new, ground))  # fmt: skip
    goal.updated_at = unit.now
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)
    return goal


def _change(unit: Unit, goal: Goal, old: GoalTarget, into: str | None) -> _Change:
    """Find what has changed; Invalid where nothing has."""
    measured = aims.indicator_of(unit, old)
    pinned = unit.get(IndicatorVersion, old.indicator_version_id)
    current = indicators.current(unit, measured)
    if pinned.id == current.id and into is None:
        raise Invalid(
            N_("{indicator} is defined as it was when the target of {key} was set."),
            fix=N_("Change the target itself with `cycle goal revise {key} --reason REASON`."),
            key=goal.ref,
            indicator=measured.code,
        )
    later = [v for v in lookup.every(unit, IndicatorVersion, indicator_id=measured.id)
             if pinned.no < v.no <= current.no]  # fmt: skip
    by = factor((v.comparable, v.factor) for v in later)
    counted = into is not None and measured.measure_type == "count"  # fewer people, less to count
    place = _place(unit, old, into)
    return _Change(measured, pinned, current, place, bool(into), None if counted else by)


def _place(unit: Unit, old: GoalTarget, into: str | None) -> Area:
    if into:
        return lookup.area(unit, into)
    return unit.get(Area, old.area_id) if old.area_id else _town(unit)


def _town(unit: Unit) -> Area:
    town = aims.whole_town(unit)
    if town is None:
        raise Invalid(
            N_("Without an area there is no baseline."),
            fix=N_("Name the area with --into; `cycle area list` shows them."),
        )
    return town


def _proposed(old: GoalTarget, change: _Change, words: TargetChanges) -> TargetChanges:
    """Fill in what was not told with what the old target is worth now."""
    told = words.copy()
    for name, value in (("value", old.target_value), ("tolerance", old.tolerance)):
        if told.get(name) is None:
            told[name] = worth(value, change.by)  # type: ignore[literal-required] # both are figures
    return told


def _steps(unit: Unit, old: GoalTarget, change: _Change) -> Sequence[Step]:
    steps = paths.steps_of(unit, old)
    return [(due, value * change.by) for due, value in steps] if change.by is not None else ()


def _missing(old: GoalTarget, change: _Change, words: TargetChanges) -> tuple[Fault | None, ...]:
    """Find what has to be told because nothing can be proposed for it."""
    proposed = change.by is not None or change.moved or old.baseline_id is None
    return (
        given.missing("value", words.get("value")),
        None if proposed else given.missing("baseline", words.get("baseline")),
    )


def _start(unit: Unit, old: GoalTarget, change: _Change, day: Day | None) -> Observation | None:
    """Give the baseline: of the day told, else of the day of the old one."""
    before = unit.get(Observation, old.baseline_id) if old.baseline_id else None
    if day is None:
        if before is None:
            return None
        if change.by is not None and not change.moved:
            return _reckoned(unit, before, change, change.by)
        day = before.period_end
    return observations.known(unit, change.measured, change.place, day, version=change.current.id)


def _reckoned(unit: Unit, before: Observation, change: _Change, by: Decimal) -> Observation:
    """Give the old baseline under the definition in force; reckoned where it was not observed."""
    cell: dict[str, Any] = {
        "indicator_version_id": change.current.id, "area_id": before.area_id,
        "period_start": before.period_start, "period_end": before.period_end, "breakdown": "",
    }  # fmt: skip
    there = lookup.every(unit, Observation, **cell)
    if there:
        return max(there, key=lambda o: o.vintage)
    value = worth(before.value, by)
    figures = Figures(value and value.quantize(PLACES), None, None, before.status, "recalculated")
    return observations.keep(unit, change.measured.code, cell, figures)


def _from(unit: Unit, old: GoalTarget, change: _Change) -> dict[str, Any]:
    """Tell what the target was before."""
    before = unit.get(Observation, old.baseline_id) if old.baseline_id else None
    place = unit.get(Area, old.area_id) if old.area_id else None
    return {
        "definition": change.pinned.no,
        "value": old.target_value,
        "area": place.code if place else None,
        "baseline": before.period_end if before else None,
        "baseline_value": before.value if before else None,
    }
