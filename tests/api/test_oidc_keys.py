import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jwk
from joserfc.errors import SecurityWarning

from api import oidc_keys
from api.oidc import Verified
from cycle.errors import Unavailable
from tests.api.issuer import (
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


def test_keys_are_asked_for_once_and_again_for_one_that_is_not_known(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, other_rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    for _ in range(5):
        verifier.check(a_token(rsa))
    assert issuer.asked == 1
    issuer.publish(other_rsa)
    assert refused(verifier, a_token(other_rsa)) == "kid"  # asked less than a minute ago
    assert issuer.asked == 1
    clock.at += timedelta(seconds=61)
    assert verifier.check(a_token(other_rsa)).roles == {"planner"}
    assert issuer.asked == 2
    assert refused(verifier, a_token(rsa)) == "kid"  # rotated out
    assert issuer.asked == 2


def test_unknown_keys_do_not_make_it_ask_more_than_once_a_minute(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, other_rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    verifier.check(a_token(rsa))
    clock.at += timedelta(seconds=61)
    for n in range(20):
        assert refused(verifier, a_token(other_rsa, kid=f"kid-{n}")) == "kid"
    assert issuer.asked == 2


def test_many_calls_at_once_ask_once(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    verifier, token, found = a_verifier(issuer.url, clock), a_token(rsa), list[Verified | None]()
    threads = [
        threading.Thread(target=lambda: found.append(verifier.verified(token))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issuer.asked == 1
    assert len(found) == 8
    assert None not in found


def test_a_key_that_was_withdrawn_is_gone_within_the_hour(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, other_rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    claims = claims_with(exp=SECONDS + 100_000)
    verifier.check(a_token(rsa, claims=claims))
    issuer.publish(other_rsa)
    clock.at += timedelta(minutes=61)
    assert refused(verifier, a_token(rsa, claims=claims)) == "kid"


def test_an_issuer_that_is_away_for_a_while_stops_nobody_but_not_for_ever(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    token = a_token(rsa, claims=claims_with(exp=SECONDS + 200_000))
    verifier.check(token)
    new = a_token(rsa, kid="new", claims=claims_with(exp=SECONDS + 200_000))
    issuer.status = 503
    clock.at += timedelta(hours=23)
    assert verifier.verified(token) is not None
    assert verifier.verified(token) is not None
    assert issuer.asked == 2
    assert refused(verifier, new) == "kid"
    clock.at += timedelta(hours=1)
    for _ in range(2):
        with pytest.raises(Unavailable) as caught:
            verifier.verified(token)
        assert caught.value.code == "keys_unavailable"
    assert issuer.asked == 3
    issuer.status = 200
    clock.at += timedelta(minutes=1)
    assert verifier.verified(token) is not None


def test_a_call_does_not_wait_for_another_that_renews_known_keys(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    token = a_token(rsa, claims=claims_with(exp=SECONDS + 100_000))
    verifier.check(token)
    clock.at += timedelta(hours=2)
    with verifier.keys._lock:  # as while another call asks
        assert verifier.verified(token) is not None
    assert issuer.asked == 1


def test_a_clock_that_was_put_back_makes_it_look_again(
    issuer: Issuer, clock: Clock, rsa: jwk.Key
) -> None:
    verifier = a_verifier(issuer.url, clock)
    verifier.check(a_token(rsa))
    clock.at -= timedelta(minutes=5)
    claims = claims_with(iat=SECONDS - 400)
    assert verifier.check(a_token(rsa, claims=claims)).roles == {"planner"}
    assert issuer.asked == 2


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b'{"keys":[]}', b'{"keys":7}', b'{"keys":[7,null,"x"]}',
        b'{"keys":[{"kty":"RSA"}]}', b'{"keys":[{"kty":["RSA"]}]}', b"\xff", b"<html>",
        b'{"keys":[{"kty":"RSA","n":1,"e":2}]}', b'{"keys":[{"kty":"EC","crv":"P-256","x":1}]}',
        b'{"keys":[{"kty":"OKP","crv":"Ed25519","x":"!"}]}', b" " * 300_000, b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_set_of_keys_makes_sign_in_unavailable(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, body: bytes
) -> None:
    issuer.body = body
    with pytest.raises(Unavailable):
        a_verifier(issuer.url, clock).verified(a_token(rsa))


def test_it_follows_nobody_elsewhere(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    issuer.status, issuer.headers = 302, {"Location": issuer.url}
    with pytest.raises(Unavailable):
        a_verifier(issuer.url, clock).verified(a_token(rsa))
    assert issuer.asked == 1


def test_an_issuer_that_nobody_reaches_makes_sign_in_unavailable(
    clock: Clock, rsa: jwk.Key
) -> None:
    with pytest.raises(Unavailable):
        a_verifier("http://127.0.0.1:1/certs", clock).verified(a_token(rsa))


def test_keys_that_sign_nothing_are_passed_over(issuer: Issuer, clock: Clock, rsa: jwk.Key) -> None:
    public = rsa.as_dict(private=False)
    with pytest.warns(SecurityWarning):
        short = a_key("RSA", 1024, "short")
    secret = {"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0", "kid": "rsa-1"}
    issuer.publish(
        secret, {**public, "use": "enc"}, {**public, "key_ops": ["encrypt"]},
        {**public, "key_ops": 7}, {**public, "alg": "PS256"}, {**public, "alg": "RSA-OAEP"}, short,
        rsa.as_dict(private=True), {**public, "kid": "right"}, {"kty": "AKP", "kid": "right"},
    )  # fmt: skip
    verifier = a_verifier(issuer.url, clock)
    assert refused(verifier, a_token(rsa)) == "kid"
    assert refused(verifier, a_token(short)) == "kid"
    assert verifier.check(a_token(rsa, kid="right")).roles == {"planner"}


def test_a_token_without_a_key_id_needs_that_one_key_only_fits(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, other_rsa: jwk.Key
) -> None:
    issuer.publish(rsa, a_key("EC", "P-256", "ec"))
    assert a_verifier(issuer.url, clock).check(a_token(rsa, kid=...)).roles == {"planner"}
    issuer.publish(rsa, other_rsa)
    assert refused(a_verifier(issuer.url, clock), a_token(rsa, kid=...)) == "kid"


def test_a_curve_that_does_not_belong_to_the_algorithm_is_refused(
    issuer: Issuer, clock: Clock
) -> None:
    key = a_key("EC", "P-384", "ec")
    issuer.publish(key)
    token = a_token(key, "ES384")
    assert refused(a_verifier(issuer.url, clock), token) == "alg"
    head = unsigned({"alg": "ES256", "kid": "ec", "typ": "JWT"}, claims_with())
    assert refused(a_verifier(issuer.url, clock), f"{head}.{token.split('.')[2]}") == "kid"


def test_keys_may_lie_in_a_file(tmp_path: Path, clock: Clock, rsa: jwk.Key) -> None:
    path = tmp_path / "jwks.json"
    verifier = a_verifier(str(path), clock)
    with pytest.raises(Unavailable):
        verifier.verified(a_token(rsa))
    path.write_text(json.dumps({"keys": [rsa.as_dict(private=False)]}), "utf-8")
    clock.at += timedelta(minutes=1)
    assert verifier.check(a_token(rsa)).roles == {"planner"}


def test_a_call_that_waits_in_vain_for_keys_is_told_so(
    issuer: Issuer, clock: Clock, rsa: jwk.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc_keys, "PATIENCE", 0.05)
    verifier = a_verifier(issuer.url, clock)
    with verifier.keys._lock, pytest.raises(Unavailable):
        verifier.verified(a_token(rsa))
    assert issuer.asked == 0
