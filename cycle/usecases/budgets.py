"""Money for a measure, by year and source; and what follows where less of it comes than planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.duties import BudgetLine, Consequence, Deadline
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import lead_of, owing
from cycle.usecases.effects import BUDGET_CHOICE
from cycle.usecases.moves import owe, settle
from cycle.usecases.policy import policy
from cycle.usecases.rights import own

_BOUND = frozenset({"approved", "in_progress", "suspended"})  # it rests on the money
_RUNNING = frozenset({"approved", "in_progress"})  # a suspended one is chosen for already
_TO_REVISE = ("consequence_open", "financial_not_countersigned")


def set_line(
    unit: Unit,
    key: str,
    year: int,
    *,
    funding: str = "own",
    planned: int | None = None,
    approved: int | None = None,
    committed: int | None = None,
    spent: int | None = None,
    grant_ref: str | None = None,
    grant_end: date | None = None,
) -> BudgetLine:
    """Write the line of one year and one source, amounts in cents; what is not given stays.

    Approved money lifts a budget reservation, so a department does not enter it itself. Where
    less is approved than before or than was planned, the measure stays where it is, but its
    financial consequences are to be revised; far less asks the steering group what becomes of
    it. The books of a closed measure stay open: invoices arrive late.
    """
    measure = lookup.measure(unit, key)
    department = ("department_head",) if approved is None else ()
    role = own(unit, lead_of(unit, measure), "finance", "planner", *department)
    words = {
        "planned_cents": planned, "approved_cents": approved, "committed_cents": committed,
        "spent_cents": spent, "grant_ref": given.maybe(grant_ref), "grant_end": grant_end,
    }  # fmt: skip
    said = {name: value for name, value in words.items() if value is not None}
    given.insist(None if said else _NOTHING)
    line = lookup.by(unit, BudgetLine, measure_id=measure.id, year=year, funding=funding)
    line = line or unit.add(BudgetLine(measure_id=measure.id, year=year, funding=funding))
    before = _Before(line.planned_cents, line.approved_cents)
    for name, value in said.items():
        setattr(line, name, value)
    unit.tell(line, "set", key=measure.ref, role=role, year=year, funding=funding)
    if approved is not None:
        _approved(unit, measure, line, before, role)
    settle(unit, measure)
    return line


def keep(unit: Unit, key: str, *, reason: str) -> Measure:
    """Decide that a measure goes on, adapted to the money it was left; the reason is kept.

    By the steering group. Raises Forbidden, Invalid without a reason, Conflict where there is
    nothing to decide.
    """
    measure, role = owing(unit, key, "steering")
    why = given.text("reason", reason)
    asked = _asked(unit, measure)
    if not asked:
        raise Conflict(
            N_("{key}: no cut of its budget waits for a decision."),
            code="nothing_to_decide",
            fix=N_("`cycle budget show {key}` shows its money."),
            key=measure.ref,
        )
    for deadline in asked:
        deadline.met_on = unit.day
        unit.tell(deadline, "kept", key=measure.ref, role=role, reason=why)
    settle(unit, measure)
    return measure


@dataclass(frozen=True, slots=True)
class _Before:
    """What a line held until now."""

    planned_cents: int
    approved_cents: int

    def cut_by(self, line: BudgetLine) -> bool:
        """Tell whether less is approved than before, or than was planned; nothing is less too."""
        expected = self.approved_cents or self.planned_cents or line.planned_cents
        changed = line.approved_cents != self.approved_cents or line.approved_cents == 0
        return changed and line.approved_cents < expected


def _approved(unit: Unit, measure: Measure, line: BudgetLine, before: _Before, role: str) -> None:
    """Do what follows from money that was approved, or was not."""
    if line.approved_cents:
        _lift(unit, measure)
    if measure.state not in _BOUND:
        return
    low = _falls_short(unit, line)
    if before.cut_by(line):
        _reopen(unit, measure, role)
        if low and measure.state in _RUNNING:
            _ask(unit, measure, line.year)
    elif not low:
        for deadline in _asked(unit, measure, line.year):
            deadline.met_on = unit.day


def _lift(unit: Unit, measure: Measure) -> None:
    """Let go of the reservation: the money is there (S2)."""
    for deadline in lookup.every(
        unit, Deadline, measure_id=measure.id, code="budget_reservation", met_on=None
    ):
        deadline.met_on = unit.day


def _falls_short(unit: Unit, line: BudgetLine) -> bool:
    """Tell whether the year got less of its plan than a measure can go on with.

    Sources that nobody has decided on yet count neither way.
    """
    year = lookup.every(unit, BudgetLine, measure_id=line.measure_id, year=line.year)
    told = [each for each in year if each.approved_cents or each is line]
    planned = sum(each.planned_cents for each in told)
    approved = sum(each.approved_cents for each in told)
    return approved < planned * policy(unit.town).budget_cut_share


def _reopen(unit: Unit, measure: Measure, role: str) -> None:
    """Ask for the financial consequences anew: the old text becomes a proposal, amounts stay."""
    row = lookup.by(unit, Consequence, measure_id=measure.id, kind="financial")
    if row is not None and row.state != "open":
        row.state, row.proposal, row.text = "open", row.text or row.proposal, None
        row.assessed_by = row.assessed_on = None
        row.countersigned_on = row.countersigned_by = row.countersign_ref = None
        unit.tell(row, "reopened", key=measure.ref, role=role, kind=row.kind)
        unit.session.flush()
    owe(unit, measure, "budget_cut", _TO_REVISE)


def _ask(unit: Unit, measure: Measure, year: int) -> None:
    """Give the steering group a day to choose: suspend, cancel, or go on adapted."""
    due = unit.day + timedelta(days=policy(unit.town).budget_choice_days)
    if not _asked(unit, measure, year):
        unit.add(Deadline(measure_id=measure.id, code=BUDGET_CHOICE, text=str(year), due=due))


def _asked(unit: Unit, measure: Measure, year: int | None = None) -> list[Deadline]:
    """Give the choices still open on a measure, or those over the money of one year."""
    words = {"measure_id": measure.id, "code": BUDGET_CHOICE, "met_on": None}
    return lookup.every(unit, Deadline, **words | ({"text": str(year)} if year else {}))


_NOTHING = Fault(
    "planned",
    "missing",
    N_("An amount is missing: planned, approved, committed or spent."),
    {"name": "planned"},
)
