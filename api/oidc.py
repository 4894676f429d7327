"""Access tokens of the town's sign-in (OIDC): checked here, without asking anybody for each."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from math import isfinite
from typing import Any, Final

from api.oidc_configuration import Configuration, configured
from api.oidc_keys import Keys, Unverified, claims_of
from cycle import clock
from cycle.errors import Forbidden, Unavailable
from cycle.i18n import N_

__all__ = ["Configuration", "Unverified", "Verified", "Verifier", "configured"]

LARGEST: Final = 16_384  # characters of a token
LEEWAY: Final = 30.0  # seconds that two clocks may differ
_TYPES: Final = frozenset({"at+jwt", "application/at+jwt", "jwt", "application/jwt"})
_LISTS: Final = frozenset({"scope", "scp"})  # claims of words between blanks (RFC 8693)
_OF_DEPARTMENTS: Final = frozenset({"department_head", "evaluator"})
_LOG: Final = logging.getLogger("kreislauf.api")


@dataclass(frozen=True, slots=True)
class Verified:
    """Who signed in: an account named by a number, never by the person's name."""

    account: str
    roles: frozenset[str]
    departments: frozenset[str]


class Verifier:
    """Checks access tokens of one issuer."""

    def __init__(
        self, configuration: Configuration, now: Callable[[], datetime] = clock.now
    ) -> None:
        """Take what is configured; Unavailable where the extra `oidc` is not installed."""
        try:
            import joserfc  # noqa: F401, PLC0415 - an extra: only whoever signs in by OIDC has it
        except ModuleNotFoundError as absent:
            raise Unavailable(
                N_("The library for signing in by OIDC is not installed."),
                code="driver_missing",
                fix=N_("Install it with `pip install 'kreislauf[oidc]'`."),
            ) from absent
        self.configuration = configuration
        self.now = now
        self.keys = Keys(configuration.jwks, now)

    def verified(self, shown: str) -> Verified | None:
        """Give who shows this token; None for one that does not count, and why to the log.

        Raises Forbidden for somebody who has no role here, Unavailable where the keys of the
        issuer cannot be had.
        """
        try:
            return self.check(shown)
        except Unverified as wrong:
            _LOG.info("access token refused: %s", wrong.code)
            return None

    def check(self, shown: str) -> Verified:
        """Give who shows this token; Unverified names the first thing that is wrong with it."""
        if len(shown) > LARGEST:
            raise Unverified("too_long")
        header, claims = claims_of(shown, self.configuration.algorithms, self.keys)
        if str(header.get("typ", "")).lower() not in _TYPES:
            raise Unverified("typ")
        if self.configuration.refuse_id_tokens and "nonce" in claims:
            raise Unverified("id_token")
        self._insist_on_origin(claims)
        _insist_on_time(claims, self.now().timestamp())
        return self._admitted(claims)

    def identity(self, shown: str, nonce: str) -> Verified:
        """Give who signed in at the pages by an ID token made for them and for this sign-in."""
        if len(shown) > LARGEST:
            raise Unverified("too_long")
        here = self.configuration
        _, claims = claims_of(shown, here.algorithms, self.keys)
        self._insist_on_origin(claims, (here.client_id,))
        if claims.get("azp", here.client_id) != here.client_id:
            raise Unverified("azp")
        _insist_on_time(claims, self.now().timestamp())
        told = claims.get("nonce")
        if not isinstance(told, str) or not compare_digest(
            told.encode("utf-8", "replace"), nonce.encode()
        ):
            raise Unverified("nonce")
        return self._admitted(claims)

    def _insist_on_origin(
        self, claims: Mapping[str, Any], meant_for: tuple[str, ...] | None = None
    ) -> None:
        if claims.get("iss") != self.configuration.issuer:
            raise Unverified("iss")
        audience = claims.get("aud")
        meant = audience if isinstance(audience, list) else [audience]
        known = self.configuration.audience if meant_for is None else meant_for
        if not any(isinstance(each, str) and each in known for each in meant):
            raise Unverified("aud")

    def _admitted(self, claims: Mapping[str, Any]) -> Verified:
        """Translate the claims into what the town lets their bearer do."""
        here, subject = self.configuration, claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise Unverified("sub")
        units = _mapped(claims, here.departments_claim, here.departments)
        roles = _mapped(claims, here.roles_claim, here.roles)
        if here.departments_claim and not units:
            roles -= _OF_DEPARTMENTS  # an evaluator of no department would see those of all
        if not roles:
            raise Forbidden(
                N_("Your sign-in gives you no role here."),
                code="no_role",
                fix=N_("Ask the system administration which group opens Kreislauf."),
            )
        number = sha256(f"{here.issuer}|{subject}".encode()).hexdigest()[:16]
        return Verified(f"oidc-{number}", roles, units)


def _insist_on_time(claims: Mapping[str, Any], now: float) -> None:
    """Refuse a token that is over, not yet begun, or of a day to come."""
    if _moment(claims, "exp") <= now - LEEWAY:
        raise Unverified("expired")
    if _moment(claims, "iat") > now + LEEWAY:
        raise Unverified("iat")
    if "nbf" in claims and _moment(claims, "nbf") > now + LEEWAY:
        raise Unverified("not_yet")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise Unverified(name)
    return value


def _mapped(
    claims: Mapping[str, Any], path: str | None, known: Mapping[str, str]
) -> frozenset[str]:
    """Translate the values of a claim; what is not configured means nothing here."""
    value = _at(claims, path) if path else None
    if isinstance(value, str):
        name = str(path).rpartition(".")[2]
        value = value.split() if name in _LISTS else [value]
    values = value if isinstance(value, list) else []
    return frozenset(known[each] for each in values if isinstance(each, str) and each in known)


def _at(claims: Mapping[str, Any], path: str) -> object:
    """Find a claim by its name, or by the names on the way to it with dots between them."""
    if path in claims:
        return claims[path]
    found: object = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
