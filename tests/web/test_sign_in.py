"""Signing in at the pages: who gets in, how long, and what a stranger gets."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from tests.api.serving import Served
from tests.makers import DAY
from tests.web.browsing import PASSWORD, browser, signed_in


def test_a_stranger_is_asked_to_sign_in_and_goes_on_to_where_it_wanted(
    pages_on_both: Served,
) -> None:
    here = browser(pages_on_both.address)
    seen = here.open("/reports?cycle=Z-2026")
    assert (seen.status, seen.title) == (200, "Anmelden")
    seen = here.send(seen, {"name": "youth", "password": PASSWORD}, action="/sign-in")
    assert seen.path == "/reports?cycle=Z-2026"


def test_a_wrong_password_does_not_tell_what_is_wrong(pages: Served) -> None:
    here = browser(pages.address)
    told = set()
    for name in ("youth", "nobody", "evaluator'--"):
        seen = here.send(
            here.open("/sign-in"), {"name": name, "password": "x" * 14}, action="/sign-in"
        )
        assert seen.status == 401
        told.add(seen.text.partition("Konto")[0])
        assert "Konto und Passwort passen nicht zusammen." in seen.text
        assert seen.filled("Anmelden")["name"] == [name]
        assert "x" * 14 not in seen.response.text
    assert len(told) == 1


def test_after_five_wrong_tries_one_waits_even_with_the_right_password(pages: Served) -> None:
    here = browser(pages.address)
    for _ in range(5):
        here.send(here.open("/sign-in"), {"name": "youth", "password": "wrong"}, action="/sign-in")
    seen = here.send(
        here.open("/sign-in"), {"name": "youth", "password": PASSWORD}, action="/sign-in"
    )
    assert seen.status == 429
    assert "Bitte warten Sie 15 Minuten." in seen.text
    assert seen.response.headers["retry-after"] == "900"
    assert signed_in(pages.address, "schools").open("/").status == 200


def test_the_cookie_is_for_us_alone_and_the_password_of_nobody_is_kept(pages: Served) -> None:
    here = browser(pages.address)
    page = here.client.get("/sign-in")
    assert "HttpOnly" in page.headers["set-cookie"]
    assert "SameSite=lax" in page.headers["set-cookie"]
    seen = here.send(
        here.open("/sign-in"), {"name": "youth", "password": PASSWORD}, action="/sign-in"
    )
    assert seen.status == 200
    with pages.store.engine.connect() as connection:
        hashes = list(connection.execute(sa.text("SELECT hash FROM account_password")).scalars())
        tokens = list(connection.execute(sa.text("SELECT token_hash FROM web_session")).scalars())
    assert all(each.startswith("$argon2id$") for each in hashes)
    assert here.client.cookies["kreislauf"] not in tokens


def test_signing_in_anew_ends_the_session_before(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    before = here.client.cookies["kreislauf"]
    page = here.open("/account")
    token = page.find(".//header//input[@name='_csrf']").get("value")
    here.post("/sign-in", {"_csrf": token, "name": "schools", "password": PASSWORD})
    assert "schools" in here.open("/account").text
    with httpx.Client(cookies={"kreislauf": before}, trust_env=False) as client:
        assert client.get(f"{pages.address}/").status_code == 303


def test_signing_out_ends_the_session_for_the_cookie_too(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    cookie = here.client.cookies["kreislauf"]
    seen = here.open("/")
    token = seen.find(".//header//input[@name='_csrf']").get("value")
    seen = here.post("/sign-out", {"_csrf": token})
    assert "Sie sind abgemeldet." in seen.text
    with httpx.Client(cookies={"kreislauf": cookie}, trust_env=False) as client:
        thief = client.get(f"{pages.address}/")
    assert thief.status_code == 303


@pytest.mark.parametrize(
    ("column", "back"), [("seen_at", timedelta(minutes=61)), ("ends_at", timedelta(hours=13))]
)
def test_a_session_ends_when_idle_or_too_old(
    pages_on_both: Served, column: str, back: timedelta
) -> None:
    from cycle import clock  # noqa: PLC0415 - the real clock counts here
    from cycle.model.columns import Instant  # noqa: PLC0415 - as above

    here = signed_in(pages_on_both.address, "youth")
    change = sa.text(f"UPDATE web_session SET {column} = :at").bindparams(
        sa.bindparam("at", type_=Instant)
    )
    with pages_on_both.store.engine.begin() as connection:
        connection.execute(change, {"at": clock.now() - back})
    assert here.open("/").title == "Anmelden"


def test_a_disabled_account_is_out_at_once(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    with pages.store.unit("admin", day=DAY) as unit:
        from cycle.usecases import accounts  # noqa: PLC0415 - only here

        accounts.disable(unit, "youth")
    assert here.open("/").title == "Anmelden"
    seen = here.send(
        here.open("/sign-in"), {"name": "youth", "password": PASSWORD}, action="/sign-in"
    )
    assert seen.status == 401


def test_a_form_from_elsewhere_is_not_taken(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/account/password")
    sent: dict[str, Any] = page.filled("Passwort ändern") | {
        "old": "x",
        "password": "y",
        "again": "y",
    }
    for headers, cut in (
        ({"Origin": "https://evil.example"}, ()),
        ({"Sec-Fetch-Site": "cross-site"}, ()),
        ({"Referer": "https://evil.example/"}, ()),
        ({"Origin": pages.address}, ("_csrf",)),
    ):
        body = {name: value for name, value in sent.items() if name not in cut}
        answer = here.client.post("/account/password", data=body, headers=headers)
        assert answer.status_code == 403, headers
        assert "nicht angenommen" in answer.text


def test_a_new_password_ends_the_other_sessions(pages: Served) -> None:
    here, other = signed_in(pages.address, "youth"), signed_in(pages.address, "youth")
    page = here.open("/account/password")
    words = {"old": PASSWORD, "password": "Drei Brücken am Fluss", "again": "Drei Brücken am Fluss"}
    assert here.send(page, words, button="Passwort ändern").path == "/account"
    assert here.open("/").title == "Heute zu tun"
    assert other.open("/").title == "Anmelden"


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        (
            "wrong",
            "Drei Brücken am Fluss",
            "Drei Brücken am Fluss",
            "Das alte Passwort stimmt nicht.",
        ),
        (PASSWORD, "kurz", "kurz", "mindestens 12 Zeichen"),
        (PASSWORD, "youth youth youth", "youth youth youth", "zu leicht zu erraten"),
        (PASSWORD, "Drei Brücken am Fluss", "Drei Brücken im Fluss", "müssen gleich sein"),
    ],
)
def test_a_password_that_does_not_do_is_told_beside_its_field(
    pages: Served, old: str, new: str, again: str, says: str
) -> None:
    here = signed_in(pages.address, "youth")
    words = {"old": old, "password": new, "again": again}
    seen = here.send(here.open("/account/password"), words, button="Passwort ändern")
    assert seen.status in {403, 422}
    assert says in seen.text
    assert new not in seen.response.text


def test_a_deputy_acts_for_another_and_comes_back(pages: Served) -> None:
    from cycle.usecases import deputies  # noqa: PLC0415 - only here

    with pages.store.unit("admin", day=DAY) as unit:
        deputies.appoint(
            unit, "schools", for_account="youth", from_day=DAY, to_day=date(2026, 12, 1)
        )
    here = signed_in(pages.address, "schools")
    before = here.client.cookies["kreislauf"]
    seen = here.send(here.open("/account"), button="Für youth handeln")
    assert "schools für youth" in " ".join(seen.find(".//header").itertext())
    assert here.client.cookies["kreislauf"] != before
    seen = here.send(here.open("/account"), button="Wieder für sich selbst handeln")
    assert "für youth" not in " ".join(seen.find(".//header").itertext())


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/sign-in"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(pages: Served, to: str) -> None:
    here = browser(pages.address)
    page = here.open("/sign-in")
    words = {"name": "youth", "password": PASSWORD, "_to": to}
    seen = here.send(page, words, action="/sign-in")
    assert seen.path == "/"


def test_a_form_sent_after_the_session_is_over_comes_back_filled(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/measures/new")
    here.client.cookies.delete("kreislauf")
    seen = here.send(page, {"title": "Lesepaten an Grundschulen"}, action="/measures/new")
    assert seen.status == 401
    assert "ausgefüllt wieder da" in seen.text
    seen = here.send(seen, {"name": "youth", "password": PASSWORD}, action="/sign-in")
    assert seen.filled("Maßnahme eintragen")["title"] == ["Lesepaten an Grundschulen"]
    seen = here.send(seen, {}, action="/measures/new")
    assert "Lesepaten an Grundschulen" in seen.text
