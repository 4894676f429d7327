"""What a body is to decide on: a paper on its agenda, and the measures behind the paper."""

from collections.abc import Sequence
from typing import Any

from cycle.model.decisions import Consultation
from cycle.store.unit import Unit
from cycle.usecases import enforcements, lookup, papers
from cycle.usecases.rights import need


def consult(
    unit: Unit,
    paper: str,
    *,
    measures: Sequence[str] = (),
    **words: Any,  # noqa: ANN401 - as `papers.consult`
) -> Consultation:
    """Put a paper on the agenda of a body, with the measures it asks to decide on.

    So the agenda knows them before anybody decided. Raises as `papers.consult`, and NotFound for
    a measure nobody knows.
    """
    role = need(unit, *papers.RECORDERS)
    sitting = papers.consult(unit, paper, **words)
    for key in measures:
        enforcements.by_paper(unit, key, lookup.paper(unit, paper), role)
    return sitting
