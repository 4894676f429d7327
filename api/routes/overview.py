"""The town at a glance: status, board, open ends, what is overdue, what became of it."""

from dataclasses import replace
from typing import Any

from pydantic import Field

from api.desk import Call
from api.frame import EVERYONE, Route
from api.shapes.base import Past, Query, Word, word
from api.shapes.measures import STATE
from cycle.machine import drawing
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.reading.filters import Filters
from cycle.reading.gaps import all_, gaps
from cycle.reading.overdue import listed
from cycle.reading.status import status
from cycle.reading.trace import trace


class Picked(Past):
    """Which measures are looked at."""

    cycle: Word | None = None
    department: Word | None = None
    area: Word | None = None
    field: Word | None = None
    state: str | None = word(STATE, None)
    goal: Word | None = None


class Machine(Query):
    """Which table is wanted."""

    machine: str = word(("measure", "cycle"), "measure")


class Gaps(Picked):
    """Which open ends."""

    all: bool = Field(default=False, description="List every one of them.")


def _filters(call: Call) -> Filters:
    return Filters(**call.query.model_dump(exclude={"as_of", "all"}))


def _seen(call: Call) -> Filters:
    """Leave out the drafts of departments the caller does not speak for; status only counts."""
    return replace(_filters(call), drafts_of=call.sight.drafts_of)


def _status(call: Call) -> Any:  # noqa: ANN401 - JSON
    return status(call.reader, today=call.today, as_of=call.query.as_of, filters=_filters(call))


def _gaps(call: Call) -> Any:  # noqa: ANN401 - rows
    read = all_ if call.query.all else gaps
    return read(
        call.reader, today=call.day, lang=call.lang, filters=_seen(call),
        sees_internal=call.sight.internal,
    )  # fmt: skip


def _overdue(call: Call) -> Any:  # noqa: ANN401 - rows
    return listed(
        call.reader, today=call.day, lang=call.lang, filters=_seen(call),
        sees_internal=call.sight.internal,
    )  # fmt: skip


def _workflow(call: Call) -> Any:  # noqa: ANN401 - JSON
    machine: drawing.AnyMachine = ROUNDS if call.query.machine == "cycle" else MEASURES
    return drawing.as_dict(machine)


ROUTES = (
    Route(
        method="GET", path="/v1/status", name="show_status", rights=EVERYONE, run=_status,
        says="Where the round and its measures stand", query=Picked,
    ),
    Route(
        method="GET", path="/v1/gaps", name="list_gaps", rights=EVERYONE, run=_gaps, query=Gaps,
        says="The open ends of the circle",
    ),
    Route(
        method="GET", path="/v1/overdue", name="list_overdue", rights=EVERYONE, run=_overdue,
        says="Who owes what since when", query=Picked,
    ),
    Route(
        method="GET", path="/v1/workflow", name="show_workflow", rights=EVERYONE, run=_workflow,
        says="The steps of a measure or a round, with their guards", query=Machine,
    ),
    Route(
        method="GET", path="/v1/trace/{key}", name="trace", rights=EVERYONE, query=Past,
        says="What became of it, and where it comes from",
        run=lambda call: trace(
            call.reader, call.key, sees_internal=call.sight.internal, sight=call.sight
        ),
    ),
)  # fmt: skip
