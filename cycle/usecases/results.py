"""What an evaluation says of the targets: tied to the stored observations, or recording them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cycle.errors import Fault
from cycle.i18n import N_, Tongue
from cycle.model.evaluations import Evaluation, IndicatorResult
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Observation
from cycle.model.measures import Measure, MeasureGoal
from cycle.model.space import Area
from cycle.reading.cover import shared
from cycle.store.unit import Unit
from cycle.usecases import lookup, observations
from cycle.usecases.aims import indicator_of, whole_town
from cycle.usecases.judgements import Result

_AWAITED = "pending"  # a value that may still be recorded
TOWN = Tongue("de")  # what is told in a finding is the town's own text, whoever reads it
Found = tuple[Result, GoalTarget]


@dataclass(frozen=True, slots=True)
class Told:
    """A result in words, the goal it speaks of and the value it rests on."""

    goal_id: str
    text: str
    observation: Observation | None


def targets(
    unit: Unit, measures: Sequence[Measure], results: Sequence[Result]
) -> tuple[list[Found], list[Fault]]:
    """Find the target each result speaks of, and note where there is not exactly one."""
    found: list[Found] = []
    faults: list[Fault] = []
    for result in results:
        goal = _goal(unit, measures, result)
        fitting = _fitting(unit, goal, result) if goal else []
        taken = {target.id for _, target in found}
        if len(fitting) == 1 and fitting[0].id not in taken:
            found.append((result, fitting[0]))
            faults += _claimed(unit, result, fitting[0])
        else:
            faults.append(_unclear(result, goal, fitting))
    return found, faults


def _claimed(unit: Unit, result: Result, target: GoalTarget) -> list[Fault]:
    """Find a measure that claims an effect alone, though others serve the goal as well."""
    if result.attribution != "attribution" or not shared(unit.reading(), target.goal_id):
        return []
    says = N_("{goal} has several measures; each of them contributes, none is its effect alone.")
    values = {"name": "attribution", "goal": unit.get(Goal, target.goal_id).ref}
    return [Fault(f"{result.place}/attribution", "shared_goal", says, values)]


def _attribution(unit: Unit, result: Result, target: GoalTarget) -> str:
    several = result.attribution == "unclear" and shared(unit.reading(), target.goal_id)
    return "contribution" if several else result.attribution


def _goal(unit: Unit, measures: Sequence[Measure], result: Result) -> Goal | None:
    """Give the goal named, or the main goal; only goals that the measures serve."""
    ties = [t for m in measures for t in lookup.every(unit, MeasureGoal, measure_id=m.id)]
    if result.goal is None:
        main = {t.goal_id for t in ties if t.contribution == "main"}
        return unit.get(Goal, main.pop()) if len(main) == 1 else None
    named = lookup.by(unit, Goal, ref=result.goal)
    return named if named and named.id in {t.goal_id for t in ties} else None


def _fitting(unit: Unit, goal: Goal, result: Result) -> list[GoalTarget]:
    current = lookup.every(unit, GoalTarget, goal_id=goal.id, replaced_on=None)
    return [
        target
        for target in current
        if result.indicator in (None, indicator_of(unit, target).code)
        and result.area in (None, area_of(unit, target).code)
    ]


def _unclear(result: Result, goal: Goal | None, fitting: Sequence[GoalTarget]) -> Fault:
    if goal is None:
        says = N_("{name}: the measure serves no such goal.")
        return Fault(f"{result.place}/goal", "unknown_goal", says, {"name": "goal"})
    if not fitting:
        says = N_("{name}: {goal} has no target with this indicator and area.")
        values = {"name": "indicator", "goal": goal.ref}
        return Fault(f"{result.place}/indicator", "unknown_target", says, values)
    says = N_("{name}: {goal} has several targets; name indicator and area, each once.")
    values = {"name": "indicator", "goal": goal.ref}
    return Fault(f"{result.place}/indicator", "ambiguous_target", says, values)


def area_of(unit: Unit, target: GoalTarget) -> Area:
    """Give the area a target is set for; without one it is the whole town."""
    town = None if target.area_id else whole_town(unit)
    return town or unit.get(Area, target.area_id)


def stored(unit: Unit, target: GoalTarget, result: Result) -> Observation | None:
    """Give the latest value of the result's period, None where there is none yet."""
    vintages = lookup.every(
        unit,
        Observation,
        indicator_version_id=target.indicator_version_id,
        area_id=area_of(unit, target).id,
        period_end=result.period_end,
        breakdown="",
    )
    known = [o for o in vintages if o.status != _AWAITED]
    return max(known, key=lambda o: o.vintage, default=None)


def contradictions(unit: Unit, found: Sequence[Found]) -> list[Fault]:
    """Note values that are missing, or differ from what is stored."""
    faults = []
    for result, target in found:
        if result.period_end is None:
            continue
        here = stored(unit, target, result)
        if here is None and result.value is None:
            says = N_("{name}: no value is stored for {day}; give it with the result.")
            values = {"name": "value", "day": result.period_end}
            faults.append(Fault(f"{result.place}/value", "observation_missing", says, values))
        elif here and result.value is not None and not _same(here.value, result.value):
            says = N_("{name}: another value is stored for {day}; leave it out or correct that.")
            values = {"name": "value", "day": result.period_end}
            faults.append(Fault(f"{result.place}/value", "value_differs", says, values))
    return faults


def _same(here: Decimal | None, told: Decimal) -> bool:
    """Compare with as many decimals as the evaluator wrote."""
    step = Decimal(1).scaleb(min(int(told.as_tuple().exponent), 0))
    return here is not None and abs(here - told) * 2 <= step


def record(unit: Unit, evaluation: Evaluation, found: Sequence[Found]) -> list[Told]:
    """Write the results of an evaluation, and tell each in words."""
    told = []
    for result, target in found:
        observation = _observed(unit, target, result)
        unit.add(
            IndicatorResult(
                evaluation_id=evaluation.id,
                goal_target_id=target.id,
                observation_id=observation.id if observation else None,
                attribution=_attribution(unit, result, target),
                text=result.text,
            )
        )
        told.append(Told(target.goal_id, _words(unit, target, result, observation), observation))
    unit.session.flush()
    return told


def _observed(unit: Unit, target: GoalTarget, result: Result) -> Observation | None:
    """Give the value behind a result; one that is not stored yet is recorded."""
    if result.period_end is None:
        return None
    return stored(unit, target, result) or observations.record(
        unit,
        indicator_of(unit, target).code,
        area=area_of(unit, target).code,
        period_end=result.period_end,
        value=result.value,
    )


def _words(unit: Unit, target: GoalTarget, result: Result, observation: Observation | None) -> str:
    indicator, area = indicator_of(unit, target), area_of(unit, target)
    if observation is None or observation.value is None:
        return f"{indicator.name}, {area.name}: {result.text or '–'}"
    places = 1 if indicator.unit == "%" else None
    value, day = TOWN.number(observation.value, places), TOWN.date(observation.period_end)
    said = f"{indicator.name}, {area.name}: {value} {indicator.unit} am {day}"
    return f"{said} ({result.text})" if result.text else said
