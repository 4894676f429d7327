"""The town's own sign-in at the pages: OpenID Connect, authorisation code with PKCE.

What ties the way back to the browser that left (state, nonce and the verifier of PKCE) travels in a
cookie of ten minutes that only we can write.
"""

import hmac
import json
import logging
import warnings
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Final

import httpx

from api.oidc import Configuration, Unverified, Verified, Verifier
from cycle import clock
from cycle.errors import Forbidden, Unavailable
from cycle.i18n import N_

COOKIE: Final = "kreislauf-town"
MINUTES: Final = 10
PATIENCE: Final = 10.0  # seconds to wait for the sign-in of the town
_LOG: Final = logging.getLogger("kreislauf.web")
_ALONE: Final = token_urlsafe(32)  # seals what this process began, where no secret is set


@dataclass(frozen=True, slots=True)
class Found:
    """Who came back, and where to."""

    who: Verified
    to: str


def begin(here: Configuration, secret: str | None, back: str, to: str) -> tuple[str, str]:
    """Give the address of the town's sign-in, and what ties its answer to this browser."""
    verifier, nonce = token_urlsafe(48), token_urlsafe(24)
    with _client(here, back) as client:
        address, state = client.create_authorization_url(
            here.authorize, code_verifier=verifier, nonce=nonce
        )
    ends = clock.now().timestamp() + MINUTES * 60
    return address, _sealed([state, nonce, verifier, to, ends], here, secret)


def finish(
    verifier: Verifier, secret: str | None, back: str, asked: Mapping[str, str], cookie: str
) -> Found:
    """Redeem what the browser came back with; Forbidden where it is not whole, ours or theirs."""
    here = verifier.configuration
    tied = _unsealed(cookie, here, secret)
    state = asked.get("state", "").encode("utf-8", "replace")
    if tied is None or not hmac.compare_digest(str(tied[0]).encode(), state):
        raise _again("state")
    if asked.get("iss", here.issuer) != here.issuer:  # of another sign-in (RFC 9207)
        raise _again("iss")
    if "error" in asked or "code" not in asked:
        raise _again(asked.get("error", "code"))
    shown = _redeemed(here, back, asked["code"], str(tied[2]))
    try:
        return Found(verifier.identity(shown, str(tied[1])), str(tied[3]))
    except Unverified as wrong:
        raise _again(wrong.code) from wrong


def _redeemed(here: Configuration, back: str, code: str, verifier: str) -> str:
    """Exchange a code for an ID token."""
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - an extra, as in _client

    try:
        with _client(here, back) as client:
            found: Mapping[str, Any] = client.fetch_token(
                here.token, code=code, code_verifier=verifier, grant_type="authorization_code"
            )
    except AuthlibBaseError as refused:
        raise _again(str(refused.error)) from refused
    except (httpx.HTTPError, ValueError) as gone:
        raise Unavailable(
            N_("The town's sign-in does not answer."),
            code="sign_in_unavailable",
            fix=N_("Please try again in a few minutes."),
        ) from gone
    shown = found.get("id_token")
    if not isinstance(shown, str):
        raise _again("id_token")
    return shown


def _client(here: Configuration, back: str) -> Any:  # noqa: ANN401 - the library tells no types
    import authlib.deprecate  # noqa: F401, PLC0415 - an extra; it sets filters of its own first

    warnings.filterwarnings("ignore", "The httpx module is deprecated")  # the successor is young
    from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415 - as above

    return OAuth2Client(
        client_id=here.client_id,
        client_secret=here.client_secret or None,
        token_endpoint_auth_method="client_secret_basic" if here.client_secret else "none",
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=PATIENCE,
        trust_env=False,
        follow_redirects=False,
    )


def _again(why: str) -> Forbidden:
    _LOG.info("sign-in by the town refused: %s", why[:80])
    return Forbidden(
        N_("Signing in at the town did not succeed."),
        code="town_sign_in",
        fix=N_("Begin anew from the sign-in page. If it fails again, tell the system"
               " administration."),
    )  # fmt: skip


def _sealed(tied: list[Any], here: Configuration, secret: str | None) -> str:
    raw = urlsafe_b64encode(json.dumps(tied).encode()).decode()
    return f"{raw}.{_seal(raw, here, secret)}"


def _unsealed(cookie: str, here: Configuration, secret: str | None) -> list[Any] | None:
    raw, _, seal = cookie.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(raw, here, secret).encode()):
        return None
    tied: list[Any] = json.loads(urlsafe_b64decode(raw))
    return tied if tied[4] > clock.now().timestamp() else None


def _seal(raw: str, here: Configuration, secret: str | None) -> str:
    key = sha256(f"town:{secret or here.client_secret or _ALONE}".encode()).digest()
    return hmac.new(key, raw.encode(), sha256).hexdigest()
