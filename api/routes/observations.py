"""Observations: values of indicators, each safe to send again."""

from typing import Any
from urllib.parse import urlencode

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import page, put_next
from api.shapes import indicators as shapes
from cycle.reading import observations as reading
from cycle.reading.shapes import plain
from cycle.usecases import observations

RECORDERS = frozenset(observations.RECORDERS)
_BY_RECORD = "In the order in which they were recorded, so that none is missed."


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    found = reading.paged(
        call.reader, indicator=asked.indicator, area=asked.area, vintages=asked.vintages,
        as_known_on=asked.as_known_on, page=page(asked),
    )  # fmt: skip
    rows: list[dict[str, Any]] = plain(put_next(call, found, "id"))
    for row in rows:
        del row["id"]
    return rows


def _record(call: Call) -> Made:
    """Record it; one that is stored already is shown with 200."""
    words = call.body.words()
    record = observations.record(call.unit, **words)
    where = urlencode({"indicator": words["indicator"], "area": words["area"]})
    return Made(
        "", "", 201 if call.unit.told else 200, shown=reading.show(call.at(), record.id),
        headers={"Location": f"/v1/observations?{where}"},
    )  # fmt: skip


ROUTES = (
    Route(
        method="GET", path="/v1/observations", name="list_observations", says="List values",
        tells=_BY_RECORD, rights=EVERYONE, run=_list, query=shapes.Observations,
        answer=list[reading.ObservationRow],
    ),
    Route(
        method="POST", path="/v1/observations", name="record_observation",
        says="Record a value; one that differs is kept beside the old one", rights=RECORDERS,
        run=_record, body=shapes.ObservationIn, status=201, also=(200,),
        answer=reading.ObservationRow,
    ),
)  # fmt: skip
