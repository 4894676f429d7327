"""What the bodies have before them: the next sittings, and the terms of the council."""

from typing import Any

from pydantic import Field

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.shapes.base import Day, Line, Past
from api.shapes.decisions import TermIn
from cycle.reading import terms as reading
from cycle.reading.agenda import agenda
from cycle.reading.shapes import plain
from cycle.usecases import papers, terms


class Agenda(Past):
    """Which sittings are told."""

    body: Line | None = Field(None, description="Only of this body.")
    until: Day | None = Field(None, description="Only until this day.")


def _agenda(call: Call) -> Any:  # noqa: ANN401 - rows
    return agenda(
        call.reader, today=call.day, lang=call.lang, body=call.query.body,
        until=call.query.until, sees_internal=call.sight.internal,
        sight=call.sight,
    )  # fmt: skip


def _begin(call: Call) -> Made:
    record = terms.begin(call.unit, **call.body.words())
    shown = next(t for t in reading.listed(call.at()) if t.elected_on == record.elected_on)
    return Made("", "", 201, shown=plain(shown), headers={"Location": "/v1/council-terms"})


ROUTES = (
    Route(
        method="GET", path="/v1/agenda", name="show_agenda", rights=EVERYONE, run=_agenda,
        says="The next sittings: what is ready for them, what is not, and why", query=Agenda,
        answer=list[dict[str, Any]],
    ),
    Route(
        method="GET", path="/v1/council-terms", name="list_council_terms",
        says="List the terms of the council", rights=EVERYONE, query=Past,
        run=lambda call: reading.listed(call.reader), answer=list[reading.TermRow],
    ),
    Route(
        method="POST", path="/v1/council-terms", name="begin_council_term",
        says="Record that a council was elected; decisions stay valid",
        rights=frozenset(papers.RECORDERS), run=_begin, body=TermIn, status=201,
        answer=reading.TermRow,
    ),
)  # fmt: skip
