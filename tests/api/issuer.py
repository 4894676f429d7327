"""A town's sign-in for tests: a real server with keys, and the tokens it signs."""

import base64
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwk, jws, jwt

from api.oidc import Configuration, Unverified, Verifier

ISSUER = "https://anmeldung.saalestadt.example/realms/stadt"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ROLES = {"krs-planung": "planner", "krs-amt": "department_head", "krs-werk": "evaluator"}


class Signing(jws.JWSRegistry):
    """Signs by whatever a test names, forbidden algorithms too."""

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library's own model
        return self.algorithms[name]


def a_key(kind: str, size: str | int, kid: str) -> jwk.Key:
    return jwk.JWKRegistry.generate_key(kind, size, {"kid": kid})


class Issuer:
    """A real server that publishes keys, and counts who asks."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                self.send_response(issuer.status)
                for name, value in issuer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(issuer.body)))
                self.end_headers()
                self.wfile.write(issuer.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/certs"

    def publish(self, *keys: jwk.Key | dict[str, Any]) -> None:
        listed = [key if isinstance(key, dict) else key.as_dict(private=False) for key in keys]
        self.body = json.dumps({"keys": listed}).encode()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Clock:
    """Stands where a test puts it."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


def a_verifier(jwks: str, clock: Callable[[], datetime], **more: Any) -> Verifier:  # noqa: ANN401 - as the settings
    here: dict[str, Any] = {
        "issuer": ISSUER, "audience": ("kreislauf",), "jwks": jwks,
        "roles_claim": "realm_access.roles", "roles": ROLES,
    }  # fmt: skip
    return Verifier(Configuration(**here | more), clock)


def claims_with(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any claim
    at = int(NOW.timestamp())
    claims = {
        "iss": ISSUER, "sub": "f3b1", "aud": "kreislauf", "iat": at, "exp": at + 300,
        "name": "Erika Beispiel", "realm_access": {"roles": ["krs-planung", "offline_access"]},
    }  # fmt: skip
    return {name: value for name, value in (claims | changes).items() if value is not ...}


def a_token(key: jwk.Key, alg: str = "RS256", claims: dict[str, Any] | None = None,
           **header: Any) -> str:  # noqa: ANN401 - any header  # fmt: skip
    first = {"alg": alg, "kid": key.kid, "typ": "at+jwt"} | header
    return jwt.encode(
        {name: value for name, value in first.items() if value is not ...},
        claims_with() if claims is None else claims, key,
        registry=Signing(strict_check_header=False), default_type=None,
    )  # fmt: skip


def refused(verifier: Verifier, shown: str) -> str:
    with pytest.raises(Unverified) as caught:
        verifier.check(shown)
    assert verifier.verified(shown) is None
    return caught.value.code


def unsigned(header: object, claims: object) -> str:
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=")
        for each in (header, claims)
    )
