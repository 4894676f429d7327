"""The tree of goals: guiding above intermediate above operational, and never in a circle."""

from collections.abc import Sequence

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.goals import Goal
from cycle.store.unit import Unit
from cycle.usecases import given

RUNGS = {"guiding": 0, "intermediate": 1, "operational": 2}  # an open goal is on none yet


def fit(unit: Unit, goal: Goal, above: Goal | None, below: Sequence[Goal]) -> None:
    """Raise Invalid unless the goal stands exactly one level under `above` and over `below`."""
    given.insist(
        _circle(unit, goal, above),
        _rung(goal, above) if above else None,
        *(_rung(child, goal) for child in below),
    )


def _rung(child: Goal, above: Goal) -> Fault | None:
    upper, lower = RUNGS.get(above.level), RUNGS.get(child.level)
    if lower == 0:
        says = N_("{key} is a guiding goal; nothing stands above it.")
        return Fault("parent", "wrong_level", says, {"key": child.ref})
    if upper is None or lower is None or lower == upper + 1:
        return None
    if (upper, lower) == (0, 2):
        if child.skip_reason:
            return None
        says = N_("{key} skips the intermediate level under {parent}; say why with --skip-reason.")
        return Fault("skip_reason", "missing", says, {"key": child.ref, "parent": above.ref})
    says = N_("{key} ({level}) cannot stand under {parent} ({above}): that is not one level up.")
    values = {"key": child.ref, "level": child.level, "parent": above.ref, "above": above.level}
    return Fault("parent", "wrong_level", says, values)


def _circle(unit: Unit, goal: Goal, above: Goal | None) -> Fault | None:
    ancestor = above
    while ancestor:
        if ancestor.id == goal.id:
            says = N_("{key} would stand above itself; goals are a tree.")
            return Fault("parent", "circle", says, {"key": goal.ref})
        parent_id = ancestor.parent_id
        ancestor = unit.get(Goal, parent_id) if parent_id else None
    return None
