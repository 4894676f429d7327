"""A measure that was turned down and is wanted again: a new one that knows where it comes from."""

from typing import Any

from cycle.errors import Conflict
from cycle.i18n import N_
from cycle.machine.measures import MEASURES
from cycle.model.duties import Consequence
from cycle.model.goals import Goal
from cycle.model.measures import (
    Measure,
    MeasureFields,
    MeasureFinding,
    MeasureGoal,
    MeasureLink,
)
from cycle.store.unit import Unit
from cycle.usecases import lineage, lookup, measures, stages
from cycle.usecases.duties import lead_of
from cycle.usecases.rights import own

_OF_THEN = frozenset({"planned_start", "planned_end", "period_text"})  # times that were meant then
_TURNED_DOWN = frozenset({"rejected", "cancelled"})


def log_again(
    unit: Unit,
    key: str,
    **changes: Any,  # noqa: ANN401 - the words of `measures.edit`
) -> Measure:
    """Log a measure anew that was rejected or dropped; the old one stays as it is.

    It takes on words, ties and lineage, gets a key of its own in the open round, and its
    consequences are open with the old text as proposal. What is named in `changes` differs.
    Raises NotFound, Forbidden, Conflict where the measure was not turned down or is replaced by a
    live one already, and what `measures.log` raises.
    """
    old = lookup.measure(unit, key)
    own(unit, lead_of(unit, old), "department_head", "planner")
    _turned_down(unit, old)
    round_ = lookup.cycle(unit, changes.pop("cycle")) if "cycle" in changes else None
    here = round_ or measures.latest_open(unit)
    stages.writable(here)
    kept = {n: getattr(old, n) for n in MeasureFields.model_fields if n not in _OF_THEN}
    lead = changes.get("lead") or lead_of(unit, old)
    heir = measures.log(unit, cycle=here.ref, **kept | {"lead": lead})
    heir.lineage_id = old.lineage_id
    lineage.tie(unit, old, heir, "replaced")
    lineage.copy_ties(unit, old, heir, here)
    for tie in lookup.every(unit, MeasureFinding, measure_id=old.id):
        unit.add(MeasureFinding(measure_id=heir.id, finding_id=tie.finding_id))
    _propose(unit, old, heir)
    _cover(unit, heir)
    unit.tell(heir, "wanted_again", predecessor=old.ref)
    unit.session.flush()
    return measures.edit(unit, heir.ref, **changes) if changes else heir


def _turned_down(unit: Unit, old: Measure) -> None:
    if old.state not in _TURNED_DOWN or old.reason_code == "entered_in_error":
        raise Conflict(
            N_("{key} was not rejected or dropped ({state}), so it cannot be wanted again."),
            code="not_turned_down",
            fix=N_("Log a new measure with `cycle measure log`."),
            key=old.ref,
            state=old.state,
        )
    heir = _replacement(unit, old)
    if heir is not None:
        raise Conflict(
            N_("{key} was taken up again already, as {heir}."),
            code="duplicate",
            fix=N_("Work with {heir}: `cycle measure show {heir}`."),
            key=old.ref,
            heir=heir.ref,
        )


def _replacement(unit: Unit, old: Measure) -> Measure | None:
    """Give the measure that took its place, unless that was turned down too."""
    for link in lookup.every(unit, MeasureLink, predecessor_id=old.id, kind="replaced"):
        heir = unit.get(Measure, link.successor_id)
        if MEASURES.state(heir.state).stage is not None:
            return heir
    return None


def _propose(unit: Unit, old: Measure, heir: Measure) -> None:
    """Let the old texts stand as proposals for the four consequences, all of them open."""
    before = {c.kind: c for c in lookup.every(unit, Consequence, measure_id=old.id)}
    for row in lookup.every(unit, Consequence, measure_id=heir.id):
        row.proposal = before[row.kind].text or before[row.kind].proposal


def _cover(unit: Unit, heir: Measure) -> None:
    for tie in lookup.every(unit, MeasureGoal, measure_id=heir.id):
        unit.get(Goal, tie.goal_id).uncovered = False
