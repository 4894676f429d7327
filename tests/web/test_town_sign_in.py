"""Signing in by the town's own sign-in: code flow with PKCE against a real server."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from joserfc import jwk

from cycle.store.store import Store
from cycle.usecases import accounts
from tests.api.serving import Served, serving
from tests.conftest import FreshUrl
from tests.makers import DAY
from tests.web.browsing import browser, close_all
from tests.web.conftest import settle_with_passwords
from tests.web.provider import Provider


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider()
    yield found
    found.close()


@pytest.fixture
def town_pages(provider: Provider, fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    url = fresh_url("sqlite", settle_with_passwords)
    store = Store.open(url)
    with serving(store, url, tmp_path, table=provider.settings(), cast=False) as found:
        yield found
        close_all()
    store.close()


def test_somebody_the_town_knows_comes_in_with_the_rights_the_town_gives(
    town_pages: Served, provider: Provider
) -> None:
    here = browser(town_pages.address)
    page = here.open("/sign-in?to=/measures")
    seen = here.follow(page, "Mit dem Konto der Kommune anmelden")
    assert (seen.status, seen.path) == (200, "/measures")
    account = here.open("/account").text
    assert "oidc-" in account
    assert "Fachamt" in account
    assert "51" in account
    assert provider.redeemed == 1
    assert here.open("/measures/new").status == 200


def test_a_code_challenge_goes_and_no_secret_with_it(town_pages: Served) -> None:
    here = browser(town_pages.address)
    answer = here.client.get("/sign-in/town")
    asked = {n: v[0] for n, v in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{town_pages.address}/sign-in/back"
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert "client_secret" not in asked
    assert "HttpOnly" in answer.headers["set-cookie"]


def _back(here: "object", town_pages: Served, **changed: str) -> tuple[int, str]:
    """Leave for the town's sign-in and come back with an answer that was changed on the way."""
    client = here.client  # type: ignore[attr-defined] # a Browser
    left = client.get("/sign-in/town")
    answer = client.get(left.headers["location"])
    url = urlsplit(answer.headers["location"])
    asked = {n: v[0] for n, v in parse_qs(url.query).items()} | changed
    found = client.get("/sign-in/back", params=asked)
    return found.status_code, found.text


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "x"}, {"state": "ü"}, {"state": ""}, {"code": "x"}, {"code": ""},
        {"error": "access_denied"}, {"iss": "https://evil.example"},
    ],
)  # fmt: skip
def test_an_answer_that_is_not_to_our_question_lets_nobody_in(
    town_pages: Served, changed: dict[str, str]
) -> None:
    here = browser(town_pages.address)
    status, text = _back(here, town_pages, **changed)
    assert status == 403
    assert "nicht gelungen" in text
    assert here.client.get("/").status_code == 303


@pytest.mark.parametrize(
    "spoiled",
    [
        {"nonce": "x"}, {"iss": "https://evil.example"}, {"aud": "other"}, {"exp": 1},
        {"azp": "other"}, {"sub": ""}, {"nonce": "ü"}, {"nonce": 5}, {"nonce": None}, {"aud": []},
    ],
)  # fmt: skip
def test_an_identity_that_is_not_meant_for_us_lets_nobody_in(
    town_pages: Served, provider: Provider, spoiled: dict[str, object]
) -> None:
    provider.spoil = spoiled
    here = browser(town_pages.address)
    status, _ = _back(here, town_pages)
    assert status == 403
    assert here.client.get("/").status_code == 303


