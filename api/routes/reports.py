"""Reports of a round: written, approved, presented, published."""

from typing import Any

from api.addresses import new
from api.answers import ReportOut
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.parts import said
from api.problems import invalid
from api.shapes import reports as shapes
from api.shapes.base import Past
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.reading import reports as reading
from cycle.usecases import reports

TAKES = {  # what a step of a report asks: needed, and beside it
    "approve": ((), ()),
    "present": (("body", "on"), ("paper", "outcome")),
    "publish": ((), ("url",)),
}
MOVERS = frozenset({"planner", "committee_clerk"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    found = reading.listed(call.reader, cycle=call.query.cycle, sees_internal=call.sight.internal)
    return cut(call, found, "key")


def _add(call: Call) -> Made:
    return new("reports", "report", reports.add(call.unit, **said(call)).ref)


def _move(call: Call) -> Made:
    words = said(call)
    name = words.pop("name")
    needed, more = TAKES[name]
    faults = [Fault(f"/{n}", "missing", N_("This is missing.")) for n in needed if n not in words]
    says = N_("This holds a field that this move does not take.")
    known = {*needed, *more}
    faults += [Fault(f"/{n}", "unknown_field", says) for n in words if n not in known]
    if faults:
        raise invalid(faults)
    return Made("report", getattr(reports, name)(call.unit, call.key, **words).ref)


ROUTES = (
    Route(
        method="GET", path="/v1/reports", name="list_reports", says="List reports",
        rights=EVERYONE, run=_list, query=shapes.Reports, answer=list[reading.ReportRow],
    ),
    Route(
        method="POST", path="/v1/reports", name="add_report", says="Write down a report",
        rights=frozenset({"planner"}), run=_add, body=shapes.ReportIn, status=201,
        answer=ReportOut, shown_by="show_report",
    ),
    Route(
        method="GET", path="/v1/reports/{key}", name="show_report",
        says="Show a report with its findings", rights=EVERYONE, query=Past, noun="report",
        run=lambda call: call.show("report", call.find("report")),
    ),
    Route(
        method="POST", path="/v1/reports/{key}/transitions", name="move_report",
        says="Approve, present or publish a report", rights=MOVERS, run=_move,
        body=shapes.ReportMove, noun="report", matches=True,
    ),
)  # fmt: skip
