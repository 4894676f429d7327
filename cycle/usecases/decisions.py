"""Decisions of bodies and offices: recorded once, never changed; a correction is a new one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.decisions import Condition, Consultation, Decision, DecisionSubject, Paper
from cycle.model.duties import Deadline
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import conditions as terms
from cycle.usecases import given, lookup, minutes, papers, standing, urgent
from cycle.usecases.conditions import Conditions
from cycle.usecases.minutes import RESOLUTION, Minutes
from cycle.usecases.moves import settle
from cycle.usecases.rights import need


def add(
    unit: Unit,
    *,
    on: date,
    result: str,
    measures: Sequence[str] = (),
    goals: Sequence[str] = (),
    reports: Sequence[str] = (),
    cycles: Sequence[str] = (),
    kind: str = RESOLUTION,
    body: str | None = None,
    paper: str | None = None,
    paper_name: str | None = None,
    text: str = "",
    votes: Sequence[int | None] | None = None,
    conditions: Conditions = (),
    document: str | None = None,
    department: str | None = None,
    changed_text: str | None = None,
    repeals: str | None = None,
    early_start: bool = False,
    role: str | None = None,
) -> Decision:
    """Record what a body resolved on a paper, or what an office decided by a document.

    Raises Forbidden, Invalid with every fault, NotFound, Conflict where it is recorded already.
    """
    words = Minutes(
        on=on, result=result, measures=measures, goals=goals, reports=reports, cycles=cycles,
        kind=kind, body=body, paper=paper, paper_name=paper_name, text=text, votes=votes or (),
        conditions=conditions, document=document, department=department,
        changed_text=changed_text, repeals=repeals, early_start=early_start, role=role,
    )  # fmt: skip
    return _record(unit, words)


def confirm(unit: Unit, key: str, text: str | None = None) -> Decision:
    """Confirm the text that was adopted with changes, so that it counts (guard D3).

    Raises Forbidden, NotFound, Invalid without a changed text, Conflict where it is confirmed.
    """
    role = need(unit, "planner")
    record = standing.decision(unit, key)
    changed = given.maybe(text) or record.changed_text
    given.insist(_nothing_amended(record), given.missing("text", changed))
    if record.amendment_confirmed_on:
        raise Conflict(
            N_("The text of {key} was confirmed on {on} already."),
            code="duplicate",
            fix=N_("If it is wrong, correct the decision: `cycle decision correct {key}`."),
            key=key,
            on=record.amendment_confirmed_on,
        )
    record.changed_text, record.amendment_confirmed_on = changed, unit.day
    unit.tell(record, "confirmed", role=role)
    unit.session.flush()
    _settle(unit, record)
    return record


def meet_condition(
    unit: Unit, key: str, code: str, note: str, *, text: str | None = None
) -> Condition:
    """Note how a condition was met; `text` tells which one where several share the code.

    Raises Forbidden, Invalid without a note, NotFound, Conflict where the condition is not named
    clearly.
    """
    role = need(unit, "planner", "committee_clerk", "finance")
    record = standing.decision(unit, key)
    note = given.text("note", note)
    condition = terms.still_open(unit, record, code, text)
    condition.met_on, condition.met_note = unit.day, note
    unit.tell(condition, "met", key=key, role=role, code=code)
    for deadline in lookup.every(unit, Deadline, condition_id=condition.id, met_on=None):
        deadline.met_on = unit.day
    unit.session.flush()
    _settle(unit, record)
    return condition


def correct(unit: Unit, key: str, *, reason: str, **changes: Any) -> Decision:  # noqa: ANN401 - any column of the record
    """Record a decision anew with other words of `Minutes`; the wrong one stays to be seen.

    Raises Forbidden, NotFound, Invalid, Conflict where it was corrected or repealed already.
    """
    wrong = standing.decision(unit, key)
    given.insist(given.missing("reason", reason), given.missing("changes", changes or None))
    standing.unrepealed(unit, wrong)
    return _record(unit, replace(minutes.of(unit, wrong), **changes), wrong, reason=reason)


def _record(unit: Unit, words: Minutes, wrong: Decision | None = None, **facts: object) -> Decision:
    """Write a decision down with all that belongs to it."""
    resolved = RESOLUTION in {words.kind, wrong.kind if wrong else words.kind}
    role = need(unit, *papers.RECORDERS, *(() if resolved else ("steering",)))
    given.insist(*minutes.faults(unit, words))
    repealed = standing.to_repeal(unit, words.repeals, words.on, wrong)
    about = minutes.subjects(unit, words) or (
        minutes.subjects_of(unit, repealed) if repealed else []
    )
    department = lookup.department(unit, words.department) if words.department else None
    sitting = _sitting(unit, words, wrong) if words.kind == RESOLUTION else None
    if wrong is None:
        _not_twice(unit, words, sitting, about)
    record = Decision(
        ref=unit.next_key("D", unit.day.year),
        consultation_id=sitting.id if sitting else None,
        org_unit_id=department.id if department else None,
        repeals_id=repealed.id if repealed else None,
        corrects_id=wrong.id if wrong else None,
        amendment_confirmed_on=_still_confirmed(words, wrong),
        **words.columns(),
    )
    facts = {**words.named(), **facts, **({"corrects": wrong.ref} if wrong else {})}
    action = "corrected" if wrong else "recorded"
    unit.tell(unit.add(record), action, key=record.ref, move=(None, record.result), role=role,
              **facts)  # fmt: skip
    unit.session.flush()
    for column, id_ in about:
        setattr(subject := DecisionSubject(decision_id=record.id), column, id_)
        unit.add(subject)
    terms.write(unit, record, words.conditions, wrong)
    urgent.told(unit, record, wrong)
    _settle(unit, record)
    return record


def _sitting(unit: Unit, words: Minutes, wrong: Decision | None) -> Consultation:
    """Give the sitting a resolution belongs to; a correction corrects the sitting with it."""
    number = papers.number(words.paper or "")
    paper = lookup.by(unit, Paper, ref=number) or papers.add(
        unit, number, given.maybe(words.paper_name) or number
    )
    item = papers.Item(role=words.role, decided=True, outcome=words.result, majority=words.majority)
    body = lookup.body(unit, words.body or "")
    known = None
    if wrong and wrong.consultation_id:
        shared = lookup.every(unit, Decision, consultation_id=wrong.consultation_id)
        if all(d.id == wrong.id or standing.correction(unit, d) for d in shared):
            known = unit.get(Consultation, wrong.consultation_id)
    return papers.enter(unit, paper, body, words.on, item, known=known)


def _not_twice(
    unit: Unit, words: Minutes, sitting: Consultation | None, about: list[minutes.Subject]
) -> None:
    """Refuse what is recorded already: the same result on the same paper or document."""
    same = {"consultation_id": sitting.id} if sitting else {"document": words.document}
    for there in lookup.every(unit, Decision, result=words.result, decided_on=words.on, **same):
        known, told = set(minutes.subjects_of(unit, there)), set(about)
        if (known & told or known == told) and not standing.correction(unit, there):
            raise Conflict(
                N_("{key} records this decision already."),
                code="duplicate",
                fix=N_("If something in it is wrong: `cycle decision correct {key}`."),
                key=there.ref,
            )


def _nothing_amended(record: Decision) -> Fault | None:
    if record.result == "adopted_amended":
        return None
    says = N_("{key} was not adopted with changes, so there is no text to confirm.")
    return Fault("key", "not_amended", says, {"key": record.ref})


def _still_confirmed(words: Minutes, wrong: Decision | None) -> date | None:
    same = wrong and (wrong.result, wrong.changed_text) == (words.result, words.changed_text)
    return wrong.amendment_confirmed_on if wrong and same else None


def _settle(unit: Unit, record: Decision) -> None:
    """Let go of what the measures owed and this decision brings."""
    for column, id_ in minutes.subjects_of(unit, record):
        if column == "measure_id":
            settle(unit, unit.get(Measure, id_))
