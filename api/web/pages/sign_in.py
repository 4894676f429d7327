"""Signing in and out: with a local account, or by the town's own sign-in."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.web import entry, oidc_login
from api.web.forms import Field, Form
from api.web.frame import ANYONE, EVERYONE, Gone, Page, Shown, Visit
from cycle import clock
from cycle.demo.town import PASSWORD
from cycle.errors import Forbidden, NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading import accounts
from cycle.reading import sessions as signed
from cycle.reading.town import town
from cycle.store import sessions
from cycle.usecases import signing_in

FRAME: Final = ("_csrf", "_once", "_to", "_kept")
SLOW: Final = 429


def _form(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Sign in")),
        button=visit.say(N_("Sign in")),
        fields=(
            Field(name="name", label=visit.say(N_("Account")), required=True,
                  autocomplete="username", most=40),
            Field(name="password", label=visit.say(N_("Password")), kind="secret", required=True,
                  autocomplete="current-password"),
        ),
    )  # fmt: skip


def _show(visit: Visit) -> Shown | Response:
    to = inside(visit.asked.get("to", ""))
    if visit.session and visit.typed is None:
        return RedirectResponse(to, 303)
    return _page(visit, inside(visit.one("_to")) if visit.typed is not None else to)


def _page(visit: Visit, to: str, kept: str = "", status: int = 200) -> Shown:
    _tie(visit)
    demo = town(visit.reader).day is not None
    shown = {
        "to": to,
        "kept": kept or visit.one("_kept"),
        "oidc": _by_town(visit),
        "demo_accounts": _demo_accounts(visit) if demo else (),
        "demo_password": PASSWORD,
        "error": visit.error,
    }
    return Shown("sign_in.html", shown, status)


def over(visit: Visit, to: str) -> Shown:
    """Ask to sign in anew where the session was over when a form came; its words are kept."""
    typed = {n: v for n, v in visit.shown_again.items() if n not in FRAME}
    kept = json.dumps(typed)
    visit.typed = None
    visit.form = _form(visit)
    visit.notice = visit.say(
        N_("You were signed out in the meantime. Sign in, and your form is there again, as filled.")
    )
    return _page(visit, inside(to), kept, status=401)


def _tie(visit: Visit) -> None:
    """Tie the form to this browser, as no session does yet."""
    if visit.session or visit.request.cookies.get(entry.BEFORE):
        return
    secret = entry.new_secret()
    visit.request.cookies[entry.BEFORE] = secret  # so that the form shown now carries its token
    visit.cookies.append((entry.BEFORE, secret, 86_400))


def _by_town(visit: Visit) -> bool:
    """Tell whether the town's own sign-in is open to the pages."""
    oidc = visit.house.configuration.oidc
    return bool(oidc and oidc.client_id)


def _go(visit: Visit) -> Response:
    """Send the browser to the town's sign-in."""
    if not _by_town(visit) or visit.house.verifier is None:
        raise NotFound(N_("There is no such page."))
    address, tied = oidc_login.begin(
        visit.house.verifier.configuration, visit.house.settings.secret,
        _back_at(visit), inside(visit.asked.get("to", "")),
    )  # fmt: skip
    response = RedirectResponse(address, 303)
    entry.put_cookie(response, visit.request, oidc_login.COOKIE, tied, oidc_login.MINUTES * 60)
    return response


def _come_back(visit: Visit) -> Response:
    """Let in whom the town's sign-in vouches for."""
    if not _by_town(visit) or visit.house.verifier is None:
        raise NotFound(N_("There is no such page."))
    found = oidc_login.finish(
        visit.house.verifier, visit.house.settings.secret, _back_at(visit), dict(
            visit.request.query_params), visit.request.cookies.get(oidc_login.COOKIE, ""),
    )  # fmt: skip
    token = signing_in.come_in(
        visit.house.store, found.who.account, roles=sorted(found.who.roles),
        departments=sorted(found.who.departments), day=visit.house.settings.today,
    )  # fmt: skip
    response = entered(visit, token, inside(found.to))
    entry.put_cookie(response, visit.request, oidc_login.COOKIE, "", 0)
    return response


def _back_at(visit: Visit) -> str:
    """Give the address to which the town's sign-in sends the browser back."""
    return str(visit.request.url.replace(path="/sign-in/back", query="", fragment=""))


def _demo_accounts(visit: Visit) -> list[tuple[str, str]]:
    """List whom one may be in the demo, with their roles."""
    return [
        (each.name, ", ".join(words.name("role", role, visit.lang) for role in each.roles))
        for each in accounts.listed(visit.reader)
        if each.kind == "person" and not each.disabled_at and each.name != "local"
    ]


