"""The circle as columns, and the half-yearly table for the committees."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.desk import Call
from api.frame import EVERYONE, Route
from api.problems import invalid
from api.shapes.base import Day, Past, Word, word
from api.shapes.measures import STATE
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.words import MANDATES, PREVENTION
from cycle.reading import board as boards
from cycle.reading import half_year
from cycle.reading.filters import Filters

Half = Annotated[str, StringConstraints(pattern=r"^(19|2[0-9])[0-9]{2}-[12]$")]
_OWN = {"as_of", "by", "limit", "half", "since", "until", "late", "mine"}


class Picked(Past):
    """Which measures are looked at."""

    cycle: Word | None = None
    department: Word | None = None
    area: Word | None = None
    field: Word | None = None
    state: str | None = word(STATE, None)
    goal: Word | None = None
    prevention: str | None = word(PREVENTION, None)
    mandate: str | None = word(MANDATES, None)
    late: bool = Field(default=False, description="Only those with something overdue.")
    mine: bool = Field(default=False, description="Only those of the caller's departments.")


class Board(Picked):
    """How the circle is shown."""

    by: str = word(boards.BY, "state", "What the columns or rows are made by.")
    limit: Annotated[int, Field(ge=0, le=200)] = Field(
        boards.FEW, description="Measures a column shows."
    )


class HalfYear(Picked):
    """Which half-year, or from which day to which."""

    half: Half | None = Field(None, description="Such as 2026-2; else the running one.")
    since: Day | None = Field(None, description="The first day, where it is no half-year.")
    until: Day | None = Field(None, description="The last day.")


def _filters(call: Call) -> Filters:
    asked = call.query
    return Filters(
        **asked.model_dump(exclude=_OWN),
        late=call.day if asked.late else None,
        mine=tuple(sorted(call.who.units)) if asked.mine else None,
        drafts_of=call.sight.drafts_of,
    )


def _board(call: Call) -> Any:  # noqa: ANN401 - JSON
    return boards.board(
        call.reader, today=call.day, filters=_filters(call), by=call.query.by,
        limit=call.query.limit, sees_internal=call.sight.internal,
    )  # fmt: skip


def _half_year(call: Call) -> Any:  # noqa: ANN401 - rows
    since, until = _days(call)
    return half_year.table(
        call.reader, since, until, _filters(call), sees_internal=call.sight.internal
    )


def _days(call: Call) -> tuple[date, date]:
    asked = call.query
    if asked.half and (asked.since or asked.until):
        says = N_("A half-year and days of your own do not go together.")
        raise invalid([Fault("?half", "contradicts", says)])
    if asked.half:
        year, _, half = asked.half.partition("-")
        return half_year.of(int(year), int(half))
    first, last = half_year.half(asked.until or call.day)
    return asked.since or first, asked.until or last


ROUTES = (
    Route(
        method="GET", path="/v1/board", name="show_board", rights=EVERYONE, run=_board,
        says="The circle as columns: what stands where, how long, under which lights",
        query=Board, answer=dict[str, Any],
    ),
    Route(
        method="GET", path="/v1/half-year", name="show_half_year", rights=EVERYONE,
        run=_half_year, says="The half-yearly table: new, changed, unchanged, settled",
        query=HalfYear, answer=list[half_year.HalfYearRow],
    ),
)  # fmt: skip