def test_an_identity_signed_by_somebody_else_lets_nobody_in(
    town_pages: Served, provider: Provider
) -> None:
    provider.signs = jwk.RSAKey.generate_key(2048, {"kid": "one"})
    assert _back(browser(town_pages.address), town_pages)[0] == 403


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ((200, '{"access_token": "x", "token_type": "Bearer"}'), 403),
        ((200, '{"access_token": "x", "token_type": "Bearer", "id_token": 5}'), 403),
        ((200, '{"access_token": "x", "token_type": "Bearer", "id_token": "x.y.z"}'), 403),
        ((200, '{"id_token": "%s"}' % ("x" * 20_000)), 403),
        ((400, '{"error": "invalid_grant"}'), 403),
        ((401, '{"error": "invalid_client"}'), 403),
        ((200, "[]"), 503),
        ((200, "<html>"), 503),
        ((302, ""), 503),
        ((500, "gone"), 503),
    ],
)
def test_a_sign_in_that_answers_anything_else_lets_nobody_in(
    town_pages: Served, provider: Provider, answer: tuple[int, str], status: int
) -> None:
    provider.instead = answer
    here = browser(town_pages.address)
    assert _back(here, town_pages)[0] == status
    assert here.client.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "e30=.00", "ü.ü", None])
def test_a_cookie_that_we_did_not_write_ties_nothing(
    town_pages: Served, cookie: str | None
) -> None:
    here = browser(town_pages.address)
    left = here.client.get("/sign-in/town")
    answer = here.client.get(left.headers["location"])
    sealed = here.client.cookies["kreislauf-town"]
    here.client.cookies.clear()
    shown = sealed[:-1] + ("0" if sealed[-1] != "0" else "1") if cookie is None else cookie
    headers = {b"Cookie": f"kreislauf-town={shown}".encode()}
    assert here.client.get(answer.headers["location"], headers=headers).status_code == 403


def test_a_code_without_the_verifier_of_its_browser_is_worth_nothing(
    town_pages: Served, provider: Provider
) -> None:
    one = browser(town_pages.address)
    answer = one.client.get(one.client.get("/sign-in/town").headers["location"])
    stolen = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    assert _back(browser(town_pages.address), town_pages, code=stolen)[0] == 403
    assert provider.redeemed == 0


def test_the_answer_to_another_browser_lets_nobody_in(town_pages: Served) -> None:
    one, other = browser(town_pages.address), browser(town_pages.address)
    left = one.client.get("/sign-in/town")
    answer = one.client.get(left.headers["location"])
    other.client.get("/sign-in/town")
    found = other.client.get(answer.headers["location"])
    assert found.status_code == 403


def test_a_code_is_redeemed_once(town_pages: Served, provider: Provider) -> None:
    here = browser(town_pages.address)
    left = here.client.get("/sign-in/town")
    answer = here.client.get(left.headers["location"])
    cookies = dict(here.client.cookies)
    assert here.client.get(answer.headers["location"]).status_code == 303
    for name, value in cookies.items():
        here.client.cookies.set(name, value)
    assert here.client.get(answer.headers["location"]).status_code == 403
    assert provider.redeemed == 1


def test_who_has_no_role_here_is_told_so(town_pages: Served, provider: Provider) -> None:
    provider.claims["realm_access"] = {"roles": ["something"]}
    status, text = _back(browser(town_pages.address), town_pages)
    assert status == 403
    assert "Rolle" in text


def test_a_disabled_account_stays_out(town_pages: Served) -> None:
    here = browser(town_pages.address)
    assert _back(here, town_pages)[0] == 303
    with town_pages.store.engine.connect() as connection:
        name = connection.execute(
            sa.text("SELECT name FROM account WHERE name LIKE 'oidc-%'")
        ).scalar_one()
    with town_pages.store.unit("admin", day=DAY) as unit:
        accounts.disable(unit, name)
    assert here.client.get("/").status_code == 303
    assert _back(browser(town_pages.address), town_pages)[0] == 403


def test_a_sign_in_that_does_not_answer_is_told(town_pages: Served, provider: Provider) -> None:
    here = browser(town_pages.address)
    left = here.client.get("/sign-in/town")
    answer = here.client.get(left.headers["location"])
    provider.close()
    found = here.client.get(answer.headers["location"])
    assert found.status_code == 503
    provider.__init__()  # type: ignore[misc] # so that the fixture has something to close
