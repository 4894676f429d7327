"""How a route is written down, and the one way in which every call is answered.

A route names its address, who may call it, what it takes and what it does; this file makes of it
what FastAPI serves and describes. A call is answered in this order: who is calling (401), how
often (429), may such an account call this at all (403), is the body readable (400, 413, 415), does
it fit (422), is the record in reach (404), is it the version the caller saw (428, 412), and then
the use case. No route is served that names no right.
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from inspect import Parameter, Signature
from typing import Annotated, Any, Final, TypeVar

from fastapi import Body, FastAPI, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from api import bodies, problems
from api.auth import NOONE
from api.desk import Call, House
from api.entry import entered, heard_of, safely
from api.problems import Heard, Turned
from api.shapes import base
from cycle import clock
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.roles import ROLES
from cycle.reading.shapes import plain
from cycle.store.answers import Answer, claim, keep
from cycle.store.unit import Unit
from cycle.usecases import lookup

EVERYONE: Final = ROLES  # whoever has an account here
NOBODY: Final = frozenset({"anyone"})  # no account is asked for
MEDIA: Final = "application/json"
_LOG: Final = logging.getLogger("kreislauf.api")
_FINDER: Final = {"round": "cycle"}  # nouns whose record goes by another name
Run = Callable[[Call], Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """What a deed brought about: the key of the record that is shown, and how it is answered."""

    noun: str
    key: str
    status: int = 200
    more: Mapping[str, Any] = field(default_factory=dict)  # beside the record
    shown: Any = None  # in place of the record
    headers: Mapping[str, str] = field(default_factory=dict)
    undo: bool = False  # a dry run: tell, and leave no trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address and method."""

    method: str
    path: str
    name: str  # operation id, such as log_measure
    says: str  # one line for the description
    rights: frozenset[str]
    run: Run
    answer: Any = Any  # what leaves, for the description
    status: int = 200
    query: type[base.Query] = base.Query
    body: type[BaseModel] | None = None
    noun: str = ""  # of the record behind {key}
    matches: bool = False  # the caller must name the version it saw
    tells: str = ""  # more for the description
    also: tuple[int, ...] = ()  # further answers that are no problems
    problems: tuple[int, ...] = ()  # further problems, beside those every route of its kind has
    media: str = "application/json"
    secret: bool = False  # what stands beside the record is told once, and never kept
    shown_by: str = ""  # the operation that shows what was made, by its key
    example: Any = None  # of a body
    whole: Callable[..., Any] | None = None  # answers by itself, such as a stream
    extra: Mapping[str, Any] | None = None  # for the description of one that does

    @property
    def writes(self) -> bool:
        """Tell whether it changes something."""
        return self.method != "GET"


