"""What attackers try with a session: to guess, to keep, to take over, or to be led elsewhere."""

import re

import httpx
import pytest

from cycle.usecases import accounts
from tests.api.serving import Served
from tests.makers import DAY
from tests.web.browsing import PASSWORD, Seen, browser, signed_in

NEW = "Drei Brücken am Fluss"


def _change(page: Seen, old: str) -> dict[str, str | list[str]]:
    words = {"old": old, "password": NEW, "again": NEW}
    return {**page.filled("Passwort ändern"), **words}


def test_an_open_session_lets_nobody_guess_the_password_without_end(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/account/password")
    for _ in range(5):
        seen = here.post("/account/password", _change(page, "geraten"))
        assert "Das alte Passwort stimmt nicht." in seen.text
    for old in ("geraten", PASSWORD):
        seen = here.post("/account/password", _change(page, old))
        assert seen.status == 403
        assert "Bitte warten Sie 15 Minuten." in seen.text
    assert signed_in(pages.address, "schools").open("/account").status == 200


def test_a_new_password_that_does_not_do_is_no_wrong_try(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/account/password")
    for _ in range(9):
        words = {**_change(page, PASSWORD), "password": "kurz", "again": "kurz"}
        assert here.post("/account/password", words).status == 422
    assert here.post("/account/password", _change(page, PASSWORD)).path == "/account"


def test_a_session_somebody_else_chose_is_never_gone_on_with(pages: Served) -> None:
    here = browser(pages.address)
    here.client.cookies.set("kreislauf", "von-Fremden-gesetzt")
    page = here.open("/sign-in")
    here.send(page, {"name": "youth", "password": PASSWORD}, action="/sign-in")
    shown = {each.value for each in here.client.cookies.jar if each.name == "kreislauf"}
    assert shown - {"von-Fremden-gesetzt"}
    with httpx.Client(cookies={"kreislauf": "von-Fremden-gesetzt"}, trust_env=False) as thief:
        assert thief.get(f"{pages.address}/").status_code == 303


def test_the_proof_of_a_form_holds_for_one_session_only(pages: Served) -> None:
    here, other = signed_in(pages.address, "youth"), signed_in(pages.address, "youth")
    proof = other.open("/account/password").filled("Passwort ändern")["_csrf"]
    page = here.open("/account/password")
    assert here.post("/account/password", {**_change(page, PASSWORD), "_csrf": proof}).status == 403


def test_what_is_said_once_is_written_by_us_alone(pages: Served) -> None:
    here, other = signed_in(pages.address, "youth"), signed_in(pages.address, "schools")
    page = other.open("/measures/new").filled("Maßnahme eintragen")
    headers = {"Origin": pages.address}
    told = other.client.post("/measures/new", data={**page, "title": "Lesen"}, headers=headers)
    found = re.search(r"kreislauf-said=([^;]+)", told.headers["set-cookie"])
    assert found
    token = here.client.cookies["kreislauf"]
    for cookie in (found[1].strip('"'), "WyJ7MH0iLHt9XQ==.00", "."):
        sent = {"Cookie": f"kreislauf={token}; kreislauf-said={cookie}"}
        with httpx.Client(base_url=pages.address, headers=sent, trust_env=False) as client:
            shown = client.get("/")
        assert shown.status_code == 200
        assert "ist als M-" not in shown.text


def test_a_role_that_is_taken_away_is_gone_from_open_sessions(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    assert here.open("/measures/new").status == 200
    with pages.store.unit("admin", day=DAY) as unit:
        accounts.edit(unit, "youth", roles=["reader"], departments=[])
    assert here.open("/measures/new").status == 403


@pytest.mark.parametrize("to", [
    "//evil.example", "/\\evil.example", "https:evil.example", "/\tevil", "//[", "http://[x",
    "/%0d%0aSet-Cookie:x=y", "/\r\nX: y", "javascript:alert(1)", "/sign-out",
    "\u2028//evil.example", "/..//evil.example",
])  # fmt: skip
def test_no_way_back_leads_out_or_writes_a_header(pages: Served, to: str) -> None:
    here = signed_in(pages.address, "youth")
    answer = here.client.get("/sign-in", params={"to": to})
    assert answer.status_code == 303
    assert re.fullmatch(r"/([^/\\].*)?", answer.headers["location"], re.ASCII)
    assert "x" not in answer.headers
    told = here.client.get("/live", params={"at": to, "after": "x"}).text
    assert not re.search(r'href="(?!/(?!/|\\))', told)
