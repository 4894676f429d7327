"""Many records handed in at once, a line each: what becomes of the lines, and how it is told."""

import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api import bodies, problems
from api.around import BATCH
from api.desk import Call
from api.entry import enter_again
from api.frame import dumps, fingerprint, repeatable
from api.ndjson import MEDIA, Raw, parcels, parted
from api.problems import Heard, Turned
from api.shapes.base import In
from cycle.errors import Forbidden, KreislaufError, Unavailable
from cycle.store.answers import Answer, claim, keep
from cycle.store.unit import Unit
from cycle.usecases.batches import Line

if TYPE_CHECKING:
    from api.frame import Route

MOST: Final = 100_000  # lines of a batch
WHOLE: Final = 10_000  # lines of a batch that is one transaction
AGAIN: Final = 60.0  # seconds until it is looked anew who is calling
REFUSED: Final = 400  # and above
_STATUS: Final = {"new": 201, "known": 200}
_LOG: Final = logging.getLogger("kreislauf.api")
Told = dict[str, Any]  # what is answered to a line


@dataclass(frozen=True, slots=True)
class Batch:
    """A noun that is taken line by line."""

    shape: type[In]
    words: Callable[[Any], dict[str, Any]]  # of a line that fits, as the use case takes them
    record_all: Callable[..., list[Line]]
    moves: bool = False  # tells which measures it carried on


@dataclass(frozen=True, slots=True)
class _Read:
    """A line as the door read it: its words, or why there are none."""

    no: int
    heard: Heard
    words: dict[str, Any] | None = None
    problem: Told | None = None


class _Undone(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


async def recorded(route: "Route", call: Call, batch: Batch) -> AsyncIterator[bytes]:
    """Record what comes, many lines a transaction, and answer each line in its turn.

    What a transaction has recorded stays when the caller leaves; lines behind it are not recorded.
    """
    stream, checked = call.request.stream(), time.monotonic()
    with suppress(ClientDisconnect, Turned):  # it left, or sends far more than it may
        async with aclosing(parcels(stream, BATCH, MOST)) as found:
            async for parcel in found:
                again = time.monotonic() - checked >= AGAIN
                checked = time.monotonic() if again else checked
                told, goes_on = await run_in_threadpool(_parcel, route, call, batch, parcel, again)
                yield _lines(told)
                if not goes_on:
                    break
        async for _ in stream:  # a caller who is still sending would not hear the answer
            pass


def in_whole(route: "Route", call: Call, batch: Batch, raw: bytes) -> Response:
    """Record all lines in one transaction, or only tell what would become of them."""
    lines = list(parted(raw))
    if len(lines) > WHOLE:
        raise Turned("too_many_lines")
    atomic, dry = call.query.atomic, call.query.dry_run
    read = [_read(call, batch, line) for line in lines]
    unfit = atomic and any(each.problem for each in read)
    key = repeatable(route, call.request) if atomic and not dry else None

    def deed(unit: Unit) -> Answer:
        known = claim(unit, key, fingerprint(call.request, raw)) if key else None
        if known:
            replayed = {**known.headers, "Idempotency-Replayed": "true"}
            return Answer(known.status, replayed, known.body)
        words = [each.words for each in read if each.words is not None]
        found = batch.record_all(unit, words, all_or_nothing=atomic, dry_run=dry or unfit)
        told = _told(batch, read, found, held_back=unfit)
        refused = atomic and any(each["status"] >= REFUSED for each in told)
        answer = Answer(409 if refused else 200, {}, _lines(told).decode())
        if dry or refused:
            raise _Undone(answer)
        if key:
            keep(unit, key, answer)
        return answer

    with call.house.alone(call.who.account, key):
        try:
            answer = call.perform(deed, again=True)
        except _Undone as undone:
            answer = undone.answer
    headers = {"Content-Language": call.lang, **answer.headers}
    return Response(answer.body, answer.status, headers, MEDIA)


def _parcel(
    route: "Route",
    call: Call,
    batch: Batch,
    lines: Sequence[Raw],
    again: bool,  # noqa: FBT001 - a thread takes no names
) -> tuple[list[Told], bool]:
    """Record the lines that fit in one transaction; tell whether the next ones could be."""
    read = [_read(call, batch, line) for line in lines]
    words = [each.words for each in read if each.words is not None]
    try:
        if again:
            enter_again(route, call)
        found: list[Line] = []
        if words:
            found = call.perform(lambda unit: batch.record_all(unit, words), again=True)
        return _told(batch, read, found), True
    except Turned as away:
        return _all_told(read, problems.of_kind(away.code, call.heard)), False
    except KreislaufError as error:
        sent = frozenset[str]().union(*(each.heard.sent for each in read))
        told = problems.of_error(error, replace(call.heard, sent=sent))
        return _all_told(read, told), not isinstance(error, (Forbidden, Unavailable))
    except Exception:  # noqa: BLE001 - nobody outside is shown a traceback
        _LOG.exception("unexpected", extra={"request_id": call.heard.request_id})
        return _all_told(read, problems.of_kind("unexpected", call.heard)), False


def _read(call: Call, batch: Batch, line: Raw) -> _Read:
    """Read a line as the body of a single call is read."""
    heard = call.heard
    if line.wrong:
        return _Read(line.no, heard, problem=problems.of_kind(line.wrong, heard))
    try:
        came = bodies.loads(line.text)
        heard = Heard(heard.tongue, heard.request_id, frozenset(problems.texts(came)))
        return _Read(line.no, heard, batch.words(bodies.fitting(line.text, batch.shape)))
    except Turned as away:
        return _Read(line.no, heard, problem=problems.of_kind(away.code, heard))
    except KreislaufError as error:
        return _Read(line.no, heard, problem=problems.of_error(error, heard))


def _told(
    batch: Batch, read: Sequence[_Read], found: Sequence[Line], *, held_back: bool = False
) -> list[Told]:
    """Answer every line in its turn; `held_back`: another one keeps all from being written."""
    became = iter(found)
    return [
        {
            "line": each.no,
            **(each.problem or _became(batch, each, next(became), held_back=held_back)),
        }
        for each in read
    ]


def _became(batch: Batch, read: _Read, line: Line, *, held_back: bool) -> Told:
    other = line.error is not None and line.error.code == "batch_refused"
    if other or (held_back and line.status == "new"):
        return problems.of_kind("not_written", read.heard)
    if line.error:
        return problems.of_error(line.error, read.heard)
    moved = {"measures_moved": list(line.moved)} if batch.moves else {}
    return {"status": _STATUS[line.status], "key": line.key, **moved}


def _all_told(read: Sequence[_Read], problem: Told) -> list[Told]:
    """Answer all lines that could be read with the same."""
    return [{"line": each.no, **(each.problem or problem)} for each in read]


def _lines(told: Sequence[Told]) -> bytes:
    return "".join(dumps(each) + "\n" for each in told).encode()
