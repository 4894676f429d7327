import base64
import hmac
import json
import logging
import sys
from hashlib import sha256
from typing import Any

import pytest
from joserfc import jwk, jws

from api.oidc import LARGEST, Verified
from cycle.errors import Forbidden, Unavailable
from tests.api.issuer import (
    ISSUER,
    SECONDS,
    Clock,
    Issuer,
    a_key,
    a_token,
    a_verifier,
    claims_with,
    refused,
    unsigned,
)
from tests.api.signing import the_clock, the_issuer, the_other_rsa, the_rsa

__all__ = ["the_clock", "the_issuer", "the_other_rsa", "the_rsa"]


def test_a_token_lets_its_bearer_in_under_a_number(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    found = a_verifier(issuer.url, clock).verified(a_token(rsa))
    number = sha256(f"{ISSUER}|f3b1".encode()).hexdigest()[:16]
    assert found == Verified(f"oidc-{number}", frozenset({"planner"}), frozenset())
    assert "Erika" not in repr(found)


@pytest.mark.parametrize(
    ("alg", "kind", "size"),
    [("RS256", "RSA", 2048), ("PS256", "RSA", 2048), ("ES256", "EC", "P-256"),
     ("EdDSA", "OKP", "Ed25519"), ("Ed25519", "OKP", "Ed25519")],
)  # fmt: skip
def test_every_allowed_algorithm_is_understood(
    issuer: Issuer, clock: Clock, alg: str, kind: str, size: str | int
) -> None:
    key = a_key(kind, size, "one")
    issuer.publish(key)
    verifier = a_verifier(issuer.url, clock, algorithms=(alg,))
    token = a_token(key, alg)
    assert verifier.check(token).roles == {"planner"}
    head, body, signature = token.split(".")
    bad = base64.urlsafe_b64encode(bytes(64 if kind != "RSA" else 256)).decode().rstrip("=")
    assert refused(verifier, f"{head}.{body}.{bad}") == "signature"
    assert refused(verifier, f"{head}.{body}.") == "signature"
    assert refused(verifier, f"{head}.{body}x.{signature}") in {"signature", "malformed"}


@pytest.mark.parametrize("alg", ["PS256", "ES256", "EdDSA"])
def test_an_algorithm_that_is_not_configured_is_refused(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, alg: str
) -> None:
    key = rsa if alg == "PS256" else a_key("EC", "P-256", "rsa-1")
    key = a_key("OKP", "Ed25519", "rsa-1") if alg == "EdDSA" else key
    assert refused(a_verifier(issuer.url, clock, algorithms=("RS256",)), a_token(key, alg)) == "alg"
    assert issuer.asked == 0


@pytest.mark.parametrize("alg", ["none", "nOnE", "NONE", "", None, ["RS256"], 7, {"RS256": 1}])
def test_a_token_without_a_signature_opens_nothing(
    issuer: Issuer, clock: Clock, alg: object
) -> None:
    verifier = a_verifier(issuer.url, clock)
    for signature in ("", "AAAA"):
        text = f"{unsigned({'alg': alg, 'kid': 'rsa-1', 'typ': 'JWT'}, claims_with())}.{signature}"
        assert refused(verifier, text) in {"alg", "malformed"}
    assert issuer.asked == 0


@pytest.mark.parametrize("form", ["pem", "der", "json"])
def test_the_public_key_is_no_secret_to_sign_with(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, form: str
) -> None:
    published: Any = rsa.as_dict(private=False)
    public = jwk.RSAKey.import_key(published)
    secret = json.dumps(published).encode() if form == "json" else (
        public.as_pem(private=False) if form == "pem" else public.as_der(private=False)
    )  # fmt: skip
    text = unsigned({"alg": "HS256", "kid": "rsa-1", "typ": "at+jwt"}, claims_with())
    signature = hmac.digest(secret, text.encode(), "sha256")
    token = f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"
    assert refused(a_verifier(issuer.url, clock), token) == "alg"


def test_keys_in_the_token_itself_are_not_trusted(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, other_rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    small = a_key("OKP", "Ed25519", "rsa-1")
    own = small.as_dict(private=False)
    assert refused(verifier, a_token(small, "EdDSA", jwk=own)) == "kid"
    assert refused(verifier, a_token(other_rsa, kid="rsa-1")) == "signature"
    assert refused(verifier, a_token(other_rsa, kid="rsa-1", jku="https://x.example/k")) \
        == "signature"  # fmt: skip
    unknown = unsigned({"alg": "RS256", "kid": "rsa-1", "typ": "JWT", "crit": ["x"]}, {})
    assert refused(verifier, f"{unknown}.AAAA") == "malformed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"exp": SECONDS - 31}, "expired"), ({"exp": SECONDS - 30}, "expired"),
        ({"exp": ...}, "exp"), ({"exp": "soon"}, "exp"), ({"exp": None}, "exp"),
        ({"exp": True}, "exp"), ({"exp": [SECONDS + 60]}, "exp"), ({"exp": float("inf")}, "exp"),
        ({"nbf": SECONDS + 31}, "not_yet"), ({"nbf": "x"}, "nbf"), ({"nbf": None}, "nbf"),
        ({"iat": ...}, "iat"), ({"iat": SECONDS + 31}, "iat"), ({"iat": float("nan")}, "iat"),
        ({"aud": "other"}, "aud"), ({"aud": ...}, "aud"), ({"aud": []}, "aud"),
        ({"aud": ["other", "Kreislauf"]}, "aud"), ({"aud": {"kreislauf": 1}}, "aud"),
        ({"aud": [["kreislauf"]]}, "aud"), ({"aud": "kreislauf other"}, "aud"),
        ({"iss": ISSUER + "/"}, "iss"), ({"iss": ...}, "iss"), ({"iss": [ISSUER]}, "iss"),
        ({"sub": ...}, "sub"), ({"sub": ""}, "sub"), ({"sub": 7}, "sub"),
    ],
)  # fmt: skip
def test_a_claim_that_does_not_fit_is_refused(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, changes: dict[str, Any], code: str
) -> None:
    token = a_token(rsa, claims=claims_with(**changes))
    assert refused(a_verifier(issuer.url, clock), token) == code


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": SECONDS - 29}, {"nbf": SECONDS + 30}, {"iat": SECONDS + 30}, {"exp": SECONDS + 0.5},
        {"aud": ["account", "kreislauf"]},
    ],
)  # fmt: skip
def test_clocks_may_differ_by_half_a_minute_and_audiences_be_several(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, changes: dict[str, Any]
) -> None:
    verifier = a_verifier(issuer.url, clock)
    assert verifier.check(a_token(rsa, claims=claims_with(**changes))).roles == {"planner"}


