"""How a page looks: templates, what each of them can say and write, and errors as pages."""

import gzip
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from api.entry import heard_of
from api.problems import KINDS, STATUS
from api.web import assets, entry, forms
from api.web.frame import Page, Shown, Visit, link
from api.web.nav import places
from api.web.stored import Stored, as_stored, lang_of
from cycle.errors import Invalid, KreislaufError, NotFound, Refused, Unavailable
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading import problems
from cycle.reading.town import town

TEMPLATES: Final = Path(__file__).parent / "templates"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SMALL: Final = 1_000  # bytes
_COMMANDS: Final = ("`cycle", "--", "token", "If-Match", "ETag")  # hints for another door


@cache
def templates() -> Environment:
    """Give the templates, compiled once a process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=assets.address, link=link, lang_of=lang_of)
    made.filters["as_stored"] = as_stored
    return made


def rendered(visit: Visit, found: Shown, status: int = 0) -> Response:
    """Write a page; the reader of the visit is open."""
    text = templates().get_template(found.template).render(_context(visit) | dict(found.values))
    headers = {**HEADERS, "Content-Language": visit.lang, **found.headers}
    return packed(visit.request, text, status or found.status, headers)


def packed(request: Request, text: str, status: int, headers: Mapping[str, str]) -> Response:
    """Answer with a page, packed where the browser takes that."""
    body, headers = text.encode(), {**headers, "Vary": "Accept-Encoding, Accept-Language, Cookie"}
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(body) > _SMALL:
        body, headers["Content-Encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
    return Response(body, status, headers, "text/html; charset=utf-8")


def _context(visit: Visit) -> dict[str, Any]:
    here = town(visit.reader)
    wrong = forms.placed(visit.form, visit.error, visit.tongue) if isinstance(
        visit.error, Invalid) else forms.NOTHING  # fmt: skip
    return {
        **_writing(visit.tongue),
        "visit": visit,
        "town": here,
        "demo": here.day is not None,
        "nav": places(visit),
        "csrf": entry.form_token(visit.session, visit.request),
        "once": entry.new_secret(),
        "said": _said(visit),
        "form": visit.form,
        "wrong": wrong,
        "problem": told(visit.error, visit.tongue) if visit.error else None,
        "other_lang": _other_language(visit.request, visit.lang),
    }


def _writing(tongue: Tongue) -> dict[str, Any]:
    """Give what templates write with."""
    return {
        "say": tongue.say,
        "plural": tongue.plural,
        "day": lambda value: _day(tongue, value),
        "moment": tongue.moment,
        "number": tongue.number,
        "money": tongue.money,
        "lang": tongue.lang,
        "theirs": lang_of({"lang": tongue.lang}, Stored()),  # of fields the town writes in
        "name_of": lambda kind, code: words.name(kind, str(code), tongue.lang),
    }


def _day(tongue: Tongue, value: date | str | None) -> str:
    """Write a day, as rows or as records in JSON hold it."""
    if not value:
        return ""
    return tongue.date(date.fromisoformat(value) if isinstance(value, str) else value)


def told(error: KreislaufError, tongue: Tongue) -> dict[str, Any]:
    """Give an error as a page tells it; hints that belong to the terminal are left out."""
    found = {"fix": "", "blocked_by": (), **problems.problem(error, tongue)}
    if any(sign in str(error.fix) for sign in _COMMANDS):
        found["fix"] = ""
    return {**found, "refused": isinstance(error, Refused)}


def _said(visit: Visit) -> str:
    cookie = visit.request.cookies.get(entry.SAID, "")
    if not cookie or not visit.session:
        return ""
    visit.cookies.append((entry.SAID, "", 0))
    found = entry.unsealed(visit.session, cookie)
    return visit.tongue.say(found[0], **found[1]) if found else ""


def _other_language(request: Request, lang: str) -> str:
    return str(request.url.include_query_params(lang="en" if lang == "de" else "de")).partition(
        request.url.netloc
    )[2]


def too_much(request: Request) -> Response:
    """Write the page for who sends more than a page takes."""
    says = N_("What you sent is larger than {most} MB and was not taken.")
    fix = N_("Go back in your browser, and send a smaller file or a shorter text.")
    return failed(request, Invalid(says, fix=fix, most=12), 413)


def failed(request: Request, error: KreislaufError | None, code: int = 0) -> Response:
    """Write the page that says why something cannot be shown; it needs no store."""
    tongue = Tongue(entry.spoken(request))
    kind = KINDS["unexpected"]
    said: Mapping[str, Any] = {
        "title": tongue.say(kind.title), "detail": tongue.say(kind.says), "code": "unexpected",
        "fix": "",
    }  # fmt: skip
    status = kind.status
    if error:
        said = told(error, tongue)
        status = code or next(STATUS[each] for each in type(error).__mro__ if each in STATUS)
    if isinstance(error, Unavailable):
        said = {**said, "detail": tongue.say(N_("The data cannot be reached right now.")),
                "fix": tongue.say(N_("Please try again in a few minutes."))}  # fmt: skip
    values = {
        **_writing(tongue), "problem": said, "status": status,
        "request_id": heard_of(request).request_id, "title": said["title"],
        "not_found": isinstance(error, NotFound),
    }  # fmt: skip
    text = templates().get_template("error.html").render(values)
    headers = {**HEADERS, "Content-Language": tongue.lang}
    return packed(request, text, status, headers)


__all__ = ["HEADERS", "POLICY", "Page", "failed", "rendered", "templates", "told"]
