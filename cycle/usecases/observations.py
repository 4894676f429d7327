"""Observations: values of indicators as the town or an official source knows them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from typing import Any

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.columns import DIGITS
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area
from cycle.model.words import EMPTY_STATES
from cycle.store.unit import Unit
from cycle.usecases import given, indicators, lookup
from cycle.usecases.rights import need

RECORDERS = ("statistician", "planner", "evaluator")
PLACES = Decimal("0.0001")  # of a value computed from numerator and denominator
_PER = re.compile(r"(?:je|pro|per) ([1-9][0-9.]*)(?: .*)?")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted or published for one cell."""

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    status: str
    basis: str = "measured"
    protected_at_source: bool = False


def record(
    unit: Unit,
    indicator: str,
    *,
    area: str,
    period_end: date,
    period_start: date | None = None,
    value: Decimal | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
    status: str = "final",
    breakdown: str = "",
    basis: str = "measured",
    protected_at_source: bool = False,
    batch: str | None = None,
) -> Observation:
    """Record a value under the current definition; a key date has no `period_start`.

    A value that differs from what is known becomes a new vintage, an equal one changes nothing.
    Numerator and denominator give the value; one that is given too must agree with them as far as
    it is rounded. A withheld or missing value has its sign as `status` and no figures.
    """
    need(unit, *RECORDERS)
    measured = lookup.indicator(unit, indicator)
    starts = period_start or period_end
    figures = Figures(value, numerator, denominator, status, basis, protected_at_source)
    figures = weighed(unit, measured, figures, starts, period_end)
    cell: dict[str, Any] = {
        "indicator_version_id": indicators.current(unit, measured).id,
        "area_id": lookup.area(unit, area, bounded(period_end, basis)).id,
        "period_start": starts,
        "period_end": period_end,
        "breakdown": sorted_breakdown(breakdown),
    }
    return keep(unit, measured.code, cell, figures, batch)


def weighed(
    unit: Unit, measured: Indicator, figures: Figures, starts: date, period_end: date
) -> Figures:
    """Give the figures with their value, or raise Invalid with everything that is wrong."""
    given.insist(
        _in_future(unit, period_end), given.unordered("period_end", starts, period_end),
        *_faults(figures, measured.unit),
    )  # fmt: skip
    return _completed(figures, measured.unit)


def known(
    unit: Unit, indicator: Indicator, area: Area, period_end: date, *, version: str | None = None
) -> Observation:
    """Give the latest vintage of a value, under the newest definition that has one.

    `version` asks for one definition only. Invalid tells for which days there are values.
    """
    versions = lookup.every(unit, IndicatorVersion, indicator_id=indicator.id)
    newest = sorted(versions, key=lambda v: v.no, reverse=True)
    there: list[Observation] = []
    for each in newest:
        if version in {None, each.id}:
            there += lookup.every(
                unit, Observation, indicator_version_id=each.id, area_id=area.id, breakdown=""
            )
    fitting = [o for o in there if o.period_end == period_end]
    if not fitting:
        raise _unknown(indicator, area, period_end, there)
    latest = [o for o in fitting if o.indicator_version_id == fitting[0].indicator_version_id]
    return max(latest, key=lambda o: (o.vintage, o.period_start))


def sorted_breakdown(breakdown: str) -> str:
    """Write a breakdown always in the same order: `age=0-6,sex=w`."""
    parts = (part.strip() for part in breakdown.split(","))
    return ",".join(sorted(part for part in parts if part))


def bounded(period_end: date, basis: str) -> date | None:
    """Give the day whose areas count; what is recalculated is for those of today."""
    return None if basis == "recalculated" else period_end


def keep(
    unit: Unit, code: str, cell: dict[str, Any], figures: Figures, batch: str | None = None
) -> Observation:
    """Write a value that differs from the latest vintage as a new one, with whom it touches."""
    before = max(lookup.every(unit, Observation, **cell), key=lambda o: o.vintage, default=None)
    if before and figures_of(before) == figures:
        return before
    told = {name: getattr(figures, name) for name in Figures.__slots__}
    vintage = before.vintage + 1 if before else 1
    observation = Observation(**cell, **told, vintage=vintage, import_batch_id=batch)
    observation.recorded_at, observation.recorded_on = unit.now, unit.day
    action, role = ("revised" if before else "recorded"), unit.role(*RECORDERS)
    goals = _targets(unit, observation) if before else []  # asking writes what is new: ask first
    unit.add(observation)
    unit.tell(observation, action, key=code, role=role, targets=goals)
    unit.session.flush()
    return observation


