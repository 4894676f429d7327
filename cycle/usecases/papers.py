"""Papers of the council and the bodies they go through (Vorlagen und Beratungsfolge)."""

from dataclasses import dataclass
from datetime import date

from cycle.model.decisions import Body, Consultation, Paper
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.rights import need

RECORDERS = ("committee_clerk", "planner")
NO_RESULT = ("pending", "unknown")


def add(
    unit: Unit,
    ref: str,
    name: str,
    *,
    paper_type: str | None = None,
    dated: date | None = None,
    public: bool = False,
    url: str | None = None,
    oparl_id: str | None = None,
) -> Paper:
    """Add a paper by the number printed on it; nobody outside sees it unless it is public.

    Raises Forbidden, Invalid, Conflict where the number or the foreign id is taken.
    """
    role = need(unit, *RECORDERS)
    given.insist(given.missing("ref", ref), given.missing("name", name), given.no_link("url", url))
    record = Paper(
        ref=number(ref),
        name=given.text("name", name),
        paper_type=given.maybe(paper_type),
        dated=dated,
        public=public,
        url=given.maybe(url),
        oparl_id=given.maybe(oparl_id),
    )
    given.free(unit, Paper, "paper", ref=record.ref)
    if record.oparl_id:
        given.free(unit, Paper, "paper", oparl_id=record.oparl_id)
    unit.add(record)
    unit.tell(record, "added", role=role)
    unit.session.flush()
    return record


def number(ref: str) -> str:
    """Write a paper's number as it is kept; in a path `~` stands for `/`."""
    return given.text("paper", ref).replace("~", "/")


@dataclass(frozen=True, slots=True)
class Item:
    """What the agenda and the minutes say of a paper in one sitting; None says nothing."""

    role: str | None = None
    decided: bool = False  # a decision is recorded: unless the role is known, the body decided
    outcome: str = "pending"
    majority: str | None = None
    result_text: str | None = None
    role_text: str | None = None
    order_no: int | None = None
    authoritative: bool | None = None
    public: bool | None = None
    oparl_id: str | None = None


def consult(
    unit: Unit,
    paper: str,
    *,
    body: str | None,
    on: date | None = None,
    role: str | None = None,
    outcome: str = "pending",
    majority: str | None = None,
    result_text: str | None = None,
    role_text: str | None = None,
    order_no: int = 0,
    authoritative: bool | None = None,
    public: bool = False,
    oparl_id: str | None = None,
) -> Consultation:
    """Put a paper on the agenda of a body, or complete what is known of that sitting.

    A new one is for deciding unless a role is named. A second call for the same sitting changes
    only what differs; a result that is known is not lost to one that is not. Raises Forbidden,
    NotFound, Invalid.
    """
    need(unit, *RECORDERS)
    item = Item(
        role=role,
        outcome=outcome,
        majority=majority,
        result_text=given.maybe(result_text),
        role_text=given.maybe(role_text),
        order_no=order_no or None,
        authoritative=authoritative,
        public=public,
        oparl_id=given.maybe(oparl_id),
    )
    sitting = lookup.body(unit, body) if body else None
    return enter(unit, lookup.paper(unit, paper), sitting, on, item)


def enter(
    unit: Unit,
    paper: Paper,
    body: Body | None,
    on: date | None,
    item: Item,
    *,
    known: Consultation | None = None,
) -> Consultation:
    """Write an item of the agenda down: into the sitting that is known, or as a new one."""
    record = known or _known(unit, paper, body, on, item.oparl_id)
    new = record is None
    if record is None:
        record = Consultation(paper_id=paper.id)
        unit.add(record)
    before = None if new else record.outcome
    record.paper_id, record.body_id = paper.id, body.id if body else record.body_id
    record.meeting_date = on or record.meeting_date
    if item.role is None and record.role == "unknown" and (new or item.decided):
        record.role = "deciding"
    _fill(unit, record, item)
    if new or unit.session.is_modified(record):
        unit.tell(
            record,
            "added" if new else "changed",
            key=paper.ref,
            move=(before, record.outcome),
            role=unit.role(*RECORDERS),
            body=body.short_name if body else None,
        )
    unit.session.flush()
    return record


def _known(
    unit: Unit, paper: Paper, body: Body | None, on: date | None, oparl_id: str | None
) -> Consultation | None:
    """Find the sitting: by its foreign id, else by paper, body and day, the day still open."""
    if oparl_id and (found := lookup.by(unit, Consultation, oparl_id=oparl_id)):
        return found
    there = [
        c
        for c in lookup.every(unit, Consultation, paper_id=paper.id)
        if c.body_id == (body.id if body else None) and not (c.oparl_id and oparl_id)
    ]
    exact = [c for c in there if c.meeting_date == on]
    planned = [c for c in there if c.meeting_date is None and c.outcome == "pending"]
    return next(iter(exact or planned), None)


def _fill(unit: Unit, record: Consultation, item: Item) -> None:
    for name in (
        "role", "majority", "result_text", "role_text", "order_no", "authoritative", "public",
        "oparl_id",
    ):  # fmt: skip
        value = getattr(item, name)
        if value is not None and getattr(record, name) != value:
            setattr(record, name, value)
    if item.outcome not in NO_RESULT or record.outcome in NO_RESULT:
        record.outcome = item.outcome
    past = record.meeting_date is not None and record.meeting_date < unit.day
    if past and record.outcome == "pending":
        record.outcome = "unknown"  # a sitting of the past without a result is not pending
