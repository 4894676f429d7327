"""Goals are rated in the end: achieved, missed or dropped, by the latest value of their target."""

from datetime import date

from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Observation
from cycle.model.space import Area
from cycle.store.unit import Unit
from cycle.usecases import aims, given, lookup, observations, stages
from cycle.usecases.rights import need


def rate(
    unit: Unit,
    key: str,
    *,
    status: str,
    text: str | None = None,
    observation: date | None = None,
    indicator: str | None = None,
    expect: int | None = None,
) -> Goal:
    """Say whether a goal is achieved, missed or dropped, by the latest value of its target.

    `observation` names the end of another period. Raises Invalid without words of judgement.
    """
    role = need(unit, "planner", "steering")
    goal = lookup.goal(unit, key)
    lookup.expect(goal, expect)
    stages.writable(unit.get(Cycle, goal.cycle_id))
    given.insist(given.missing("text", text), aims.not_rated(status))
    seen = _rated_by(unit, goal, indicator, observation)
    before, goal.status = goal.status, status
    goal.rated_on, goal.rating = unit.day, given.maybe(text)
    goal.rated_observation_id = seen.id if seen else None
    unit.tell(goal, "rated", move=(before, status), role=role)
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)
    return goal


def _rated_by(
    unit: Unit, goal: Goal, indicator: str | None, period_end: date | None
) -> Observation | None:
    """Give the value a rating rests on: of the period named, else the latest there is."""
    current = lookup.every(unit, GoalTarget, goal_id=goal.id, replaced_on=None)
    if not current:
        return None
    aim = aims.only(unit, goal, indicator) if indicator or period_end else current[0]
    if period_end and aim.area_id:
        measured, place = aims.indicator_of(unit, aim), unit.get(Area, aim.area_id)
        return observations.known(
            unit, measured, place, period_end, version=aim.indicator_version_id
        )
    values = lookup.every(
        unit,
        Observation,
        indicator_version_id=aim.indicator_version_id,
        area_id=aim.area_id,
        breakdown="",
    )
    told = [each for each in values if each.value is not None]
    return max(told, key=lambda o: (o.period_end, o.vintage), default=None)
