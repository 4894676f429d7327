"""Reports of a round: written, approved, presented to a body, published."""

from datetime import date

from cycle.errors import Conflict, Fault, Refused
from cycle.i18n import N_
from cycle.machine.cycles import no_finding
from cycle.model.decisions import Consultation, Paper
from cycle.model.reports import Finding, Report
from cycle.store.unit import Unit
from cycle.usecases import carrying, given, lookup, papers, stages
from cycle.usecases.policy import policy
from cycle.usecases.rights import need

HEARD = frozenset(
    {"noted", "adopted", "adopted_amended", "partly_adopted", "recommended", "settled", "no_vote"}
)


def add(
    unit: Unit,
    *,
    cycle: str | None = None,
    title: str,
    kind: str = "social_report",
    reference_date: date | None = None,
    url: str | None = None,
) -> Report:
    """Begin a report of a round and file the feedback findings that waited for it.

    A progress or evaluation report may be added to a closed round too: it takes the feedback of
    measures evaluated late. Raises Forbidden, NotFound, Invalid, Conflict.
    """
    role = need(unit, "planner")
    record = stages.current(unit, cycle)
    if kind not in carrying.WITHIN:
        stages.writable(record)
    given.insist(given.missing("title", title), given.no_link("url", url))
    report = unit.add(
        Report(
            ref=unit.next_key("B", unit.day.year, digits=2),
            cycle_id=record.id,
            kind=kind,
            title=given.text("title", title),
            reference_date=reference_date or unit.day,
            url=given.maybe(url),
        )
    )
    unit.tell(report, "added", move=(None, "draft"), role=role)
    unit.session.flush()
    carrying.file_waiting(unit, report, record)
    return report


def approve(unit: Unit, key: str, *, expect: int | None = None) -> Report:
    """Let a draft pass as the office's own word, before it goes to a body."""
    role = need(unit, "planner")
    report = lookup.report(unit, key)
    lookup.expect(report, expect)
    if report.status != "draft":
        raise _out_of_turn(report)
    report.status, report.approved_on = "approved", unit.day
    unit.tell(report, "approved", move=("draft", "approved"), role=role)
    unit.session.flush()
    return report


def present(
    unit: Unit,
    key: str,
    *,
    body: str,
    on: date,
    paper: str | None = None,
    outcome: str = "noted",
    expect: int | None = None,
) -> Report:
    """Record that a body heard the report: S1 of the founding text begins here.

    Without the number of a paper the report stands for its own paper. Raises Invalid where the
    outcome is no presentation, Refused where the report holds no finding yet.
    """
    role = need(unit, "planner", "committee_clerk")
    report = lookup.report(unit, key)
    lookup.expect(report, expect)
    given.insist(given.ahead(unit, "on", on), _unheard(outcome))
    _insist_on_findings(unit, report)
    document = _paper(unit, report, paper, on)
    papers.consult(unit, document.ref, body=body, on=on, role=_role(unit, document, body, on),
                   outcome=outcome)  # fmt: skip
    before = report.status
    report.paper_id, report.presented_on = document.id, report.presented_on or on
    report.approved_on = report.approved_on or on
    report.status = "published" if before == "published" else "presented"
    unit.tell(report, "presented", move=(before, report.status), role=role, body=body)
    stages.settle(unit, report.cycle_id)
    unit.session.flush()
    return report


def publish(unit: Unit, key: str, *, url: str | None = None, expect: int | None = None) -> Report:
    """Open a report to everyone, once a body has heard it."""
    role = need(unit, "planner")
    report = lookup.report(unit, key)
    lookup.expect(report, expect)
    given.insist(given.no_link("url", url))
    if report.status != "presented":
        raise _out_of_turn(report)
    report.status, report.published_on = "published", unit.day
    report.url = given.maybe(url) or report.url
    unit.tell(report, "published", move=("presented", "published"), role=role)
    unit.session.flush()
    return report


def _paper(unit: Unit, report: Report, ref: str | None, on: date) -> Paper:
    wanted = ref or (unit.get(Paper, report.paper_id).ref if report.paper_id else report.ref)
    found = lookup.by(unit, Paper, ref=wanted.replace("~", "/"))
    return found or papers.add(unit, wanted, report.title, dated=on)


def _role(unit: Unit, document: Paper, body: str, on: date) -> str | None:
    """Give the role of a sitting nobody entered yet; what the agenda says is left as it is."""
    known = lookup.by(
        unit,
        Consultation,
        paper_id=document.id,
        body_id=lookup.body(unit, body).id,
        meeting_date=on,
    )
    return None if known else "information"


def _insist_on_findings(unit: Unit, report: Report) -> None:
    known = lookup.by(unit, Finding, report_id=report.id)
    if known is None and not policy(unit.town).softens(no_finding):
        raise Refused(
            N_("{key}: the move {move} is not open yet."),
            machine="cycle",
            key=report.ref,
            move="present",
            reasons=(no_finding.reason({"machine": "cycle", "key": report.ref}, "present"),),
        )


def _unheard(outcome: str) -> Fault | None:
    if outcome in HEARD:
        return None
    says = N_("{given} is no presentation; a body that heard the report notes or adopts it.")
    return Fault("outcome", "not_heard", says, {"given": outcome})


def _out_of_turn(report: Report) -> Conflict:
    steps = {
        "draft": N_("`cycle report approve {key}`, then `cycle report present {key}`."),
        "approved": N_("`cycle report present {key} --body BODY --on DATE` comes next."),
        "presented": N_("`cycle report publish {key}` comes next."),
        "published": N_("Nothing is left to do; `cycle report show {key}` shows it."),
    }
    return Conflict(
        N_("The report {key} is {status}."),
        code="out_of_turn",
        fix=steps[report.status],
        key=report.ref,
        status=report.status,
    )