def figures_of(known: Observation) -> Figures:
    """Give what an observation says of its cell."""
    return Figures(**{name: getattr(known, name) for name in Figures.__slots__})


def _targets(unit: Unit, observation: Observation) -> list[str]:
    """Name the goals whose targets a revised value touches."""
    found = lookup.every(
        unit,
        GoalTarget,
        indicator_version_id=observation.indicator_version_id,
        area_id=observation.area_id,
        replaced_on=None,
    )
    return sorted({unit.get(Goal, target.goal_id).ref for target in found})


def _completed(figures: Figures, unit_of: str) -> Figures:
    """Compute the value where only numerator and denominator are given."""
    computed = _quotient(figures, unit_of)
    if figures.value is not None or computed is None:
        return figures
    return replace(figures, value=rounded(computed))


def _quotient(figures: Figures, unit_of: str) -> Decimal | None:
    if figures.numerator is None or not figures.denominator:
        return None
    return Decimal(figures.numerator) * scale(unit_of) / Decimal(figures.denominator)


def rounded(value: Decimal) -> Decimal:
    """Round what was computed, however large it is."""
    return value.quantize(PLACES, context=Context(prec=DIGITS))


def scale(unit_of: str) -> int:
    """Read from the unit how a share is told: in %, je 1.000, or as it is."""
    per = _PER.fullmatch(unit_of.strip())
    if per:
        return int(per[1].replace(".", ""))
    return 100 if unit_of.strip() == "%" else 1


def _faults(figures: Figures, unit_of: str) -> tuple[Fault | None, ...]:
    if figures.status in EMPTY_STATES:
        return (_not_empty(figures),)
    if figures.denominator == 0:
        says = N_("{name} is 0; nothing can be divided by it.")
        return (Fault("denominator", "zero", says, {"name": "denominator"}),)
    return (_no_value(figures, unit_of), _disagrees(figures, unit_of))


def _not_empty(figures: Figures) -> Fault | None:
    told = (figures.value, figures.numerator, figures.denominator)
    if all(each is None for each in told):
        return None
    says = N_("A value with the sign {status} holds no figures; leave them out.")
    return Fault("status", "figures_with_sign", says, {"status": figures.status})


def _no_value(figures: Figures, unit_of: str) -> Fault | None:
    if figures.value is None and _quotient(figures, unit_of) is None:
        says = N_("The value is missing; where it is withheld or unknown, give its sign as status.")
        return Fault("value", "missing", says)
    if figures.value is not None and not figures.value.is_finite():
        return Fault("value", "no_number", N_("{name} is no number."), {"name": "value"})
    return None


def _disagrees(figures: Figures, unit_of: str) -> Fault | None:
    computed, told = _quotient(figures, unit_of), figures.value
    if computed is None or told is None or not told.is_finite():
        return None
    step = Decimal(1).scaleb(int(told.as_tuple().exponent))
    if abs(computed - told) * 2 <= step:
        return None
    says = N_("{numerator} of {denominator} makes {computed}, not {value}.")
    values = {
        "numerator": figures.numerator, "denominator": figures.denominator,
        "computed": rounded(computed), "value": told,
    }  # fmt: skip
    return Fault("value", "disagrees", says, values)


def _in_future(unit: Unit, period_end: date) -> Fault | None:
    if period_end <= unit.day:
        return None
    says = N_("{name}: nothing can be observed on {given} yet, today is {today}.")
    values = {"name": "period_end", "given": period_end, "today": unit.day}
    return Fault("period_end", "observation_in_future", says, values)


def _unknown(
    indicator: Indicator, area: Area, period_end: date, there: list[Observation]
) -> Invalid:
    days = tuple(sorted({o.period_end for o in there}))
    return Invalid(
        N_("There is no value of {indicator} in {area} for {day}."),
        fix=N_("There are values for {days}; `cycle observation add` records another.")
        if days
        else N_("Record it with `cycle observation add`."),
        indicator=indicator.code,
        area=area.code,
        day=period_end,
        days=days,
    )
