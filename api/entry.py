"""Who gets in: before a route does anything, it is known who calls, how often, and whether it may.

Everything a call meets on its way becomes a problem here, whether the call is answered at once or
lasts, as a stream does.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from api import bodies, problems
from api.auth import Who, caller
from api.desk import Call, House
from api.problems import Heard, Turned
from cycle.errors import Forbidden, KreislaufError
from cycle.i18n import N_, Tongue
from cycle.model.words import ROLES as LISTED
from cycle.reading.door import Reader

if TYPE_CHECKING:
    from api.frame import Route

_LOG: Final = logging.getLogger("kreislauf.api")
T = TypeVar("T")


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


def safely(request: Request, deed: Callable[[], T]) -> T | Response:
    """Do what a call asks for, or give the problem that came of it."""
    try:
        return deed()
    except Turned as away:
        return problems.turned(away.code, heard_of(request), away.headers)
    except KreislaufError as error:
        return problems.answer(error, heard_of(request))
    except Exception:  # noqa: BLE001 - nobody outside is shown a traceback
        heard = heard_of(request)
        _LOG.exception("unexpected", extra={"request_id": heard.request_id})
        return problems.turned("unexpected", heard)


def enter(route: "Route", request: Request) -> Call | Response:
    """Let a caller in to a route that answers by itself; else give the problem."""

    def let_in() -> Call:
        house: House = request.app.state.house
        with house.readers.lend() as reader:
            call = entered(route, request, reader)
        house.note_use(call.who)
        return call

    return safely(request, let_in)


def enter_again(route: "Route", call: Call) -> None:
    """Look anew who is calling, where a call lasts; Turned or Forbidden once it is over."""
    with call.house.readers.lend() as reader:
        call.who = _who(route, call.request, call.house, reader)


def entered(route: "Route", request: Request, reader: Reader) -> Call:
    """Find out who is calling, how often, whether it may, and what it asks."""
    house: House = request.app.state.house
    who = _who(route, request, house, reader, count=True)
    call = Call(house, request, heard_of(request), who, house.today(reader),
                dict(request.path_params))  # fmt: skip
    call.query = bodies.query(_words(request), route.query)
    return call


def _who(
    route: "Route", request: Request, house: House, reader: Reader, *, count: bool = False
) -> Who:
    who = caller(reader, request, house.verifier)
    if count:
        request.scope["state"]["told"] = house.limits.take(who.limited_by)
    insist_on_rights(route, who.roles, read_only=who.read_only)
    return who


def insist_on_rights(route: "Route", roles: frozenset[str], *, read_only: bool) -> None:
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
