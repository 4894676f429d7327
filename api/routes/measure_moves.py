"""Measures moved together, replaced, wanted again; what was done, and what became different."""

from fractions import Fraction
from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page_by_number, put_next
from api.parts import inside, insist_in_sight, look, said
from api.problems import invalid
from api.routes.measures import WRITERS
from api.shapes import measure_moves as shapes
from api.shapes.base import Past
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES
from cycle.reading import dossiers, journal
from cycle.reading.filters import Filters
from cycle.reading.problems import reason
from cycle.usecases import again, bulk, moves

HERE = "/v1/measures/{key}"
MOVERS = frozenset(
    role for t in MEASURES.transitions if t.name in shapes.TOGETHER for role in t.roles
)
HOW = ("name", "keys", "dry_run", "atomic")


def _move_all(call: Call) -> Made:
    words = said(call)
    name, keys, dry_run, atomic = (words.pop(each, None) for each in HOW)
    picks = {each: words.pop(each) for each in shapes.PICKS if each in words}
    if keys and picks:
        says = N_("Name a measure or pick several, not both.")
        raise invalid([Fault("/keys", "contradicts", says)])
    insist_in_sight(call, "measure", *(keys or ()))
    outcome = bulk.move_all(
        call.unit, name, Ask(**words), filters=Filters(**picks), keys=keys,
        dry_run=bool(dry_run), all_or_nothing=bool(atomic),
    )  # fmt: skip
    return Made("", "", shown=_told(call, outcome, dry_run=bool(dry_run)), undo=bool(dry_run))


def _told(call: Call, outcome: bulk.Outcome, *, dry_run: bool) -> dict[str, Any]:
    refused = [
        {"key": key, "blocked_by": [reason(each, call.lang) for each in reasons]}
        for key, reasons in outcome.refused
    ]
    return {"dry_run": dry_run, "moved": outcome.moved, "refused": refused}


def _lineage(call: Call) -> Any:  # noqa: ANN401 - JSON
    return call.show("measure", look(call))["lineage"]


def _supersede(call: Call) -> Made:
    words = said(call)
    sources, into = (call.key, *words.pop("sources", ())), words["into"]
    insist_in_sight(call, "measure", *sources, *into)
    shares = tuple(Fraction(each) for each in words.get("shares", ()))
    moves.supersede(call.unit, sources, into, shares, decision=words.get("decision"))
    return Made("measure", call.key)


def _again(call: Call) -> Made:
    record = again.log_again(call.unit, call.key, **call.body.words())
    return new("measures", "measure", record.ref)


def _history(call: Call) -> Any:  # noqa: ANN401 - rows
    key, asked, wanted = call.find("measure"), call.query, page_by_number(call.query)
    found = journal.paged(call.reader, call.sight, key=key, since=asked.since, page=wanted)
    return put_next(call, found, "n")


def _dossier(call: Call) -> Any:  # noqa: ANN401 - JSON
    key = look(call)
    sees = inside(call.reader, key, call.sight)
    return dossiers.changed(call.reader, key, no=call.query.no, sees_internal=sees)


ROUTES = (
    Route(
        method="POST", path="/v1/measures:move", name="move_measures",
        says="Move several measures as one deed, such as a budget freeze",
        tells="Name `keys`, or pick by cycle, department, field, state and mandate; a head of"
        " department moves the own ones. What is refused stays, with everything it lacks.",
        rights=MOVERS, run=_move_all, body=shapes.MoveAllIn, answer=dict[str, Any],
        example={"name": "suspend", "code": "budget_freeze", "mandate": "voluntary",
                 "review_on": "2027-03-01", "dry_run": True},
    ),
    Route(
        method="GET", path=f"{HERE}/lineage", name="show_lineage",
        says="Tell what a measure came from and what came of it", rights=EVERYONE, run=_lineage,
        query=Past, noun="measure", answer=dict[str, list[str]],
    ),
    Route(
        method="POST", path=f"{HERE}/lineage", name="supersede_measure",
        says="Merge measures into one, split one into several, or replace one",
        rights=frozenset({"planner"}), run=_supersede, body=shapes.LineageIn, noun="measure",
        matches=True,
    ),
    Route(
        method="POST", path=f"{HERE}/again", name="log_measure_again",
        says="Log anew what was turned down or dropped", rights=WRITERS, run=_again,
        body=shapes.AgainIn, noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="GET", path=f"{HERE}/history", name="list_history",
        says="What was done to a measure, in order", rights=EVERYONE, run=_history,
        tells="Contents are told to its department and to those who work on all measures.",
        query=shapes.History, noun="measure", answer=list[journal.EventRow],
    ),
    Route(
        method="GET", path=f"{HERE}/dossier", name="show_dossier",
        says="What became different since a measure went to the committees", rights=EVERYONE,
        run=_dossier, query=shapes.DossierOf, noun="measure", answer=dict[str, Any],
    ),
)  # fmt: skip
