"""Who was asked for the Sachstand of its measures, and who has answered."""

from typing import Any

from pydantic import Field

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes.base import Day, In, Keys, Paged, Past, Word
from cycle.reading import progress_requests as reading
from cycle.reading.shapes import plain
from cycle.usecases import progress_requests


class Requests(Paged, Past):
    """Which requests are listed."""

    department: Word | None = Field(None, description="Only those to this department.")


class RequestIn(In):
    """Who is asked, and until when."""

    departments: Keys = Field(
        [], description="Their codes; none means all that have measures under way."
    )
    due: Day | None = Field(None, description="In a fortnight, where it is not told.")


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader, department=call.query.department), "place")


def _ask(call: Call) -> Made:
    """Ask; whoever was asked before and owes an answer is only reminded."""
    asked = progress_requests.ask(call.unit, **call.body.words())
    new = any(not each.again for each in asked)
    where = {"Location": "/v1/progress-requests"}
    return Made("", "", 201 if new else 200, shown=plain(asked), headers=where)


ROUTES = (
    Route(
        method="GET", path="/v1/progress-requests", name="list_progress_requests",
        says="Who was asked for the Sachstand, and who has not answered", rights=EVERYONE,
        run=_list, query=Requests, answer=list[reading.RequestRow],
    ),
    Route(
        method="POST", path="/v1/progress-requests", name="ask_for_progress",
        says="Ask departments for the Sachstand of their measures",
        rights=frozenset({"planner"}), run=_ask, body=RequestIn, status=201, also=(200,),
        answer=list[progress_requests.Asked],
    ),
)  # fmt: skip
