"""Papers and the bodies they pass; the `/` of a number is written `~` in an address."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut, page, put_next
from api.shapes import papers as shapes
from api.shapes.base import Past
from cycle.reading import papers as reading
from cycle.usecases import agendas, papers

RECORDERS = frozenset(papers.RECORDERS)


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    words = {"body": asked.body, "sees_internal": call.sight.internal}
    if asked.search:  # a word is looked for in the whole list
        return cut(call, reading.listed(call.reader, search=asked.search, **words), "ref")
    return put_next(call, reading.listed(call.reader, page=page(asked), **words), "ref")


def _add(call: Call) -> Made:
    return new("papers", "paper", papers.add(call.unit, **call.body.words()).ref)


def _consult(call: Call) -> Made:
    words = {"body": None, **call.body.words()}
    agendas.consult(call.unit, call.key, **words)
    return Made("paper", call.key, 201)


ROUTES = (
    Route(
        method="GET", path="/v1/papers", name="list_papers", says="List papers", rights=EVERYONE,
        run=_list, query=shapes.Papers, answer=list[reading.PaperRow],
    ),
    Route(
        method="POST", path="/v1/papers", name="add_paper", says="Write down a paper",
        rights=RECORDERS, run=_add, body=shapes.PaperIn, status=201, answer=dict[str, Any],
    ),
    Route(
        method="GET", path="/v1/papers/{key}", name="show_paper",
        says="Show a paper and the bodies it passed", rights=EVERYONE, query=Past, noun="paper",
        run=lambda call: call.show("paper", call.find("paper")), answer=dict[str, Any],
    ),
    Route(
        method="POST", path="/v1/papers/{key}/consultations", name="consult",
        says="Put a paper on the agenda of a body, or record what came of it", rights=RECORDERS,
        run=_consult, body=shapes.ConsultationIn, noun="paper", status=201,
        answer=dict[str, Any],
    ),
)  # fmt: skip
