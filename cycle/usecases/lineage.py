"""From one measure to the next: links, successors in the next round, their heirs and proposals."""

from decimal import Decimal

from cycle.ids import new_id
from cycle.machine.measures import TOLD
from cycle.model.cycles import Cycle
from cycle.model.decisions import DecisionSubject
from cycle.model.duties import BudgetLine, Consequence, Milestone
from cycle.model.evaluations import Disposition, Evaluation
from cycle.model.goals import Goal
from cycle.model.measures import (
    Measure,
    MeasureArea,
    MeasureField,
    MeasureFields,
    MeasureGoal,
    MeasureLink,
    MeasurePartner,
)
from cycle.store.unit import Unit
from cycle.usecases import lookup

_KINDS = {"continue": "carried_over", "adapt": "adapted"}


def tie(
    unit: Unit, before: Measure, after: Measure, kind: str, share: Decimal | None = None
) -> None:
    """Write down that one measure came of another."""
    if not lookup.by(unit, MeasureLink, predecessor_id=before.id, successor_id=after.id):
        unit.add(
            MeasureLink(
                predecessor_id=before.id,
                successor_id=after.id,
                kind=kind,
                share=share,
                on_date=unit.day,
            )
        )


def evaluation_of(unit: Unit, key: str | None) -> str | None:
    """Give the id of an evaluation by its key."""
    found = lookup.by(unit, Evaluation, ref=key) if key else None
    return found.id if found else None


def carry_over(unit: Unit, cycle: Cycle) -> list[Measure]:
    """Begin, in a round just opened, the successors its predecessor's dispositions ask for."""
    begun = []
    for measure in lookup.every(unit, Measure, cycle_id=cycle.predecessor_id, state="reported"):
        disposition = lookup.by(unit, Disposition, measure_id=measure.id)
        if disposition and (heir := begin_successor(unit, measure, disposition)):
            begun.append(heir)
    return begun


def begin_successor(unit: Unit, record: Measure, disposition: Disposition) -> Measure | None:
    """Log the successor of a continued or adapted measure in the next round, if that is open."""
    following = lookup.by(unit, Cycle, predecessor_id=record.cycle_id)
    wanted = disposition.choice in _KINDS and disposition.successor_id is None
    if following is None or following.stage == "closed" or not wanted:
        return None
    heir = _log_heir(unit, record, following)
    tie(unit, record, heir, _KINDS[disposition.choice])
    copy_ties(unit, record, heir, following)
    _copy_proposals(unit, record, heir, following)
    if disposition.choice == "continue":
        keep_decisions(unit, record, heir)
    disposition.successor_id = heir.id
    unit.session.flush()
    return heir


def _log_heir(unit: Unit, record: Measure, following: Cycle) -> Measure:
    kept = set(MeasureFields.model_fields) - {"planned_start", "planned_end", "period_text"}
    heir = Measure(
        **{name: getattr(record, name) for name in kept},
        ref=unit.next_key("M", following.period_start.year),
        cycle_id=following.id,
        lineage_id=record.lineage_id,
        lead_id=record.lead_id,
        state_since=unit.day,
    )
    unit.add(heir)
    unit.tell(heir, TOLD["log"], move=(None, "draft"), predecessor=record.ref)
    unit.session.flush()
    return heir


def copy_ties(unit: Unit, record: Measure, heir: Measure, following: Cycle) -> None:
    """Tie a successor to the fields, areas and partners of what it comes of, and to its goals."""
    for field in lookup.every(unit, MeasureField, measure_id=record.id):
        unit.add(MeasureField(measure_id=heir.id, field_id=field.field_id))
    for area in lookup.every(unit, MeasureArea, measure_id=record.id):
        unit.add(MeasureArea(measure_id=heir.id, area_id=area.area_id))
    for partner in lookup.every(unit, MeasurePartner, measure_id=record.id):
        unit.add(MeasurePartner(measure_id=heir.id, org_unit_id=partner.org_unit_id))
    for link in lookup.every(unit, MeasureGoal, measure_id=record.id):
        goal = _heir_of_goal(unit, unit.get(Goal, link.goal_id), following)
        unit.add(MeasureGoal(measure_id=heir.id, goal_id=goal.id, contribution=link.contribution))


def _heir_of_goal(unit: Unit, goal: Goal, following: Cycle) -> Goal:
    """Give the goal that takes this one on in that round; write it as a draft if none does."""
    if goal.cycle_id == following.id:
        return goal
    found = lookup.by(unit, Goal, predecessor_id=goal.id, cycle_id=following.id)
    if found:
        return found
    heir = unit.add(
        Goal(
            ref=unit.next_key("G", following.period_start.year),
            cycle_id=following.id,
            level=goal.level,
            text=goal.text,
            strand=goal.strand,
            target_group=goal.target_group,
            owner_id=goal.owner_id,
            lineage_id=goal.lineage_id or new_id(),
            predecessor_id=goal.id,
            added_on=unit.day,
        )
    )
    unit.tell(heir, "added", move=(None, "draft"), predecessor=goal.ref)
    unit.session.flush()
    return heir


def _copy_proposals(unit: Unit, record: Measure, heir: Measure, following: Cycle) -> None:
    """Open the four consequences with the old text; move later budget and open milestones on."""
    for old in lookup.every(unit, Consequence, measure_id=record.id):
        unit.add(Consequence(measure_id=heir.id, kind=old.kind, proposal=old.text))
    for line in lookup.every(unit, BudgetLine, measure_id=record.id):
        if line.year >= following.period_start.year:
            line.measure_id = heir.id
    open_steps = [
        step
        for step in lookup.every(unit, Milestone, measure_id=record.id)
        if step.done_on is None and step.dropped_on is None and step.due >= unit.day
    ]
    for number, step in enumerate(sorted(open_steps, key=lambda s: s.due), 1):
        unit.add(Milestone(measure_id=heir.id, no=number, title=step.title, due=step.due))


def keep_decisions(unit: Unit, record: Measure, heir: Measure) -> None:
    """Let the decisions on a measure speak of what came of it too."""
    known = {s.decision_id for s in lookup.every(unit, DecisionSubject, measure_id=heir.id)}
    for subject in lookup.every(unit, DecisionSubject, measure_id=record.id):
        if subject.decision_id not in known:
            unit.add(DecisionSubject(decision_id=subject.decision_id, measure_id=heir.id))
