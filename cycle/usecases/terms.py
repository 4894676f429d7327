"""Council terms (Wahlperioden): decisions stay valid, and are confirmed in the new term."""

from datetime import date

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.decisions import CouncilTerm, Decision, TermConfirmation
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, standing
from cycle.usecases.minutes import ADOPTED
from cycle.usecases.papers import RECORDERS
from cycle.usecases.rights import need


def begin(unit: Unit, elected_on: date, name: str) -> CouncilTerm:
    """Record that a council was elected; what the one before decided stays valid.

    Raises Forbidden, Invalid, Conflict where this election is recorded already.
    """
    role = need(unit, *RECORDERS)
    given.insist(given.missing("name", name), given.ahead(unit, "elected_on", elected_on))
    if lookup.by(unit, CouncilTerm, elected_on=elected_on):
        raise Conflict(
            N_("The council elected on {day} is recorded already."),
            code="duplicate",
            fix=N_("`cycle decision to-confirm` lists what it has to confirm."),
            day=elected_on,
        )
    record = unit.add(CouncilTerm(elected_on=elected_on, name=given.text("name", name)))
    unit.tell(record, "began", key=record.name, role=role)
    unit.session.flush()
    return record


def confirm(unit: Unit, key: str, note: str | None = None) -> Decision:
    """Record that a decision of an earlier council was confirmed in the present term.

    Raises Forbidden, NotFound, Invalid where there is no term or the decision is of this one,
    Conflict where it is confirmed, corrected or repealed.
    """
    role = need(unit, *RECORDERS)
    record = standing.decision(unit, key)
    terms = [t for t in lookup.every(unit, CouncilTerm) if t.elected_on <= unit.day]
    term = max(terms, key=lambda t: t.elected_on, default=None)
    given.insist(_no_term(term), _not_adopted(record), _of_this_term(record, term))
    standing.unrepealed(unit, record)
    known = {"council_term_id": term.id if term else "", "decision_id": record.id}
    if lookup.by(unit, TermConfirmation, **known):
        raise Conflict(
            N_("{key} was confirmed in this term already."),
            code="duplicate",
            fix=N_("`cycle decision to-confirm` lists what is left."),
            key=key,
        )
    unit.add(TermConfirmation(**known, on_date=unit.day, note=given.maybe(note)))
    unit.tell(record, "term_confirmed", role=role, term=term.name if term else "")
    unit.session.flush()
    return record


def _no_term(term: CouncilTerm | None) -> Fault | None:
    if term:
        return None
    says = N_("No council term is recorded: `cycle decision term --elected DATE --name NAME`.")
    return Fault("key", "no_term", says)


def _not_adopted(record: Decision) -> Fault | None:
    if record.result in ADOPTED:
        return None
    says = N_("{key} was not adopted, so there is nothing to confirm.")
    return Fault("key", "not_adopted", says, {"key": record.ref})


def _of_this_term(record: Decision, term: CouncilTerm | None) -> Fault | None:
    if term is None or record.decided_on < term.elected_on:
        return None
    says = N_("{key} is of {decided_on}; the council of {term} decided it itself.")
    values = {"key": record.ref, "decided_on": record.decided_on, "term": term.name}
    return Fault("key", "of_this_term", says, values)
