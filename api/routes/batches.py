"""Evaluations and values handed in by the thousand, a line each."""

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api import ndjson, problems
from api.around import BATCH
from api.batches import Batch, in_whole, recorded
from api.desk import Call
from api.entry import enter, heard_of, safely
from api.frame import Route, repeatable
from api.problems import Turned
from api.routes.evaluations import EVALUATORS
from api.routes.observations import RECORDERS
from api.shapes.batches import Batch as Asked
from api.shapes.evaluations import EvaluationIn
from api.shapes.indicators import ObservationIn
from cycle.usecases import evaluation_batch, observation_batch

BATCHES: Final = {
    "/v1/evaluations:batch": Batch(
        EvaluationIn, EvaluationIn.handed, evaluation_batch.record_all, moves=True
    ),
    "/v1/observations:batch": Batch(
        ObservationIn, ObservationIn.words, observation_batch.record_all
    ),
}
_TELLS: Final = """\
A line of JSON for each, as the single call takes it, answered by a line in the same order: \
`{"line":1,"status":201,"key":…}`, 200 where it was stored already, or a problem with `line` and \
`status`. Lines have at most 64 KiB, a batch 10 MiB and 100,000 lines; empty lines are passed over.

Lines are recorded 500 at a time, and what is recorded stays when the connection breaks: send all \
again, and what is stored is answered with 200 (evaluations by `source` and `external_id`). Where \
the store or the token fails, the lines in hand are told so and the answer ends: what has no \
answer was not recorded.

`atomic` records all lines or none, at most 10,000: where one is refused the answer is 409, the \
others carry 424 `not_written`; only with it an `Idempotency-Key` counts. `dry_run` tells what \
would become of at most 10,000 lines."""


def _route(path: str, name: str, says: str, rights: frozenset[str]) -> Route:
    async def answer(request: Request) -> Response:
        return await _answer(made, request)

    text = {"schema": {"type": "string", "description": "A JSON object a line."}}
    made = Route(
        method="POST", path=path, name=name, says=says, rights=rights, run=_never, whole=answer,
        query=Asked, media=ndjson.MEDIA, answer=str, tells=_TELLS,
        extra={"requestBody": {"required": True,
                               "content": dict.fromkeys(sorted(ndjson.KINDS), text)}},
    )  # fmt: skip
    return made


def _never(call: Call) -> Any:  # noqa: ANN401 - as every route
    raise NotImplementedError  # `whole` answers


async def _answer(route: Route, request: Request) -> Response:
    """Let the caller in, and take the lines one transaction after the other or all in one."""
    call = await run_in_threadpool(enter, route, request)
    if isinstance(call, Response):
        return call
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in ndjson.KINDS:
        accept = {"Accept": ndjson.MEDIA}
        return problems.turned("unsupported_media_type", heard_of(request), accept)
    key = safely(request, lambda: repeatable(route, request))
    if isinstance(key, Response):
        return key
    batch, entered = BATCHES[route.path], call
    if not (call.query.atomic or call.query.dry_run):
        return ndjson.Streamed(recorded(route, call, batch), {"Content-Language": call.lang})
    try:
        raw = await _body(request)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody hears it
    return await run_in_threadpool(safely, request, lambda: in_whole(route, entered, batch, raw))


async def _body(request: Request) -> bytes:
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > BATCH:
            raise Turned("too_large")
    return bytes(raw)


ROUTES = (
    _route("/v1/evaluations:batch", "record_evaluations", "Record many evaluations", EVALUATORS),
    _route("/v1/observations:batch", "record_observations", "Record many values", RECORDERS),
)
