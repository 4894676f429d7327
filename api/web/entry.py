"""Who is at the page: cookies, the session behind them, and whether a form is really ours."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from secrets import token_bytes, token_urlsafe
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from api.auth import NOONE, Who
from api.entry import language
from cycle.reading.sessions import Session

HOST: Final = "__Host-kreislauf"  # where the page came by TLS
PLAIN: Final = "kreislauf"
BEFORE: Final = "kreislauf-before"  # ties the form for signing in to this browser
SAID: Final = "kreislauf-said"  # what is said once on the next page
LANG: Final = "kreislauf-lang"
SAYABLE: Final = 2_400  # bytes of values; a cookie of more than 4,096 is not kept
YEAR: Final = 365 * 86_400
MINUTE: Final = 60
_SAFE: Final = frozenset({"same-origin", "none"})


def secure(request: Request) -> bool:
    """Tell whether the browser speaks TLS with us or with the proxy before us."""
    return request.url.scheme == "https"


def session_name(request: Request) -> str:
    """Name the cookie of the session."""
    return HOST if secure(request) else PLAIN


def session_token(request: Request) -> str:
    """Give what the browser shows for its session; empty where it shows nothing."""
    return request.cookies.get(session_name(request), "")


def put_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Set a cookie that only we read; an empty one is taken away."""
    response.set_cookie(
        name,
        value,
        max_age=seconds if value else 0,
        path="/",
        secure=secure(request),
        httponly=True,
        samesite="lax",
    )


def who_of(session: Session | None) -> Who:
    """Give the caller a session stands for."""
    if session is None:
        return NOONE
    return Who(
        session.account,
        frozenset(session.roles),
        frozenset(session.departments),
        limited_by=session.account,
        vouched=session.vouched,
        acts_for=session.acts_for,
    )


def spoken(request: Request) -> str:
    """Choose the language: asked for now, chosen before, else the browser's, else German."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANG)):
        if chosen in {"de", "en"}:
            return chosen
    return language(request.headers.get("Accept-Language", ""), "de")


def form_token(session: Session | None, request: Request) -> str:
    """Give what a form of ours carries: bound to the session, or to this browser before one.

    It looks different each time, so that the length of a packed page tells nothing about it.
    """
    token = _token(session, request)
    mask = token_bytes(len(token))
    return (mask + _crossed(mask, token)).hex() if token else ""


def _token(session: Session | None, request: Request) -> bytes:
    secret = session.csrf if session else request.cookies.get(BEFORE, "")
    return hashlib.sha256(f"form:{secret}".encode()).digest() if secret else b""


def _crossed(mask: bytes, token: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(mask, token, strict=True))


def is_ours(request: Request, session: Session | None, shown: str) -> bool:
    """Tell whether what was sent comes from a page of ours: by its origin, and by its token."""
    token = _token(session, request)
    try:
        raw = bytes.fromhex(shown)
    except ValueError:
        return False
    if not token or len(raw) != 2 * len(token) or not same_origin(request):
        return False
    return hmac.compare_digest(token, _crossed(raw[: len(token)], raw[len(token) :]))


def same_origin(request: Request) -> bool:
    """Tell whether the browser says that a page of this host sent it."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if site and site not in _SAFE:
        return False
    told = origin or ("" if site else request.headers.get("Referer", ""))
    return not told or host_of(told) == (request.headers.get("Host") or None)


def host_of(address: str) -> str:
    """Give the host an address names; nothing where it names none, or cannot be read."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def new_secret() -> str:
    """Make what nobody guesses."""
    return token_urlsafe(24)


def sealed(session: Session, template: str, values: Mapping[str, object]) -> str:
    """Write what is to be said once into a cookie, so that nobody else can put words there."""
    told = {name: str(value) for name, value in values.items()}
    if len("".join(told.values()).encode()) > SAYABLE:
        told = {name: f"{value[:200]}…" for name, value in told.items()}
    text = json.dumps([template, told], ensure_ascii=False)
    raw = urlsafe_b64encode(text.encode("utf-8", "replace")).decode()
    return f"{raw}.{_seal(session, raw)}"


def unsealed(session: Session, cookie: str) -> tuple[str, dict[str, str]] | None:
    """Read it again; None where it is not ours."""
    raw, _, seal = cookie.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(session, raw).encode()):
        return None
    template, values = json.loads(urlsafe_b64decode(raw))
    return template, values


def _seal(session: Session, raw: str) -> str:
    return hmac.new(session.csrf.encode(), raw.encode(), hashlib.sha256).hexdigest()
