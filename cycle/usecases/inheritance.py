"""What goes over to the successors of a merge or split; what was, stays with the predecessors."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from sqlmodel import SQLModel

from cycle.model.columns import PROSE
from cycle.model.duties import (
    BudgetLine,
    Consequence,
    Deadline,
    Enforcement,
    EvaluationPlan,
    Milestone,
    Participation,
    ParticipationArea,
    ParticipationGroup,
)
from cycle.model.goals import Goal
from cycle.model.measures import (
    Measure,
    MeasureArea,
    MeasureField,
    MeasureFinding,
    MeasureGoal,
    MeasurePartner,
)
from cycle.store.unit import Unit
from cycle.usecases import lifting, lineage, lookup

R = TypeVar("R", bound=SQLModel)
_MONEY = ("planned_cents", "approved_cents", "committed_cents", "spent_cents")
_OWN_DUE = frozenset({"progress_due"})  # the successor is asked for reports of its own


def name_lead(
    sources: Sequence[Measure], heirs: Sequence[Measure], shares: Sequence[Fraction]
) -> None:
    """Let successors nobody leads be led by whoever had the biggest share, before it is judged."""
    first = sources[shares.index(max(shares))] if len(shares) == len(sources) else sources[0]
    for heir in heirs:
        heir.lead_id = heir.lead_id or first.lead_id


def pass_on(
    unit: Unit, sources: Sequence[Measure], heirs: Sequence[Measure], shares: Sequence[Fraction]
) -> None:
    """Link predecessors and successors; hand on money by share, and all else that is to go on.

    Of several predecessors the one with the biggest share comes first.
    """
    merging = len(sources) > 1 or len(heirs) == 1
    pairs = [(s, heirs[0]) for s in sources] if merging else [(sources[0], h) for h in heirs]
    done = Fraction(0)
    for (source, heir), share in zip(pairs, shares, strict=True):
        kind = "merged" if merging else "split"
        lineage.tie(unit, source, heir, kind, Decimal(share.numerator) / share.denominator)
        before, done = (Fraction(0), Fraction(1)) if merging else (done, done + share)
        _money(unit, source, heir, before, done)
    share_of = {source.ref: share for (source, _), share in zip(pairs, shares, strict=True)}
    first = sorted(sources, key=lambda s: -share_of[s.ref])
    for heir in heirs:
        _inherit(unit, first, heir)
        lifting.lift(unit, heir, first)


def _inherit(unit: Unit, sources: Sequence[Measure], heir: Measure) -> None:
    _goals(unit, sources, heir)
    _places(unit, sources, heir)
    _partners(unit, sources, heir)
    for source in sources:
        lineage.keep_decisions(unit, source, heir)
        _findings(unit, source, heir)
        _steps(unit, source, heir)
        _deadlines(unit, source, heir)
        _involvement(unit, source, heir)
    for model in (EvaluationPlan, Enforcement):
        _where_none(unit, model, sources, heir)
    _proposals(unit, sources, heir)
    unit.session.flush()


def _money(unit: Unit, source: Measure, heir: Measure, before: Fraction, after: Fraction) -> None:
    """Carry the part of every line between two shares of the whole on, so that no cent is lost.

    What was spent goes along: what is left is known where it is spent from now on.
    """
    for line in lookup.every(unit, BudgetLine, measure_id=source.id):
        there = lookup.by(
            unit, BudgetLine, measure_id=heir.id, year=line.year, funding=line.funding
        ) or unit.add(BudgetLine(measure_id=heir.id, year=line.year, funding=line.funding))
        for name in _MONEY:
            cents = getattr(line, name)
            part = round(cents * after) - round(cents * before)
            setattr(there, name, (getattr(there, name) or 0) + part)
        there.grant_ref = there.grant_ref or line.grant_ref
        there.grant_end = min(filter(None, (there.grant_end, line.grant_end)), default=None)
        unit.tell(there, "carried_over", key=heir.ref, of=source.ref, year=line.year)


def _goals(unit: Unit, sources: Sequence[Measure], heir: Measure) -> None:
    """Let the successor serve every goal, those of its own round where they were taken on.

    Its main goal is its own, else that of the predecessor that comes first.
    """
    ties = {t.goal_id: t for t in lookup.every(unit, MeasureGoal, measure_id=heir.id)}
    has_main = any(t.contribution == "main" for t in ties.values())
    for source in sources:
        old = lookup.every(unit, MeasureGoal, measure_id=source.id)
        for tie in sorted(old, key=lambda t: t.contribution):  # main before side
            taken_on = lookup.by(unit, Goal, predecessor_id=tie.goal_id, cycle_id=heir.cycle_id)
            goal = taken_on or unit.get(Goal, tie.goal_id)
            role = "side" if has_main else tie.contribution
            has_main = has_main or role == "main"
            if goal.id not in ties:
                ties[goal.id] = unit.add(MeasureGoal(measure_id=heir.id, goal_id=goal.id))
                ties[goal.id].contribution = role
            goal.uncovered = False


def _places(unit: Unit, sources: Sequence[Measure], heir: Measure) -> None:
    """Let it work where the predecessors did, in their fields, unless it says otherwise itself."""
    says = heir.citywide or lookup.every(unit, MeasureArea, measure_id=heir.id)
    if not says:
        heir.citywide = any(source.citywide for source in sources)
        _all_ends(unit, MeasureArea, "area_id", sources, heir)
    if not lookup.every(unit, MeasureField, measure_id=heir.id):
        _all_ends(unit, MeasureField, "field_id", sources, heir)


def _all_ends(
    unit: Unit, model: type[SQLModel], column: str, sources: Sequence[Measure], heir: Measure
) -> None:
    ends = [getattr(t, column) for s in sources for t in lookup.every(unit, model, measure_id=s.id)]
    for end in dict.fromkeys(ends):
        unit.add(model(measure_id=heir.id, **{column: end}))


def _partners(unit: Unit, sources: Sequence[Measure], heir: Measure) -> None:
    """Let partners stay partners; what they promised counts on where they are named."""
    here = {t.org_unit_id: t for t in lookup.every(unit, MeasurePartner, measure_id=heir.id)}
    open_ = not here
    for old in (t for s in sources for t in lookup.every(unit, MeasurePartner, measure_id=s.id)):
        if open_ and old.org_unit_id not in {*here, heir.lead_id}:
            here[old.org_unit_id] = unit.add(
                MeasurePartner(measure_id=heir.id, org_unit_id=old.org_unit_id)
            )
        there = here.get(old.org_unit_id)
        if there and there.committed_on is None:
            there.committed_on, there.commitment = old.committed_on, old.commitment


def _findings(unit: Unit, source: Measure, heir: Measure) -> None:
    known = {t.finding_id for t in lookup.every(unit, MeasureFinding, measure_id=heir.id)}
    for tie in lookup.every(unit, MeasureFinding, measure_id=source.id):
        if tie.finding_id not in known:
            unit.add(MeasureFinding(measure_id=heir.id, finding_id=tie.finding_id))


def _steps(unit: Unit, source: Measure, heir: Measure) -> None:
    """Go on with the open milestones, late ones too; one of the same name and day is there once."""
    here = lookup.every(unit, Milestone, measure_id=heir.id)
    known, last = {(m.title, m.due) for m in here}, max((m.no for m in here), default=0)
    for old in sorted(lookup.every(unit, Milestone, measure_id=source.id), key=lambda m: m.no):
        if old.done_on or old.dropped_on or (old.title, old.due) in known:
            continue
        last += 1
        unit.add(Milestone(measure_id=heir.id, no=last, title=old.title, due=old.due))


def _deadlines(unit: Unit, source: Measure, heir: Measure) -> None:
    """Keep the dates a decision, a grant or a law set."""
    for old in lookup.every(unit, Deadline, measure_id=source.id, met_on=None):
        if old.code not in _OWN_DUE:
            _copy(unit, old, heir)


def _involvement(unit: Unit, source: Measure, heir: Measure) -> None:
    """Let the involvement of people count on; heads stay counted once, what came of it is open."""
    for old in lookup.every(unit, Participation, measure_id=source.id):
        new = _copy(unit, old, heir)
        new.invited = new.participants = new.effect_on_plan = None
        unit.session.flush()
        for group in lookup.every(unit, ParticipationGroup, participation_id=old.id):
            unit.add(ParticipationGroup(participation_id=new.id, group=group.group))
        for place in lookup.every(unit, ParticipationArea, participation_id=old.id):
            unit.add(ParticipationArea(participation_id=new.id, area_id=place.area_id))


def _where_none(
    unit: Unit, model: type[SQLModel], sources: Sequence[Measure], heir: Measure
) -> None:
    if not lookup.every(unit, model, measure_id=heir.id):
        for old in (r for s in sources for r in lookup.every(unit, model, measure_id=s.id)):
            _copy(unit, old, heir)


def _proposals(unit: Unit, sources: Sequence[Measure], heir: Measure) -> None:
    """Put the words of the old consequences beside the open ones, to be assessed anew."""
    for row in lookup.every(unit, Consequence, measure_id=heir.id, state="open", proposal=None):
        said = [
            f"{source.ref}: {old.text}"
            for source in sources
            for old in lookup.every(unit, Consequence, measure_id=source.id, kind=row.kind)
            if old.text
        ]
        row.proposal = "\n".join(said)[:PROSE] or None


def _copy(unit: Unit, old: R, heir: Measure) -> R:
    """Write the same down for the successor."""
    own = {"id", "municipality_id", "created_at", "updated_at", "version", "measure_id"}
    said = {name: getattr(old, name) for name in type(old).model_fields if name not in own}
    return unit.add(type(old)(**said, measure_id=heir.id))
