"""The same evaluation said twice, and an evaluation put right: final ones are never changed."""

from cycle.errors import Conflict
from cycle.i18n import N_
from cycle.model.evaluations import Evaluation
from cycle.model.reports import Recommendation
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.judgements import Judgement


def known(unit: Unit, said: Judgement, old: Evaluation | None) -> Evaluation | None:
    """Give the evaluation that says this already, from the same sender or as this correction.

    Raises Conflict where the sender said something else under this number (`evaluation_differs`)
    or where what is to be corrected was corrected before (`evaluation_corrected`).
    """
    return recognised(said, old, _chain(unit, said, old))


def recognised(
    said: Judgement, old: Evaluation | None, chain: list[Evaluation]
) -> Evaluation | None:
    """Find among what is known, newest first, the evaluation that says this already."""
    for record in chain:
        meant = old is None or record is old or record.corrects_id == old.id
        if meant and record.content_hash == said.content_hash:
            return record
    if chain and old not in chain:
        raise _differs(said, chain[0])
    if old and old.status == "corrected":
        raise Conflict(
            N_("{key} was corrected already; correct the one that took its place."),
            code="evaluation_corrected",
            fix=N_("`cycle evaluation list` shows it."),
            key=old.ref,
        )
    return None


def _chain(unit: Unit, said: Judgement, old: Evaluation | None) -> list[Evaluation]:
    """Give what is known under the sender's number, or around the corrected one; newest first."""
    if said.source and said.external_id:
        sent = {"source": said.source, "external_id": said.external_id}
        found = lookup.every(unit, Evaluation, **sent)
    elif old:
        found = [old, *lookup.every(unit, Evaluation, corrects_id=old.id)]
    else:
        found = []
    return sorted(found, key=lambda e: e.revision, reverse=True)


def _differs(said: Judgement, latest: Evaluation) -> Conflict:
    return Conflict(
        N_("{source} sent {external_id} before, with other content; it is {key}."),
        code="evaluation_differs",
        fix=N_("Send it with `corrects` {key} if it is to put that right."),
        source=said.source,
        external_id=said.external_id,
        key=latest.ref,
    )


def replace(unit: Unit, old: Evaluation, new: Evaluation, said: Judgement, role: str) -> None:
    """Put a new evaluation in the place of an old one, which stays to be read.

    Advice the new one repeats goes over to it, with its answer; what it gives up needs none.
    """
    old.status = "corrected"
    unit.tell(old, "corrected", role=role, by=new.ref)
    for advice in lookup.every(unit, Recommendation, evaluation_id=old.id):
        if advice.text in said.recommendations:
            advice.evaluation_id = new.id
        elif advice.response is None:
            advice.response, advice.answered_on = "rejected", unit.day
            advice.reason = f"{old.ref} → {new.ref}"
        unit.tell(advice, "corrected", role=role, by=new.ref)
    unit.session.flush()
