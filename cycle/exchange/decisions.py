"""Decisions out of a list: what a body resolved on a paper, or an office by a document."""

from collections.abc import Iterable
from typing import Any

from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, at
from cycle.exchange.layouts import Column, Layout, named
from cycle.exchange.oparl_words import words
from cycle.exchange.outcome import NEW, SAME, Note, Wrong
from cycle.exchange.ties import unit_code
from cycle.i18n import N_
from cycle.model.decisions import Consultation, Decision, Paper
from cycle.model.town import OrgUnit
from cycle.model.words import CONSULTATION_ROLES, DECISION_KINDS, OUTCOMES
from cycle.store.unit import Unit
from cycle.usecases import decisions, lookup, minutes, papers

Given = dict[str, Any]
_KINDS = {code: code for code in DECISION_KINDS} | {
    "Beschluss": "resolution", "Verwaltungsentscheidung": "administrative",
    "Verfügung": "administrative", "Eilentscheidung": "urgent",
    "Selbstverpflichtung": "commitment", "Vertrag": "contract",
}  # fmt: skip
_VOTES = ("yes", "no", "abstain", "excused")
LAYOUT = Layout(
    "decisions",
    (
        Column("datum", "on", ("sitzung", "date", "on"), "day", needed=True),
        Column("ergebnis", "result", ("beschluss", "result"), needed=True),
        Column("art", "kind", ("kind",), words=_KINDS),
        Column("gremium", "body", ("body",)),
        Column("vorlage", "paper", ("drucksache", "beschluss_nr", "paper")),
        Column("betreff", "paper_name", ("vorlage_name", "paper_name")),
        Column("rolle", "role", ("role",), words=named("consultation", CONSULTATION_ROLES)),
        Column("text", "text", ("beschlusstext", "wortlaut")),
        Column("geaenderter_text", "changed_text", ("changed_text",)),
        Column("ja", "yes", ("yes",), "whole"),
        Column("nein", "no", ("no",), "whole"),
        Column("enthaltungen", "abstain", ("enthaltung", "abstain"), "whole"),
        Column("befangen", "excused", ("excused",), "whole"),
        Column("dokument", "document", ("aktenzeichen", "document")),
        Column("amt", "department", ("stelle", "department")),
        Column("massnahmen", "measures", ("measures",), "list"),
        Column("ziele", "goals", ("goals",), "list"),
        Column("berichte", "reports", ("reports",), "list"),
        Column("runden", "cycles", ("cycles",), "list"),
    ),
)
_SUBJECTS = {
    "measures": lookup.measure,
    "goals": lookup.goal,
    "reports": lookup.report,
    "cycles": lookup.cycle,
}


class DecisionTaker:
    """Takes decisions; one that is recorded stays as it is, a correction is made by hand."""

    def __init__(self, _fitted: Fitted) -> None:
        """Take decisions of any file, with the words of council systems for results."""
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Keep the order of the file."""
        return rows

    def take(self, desk: Desk, row: Row) -> str:
        """Record a decision unless it is recorded already."""
        unit, given = desk.unit, dict[str, Any](row.values)
        given.setdefault("kind", minutes.RESOLUTION)
        given["result"] = _result(given["result"], given.get("role", "deciding"))
        votes = tuple(given.pop(name, None) for name in _VOTES)
        if any(vote is not None for vote in votes):
            given["votes"] = votes
        _resolve(desk, given)
        about = tuple(given.get(name) for name in ("on", "kind", "body", "paper", "document"))
        subjects = tuple(given.get(name) for name in _SUBJECTS)
        if self.twins.again((about, subjects), row):
            return SAME
        there = _there(unit, given)
        if there is None:
            decisions.add(unit, **given)
            return NEW
        return _same(unit, there, given)

    def notes(self, desk: Desk) -> Iterable[Note]:  # noqa: ARG002 - nothing to tell
        """Nothing."""
        return ()


def _result(cell: str, role: str) -> str:
    """Read a result: our word, or the words council systems use."""
    if cell in OUTCOMES:
        return cell
    outcome, _ = words().result(cell, role)
    if outcome == "unknown":
        raise Wrong(
            "unknown_word",
            N_("{value} is no result that is known here."),
            N_("Translate it in the map under [values.ergebnis]; there are: {words}."),
            at="result",
            value=cell,
            words=", ".join(minutes.RESULTS),
        )
    return outcome


def _resolve(desk: Desk, given: Given) -> None:
    if "body" in given:
        with at("body"):
            given["body"] = lookup.body(desk.unit, given["body"]).short_name
    if "paper" in given:
        given["paper"] = papers.number(given["paper"])
    if "department" in given:
        given["department"] = unit_code(desk, given["department"], "department", create=False)
    for name, find in _SUBJECTS.items():
        for key in given.get(name, ()):
            with at(name):
                find(desk.unit, key)


def _there(unit: Unit, given: Given) -> Decision | None:
    """Find the decision that is recorded of this sitting or document, about the same things."""
    found = [d for d in _recorded(unit, given) if not _corrected(unit, d)]
    subjects = {name: set(given.get(name, ())) for name in _SUBJECTS}

    def fits(decision: Decision) -> bool:
        told = minutes.of(unit, decision)
        return all(set(getattr(told, name)) >= keys for name, keys in subjects.items())

    return next((decision for decision in found if fits(decision)), None)


def _recorded(unit: Unit, given: Given) -> list[Decision]:
    if given["kind"] != minutes.RESOLUTION:
        office = lookup.by(unit, OrgUnit, code=given.get("department", ""))
        wanted = {"kind": given["kind"], "document": given.get("document"),
                  "org_unit_id": office.id if office else None}  # fmt: skip
        return lookup.every(unit, Decision, decided_on=given["on"], **wanted)
    paper = lookup.by(unit, Paper, ref=given.get("paper", ""))
    if paper is None or "body" not in given:
        return []
    sittings = lookup.every(
        unit,
        Consultation,
        paper_id=paper.id,
        body_id=lookup.body(unit, given["body"]).id,
        meeting_date=given["on"],
    )
    return [d for s in sittings for d in lookup.every(unit, Decision, consultation_id=s.id)]


def _corrected(unit: Unit, decision: Decision) -> bool:
    return lookup.by(unit, Decision, corrects_id=decision.id) is not None


def _same(unit: Unit, there: Decision, given: Given) -> str:
    told = minutes.of(unit, there)
    compared = ("result", "text", "changed_text", "votes", "role")
    differing = [n for n in compared if n in given and given[n] != getattr(told, n)]
    if not differing:
        return SAME
    raise Wrong(
        "decision_differs",
        N_("{key} records this decision with other words."),
        N_("If it is wrong there: `cycle decision correct {key} --reason REASON`."),
        at="yes" if differing[0] == "votes" else differing[0],
        key=there.ref,
    )
