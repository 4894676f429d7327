"""Answers a call of a page: from the browser's request to the page or the way on."""

import logging
from collections.abc import Mapping
from itertools import chain
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as Address

from api.around import PAGE
from api.desk import House
from api.entry import heard_of
from api.problems import Heard
from api.web import entry
from api.web.frame import (
    ANYONE,
    Gone,
    Page,
    Shown,
    Upload,
    Visit,
    done,
    link,
    prepared,
    refused_as_form,
    shown,
)
from api.web.shown import failed, rendered
from cycle import clock
from cycle.errors import Conflict, Forbidden, Invalid, KreislaufError, NotFound, Refused
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.model.words import ROLES as LISTED
from cycle.reading import sessions as signed
from cycle.reading.door import Reader
from cycle.store import sessions

LOG: Final = logging.getLogger("kreislauf.web")
FIELDS: Final = 3_000  # of one form
SEE_OTHER: Final = 303


def addresses(pages: tuple[Page, ...]) -> list[Address]:
    """Give what the app serves: written-out addresses before those with a name in them."""
    ordered = sorted(pages, key=lambda each: (each.path.count("{"), each.path))
    return [_address(page) for page in ordered]


def _address(page: Page) -> Address:
    async def handle(request: Request) -> Response:
        try:
            typed, files = await _sent(request) if request.method == "POST" else (None, {})
        except ClientDisconnect:
            return Response(status_code=400)
        except (HTTPException, MultiPartException, ValueError):  # cut off, or of too many parts
            return await run_in_threadpool(_unreadable, request)
        return await run_in_threadpool(answered, page, request, typed, files)

    sends = page.act is not None or page.whole is not None
    return Address(page.path, handle, methods=["GET", "POST"] if sends else ["GET"], name=page.name)


async def _sent(request: Request) -> tuple[dict[str, list[str]], dict[str, Upload]]:
    """Read a form as it was sent, texts and files; ValueError where a text is none."""
    typed: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    async with request.form(max_files=4, max_fields=FIELDS, max_part_size=PAGE) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    files[name] = Upload(value.filename, await value.read())
            else:
                typed.setdefault(name, []).append(value)
    named = (word for name, each in files.items() for word in (name, each.name))
    for text in (*typed, *chain.from_iterable(typed.values()), *named):
        text.encode()  # a sender may name a way of reading that makes halves of signs
    return typed, files


def answered(
    page: Page,
    request: Request,
    typed: Mapping[str, list[str]] | None,
    files: Mapping[str, Upload],
) -> Response:
    """Answer one call, whatever happens on the way."""
    house: House = request.app.state.house
    heard = Heard(Tongue(entry.spoken(request)), heard_of(request).request_id)
    request.scope["state"]["heard"] = heard
    try:
        with house.readers.lend() as reader:
            visit = _visit(page, house, request, heard, reader)
            visit.typed, visit.files = typed, files
            response = _let_in(page, visit, reader)
            if response is None and typed is None:
                response = _looked_at(page, visit, reader)
        if response is None:
            response = _sent_in(page, visit)
        return _with_cookies(response, visit)
    except KreislaufError as error:
        return failed(request, error)
    except Exception:
        LOG.exception("unexpected", extra={"request_id": heard.request_id})
        return failed(request, None)


def _visit(page: Page, house: House, request: Request, heard: Heard, reader: Reader) -> Visit:
    token = entry.session_token(request)
    day = house.settings.today
    session = signed.look(reader, token, clock.now(), day) if token else None
    if session and "HX-Request" not in request.headers:  # a page that asks by itself is no person
        sessions.touch(house.store, session, clock.now())
    visit = Visit(
        house, request, heard, entry.who_of(session), house.today(reader),
        dict(request.path_params), session=session, page=page,
    )  # fmt: skip
    chosen = request.query_params.get("lang")
    if chosen in {"de", "en"} and request.cookies.get(entry.LANG) != chosen:
        visit.cookies.append((entry.LANG, chosen, entry.YEAR))
    return visit


