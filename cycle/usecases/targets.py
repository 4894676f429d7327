"""What a goal wants to reach, measured by a pinned definition, and revised openly."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from cycle.errors import Conflict, Invalid
from cycle.i18n import N_
from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalAgreement, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.space import Area
from cycle.store.unit import Unit
from cycle.usecases import aims, given, indicators, lookup, observations, paths, stages
from cycle.usecases.aims import Ground
from cycle.usecases.paths import Step
from cycle.usecases.rights import need

Day = date  # a target has a `date` of its own


class TargetChanges(TypedDict, total=False):
    """What a revision may change in a target."""

    value: Decimal | None
    date: Day | None
    baseline: Day | None  # end of the period of the value it starts from
    tolerance: Decimal | None
    reverse_reason: str | None
    data_plan: str | None
    path: Sequence[Step] | None  # by which days which values are expected on the way


class TargetWords(TargetChanges, total=False):
    """What may be said of a new target beside its indicator and area."""

    kind: str


def target(
    unit: Unit,
    key: str,
    *,
    indicator: str,
    area: str | None = None,
    **words: Unpack[TargetWords],
) -> GoalTarget:
    """Set a target of a goal for an area, the whole town where none is named.

    `baseline` is the end of the period whose value is the starting point. Pins the definition in
    force; a goal without a day of its own takes the target's. Raises Forbidden, NotFound, Invalid
    with every fault, Conflict where such a target stands.
    """
    role = need(unit, "planner", "statistician")
    goal = lookup.goal(unit, key)
    stages.writable(unit.get(Cycle, goal.cycle_id))
    place = lookup.area(unit, area) if area else aims.whole_town(unit)
    ground = _ground(unit, lookup.indicator(unit, indicator), place, words.get("baseline"))
    _alone(unit, goal, ground)
    aim = GoalTarget(
        goal_id=goal.id, area_id=place.id if place else None, kind=words.get("kind", "reach"),
        indicator_version_id=ground.version.id,
    )  # fmt: skip
    say(unit, aim, ground, words)
    goal.due = goal.due or aim.target_date
    unit.tell(goal, "target_set", role=role, **aims.told(aim, ground))
    goal.updated_at = unit.now
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)
    return aim


def revise(
    unit: Unit,
    key: str,
    *,
    reason: str,
    indicator: str | None = None,
    area: str | None = None,
    text: str | None = None,
    due: Day | None = None,
    criterion: str | None = None,
    expect: int | None = None,
    **words: Unpack[TargetChanges],
) -> Goal:
    """Change what a goal promises, with the reason; the old target and wording are kept.

    `indicator` and `area` say which target where a goal has several. A new baseline is read under
    the definition in force, which pins the target anew. Raises Invalid, Conflict.
    """
    role = need(unit, "planner")
    goal = lookup.goal(unit, key)
    lookup.expect(goal, expect)
    stages.writable(unit.get(Cycle, goal.cycle_id))
    given.insist(given.missing("reason", reason))
    why = given.text("reason", reason)
    old = aims.only(unit, goal, indicator, area) if _told(words) else None
    _reword(unit, goal, given.maybe(text), why)
    goal.due = due or goal.due
    goal.qualitative_criterion = given.maybe(criterion) or goal.qualitative_criterion
    told = _replace(unit, old, why, words) if old else {}
    unit.tell(goal, "revised", role=role, reason=why, **told)
    goal.updated_at = unit.now
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)
    return goal


def _told(words: TargetChanges) -> bool:
    return any(each is not None for each in words.values())


def _reword(unit: Unit, goal: Goal, wording: str | None, why: str) -> None:
    """Give a goal a new wording and keep, among its agreements, when and why."""
    if wording:
        goal.text = wording
        unit.add(
            GoalAgreement(
                goal_id=goal.id, kind="amended", wording=wording, on_date=unit.day, note=why
            )
        )


def _replace(unit: Unit, old: GoalTarget, why: str, words: TargetChanges) -> dict[str, Any]:
    """Put a new target in the place of an old one, and give what the journal says of it."""
    measured = aims.indicator_of(unit, old)
    place = unit.get(Area, old.area_id) if old.area_id else None
    if words.get("baseline"):
        ground = _ground(unit, measured, place, words.get("baseline"))
    else:
        version = unit.get(IndicatorVersion, old.indicator_version_id)
        start = unit.get(Observation, old.baseline_id) if old.baseline_id else None
        ground = Ground(measured, version, place, start)
    new = GoalTarget(**old.model_dump(include=aims.KEPT), replaces_id=old.id)
    new.indicator_version_id = ground.version.id
    old.replaced_on, old.replaced_reason = unit.day, why
    say(unit, new, ground, words, paths.steps_of(unit, old))
    return aims.told(new, ground)


def say(
    unit: Unit,
    aim: GoalTarget,
    ground: Ground,
    words: TargetChanges,
    steps: Sequence[Step] = (),
) -> None:
    """Write a target with what was said of it, checked against the ground it stands on.

    `steps` are those on its way as long as no others are told.
    """
    aim.target_value = words.get("value", aim.target_value)
    aim.target_date = words.get("date", aim.target_date)
    aim.tolerance = words.get("tolerance", aim.tolerance)
    aim.reverse_reason = given.maybe(words.get("reverse_reason")) or aim.reverse_reason
    aim.data_plan = given.maybe(words.get("data_plan")) or aim.data_plan
    aim.baseline_id = ground.start.id if ground.start else None
    way = steps if words.get("path") is None else words["path"] or ()
    aim.path = "stepped" if way else "linear"
    given.insist(*aims.faults(aim, ground), *paths.faults(aim, ground.start, way))
    unit.add(aim)
    paths.lay(unit, aim, way)


def _ground(unit: Unit, measured: Indicator, place: Area | None, baseline: Day | None) -> Ground:
    """Give what a target stands on: indicator, definition in force, area, starting value."""
    version = indicators.current(unit, measured)
    if baseline is None:
        return Ground(measured, version, place)
    if place is None:
        raise Invalid(
            N_("Without an area there is no baseline."),
            fix=N_("Name the area with --area; `cycle area list` shows them."),
        )
    start = observations.known(unit, measured, place, baseline, version=version.id)
    return Ground(measured, version, place, start)


def _alone(unit: Unit, goal: Goal, ground: Ground) -> None:
    area_id = ground.area.id if ground.area else None
    for other in lookup.every(unit, GoalTarget, goal_id=goal.id, replaced_on=None):
        if other.area_id == area_id and aims.indicator_of(unit, other) is ground.indicator:
            raise Conflict(
                N_("{key} has a target with the indicator {indicator} for this area already."),
                code="duplicate",
                fix=N_("Change it with `cycle goal revise {key} --reason REASON`."),
                key=goal.ref,
                indicator=ground.indicator.code,
            )
