"""Money for a measure, by year and source."""

from datetime import date

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.duties import BudgetLine
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import lead_of
from cycle.usecases.moves import settle
from cycle.usecases.rights import own


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

    Approved money lifts a budget reservation, so a department does not enter it itself. The
    books of a closed measure stay open: invoices arrive late.
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
    for name, value in said.items():
        setattr(line, name, value)
    unit.tell(line, "set", key=measure.ref, role=role, year=year, funding=funding)
    settle(unit, measure)
    return line


_NOTHING = Fault(
    "planned",
    "missing",
    N_("An amount is missing: planned, approved, committed or spent."),
    {"name": "planned"},
)