def _let_in(page: Page, visit: Visit, reader: Reader) -> Response | None:
    """Give None where the call may go on; else the page that says why not."""
    open_to_all = page.rights == ANYONE
    if not visit.session and not open_to_all:
        return _sign_in_first(visit, reader)
    if visit.typed is not None and not entry.is_ours(
        visit.request, visit.session, visit.one("_csrf")
    ):
        visit.reader = reader
        return rendered(visit, _not_ours(visit, open_to_all=open_to_all))
    if not open_to_all:
        _insist_on_role(page, visit)
    return None


def _insist_on_role(page: Page, visit: Visit) -> None:
    if visit.who.roles & page.rights:
        return
    names = [words.name("role", each, visit.lang) for each in LISTED if each in page.rights]
    raise Forbidden(
        N_("This page is for: {roles}."),
        code="page_forbidden",
        fix=N_("Ask one of them, or the system administration to let you in."),
        roles=", ".join(names),
    )


def _sign_in_first(visit: Visit, reader: Reader) -> Response:
    """Send who is not signed in to do so; what was typed is kept, and comes back filled in."""
    to = visit.here
    if visit.typed is None:
        return RedirectResponse(link("sign-in", to=to if to != "/" else ""), SEE_OTHER)
    from api.web.pages.sign_in import over  # noqa: PLC0415 - that page needs this module

    visit.reader = reader
    return rendered(visit, over(visit, to))


def _not_ours(visit: Visit, *, open_to_all: bool) -> Shown:
    """Say that a form came without what proves it ours: as a rule for want of cookies."""
    no_cookies = open_to_all and not visit.request.cookies
    kept = {n: v for n, v in visit.shown_again.items() if not n.startswith("_")}
    return Shown("not_ours.html", {"no_cookies": no_cookies, "kept": kept}, 403)


def _looked_at(page: Page, visit: Visit, reader: Reader) -> Response:
    with visit.looking(reader):
        prepared(page, visit, visit.reader)
        found = shown(page, visit)
        return found if isinstance(found, Response) else rendered(visit, found)


def _sent_in(page: Page, visit: Visit) -> Response:
    """Do what was sent; where that cannot be, show the page again with all that was typed."""
    try:
        with visit.house.readers.lend() as reader:
            prepared(page, visit, reader)
        found = done(page, visit)
    except Refused as error:
        return _again(page, visit, error)
    except (Invalid, NotFound, Forbidden, Conflict) as error:
        return _again(page, visit, error)
    if isinstance(found, Response):
        return found
    if isinstance(found, Shown):
        with visit.house.readers.lend() as reader:
            visit.reader = reader
            return rendered(visit, found)
    return gone(visit, found)


def gone(visit: Visit, found: Gone) -> Response:
    """Send the browser on, with what is said there once."""
    if found.says and visit.session:
        visit.cookies.append(
            (entry.SAID, entry.sealed(visit.session, found.says, found.values), entry.MINUTE)
        )
    return RedirectResponse(found.to, SEE_OTHER)


def _again(page: Page, visit: Visit, error: KreislaufError) -> Response:
    visit.error, visit.unit = error, None
    visit.stale = isinstance(error, Conflict) and error.code == "stale"
    with visit.house.readers.lend() as reader:
        try:
            prepared(page, visit, reader)
            found = shown(page, visit)
        except KreislaufError as other:
            return failed(visit.request, other)
        if isinstance(found, Response):
            return found
        return rendered(visit, found, status=refused_as_form(error))


def shown_again(page: Page, visit: Visit) -> Response:
    """Show a page filled with what was typed before the sign-in was over."""
    with visit.house.readers.lend() as reader:
        _insist_on_role(page, visit)
        prepared(page, visit, reader)
        found = shown(page, visit)
        return found if isinstance(found, Response) else rendered(visit, found)


def _unreadable(request: Request) -> Response:
    says = N_("What was sent did not arrive whole.")
    fix = N_("Go back in your browser: what you typed is still there. Then send it again.")
    return failed(request, Invalid(says, fix=fix))


def _with_cookies(response: Response, visit: Visit) -> Response:
    for name, value, seconds in visit.cookies:
        entry.put_cookie(response, visit.request, name, value, seconds)
    return response
