"""The way to a target by steps: what is expected by which day, between baseline and target."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.goals import GoalTarget, TargetStep
from cycle.model.indicators import Observation
from cycle.store.unit import Unit
from cycle.usecases import given, lookup

Step = tuple[date, Decimal]  # by which day, which value
STEPPED = ("reach", "reduce_gap")  # kinds of targets that are approached


def steps_of(unit: Unit, aim: GoalTarget) -> list[Step]:
    """Give the steps on the way to a target, in their order."""
    return sorted(
        (step.due, step.value) for step in lookup.every(unit, TargetStep, goal_target_id=aim.id)
    )


def lay(unit: Unit, aim: GoalTarget, steps: Sequence[Step]) -> None:
    """Write the steps on the way to a new target."""
    unit.session.flush()
    for due, value in steps:
        unit.add(TargetStep(goal_target_id=aim.id, due=due, value=value))


def faults(
    aim: GoalTarget, start: Observation | None, steps: Sequence[Step]
) -> Iterator[Fault | None]:
    """Find what is wrong with the steps on the way to a target."""
    if not steps:
        return
    if aim.kind not in STEPPED:
        says = N_("A target of the kind {kind} has no steps on its way.")
        yield Fault("path", "no_way", says, {"kind": aim.kind})
    yield given.missing("value", aim.target_value)
    yield given.missing("date", aim.target_date)
    yield from _disordered(steps)
    for due, value in steps:
        yield _beside(aim, start, due)
        yield _beyond(aim, start, value)


def _disordered(steps: Sequence[Step]) -> Iterator[Fault]:
    for (before, _), (due, _) in pairwise(steps):
        if due <= before:
            says = N_("The steps follow one another; {date} does not come after {day}.")
            yield Fault("path", "not_ascending", says, {"date": due, "day": before})


def _beside(aim: GoalTarget, start: Observation | None, due: date) -> Fault | None:
    first, last = start.period_end if start else None, aim.target_date
    if (first is None or first < due) and (last is None or due < last):
        return None
    says = N_("The step of {date} does not lie between the baseline and the target's day.")
    return Fault("path", "outside", says, {"date": due})


def _beyond(aim: GoalTarget, start: Observation | None, value: Decimal) -> Fault | None:
    if not value.is_finite():
        return Fault("path", "no_number", N_("{name} is no number."), {"name": "path"})
    first, last = start.value if start else None, aim.target_value
    if aim.kind != "reach" or first is None or last is None or not last.is_finite():
        return None
    if min(first, last) <= value <= max(first, last):
        return None
    says = N_("The step to {value} does not lie between the baseline {first} and {last}.")
    return Fault("path", "outside", says, {"value": value, "first": first, "last": last})
