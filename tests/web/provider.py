"""A town's sign-in as a real server: it asks nobody for a password, all else is as it should be.

Codes are good once and for a minute, the verifier of PKCE and the secret of the client are checked,
ID tokens are signed with a key it publishes.
"""

import base64
import json
import secrets
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "kreislauf-web", "ein-langes-geheimnis"


class Provider:
    """The server; `claims` and `spoil` let a test bend what it says."""

    def __init__(self) -> None:
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "one"})
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {
            "sub": "f3b1", "realm_access": {"roles": ["krs-amt"]}, "groups": ["/amt-51"],
        }  # fmt: skip
        self.spoil: dict[str, Any] = {}  # claims that replace those of the ID token
        self.signs = self.key  # may be another one than is published
        self.instead: tuple[int, str] | None = None  # status and body in place of tokens
        self.redeemed = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def settings(self) -> str:
        """Give what stands in the settings of Kreislauf."""
        return f"""
[oidc]
issuer = "{self.url}"
audience = "kreislauf"
jwks = "{self.url}/certs"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
authorize = "{self.url}/auth"
token = "{self.url}/token"
roles_claim = "realm_access.roles"
roles = {{ "krs-amt" = "department_head", "krs-planung" = "planner" }}
departments_claim = "groups"
departments = {{ "/amt-51" = "51" }}
"""

    def authorized(self, asked: dict[str, str]) -> str:
        """Sign somebody in, and give where the browser goes with a code."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, said: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Redeem a code, once."""
        kind, _, shown = authorization.partition(" ")
        told = base64.b64decode(shown).decode() if kind == "Basic" else ""
        asked = self.codes.pop(said.get("code", ""), None)
        if unquote(told) != f"{CLIENT}:{SECRET}":
            return 401, {"error": "invalid_client"}
        if asked is None or asked["redirect_uri"] != said["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(sha256(said["code_verifier"].encode()).digest())
        if challenge.decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.redeemed += 1
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            **self.claims, **self.spoil,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def _one(query: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(query).items()}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/certs":
                keys = {"keys": [provider.key.as_dict(private=False)]}
                self.answer(200, keys)
            elif url.path == "/auth":
                self.send_response(302)
                self.send_header("Location", provider.authorized(_one(url.query)))
                self.end_headers()
            else:
                self.answer(404, {})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if provider.instead:
                self.write(*provider.instead)
                return
            self.answer(*provider.token(_one(raw), self.headers.get("Authorization", "")))

        def answer(self, status: int, found: dict[str, Any]) -> None:
            self.write(status, json.dumps(found))

        def write(self, status: int, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
