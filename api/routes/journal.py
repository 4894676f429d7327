"""The journal: who did what, in the order in which it was done."""

from typing import Any

from api.desk import Call
from api.frame import EVERYONE, Route
from api.paging import page_by_number, put_next
from api.shapes.accounts import Journal
from cycle.reading import journal as reading


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked, wanted = call.query, page_by_number(call.query)
    found = reading.paged(call.reader, call.sight, key=asked.key, since=asked.since, page=wanted)
    return put_next(call, found, "n")


ROUTES = (
    Route(
        method="GET", path="/v1/journal", name="list_deeds", says="Who did what",
        tells="Accounts are told to admin only, contents to those who work with the store.",
        rights=EVERYONE, run=_list, query=Journal, answer=list[reading.EventRow],
    ),
)  # fmt: skip