def _sign_in(visit: Visit) -> Gone | Shown | Response:
    said = _form(visit).words(visit.typed or {}, visit.tongue)
    store, now = visit.house.store, clock.now()
    address = visit.request.client.host if visit.request.client else ""
    try:
        token = signing_in.sign_in(store, said["name"], said["password"], address=address, now=now)
    except Forbidden as error:
        with visit.house.readers.lend() as reader:
            visit.reader, visit.error = reader, error
            return _turned_down(visit, error)
    return entered(visit, token, inside(visit.one("_to")), visit.one("_kept"))


def _turned_down(visit: Visit, error: Forbidden) -> Shown:
    """Show the form again, and tell a browser that tries too often how long it is to wait."""
    to = inside(visit.one("_to"))
    if error.code != "sign_in_slow_down":
        return _page(visit, to, status=401)
    wait = {"Retry-After": f"{60 * int(str(error.values['minutes']))}"}
    return replace(_page(visit, to, status=SLOW), headers=wait)


def entered(visit: Visit, token: str, to: str, kept: str = "") -> Response:
    """Let the browser in, to where it wanted to go, or to the form it had filled."""
    if visit.session:
        sessions.end(visit.house.store, entry.session_token(visit.request))
    response: Response = RedirectResponse(to, 303)
    if kept:
        response = _form_again(visit, token, to, kept) or response
    entry.put_cookie(response, visit.request, entry.session_name(visit.request), token,
                     sessions.LONGEST)  # fmt: skip
    entry.put_cookie(response, visit.request, entry.BEFORE, "", 0)
    return response


def _form_again(visit: Visit, token: str, to: str, kept: str) -> Response | None:
    """Show the page the form was on, filled as it was, to who signed in anew."""
    from api.web.pages import PAGES  # noqa: PLC0415 - which holds this page too
    from api.web.serving import shown_again  # noqa: PLC0415 - which shows this page too

    try:
        typed = {str(n): [str(v) for v in vs] for n, vs in json.loads(kept).items()}
    except (ValueError, AttributeError, TypeError):
        return None
    path = urlsplit(to).path
    found = page_at(PAGES, path)
    if not found:
        return None
    page, named = found
    with visit.house.readers.lend() as reader:
        session = signed.look(reader, token, clock.now(), visit.house.settings.today)
    scope = {**visit.request.scope, "path": path, "query_string": urlsplit(to).query.encode(),
             "path_params": named}  # fmt: skip
    again = Visit(
        visit.house, Request(scope), visit.heard, entry.who_of(session), visit.today, named,
        session=session, page=page, typed=typed,
    )  # fmt: skip
    again.notice = visit.say(N_("You are signed in again. Look over your form and send it."))
    return shown_again(page, again)


def page_at(pages: Iterable[Page], path: str) -> tuple[Page, dict[str, str]] | None:
    """Find the page of an address that has a form, with the names in its path."""
    parts = path.strip("/").split("/")
    for page in sorted(pages, key=lambda each: each.path.count("{")):
        asked = page.path.strip("/").split("/")
        fits = len(asked) == len(parts) and all(
            a.startswith("{") or a == p for a, p in zip(asked, parts, strict=True)
        )
        if fits and (page.form or page.show):
            return page, {
                a[1:-1]: p for a, p in zip(asked, parts, strict=True) if a.startswith("{")
            }
    return None


def inside(to: str) -> str:
    """Give an address of ours to go to, whatever somebody asked for."""
    ours = to.startswith("/") and not to.startswith(("//", "/sign-")) and "\\" not in to
    return to if ours and to.isprintable() and to.isascii() and not entry.host_of(to) else "/"


def _sign_out(visit: Visit) -> Response:
    if visit.session:
        sessions.end(visit.house.store, entry.session_token(visit.request))
    response = RedirectResponse("/sign-in?out=1", 303)
    entry.put_cookie(response, visit.request, entry.session_name(visit.request), "", 0)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


PAGES = (
    Page(path="/sign-in", name="sign_in", rights=ANYONE, form=_form, show=_show, whole=_sign_in),
    Page(path="/sign-in/town", name="sign_in_town", rights=ANYONE, show=_go),
    Page(path="/sign-in/back", name="sign_in_back", rights=ANYONE, show=_come_back),
    Page(path="/sign-out", name="sign_out", rights=EVERYONE, whole=_sign_out,
         show=lambda _visit: RedirectResponse("/", 303)),
)  # fmt: skip
