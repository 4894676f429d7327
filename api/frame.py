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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

from fastapi import Body, FastAPI, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies, problems
from api.auth import caller
from api.desk import Call, House
from api.problems import Heard, Turned
from api.shapes import base
from cycle.errors import Fault, Forbidden, KreislaufError
from cycle.i18n import N_, Tongue
from cycle.machine.roles import ROLES
from cycle.model.words import ROLES as LISTED
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
    shown_by: str = ""  # the operation that shows what was made, by its key
    example: Any = None  # of a body
    whole: Callable[..., Any] | None = None  # answers by itself, such as a stream

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
        )


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


def heard_of(request: Request) -> Heard:
    """Give language and id of a call."""
    state = request.scope.setdefault("state", {})
    if "heard" not in state:
        lang = language(request.headers.get("Accept-Language", ""), "en")
        state["heard"] = Heard(Tongue(lang), state.get("request_id", "-"))
    found: Heard = state["heard"]
    return found


def language(header: str, default: str) -> str:
    """Choose de or en as Accept-Language weighs them."""
    best, weight = default, 0.0
    for part in header.split(","):
        word, _, quality = part.strip().partition(";")
        try:
            told = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        lang = word.strip().lower().partition("-")[0]
        if lang in {"de", "en"} and told > weight:
            best, weight = lang, told
    return best


def serve(route: Route, request: Request, raw: bytes) -> Response:
    """Answer one call, whatever comes."""
    heard = heard_of(request)
    try:
        return _answered(route, request, raw, heard)
    except Turned as away:
        return problems.turned(away.code, heard, away.headers)
    except KreislaufError as error:
        return problems.answer(error, heard_of(request))
    except Exception:  # noqa: BLE001 - nobody outside is shown a traceback
        _LOG.exception("unexpected", extra={"request_id": heard.request_id})
        return problems.turned("unexpected", heard)


def _answered(route: Route, request: Request, raw: bytes, heard: Heard) -> Response:
    house: House = request.app.state.house
    with house.readers.lend() as reader:
        who = caller(reader, request, house.verifier)
        told = house.limits.take(who.limited_by)
        request.scope["state"]["told"] = told
        insist_on_rights(route, who.roles, read_only=who.read_only)
        call = Call(house, request, heard, who, house.today(reader), dict(request.path_params))
        call.query = bodies.query(_words(request), route.query)
        if not route.writes:
            with call.looking(reader):
                return _read(call, route.run(call))
    house.note_use(who)
    if route.body:
        call.body, call.heard = _body(route, request, raw, heard)
    return _written(route, call, raw)


def insist_on_rights(route: Route, roles: frozenset[str], *, read_only: bool) -> None:
    """Let through only who may call this; the use case looks closer."""
    if not roles & route.rights or (route.writes and read_only):
        raise Forbidden(
            N_("This call takes one of these roles: {roles}."),
            fix=N_("Take a token of an account that has one; a read-only token changes nothing."),
            roles=", ".join(each for each in LISTED if each in route.rights),
        )


def _words(request: Request) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found


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
    tag = tag_of(text, found.get("version") if isinstance(found, dict) else None)
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
    key = _repeatable(route, call.request)
    wanted = call.request.headers.get("If-Match")
    if route.matches and wanted is None:
        raise Turned("if_match_required")

    def deed(unit: Unit) -> Answer:
        call.unit = unit
        known = claim(unit, key, _fingerprint(call.request, raw)) if key else None
        if known:
            return Answer(
                known.status, {**known.headers, "Idempotency-Replayed": "true"}, known.body
            )
        _insist_on_version(route, call, wanted)
        made = route.run(call)
        answer = _answer(call, made)
        if made.undo:
            raise _Undone(answer)
        if key:
            keep(unit, key, answer)
        return answer

    with call.house.alone(call.who.account, key):
        try:
            answer = call.perform(deed, again=wanted is None)
        except _Undone as dry:
            answer = dry.answer
    headers = {"Content-Language": call.lang, **answer.headers}
    return Response(answer.body, answer.status, headers, MEDIA if answer.body else None)


def _repeatable(route: Route, request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None or route.method != "POST":
        return None
    key = key.strip().strip('"')
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():  # noqa: PLR2004 - the draft's bound
        says = N_("An Idempotency-Key has 1 to 255 visible ASCII characters.")
        raise problems.invalid([Fault("", "idempotency_key", says)])
    return key


def _fingerprint(request: Request, raw: bytes) -> str:
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
    seen = {each.strip().strip('"').partition(".")[0] for each in wanted.split(",")}
    if str(record.version) not in seen:
        raise Turned("stale", ETag=f'"{record.version}"')


def _answer(call: Call, made: Made) -> Answer:
    shown = made.shown if made.shown is not None else call.show(made.noun, made.key)
    if made.more:
        shown = {**shown, **made.more}
    text = dumps(shown)
    headers = {"ETag": tag_of(text, shown.get("version") if isinstance(shown, dict) else None)}
    headers |= made.headers
    if call.request.headers.get("Prefer", "").strip() == "return=minimal":
        headers["Preference-Applied"] = "return=minimal"
        return Answer(made.status if made.status == 201 else 204, headers, "")  # noqa: PLR2004 - HTTP's
    return Answer(made.status, headers, text)