def test_one_of_several_audiences_of_ours_is_enough(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock, audience=("kreislauf", "kreislauf-test"))
    claims = claims_with(aud=["x", "kreislauf-test"])
    assert verifier.verified(a_token(rsa, claims=claims)) is not None


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"])
def test_access_tokens_say_what_they_are(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, typ: str
) -> None:
    assert a_verifier(issuer.url, clock).verified(a_token(rsa, typ=typ)) is not None


@pytest.mark.parametrize("typ", ["logout+jwt", "dpop+jwt", "secevent+jwt", "", ...])
def test_other_kinds_of_tokens_are_refused(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, typ: object
) -> None:
    assert refused(a_verifier(issuer.url, clock), a_token(rsa, typ=typ)) == "typ"


def test_an_id_token_is_refused_where_the_town_says_so(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    token = a_token(rsa, claims=claims_with(nonce="n-0S6"))
    assert a_verifier(issuer.url, clock).verified(token) is not None
    assert refused(a_verifier(issuer.url, clock, refuse_id_tokens=True), token) == "id_token"


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "..", "...", "a.b.c", "a.b", "krs_abc", "eyJ", "\x00", "ü.ü.ü", "\ud800.a.b",
        "e30.e30.", "bnVsbA.e30.AAAA", "W10.e30.AAAA", f"{unsigned([], [])}.AAAA",
        base64.urlsafe_b64encode(b"[" * 300).decode() + ".e30.AAAA",
        base64.urlsafe_b64encode(b"[" * 9000).decode() + ".e30.AAAA",
        base64.urlsafe_b64encode(b'{"alg":' * 1500).decode() + ".e30.AAAA",
        "e30.e30.e30.e30.e30", '{"payload":"","signatures":[]}', "a" * LARGEST,
        f"{unsigned({'alg': 'RS256', 'kid': ['rsa-1'], 'typ': 'JWT'}, {})}.AAAA",
        f"{unsigned({'alg': 'RS256', 'kid': {}, 'typ': 'JWT'}, {})}.AAAA",
    ],
)  # fmt: skip
def test_garbage_is_refused_without_asking_anybody(issuer: Issuer, clock: Clock, text: str) -> None:
    assert refused(a_verifier(issuer.url, clock), text) in {"malformed", "alg"}
    assert issuer.asked == 0