class _Undone(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Door(APIRoute):
    """Serves a route: FastAPI finds and describes it, `serve` answers it in one thread."""

    nearer: tuple[re.Pattern[str], ...] = ()  # addresses written out where this one has a name

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether it answers here: no name takes what is an address of its own."""
        if any(each.match(scope["path"]) for each in self.nearer):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Callable[[Request], Any]:
        """Give what answers a call."""
        route: Route = self.endpoint.route  # type: ignore[attr-defined] # `install` put it there
        if route.whole:
            return route.whole

        async def handle(request: Request) -> Response:
            raw = await request.body() if route.body else b""
            return await run_in_threadpool(serve, route, request, raw)

        return handle


def install(app: FastAPI, routes: Iterable[Route]) -> None:
    """Let the app serve these routes; ValueError for one that names no right or an unknown one."""
    for route in routes:
        if not route.rights or route.rights - ROLES - NOBODY:
            msg = f"{route.method} {route.path} does not say who may call it"
            raise ValueError(msg)
        app.router.add_api_route(
            route.path,
            _endpoint(route),
            methods=[route.method],
            operation_id=route.name,
            summary=route.says,
            response_model=None,
            status_code=route.status,
            route_class_override=Door,
            openapi_extra=dict(route.extra) if route.extra else None,
        )
    doors = [each for each in app.routes if isinstance(each, Door)]
    for door in doors:
        door.nearer = tuple(
            each.path_regex for each in doors
            if each.path.count("{") < door.path.count("{") and door.path_regex.match(each.path)
        )  # fmt: skip


def _endpoint(route: Route) -> Callable[..., Any]:
    """Give FastAPI a signature to describe; it is never called."""
    kind = Parameter.KEYWORD_ONLY
    words = [part[1:-1] for part in route.path.replace(":", "/").split("/") if part.startswith("{")]
    params = [Parameter(name, kind, annotation=base.Line) for name in words]
    if route.query.model_fields:
        params.append(Parameter("query", kind, annotation=Annotated[route.query, Query()]))
    if route.body:
        params.append(Parameter("body", kind, annotation=Annotated[route.body, Body()]))

    def endpoint() -> None:  # the signature below takes its place
        raise NotImplementedError

    endpoint.__signature__ = Signature(params)  # type: ignore[attr-defined] # inspect reads it
    endpoint.route = route  # type: ignore[attr-defined] # Door reads it
    endpoint.__name__ = route.name
    return endpoint


def serve(route: Route, request: Request, raw: bytes) -> Response:
    """Answer one call, whatever comes."""
    return safely(request, lambda: _answered(route, request, raw))


def _answered(route: Route, request: Request, raw: bytes) -> Response:
    house: House = request.app.state.house
    if route.rights == NOBODY:
        call = Call(house, request, heard_of(request), NOONE, clock.today(), {})
        return _read(call, route.run(call))
    with house.readers.lend() as reader:
        call = entered(route, request, reader)
        if not route.writes:
            with call.looking(reader):
                return _read(call, route.run(call))
    house.note_use(call.who)
    if route.body:
        call.body, call.heard = _body(route, request, raw, call.heard)
    return _written(route, call, raw)


def _body(route: Route, request: Request, raw: bytes, heard: Heard) -> tuple[Any, Heard]:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in bodies.JSON or route.body is None:
        raise Turned("unsupported_media_type", Accept=MEDIA)
    came = bodies.loads(raw)
    heard = Heard(heard.tongue, heard.request_id, frozenset(problems.texts(came)))
    request.scope["state"]["heard"] = heard
    found, _ = bodies.body(raw, route.body)
    return found, heard


def _read(call: Call, found: Any) -> Response:  # noqa: ANN401 - whatever the route gives
    """Answer a question, with a tag that tells whether anything in it has changed."""
    if isinstance(found, Response):
        return found
    text = dumps(found)
    own = found.get("version") if isinstance(found, dict) else None
    tag = tag_of(text, call.version if own is None else own)
    headers = call.headers | {"ETag": tag, "Content-Language": call.lang, "Vary": "Accept-Language"}
    seen = call.request.headers.get("If-None-Match", "")
    if tag in {each.strip().removeprefix("W/") for each in seen.split(",")} or seen == "*":
        return Response(status_code=304, headers=headers)
    return Response(text, 200, headers, MEDIA)


def dumps(found: object) -> str:
    """Write JSON as every door writes it."""
    return json.dumps(plain(found), ensure_ascii=False, separators=(",", ":"))


def tag_of(text: str, version: int | None) -> str:
    """Give the strong tag of an answer: the record's version, and what it looks like now."""
    looks = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f'"{looks}"' if version is None else f'"{version}.{looks}"'


def _written(route: Route, call: Call, raw: bytes) -> Response:
    key = repeatable(route, call.request)
    wanted = call.request.headers.get("If-Match")
    if route.matches and wanted is None:
        raise Turned("if_match_required")

    def deed(unit: Unit) -> Answer:
        call.unit = unit
        known = claim(unit, key, fingerprint(call.request, raw)) if key else None
        if known:
            return Answer(
                known.status, {**known.headers, "Idempotency-Replayed": "true"}, known.body
            )
        _insist_on_version(route, call, wanted)
        made = route.run(call)
        answer = _answer(call, made, whole=route.secret)
        if made.undo:
            raise _Undone(answer)
        if key:
            keep(unit, key, _without(call, made) if route.secret else answer)
        return answer

    with call.house.alone(call.who.account, key):
        try:
            answer = call.perform(deed, again=wanted is None)
        except _Undone as dry:
            answer = dry.answer
    headers = {"Content-Language": call.lang, **answer.headers}
    return Response(answer.body, answer.status, headers, MEDIA if answer.body else None)


def repeatable(route: Route, request: Request) -> str | None:
    """Give the key by which a call may be sent again; Invalid for one nobody could repeat."""
    key = request.headers.get("Idempotency-Key")
    if key is None or route.method != "POST":
        return None
    key = key.strip().strip('"')
    if not re.fullmatch(r"[!-~]{1,255}", key):
        says = N_("An Idempotency-Key has 1 to 255 visible ASCII characters.")
        raise problems.invalid([Fault("", "idempotency_key", says)])
    return key


def fingerprint(request: Request, raw: bytes) -> str:
    """Give what tells a call from another one with the same key."""
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(asked + raw).hexdigest()


def _insist_on_version(route: Route, call: Call, wanted: str | None) -> None:
    """Find the record the path names within sight, and compare its version."""
    if not route.noun:
        return
    key = call.find(route.noun)
    if wanted is None or wanted.strip() == "*":
        return
    record = getattr(lookup, _FINDER.get(route.noun, route.noun))(call.unit, key)
    insist_on(wanted, record.version)


def insist_on(wanted: str, version: int) -> None:
    """Compare the version of a record with those If-Match names; Turned where it is none."""
    seen = {each.strip().strip('"').partition(".")[0] for each in wanted.split(",")}
    if str(version) not in seen:
        raise Turned("stale", ETag=f'"{version}"')


def _without(call: Call, made: Made) -> Answer:
    """Give what a repeated call is answered where a secret was told: the record alone."""
    return _answer(call, replace(made, more={}, status=200, headers={}), whole=True)


def _answer(call: Call, made: Made, *, whole: bool = False) -> Answer:
    shown = made.shown if made.shown is not None else call.show(made.noun, made.key)
    if made.more:
        shown = {**shown, **made.more}
    text = dumps(shown)
    headers = {"ETag": tag_of(text, shown.get("version") if isinstance(shown, dict) else None)}
    headers |= made.headers
    if not whole and call.request.headers.get("Prefer", "").strip() == "return=minimal":
        headers["Preference-Applied"] = "return=minimal"
        return Answer(made.status if made.status == 201 else 204, headers, "")  # noqa: PLR2004 - HTTP's
    return Answer(made.status, headers, text)
