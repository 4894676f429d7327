"""What makes a target sound: its place, its starting point, its direction, its day."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.indicators import RATED

KEPT = {  # by a revision that does not say otherwise
    "goal_id", "area_id", "kind", "data_plan", "target_value", "target_date", "tolerance",
    "reverse_reason",
}  # fmt: skip
_BETTER = {"higher_better": 1, "lower_better": -1}
_LEANS = {"at_least": 1, "at_most": -1}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a target stands on."""

    indicator: Indicator
    version: IndicatorVersion
    area: Area | None  # None where the town has no areas yet
    start: Observation | None = None  # the baseline


def faults(aim: GoalTarget, ground: Ground) -> tuple[Fault | None, ...]:
    """Find everything wrong with a target on the ground it stands on."""
    numbers = {"value": aim.target_value, "tolerance": aim.tolerance}
    return (
        *(_no_number(name, each) for name, each in numbers.items()),
        _tolerance(aim),
        _withheld(ground.start, ground.indicator),
        _too_early(aim, ground.start),
        _nothing_to_reach(aim, ground.start),
        _reversed(aim, ground.start, ground.indicator),
    )


def told(aim: GoalTarget, ground: Ground) -> dict[str, Any]:
    """Give what the journal says of a target."""
    said = {
        "indicator": ground.indicator.code,
        "area": ground.area.code if ground.area else None,
        "kind": aim.kind,
        "value": aim.target_value,
        "date": aim.target_date,
        "baseline": ground.start.period_end if ground.start else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def only(unit: Unit, goal: Goal, indicator: str | None, area: str | None = None) -> GoalTarget:
    """Give the target in force that is meant; Invalid where it stays open which one."""
    current = lookup.every(unit, GoalTarget, goal_id=goal.id, replaced_on=None)
    named = [
        t for t in current
        if indicator in {None, indicator_of(unit, t).code} and area in {None, _area(unit, t)}
    ]  # fmt: skip
    if len(named) == 1:
        return named[0]
    raise Invalid(
        N_("{key} has several targets; which one is meant?")
        if named
        else N_("{key} has no such target."),
        fix=N_("Name its indicator and area; `cycle goal show {key}` lists the targets."),
        key=goal.ref,
    )


def indicator_of(unit: Unit, aim: GoalTarget) -> Indicator:
    """Give the indicator a target is measured by."""
    version = unit.get(IndicatorVersion, aim.indicator_version_id)
    return unit.get(Indicator, version.indicator_id)


def _area(unit: Unit, aim: GoalTarget) -> str | None:
    return unit.get(Area, aim.area_id).code if aim.area_id else None


def whole_town(unit: Unit) -> Area | None:
    """Give the area that is the whole town, as bounded today; None where there is none."""
    widest = lookup.every(unit, Area, level=0)
    official = [area for area in widest if area.code == unit.town.ags] or widest
    valid = [a for a in official if a.valid_from <= unit.day <= (a.valid_to or unit.day)]
    return next(iter(valid or official), None)


def not_rated(status: str) -> Fault | None:
    """Find a word that rates nothing."""
    if status in RATED:
        return None
    says = N_("{name} must be one of: {words}.")
    return Fault("status", "unknown_word", says, {"name": "status", "words": ", ".join(RATED)})


def _no_number(name: str, value: Decimal | None) -> Fault | None:
    if value is None or value.is_finite():
        return None
    return Fault(name, "no_number", N_("{name} is no number."), {"name": name})


def _tolerance(aim: GoalTarget) -> Fault | None:
    if aim.tolerance is None:
        if aim.kind != "keep_band":
            return None
        says = N_("A band needs its width: how far may the value move?")
        return Fault("tolerance", "missing", says)
    if aim.tolerance.is_finite() and aim.tolerance < 0:
        says = N_("{name} must be at least {least}.")
        return Fault("tolerance", "too_small", says, {"name": "tolerance", "least": 0})
    return None


def _withheld(start: Observation | None, measured: Indicator) -> Fault | None:
    if start is None or start.value is not None:
        return None
    says = N_("The value of {indicator} on {day} is not known ({status}); it is no baseline.")
    values = {"indicator": measured.code, "day": start.period_end, "status": start.status}
    return Fault("baseline", "withheld", says, values)


def _too_early(aim: GoalTarget, start: Observation | None) -> Fault | None:
    if start is None or aim.target_date is None or aim.target_date > start.period_end:
        return None
    says = N_("The target's day {date} must lie after its baseline of {day}.")
    return Fault("date", "before_baseline", says,
                 {"date": aim.target_date, "day": start.period_end})  # fmt: skip


def _nothing_to_reach(aim: GoalTarget, start: Observation | None) -> Fault | None:
    if aim.kind != "reach" or start is None or start.value is None:
        return None
    if aim.target_value != start.value:
        return None
    says = N_(
        "{value} is reached already; to hold it, use the kind at_least, at_most or keep_band."
    )
    return Fault("value", "reached_already", says, {"value": start.value})


def _reversed(aim: GoalTarget, start: Observation | None, measured: Indicator) -> Fault | None:
    """Find a target that leads away from what the indicator calls better."""
    better = _BETTER.get(measured.polarity)
    if better is None or _leaning(aim, start) != -better or aim.reverse_reason:
        return None
    says = (
        N_("{indicator} is better when it is higher, this target wants less; say why.")
        if better > 0
        else N_("{indicator} is better when it is lower, this target wants more; say why.")
    )
    return Fault("reverse_reason", "wrong_direction", says, {"indicator": measured.code})


def _leaning(aim: GoalTarget, start: Observation | None) -> int:
    """Tell where a target pulls: 1 upward, -1 downward, 0 where that is not known."""
    if aim.kind in _LEANS:
        return _LEANS[aim.kind]
    to, since = aim.target_value, start.value if start else None
    if aim.kind != "reach" or to is None or since is None or not to.is_finite():
        return 0
    return (to > since) - (to < since)
