"""Where a first value will come from, and when: what stands in for a baseline until then."""

import re

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.goals import Goal, GoalTarget
from cycle.model.measures import Measure, MeasureGoal
from cycle.store.unit import Unit
from cycle.usecases import lookup

_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def insist(unit: Unit, measure: Measure) -> None:
    """Raise Invalid unless every target without a baseline has a plan with a source and a day."""
    main = lookup.by(unit, MeasureGoal, measure_id=measure.id, contribution="main")
    goal = unit.get(Goal, main.goal_id) if main else None
    aims = lookup.every(unit, GoalTarget, goal_id=goal.id, replaced_on=None) if goal else []
    bare = [aim for aim in aims if aim.baseline_id is None]
    if goal and bare and all(_planned(aim.data_plan) for aim in bare):
        return
    says = N_("Without a baseline {key} needs a plan that names the source of the data and a day.")
    values = {"key": measure.ref, "goal": goal.ref if goal else "GOAL"}
    raise Invalid(
        says,
        faults=(Fault("data_plan", "missing", says, values),),
        fix=N_('Say both: `cycle goal revise {goal} --reason REASON --data-plan "SOURCE, DATE"`.')
        if bare
        else N_("Set a target first: `cycle goal target {goal} --indicator INDICATOR`."),
        **values,
    )


def _planned(plan: str | None) -> bool:
    """Tell whether a plan names a day, and in words where the data come from."""
    return bool(plan and _DAY.search(plan) and _WORD.search(plan))
