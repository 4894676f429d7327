"""The keys of the town's sign-in: read from a file or fetched, kept, and used to check a token."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from cycle.errors import Unavailable
from cycle.i18n import N_

if TYPE_CHECKING:
    from joserfc.jwk import Key

PAUSE: Final = timedelta(minutes=1)  # between two looks, whatever is shown meanwhile
FRESH: Final = timedelta(hours=1)  # then a key that was withdrawn is seen to be
STALE: Final = timedelta(hours=24)  # no longer is trusted what nobody can renew
LARGEST: Final = 262_144  # bytes of a set of keys
PATIENCE: Final = 5.0  # seconds to wait for the issuer, or for another call that asks it
LEAST_RSA: Final = 342  # signs of base 64 that 2048 bits take
_KINDS: Final = {  # algorithm → kind of key and its curve
    "RS256": ("RSA", None),
    "PS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
    "Ed25519": ("OKP", "Ed25519"),
}
ALGORITHMS: Final = tuple(_KINDS)


class Unverified(Exception):
    """A token that does not count; `code` says why, for the log."""

    def __init__(self, code: str) -> None:
        """Name what is wrong."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Set:
    """Keys as they were at a moment."""

    keys: tuple["Key", ...]
    at: datetime

    def age(self, now: datetime) -> timedelta:
        """Tell how old they are; a clock that was put back makes them old."""
        return now - self.at if now >= self.at else STALE


class Keys:
    """Keeps the keys of an issuer, and looks again when one is shown that it does not know."""

    def __init__(self, source: str, now: Callable[[], datetime]) -> None:
        """Take a file's path or an address; nothing is read before the first token."""
        self.source = source
        self.now = now
        self._set: _Set | None = None
        self._looked: datetime | None = None
        self._lock = Lock()

    def of(self, kid: str | None, algorithm: str) -> "Key":
        """Give the key that signs under this name; Unverified where the issuer has none."""
        held = self._held()
        found = _fitting(held, kid, algorithm)
        if not found and self._may_look():
            found = _fitting(self._renewed(wait=True), kid, algorithm)
        if len(found) != 1:
            raise Unverified("kid")
        return found[0]

    def _held(self) -> _Set:
        """Give the keys that are kept; those that are old are asked for again."""
        held, now = self._set, self.now()
        if held is None or held.age(now) >= STALE:
            return self._renewed(wait=True)
        if held.age(now) >= FRESH and self._may_look():
            return self._renewed(wait=False)
        return held

    def _may_look(self) -> bool:
        now = self.now()
        return self._looked is None or not self._looked <= now < self._looked + PAUSE

    def _renewed(self, *, wait: bool) -> _Set:
        """Look once for all calls that want it; what was kept stands in for a day."""
        if self._lock.acquire(timeout=PATIENCE) if wait else self._lock.acquire(blocking=False):
            try:
                if self._may_look():
                    self._looked = self.now()
                    self._set = _Set(_read(self.source), self._looked)
            except (OSError, ValueError) as closed:
                if self._is_over():
                    raise _unavailable() from closed
            finally:
                self._lock.release()
        if self._set is None or self._is_over():
            raise _unavailable()
        return self._set

    def _is_over(self) -> bool:
        return self._set is None or self._set.age(self.now()) >= STALE


def claims_of(
    shown: str, algorithms: Collection[str], keys: Keys
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give header and claims of a token whose signature is right; Unverified for any other."""
    from joserfc import errors, jws, jwt  # noqa: PLC0415 - an extra

    class Allowed(jws.JWSRegistry):
        """Knows the algorithms of the configuration and no other, none and HS256 least of all."""

        def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library's own model
            """Give an allowed algorithm."""
            if name not in algorithms:
                raise errors.UnsupportedAlgorithmError
            return self.algorithms[name]

    def key_of(token: Any) -> "Key":  # noqa: ANN401 - as the library hands it over
        header = token.headers()
        return keys.of(header.get("kid"), header["alg"])

    try:
        found = jwt.decode(shown, key_of, registry=Allowed(strict_check_header=False))
    except errors.UnsupportedAlgorithmError:
        raise Unverified("alg") from None
    except errors.BadSignatureError:
        raise Unverified("signature") from None
    except (errors.JoseError, ValueError, TypeError, RecursionError):
        raise Unverified("malformed") from None
    return found.header, found.claims


def _fitting(held: _Set, kid: str | None, algorithm: str) -> list["Key"]:
    """Give the keys of that name that may sign so; a token without one needs that there is one."""
    kind, curve = _KINDS[algorithm]
    return [
        key
        for key in held.keys
        if key.key_type == kind
        and (kid is None or key.get("kid") == kid)
        and (curve is None or key.get("crv") == curve)
        and key.get("alg", algorithm) == algorithm
    ]


def _read(source: str) -> tuple["Key", ...]:
    """Read a JSON Web Key Set (RFC 7517); ValueError where it holds no key that signs."""
    text = _fetched(source) if "://" in source else Path(source).read_bytes()
    if len(text) > LARGEST:
        raise ValueError(source)
    try:
        found = json.loads(text)
    except RecursionError as deep:
        raise ValueError(source) from deep
    listed = found.get("keys") if isinstance(found, dict) else None
    given = listed if isinstance(listed, list) else []
    keys = tuple(key for each in given if (key := _imported(each)))
    if not keys:
        raise ValueError(source)
    return keys


def _imported(given: Any) -> "Key | None":  # noqa: ANN401 - whatever the issuer publishes
    """Take one key: public, for signatures, long enough; any other is passed over."""
    from joserfc import errors, jwk  # noqa: PLC0415 - an extra

    kinds = [kind for kind, _ in _KINDS.values()]
    if not isinstance(given, dict) or given.get("kty") not in kinds:
        return None
    uses = given.get("key_ops", ["verify"])
    if given.get("use", "sig") != "sig" or not isinstance(uses, list) or "verify" not in uses:
        return None
    if given["kty"] == "RSA" and len(str(given.get("n"))) < LEAST_RSA:
        return None
    try:
        key = jwk.import_key(given)
    except (errors.JoseError, ValueError, TypeError):
        return None
    return None if key.is_private else key


def _fetched(url: str) -> bytes:
    import httpx  # noqa: PLC0415 - only where keys are not in a file

    try:
        with (
            httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", url, headers={"Accept": "application/json"}) as answer,
        ):
            answer.raise_for_status()
            return _body(answer.iter_bytes())
    except httpx.HTTPError as failed:
        raise ValueError(url) from failed


def _body(parts: Any) -> bytes:  # noqa: ANN401 - an iterator of bytes
    read = b""
    for part in parts:
        read += part
        if len(read) > LARGEST:
            break
    return read


def _unavailable() -> Unavailable:
    return Unavailable(
        N_("The keys of the sign-in cannot be had."),
        code="keys_unavailable",
        fix=N_("Look after `jwks` in the table [oidc] of the settings; tokens of the store work."),
    )
