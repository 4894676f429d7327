"""The HTTP door as a whole: routes, what stands around them, and what runs beside them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from api import configuration, openapi, problems
from api.around import Around
from api.desk import House
from api.entry import heard_of
from api.frame import Door, install
from api.routes import ROUTES
from api.watch import when_told_to_stop
from api.web import assets, serving
from api.web.pages import PAGES
from api.web.shown import failed
from cycle import settings
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.settings import Settings

METHOD_NOT_ALLOWED = 405
_OF_PROGRAMS = re.compile("/(v1|static)(/|$)")
_CODES = {404: "no_such_route", 405: "method_not_allowed", 413: "too_large"}


def create(here: Settings) -> FastAPI:
    """Make the app that serves one store."""
    house = House(here, configuration.read(here))
    app = FastAPI(
        title="Kreislauf",
        version=openapi.VERSION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.house = house
    install(app, ROUTES)
    app.router.routes.extend([*serving.addresses(PAGES), *assets.routes()])
    app.add_exception_handler(HTTPException, _no_route)
    app.openapi = lambda: openapi.described(app)  # type: ignore[method-assign] # FastAPI's way
    app.add_middleware(Around)
    return app


def from_environment() -> FastAPI:
    """Make the app by what is set around it: what every worker of the server calls."""
    return create(settings.read())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    house: House = app.state.house
    to_thread.current_default_thread_limiter().total_tokens = house.configuration.threads
    await to_thread.run_sync(house.begin)
    try:
        with when_told_to_stop(house.watch.end):
            yield
    finally:
        await to_thread.run_sync(house.close)


async def _no_route(request: Request, error: Exception) -> Response:
    """Answer where no route answers: an unknown address, or a method it does not take."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if _by_browser(request):
        return failed(request, NotFound(N_("There is no such page.")))
    headers = {"Allow": _methods(request)} if status == METHOD_NOT_ALLOWED else {}
    return problems.turned(_CODES.get(status, "malformed"), heard_of(request), headers)


def _by_browser(request: Request) -> bool:
    """Tell whether a browser looks for a page, rather than a program for an address."""
    return "text/html" in request.headers.get("Accept", "") and not _OF_PROGRAMS.match(
        request.url.path
    )


def _methods(request: Request) -> str:
    """List what the address takes, over all its routes."""
    doors = (route for route in request.app.routes if isinstance(route, Door))
    fits = (door for door in doors if door.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for door in fits for method in door.methods or ()}))
