"""How a goal comes to hold: who agreed on its wording, who adopted it."""

from datetime import date

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.decisions import Body, Consultation, Decision, DecisionSubject
from cycle.model.goals import Goal, GoalAgreement, GoalTarget
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages
from cycle.usecases.rights import need

NO_OWNER = N_("Nobody answers for it yet: `cycle goal edit {key} --owner DEPARTMENT`.")
NO_DAY = N_("It has no day yet: `cycle goal edit {key} --due DATE`.")
NO_TARGET = N_(
    "It has neither target nor criterion: `cycle goal target {key} --indicator CODE --value NUMBER"
    " --date DATE`, or `cycle goal edit {key} --criterion TEXT`."
)


def agree(
    unit: Unit,
    key: str,
    *,
    on: date | None = None,
    kind: str = "agreed",
    body: str | None = None,
    department: str | None = None,
    note: str | None = None,
) -> GoalAgreement:
    """Note who agreed on the wording as it stands, objected to it or wants it amended."""
    role = need(unit, "planner", "committee_clerk")
    goal = lookup.goal(unit, key)
    given.insist(given.ahead(unit, "on", on or unit.day))
    before = goal.status
    if before == "draft" and kind != "objected":
        goal.status = "agreed"
    move = (before, goal.status) if before != goal.status else (None, None)
    unit.tell(goal, "agreed", move=move, role=role, kind=kind, body=body, department=department)
    goal.updated_at = unit.now
    agreement = _agreement(unit, goal, on or unit.day, kind, given.maybe(note))
    agreement.body_id = lookup.body(unit, body).id if body else None
    agreement.org_unit_id = lookup.department(unit, department).id if department else None
    _settle(unit, goal)
    return agreement


def adopt(
    unit: Unit,
    key: str,
    *,
    decision: str | None = None,
    on: date | None = None,
    body: str | None = None,
    department: str | None = None,
    note: str | None = None,
    expect: int | None = None,
) -> Goal:
    """Adopt a goal; with a decision or a body named, that is its recorded agreement too.

    Raises Invalid with all it lacks: who answers for it, and if operational a due day and a target
    or a criterion; Conflict where it is adopted already.
    """
    role = need(unit, "planner", "committee_clerk", "steering")
    goal = lookup.goal(unit, key)
    lookup.expect(goal, expect)
    _not_yet(goal)
    decided = lookup.decision(unit, decision) if decision else None
    day = on or (decided.decided_on if decided else unit.day)
    _insist_whole(unit, goal, decided, day)
    before, goal.status = goal.status, "adopted"
    unit.tell(goal, "adopted", move=(before, "adopted"), role=role, decision=decision)
    heard = lookup.body(unit, body) if body else _body_of(unit, decided)
    office = lookup.department(unit, department) if department else None
    if heard or office or decided:
        agreement = _agreement(unit, goal, day, "agreed", given.maybe(note) or decision)
        agreement.body_id = heard.id if heard else None
        agreement.org_unit_id = office.id if office else None
    if decided and not lookup.by(unit, DecisionSubject, decision_id=decided.id, goal_id=goal.id):
        unit.add(DecisionSubject(decision_id=decided.id, goal_id=goal.id))
    _settle(unit, goal)
    return goal


def _agreement(unit: Unit, goal: Goal, on: date, kind: str, note: str | None) -> GoalAgreement:
    return unit.add(
        GoalAgreement(goal_id=goal.id, kind=kind, wording=goal.text, on_date=on, note=note)
    )


def _not_yet(goal: Goal) -> None:
    if goal.status not in {"draft", "agreed"}:
        raise Conflict(
            N_("{key} is {status} already."),
            code="out_of_turn",
            fix=N_("`cycle goal show {key}` shows it; `cycle goal revise {key}` changes it."),
            key=goal.ref,
            status=goal.status,
        )


def _body_of(unit: Unit, decision: Decision | None) -> Body | None:
    if decision is None or decision.consultation_id is None:
        return None
    body_id = unit.get(Consultation, decision.consultation_id).body_id
    return unit.get(Body, body_id) if body_id else None


def _insist_whole(unit: Unit, goal: Goal, decided: Decision | None, day: date) -> None:
    """Find everything an adoption lacks, each with the command that supplies it."""
    operational = goal.level == "operational"
    aimed = goal.qualitative_criterion or lookup.by(
        unit, GoalTarget, goal_id=goal.id, replaced_on=None
    )
    adopted = decided is None or decided.result in {"adopted", "adopted_amended"}
    given.insist(
        given.ahead(unit, "on", day),
        None if adopted else _lack(goal, "decision", N_("The decision adopted nothing.")),
        None if goal.owner_id else _lack(goal, "owner", NO_OWNER),
        _lack(goal, "due", NO_DAY) if operational and goal.due is None else None,
        _lack(goal, "target", NO_TARGET) if operational and not aimed else None,
    )


def _lack(goal: Goal, pointer: str, says: str) -> Fault:
    return Fault(pointer, "missing", says, {"key": goal.ref})


def _settle(unit: Unit, goal: Goal) -> None:
    unit.session.flush()
    stages.settle(unit, goal.cycle_id)