def test_an_oversized_token_is_not_even_read(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    verifier = a_verifier(issuer.url, clock)
    assert refused(verifier, a_token(rsa, claims=claims_with(name="x" * LARGEST))) == "too_long"
    assert refused(verifier, "a" * (LARGEST + 1)) == "too_long"


def test_signed_garbage_is_refused_too(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    verifier = a_verifier(issuer.url, clock)
    header = {"alg": "RS256", "kid": "rsa-1", "typ": "JWT"}
    for body in (b"", b"[]", b"null", b"7", b"{", b"\xff", b"[" * 9000):
        assert refused(verifier, jws.serialize_compact(header, body, rsa)) == "malformed"


def test_no_role_here_is_forbidden_and_told_so(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    verifier = a_verifier(issuer.url, clock)
    wrong: tuple[object, ...] = (
        {"roles": ["offline_access"]}, {"roles": []}, {}, {"roles": {"a": 1}}, "x", ...,
    )  # fmt: skip
    for access in wrong:
        with pytest.raises(Forbidden) as caught:
            verifier.verified(a_token(rsa, claims=claims_with(realm_access=access)))
        assert caught.value.code == "no_role"
        assert "Erika" not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "claims", "role"),
    [
        ("groups", {"groups": ["krs-amt", "krs-else", 7, None, ["krs-werk"]]}, "department_head"),
        ("group", {"group": "krs-amt"}, "department_head"),
        ("https://x.example/roles", {"https://x.example/roles": ["krs-amt"]}, "department_head"),
        ("resource_access.krs.roles", {"resource_access": {"krs": {"roles": ["krs-werk"]}}},
         "evaluator"),
        ("scope", {"scope": "openid krs-werk"}, "evaluator"),
    ],
)  # fmt: skip
def test_roles_stand_where_the_town_says(
    issuer: Issuer, rsa: jwk.Key, path: str, claims: dict[str, Any], role: str
) -> None:
    verifier = a_verifier(issuer.url, Clock(), roles_claim=path)
    assert verifier.check(a_token(rsa, claims=claims_with(**claims))).roles == {role}


def test_words_within_a_text_are_no_roles_of_their_own(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock, roles_claim="group")
    with pytest.raises(Forbidden):
        verifier.check(a_token(rsa, claims=claims_with(group="no krs-planung")))


def test_departments_are_mapped_and_missing_ones_take_the_roles_that_need_them(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(
        issuer.url, clock, departments_claim="groups", departments={"/amt-51": "51"}
    )
    roles = {"roles": ["krs-amt", "krs-werk", "krs-planung"]}
    found = verifier.check(
        a_token(rsa, claims=claims_with(realm_access=roles, groups=["/amt-51", "/amt-99"]))
    )
    assert found.roles == {"department_head", "evaluator", "planner"}
    assert found.departments == {"51"}
    found = verifier.check(a_token(rsa, claims=claims_with(realm_access=roles, groups=["/amt-99"])))
    assert found.roles == {"planner"}
    assert found.departments == set()
    with pytest.raises(Forbidden):
        verifier.check(a_token(rsa, claims=claims_with(realm_access={"roles": ["krs-werk"]})))


def test_why_a_token_was_refused_is_logged_without_the_token(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, caplog: pytest.LogCaptureFixture
) -> None:
    token = a_token(rsa, claims=claims_with(exp=SECONDS - 60))
    with caplog.at_level(logging.DEBUG):
        assert a_verifier(issuer.url, clock).verified(token) is None
    assert "access token refused: expired" in caplog.text
    for part in (*token.split("."), "Erika", "f3b1"):
        assert part not in caplog.text


def test_without_the_extra_it_says_how_to_install_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "joserfc", None)
    with pytest.raises(Unavailable) as caught:
        a_verifier("/keys.json", clock)
    assert caught.value.code == "driver_missing"
    assert "kreislauf[oidc]" in caught.value.fix
