"""The feed of changes: page by page, or as a stream that stays open."""

from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.desk import Call
from api.entry import enter, safely
from api.feed import Feed
from api.frame import EVERYONE, Route
from api.problems import invalid
from api.shapes import changes as shapes
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.reading import changes as reading
from cycle.reading.journal import head

PLACE: Final = "Last-Event-ID"  # the last event that was looked at, shown or not
_DIGITS: Final = 19


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    asked = call.query
    found = reading.changes(call.reader, call.sight, after=asked.after, limit=asked.limit)
    call.headers[PLACE] = str(found.until)
    if found.more:
        words = urlencode({"after": found.until, "limit": asked.limit})
        call.headers["Link"] = f'<{call.request.url.path}?{words}>; rel="next"'
    return found.rows


async def _stream(request: Request) -> Response:
    """Let the caller in, find its place, and stay."""
    call = await run_in_threadpool(enter, STREAM, request)
    if isinstance(call, Response):
        return call
    entered = call
    place = await run_in_threadpool(safely, request, lambda: _place(entered))
    return place if isinstance(place, Response) else Feed(STREAM, entered, place)


def _place(call: Call) -> int:
    """Tell behind which event the stream begins: the caller's last one, else the latest."""
    last = call.request.headers.get(PLACE)
    if last and not (last.isascii() and last.isdigit() and len(last) < _DIGITS):
        says = N_("Last-Event-ID is the number of an event.")
        raise invalid([Fault("", "no_event", says)])
    after = int(last) if last else call.query.after
    with call.house.readers.lend() as reader:
        if after is None:
            return head(reader)
        reading.changes(reader, call.sight, after=after, limit=1)
        return int(after)


STREAM: Final = Route(
    method="GET", path="/v1/changes/stream", name="follow_changes",
    says="Follow changes as they happen (server-sent events)", rights=EVERYONE, run=_list,
    whole=_stream, query=shapes.Stream, media="text/event-stream", answer=str,
    tells="`id` is the event's number, `event` its type such as `measure.proposed`, `data` the"
    " same JSON as `GET /v1/changes` gives. `Last-Event-ID`, which browsers send by themselves,"
    " or `after` resumes behind an event; nothing is skipped and nothing told twice. A comment"
    " comes every 15 seconds; it moves the id along where others' events were passed over. The"
    " stream ends when the token does, and when the server stops.",
)  # fmt: skip
ROUTES = (
    Route(
        method="GET", path="/v1/changes", name="list_changes", says="List changes after an event",
        rights=EVERYONE, run=_list, query=shapes.Changes, answer=list[reading.ChangeRow],
        tells="In the order in which they were committed, from a number that is never given"
        " twice: whoever keeps the last one misses nothing. Events out of the caller's sight are"
        " left out. `Last-Event-ID` of the answer names the last event that was looked at, shown"
        ' or not: ask on from there; `Link: rel="next"` does so while there is more.',
    ),
    STREAM,
)  # fmt: skip
