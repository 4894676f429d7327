"""What was decided, as minutes or a document tell it, before it becomes a decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.cycles import Cycle
from cycle.model.decisions import Body, Consultation, Decision, DecisionSubject, Paper
from cycle.model.goals import Goal
from cycle.model.measures import Measure
from cycle.model.reports import Report
from cycle.model.town import OrgUnit
from cycle.model.words import OUTCOMES
from cycle.store.unit import Unit
from cycle.usecases import conditions, given, lookup
from cycle.usecases.conditions import Conditions
from cycle.usecases.papers import NO_RESULT

About = Measure | Goal | Report | Cycle
Subject = tuple[str, str]  # the column that names a record, and the record's id
RESOLUTION = "resolution"
ADOPTED = ("adopted", "adopted_amended")
RESULTS = tuple(outcome for outcome in OUTCOMES if outcome not in NO_RESULT)
_VOTES = ("votes_yes", "votes_no", "votes_abstain", "votes_excused")
_ABOUT: Mapping[str, type[About]] = {
    "measures": Measure,
    "goals": Goal,
    "reports": Report,
    "cycles": Cycle,
}
_FIND: Mapping[str, Callable[[Unit, str], About]] = {
    "measures": lookup.measure,
    "goals": lookup.goal,
    "reports": lookup.report,
    "cycles": lookup.cycle,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The words of one decision; records are named by their keys."""

    on: date
    result: str
    kind: str = RESOLUTION
    body: str | None = None
    paper: str | None = None
    paper_name: str | None = None  # of a paper that is not known yet
    role: str | None = None  # None: as the agenda has it, else deciding
    document: str | None = None
    department: str | None = None
    text: str = ""
    changed_text: str | None = None
    votes: Sequence[int | None] = ()  # yes, no, abstentions, excused
    conditions: Conditions = ()
    early_start: bool = False
    repeals: str | None = None
    measures: Sequence[str] = ()
    goals: Sequence[str] = ()
    reports: Sequence[str] = ()
    cycles: Sequence[str] = ()

    @property
    def majority(self) -> str | None:
        """Tell from the votes whether all who voted were of one mind."""
        yes, no = (*(vote or 0 for vote in self.votes), 0, 0)[:2]
        if not yes + no:
            return None
        return "majority" if yes and no else "unanimous"

    def columns(self) -> dict[str, Any]:
        """Give what is stored of it in the decision itself."""
        return {
            "kind": self.kind,
            "decided_on": self.on,
            "result": self.result,
            "text": given.maybe(self.text) or "",
            "changed_text": given.maybe(self.changed_text),
            "document": given.maybe(self.document),
            "early_start": self.early_start,
            **dict(zip(_VOTES, self.votes, strict=False)),
        }

    def named(self) -> dict[str, list[str]]:
        """Give the keys of what it is about, by kind."""
        keys = {name: list(dict.fromkeys(getattr(self, name))) for name in _ABOUT}
        return {name: found for name, found in keys.items() if found}


def faults(unit: Unit, words: Minutes) -> list[Fault | None]:
    """Find what is missing or contradicts itself."""
    asked = ("body", "paper") if words.kind == RESOLUTION else ("document", "department")
    return [
        given.ahead(unit, "on", words.on),
        _no_result(words.result),
        *(given.missing(name, getattr(words, name)) for name in asked),
        _without_sitting(words),
        _too_many_votes(words.votes),
        _not_amended(words),
    ]


def subjects(unit: Unit, words: Minutes) -> list[Subject]:
    """Find what the decision is to be about."""
    return [
        (_column(name), _FIND[name](unit, key).id)
        for name, keys in words.named().items()
        for key in keys
    ]


def subjects_of(unit: Unit, record: Decision) -> list[Subject]:
    """Give what a decision is about, in the order it was told."""
    found = lookup.every(unit, DecisionSubject, decision_id=record.id)
    rows = sorted(found, key=lambda row: row.id)
    columns = [_column(name) for name in _ABOUT]
    return [(c, id_) for row in rows for c in columns if (id_ := getattr(row, c))]


def of(unit: Unit, record: Decision) -> Minutes:
    """Give a decision back in the words it was recorded with."""
    sitting = unit.get(Consultation, record.consultation_id) if record.consultation_id else None
    body = unit.get(Body, sitting.body_id) if sitting and sitting.body_id else None
    department = unit.get(OrgUnit, record.org_unit_id) if record.org_unit_id else None
    repealed = unit.get(Decision, record.repeals_id) if record.repeals_id else None
    return Minutes(
        on=record.decided_on,
        result=record.result,
        kind=record.kind,
        body=body.short_name if body else None,
        paper=unit.get(Paper, sitting.paper_id).ref if sitting else None,
        role=sitting.role if sitting else None,
        document=record.document,
        department=department.code if department else None,
        text=record.text,
        changed_text=record.changed_text,
        votes=tuple(getattr(record, name) for name in _VOTES),
        conditions=tuple((c.code, c.text, c.due) for c in conditions.of(unit, record)),
        early_start=record.early_start,
        repeals=repealed.ref if repealed else None,
        **_about(unit, record),
    )


def _about(unit: Unit, record: Decision) -> dict[str, Any]:
    found = subjects_of(unit, record)
    return {
        name: tuple(sorted(unit.get(model, id_).ref for c, id_ in found if c == _column(name)))
        for name, model in _ABOUT.items()
    }


def _column(name: str) -> str:
    return f"{name.removesuffix('s')}_id"


def _no_result(result: str) -> Fault | None:
    if result in RESULTS:
        return None
    says = N_("{given} is no result of a decision; there are: {words}.")
    return Fault("result", "unknown_word", says, {"given": result, "words": ", ".join(RESULTS)})


def _without_sitting(words: Minutes) -> Fault | None:
    if words.kind == RESOLUTION or not (words.body or words.paper):
        return None
    says = N_("Only a resolution names body and paper; {kind} names document and department.")
    return Fault("kind", "no_sitting", says, {"kind": words.kind})


def _too_many_votes(votes: Sequence[int | None]) -> Fault | None:
    if len(votes) <= len(_VOTES):
        return None
    says = N_("Votes are at most four numbers: yes, no, abstentions, excused.")
    return Fault("votes", "too_many", says)


def _not_amended(words: Minutes) -> Fault | None:
    if words.result == "adopted_amended" or not given.maybe(words.changed_text):
        return None
    says = N_("A changed text goes with the result adopted_amended, not with {result}.")
    return Fault("changed_text", "not_amended", says, {"result": words.result})
