"""From error to answer: one table, application/problem+json (RFC 9457), never the value sent."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.responses import Response

from cycle.errors import (
    Conflict,
    Fault,
    Forbidden,
    Invalid,
    KreislaufError,
    NotFound,
    Refused,
    Unavailable,
)
from cycle.i18n import N_, Tongue
from cycle.reading import problems

STATUS: Final[Mapping[type[KreislaufError], int]] = {
    KreislaufError: 500,
    Invalid: 422,
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Refused: 409,
    Unavailable: 503,
}
MEDIA: Final = "application/problem+json"
_LOG: Final = logging.getLogger("kreislauf.api")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which the door itself turns a call away."""

    status: int
    title: str
    says: str
    fix: str


KINDS: Final[Mapping[str, Kind]] = {
    "malformed": Kind(400, N_("This cannot be read."),
        N_("The body is not well-formed JSON, holds a key twice, or is no number JSON knows."),
        N_("Send JSON in UTF-8, every key once.")),
    "unauthenticated": Kind(401, N_("Who is calling?"),
        N_("The call names no account that is known here, or its token is over."),
        N_("Send `Authorization: Bearer …`; `cycle token create` makes a token.")),
    "no_such_route": Kind(404, N_("Nothing was found."),
        N_("There is nothing at this address."), N_("/openapi.json lists what there is.")),
    "method_not_allowed": Kind(405, N_("Not this way."),
        N_("This address does not take this method."), N_("The header Allow lists what it takes.")),
    "stale": Kind(412, N_("It has changed meanwhile or exists already."),
        N_("The record has another version than If-Match names."),
        N_("Read it again, and repeat your change with its ETag.")),
    "too_large": Kind(413, N_("That is too much."),
        N_("The body is larger than this address takes."),
        N_("Send less at once: 1 MiB, 10 MiB to `:batch`.")),
    "line_too_long": Kind(413, N_("That is too much."),
        N_("A line of a batch has 64 KiB at most; this one was passed over."),
        N_("Shorten its texts, and send it again.")),
    "batch_too_large": Kind(413, N_("That is too much."),
        N_("A batch has 10 MiB and 100,000 lines at most; from this line on it was not read."),
        N_("Send the rest as another batch.")),
    "too_many_lines": Kind(413, N_("That is too much."),
        N_("With atomic or dry_run a batch has 10,000 lines at most."),
        N_("Send it in parts, or without them.")),
    "unsupported_media_type": Kind(415, N_("Not in this form."),
        N_("The body has a type this address does not take."),
        N_("Name the type in Content-Type, as /openapi.json tells.")),
    "not_written": Kind(424, N_("Nothing was written."),
        N_("Another line was refused, so nothing of this batch was written."),
        N_("Put that line right and send all again.")),
    "if_match_required": Kind(428, N_("Which version did you see?"),
        N_("This change needs the version it was decided on."),
        N_("Send `If-Match` with the ETag of the record.")),
    "too_many_requests": Kind(429, N_("Too many calls."),
        N_("This account has used up its calls for now."),
        N_("Wait as many seconds as Retry-After tells.")),
    "unexpected": Kind(500, N_("It failed."),
        N_("Something went wrong here that should not; nothing was half written."),
        N_("Report the id in `instance`.")),
}  # fmt: skip
BUSY: Final = 503


class Turned(Exception):
    """The door turns a call away before the house is asked."""

    def __init__(self, code: str, **headers: str) -> None:
        """Name the kind, and headers of the answer (`_` for `-`)."""
        super().__init__(code)
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a call an answer depends on: its language, its id, and what was sent."""

    tongue: Tongue
    request_id: str
    sent: frozenset[str] = field(default_factory=frozenset)  # texts of the body, never repeated


def turned(code: str, heard: Heard, headers: Mapping[str, str] | None = None) -> Response:
    """Answer a call that the door turns away."""
    return _response(of_kind(code, heard), heard, headers or {})


def answer(error: KreislaufError, heard: Heard) -> Response:
    """Answer with what the house has to say."""
    found = of_error(error, heard)
    return _response(found, heard, {"Retry-After": "1"} if found["status"] == BUSY else {})


def of_kind(code: str, heard: Heard) -> dict[str, Any]:
    """Give the object that tells why the door turns something away."""
    kind, say = KINDS[code], heard.tongue.say
    told = {"title": say(kind.title), "detail": say(kind.says), "fix": say(kind.fix)}
    return _whole(kind.status, code, told, heard)


def of_error(error: KreislaufError, heard: Heard) -> dict[str, Any]:
    """Give the object that tells what the house has to say."""
    found = as_json(error, heard)
    return _whole(found.pop("status"), found.pop("code"), found, heard)


def as_json(error: KreislaufError, heard: Heard) -> dict[str, Any]:
    """Shape an error as a problem, with its status; what was sent is not repeated."""
    if isinstance(error, Unavailable):
        _LOG.error("store unavailable: %s", error)
    found = problems.problem(error, heard.tongue)
    if isinstance(error, Invalid):
        found["errors"] = [_fault(each, heard) for each in error.faults]
        found["detail"] = heard.tongue.say(error.says, **_silent(error.values, heard.sent))
    if isinstance(error, Unavailable):
        found["detail"] = heard.tongue.say(error.says, why="…", url="…")
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return {**found, "status": status}


def invalid(faults: Sequence[Fault]) -> Invalid:
    """Say that what was sent does not fit, with every fault."""
    listed = ", ".join(dict.fromkeys(fault.pointer for fault in faults))
    says = N_("Please check what was given: {fields}.")
    return Invalid(says, faults=tuple(faults), fields=listed)


def texts(value: object) -> Iterable[str]:
    """Give every text and number in what was sent, but for the names of fields."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _fault(fault: Fault, heard: Heard) -> dict[str, str]:
    place = fault.pointer
    says = heard.tongue.say(fault.says, **_silent(fault.values, heard.sent))
    pointer = place if place.startswith(("/", "?")) or not place else f"/{place}"
    return {"pointer": pointer, "code": fault.code, "says": says}


def _silent(values: Mapping[str, object], sent: frozenset[str]) -> dict[str, object]:
    """Leave out what came from the caller: an answer is logged where nobody looks after it."""
    return {
        name: "…" if name not in {"name", "fields", "words"} and str(value) in sent else value
        for name, value in values.items()
    }


def _whole(status: int, code: str, told: Mapping[str, Any], heard: Heard) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": told["title"],
        "status": status,
        "detail": told["detail"],
        "instance": f"urn:request:{heard.request_id}",
        "code": code,
        **{name: value for name, value in told.items() if name not in {"type", "title", "detail"}},
    }


def _response(found: Mapping[str, Any], heard: Heard, headers: Mapping[str, str]) -> Response:
    language = {"Content-Language": heard.tongue.lang}
    text = json.dumps(found, ensure_ascii=False)
    return Response(text, found["status"], {**language, **headers}, media_type=MEDIA)
