"""What attackers send: odd words, bodies, headers and files are answered, and break nothing."""

import io
import logging
import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from api.web.frame import ANYONE, Page
from api.web.pages import PAGES
from tests.api.serving import Served
from tests.conftest import FreshUrl
from tests.web.attacked import ROLES, Attacked, address, attacked_city
from tests.web.browsing import PASSWORD, signed_in
from tests.web.places import PLACES, Place

SENDING = [page for page in PAGES if page.act or page.whole]
ODD = (
    "%00", "%ED%A0%80", "%ff", "9" * 5000, "-1", "%C2%B2", "%D9%A3", "1e9", "'%22%3C%3E{0}{x}",
    "//[x", "%25", "a" * 9000, "2026-02-30", "NaN", "%E2%80%AE", "",
)  # fmt: skip
WORDS = (
    "after", "page", "limit", "as_of", "by", "cycle", "department", "field", "area", "goal", "late",
    "mine", "indicator", "year", "layer", "half", "body", "result", "open", "stands", "rule",
    "only", "like", "report", "finding", "kind", "paper", "measure", "predecessor", "format",
    "level", "groups", "participants", "told", "at", "all", "text", "to", "live", "out",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
BODIES: dict[str, tuple[str, bytes]] = {
    "no boundary": ("multipart/form-data", b"x"),
    "cut off": (PARTS, b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nab'),
    "no parts": (PARTS, b"--x--"),
    "no name": (PARTS, b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
    "a large part": (PARTS, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
                     + b"a" * 6_400_000 + b"\r\n--x--"),
    "many files": (PARTS, b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"; filename='
                                   b'"a"\r\n\r\nx\r\n' % n for n in range(9)) + b"--x--"),
    "many fields": (FORM, b"&".join(b"a%d=b" % n for n in range(5000))),
    "no text": (FORM, b"\xff\xfe=%ff%00&%ed%a0%80=%ed%a0%80"),
    "JSON": ("application/json", b'{"title": 1}'),
    "no type": ("", b"title=a"),
    "an odd type": ("\xe9; charset=%", b"title=a"),
}  # fmt: skip


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """Serve the attacked city."""
    with attacked_city(module_url, tmp_path_factory.mktemp("attacked")) as found:
        yield found


@pytest.fixture(autouse=True)
def _no_fault(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Insist that nothing unexpected was met, whatever was answered."""
    yield
    faults = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert [str(each.exc_info or each.getMessage()) for each in faults] == []


@pytest.mark.parametrize("odd", [*ODD[:4], "//[x", "a" * 9000])
def test_whatever_stands_behind_a_question_mark_is_answered(city: Attacked, odd: str) -> None:
    once = {place.path.partition("?")[0]: place for place in PLACES}
    for place in once.values():
        for words in (WORDS, ["state"], ["lang"]):
            short = odd if len(odd) * len(words) < 60_000 else odd[:1000]
            query = "&".join(f"{word}={short}" for word in words)
            answer = city.as_(place.who).get(f"{place.path.partition('?')[0]}?{query}")
            assert answer.status_code in {200, 204, 303, 403, 404, 409, 422}, place.path


@pytest.mark.parametrize(("path", "word"), [
    ("/sign-in", "to"), ("/live", "at"), ("/live", "after"), ("/map", "year"),
    ("/progress", "page"), ("/open/overdue", "page"), ("/board", "limit"),
])  # fmt: skip
def test_a_word_that_is_read_closely_is_answered(city: Attacked, path: str, word: str) -> None:
    for odd in ODD:
        who = "" if path == "/sign-in" else "planner"
        assert city.as_(who).get(f"{path}?{word}={odd}").status_code in {200, 204}, odd


@pytest.mark.parametrize("odd", [*ODD[:3], "%2e%2e", "..%2f..", "~", "a" * 3000, "@last", "%0d%0a"])
def test_whatever_stands_in_an_address_is_not_found(city: Attacked, odd: str) -> None:
    for page in PAGES:
        if "{" in page.path:
            path = re.sub(r"{\w+}", lambda _: odd, page.path)
            assert city.as_("planner").get(path).status_code in {403, 404, 405}, path


@pytest.mark.parametrize("what", BODIES)
@pytest.mark.parametrize("page", SENDING, ids=lambda page: page.name)
def test_whatever_comes_instead_of_a_form_is_turned_away(
    city: Attacked, page: Page, what: str
) -> None:
    kind, body = BODIES[what]
    who = "" if page.rights == ANYONE else next(role for role in ROLES if role in page.rights)
    headers = {"Origin": city.city.served.address, **({"Content-Type": kind} if kind else {})}
    raw = [(name.encode(), text.encode("latin-1")) for name, text in headers.items()]
    answer = city.as_(who).post(address(page), content=body, headers=raw)
    assert answer.status_code in {403, 422}
    assert "Es wurde nichts gefunden" not in answer.text


@pytest.mark.parametrize("kind", ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "hex"])
def test_a_form_read_in_an_odd_way_makes_no_halves_of_signs(city: Attacked, kind: str) -> None:
    fields = {"_csrf": city.token("planner"), "title": "\\ud800a", "planned_end": "x"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
             for name, text in fields.items()]  # fmt: skip
    headers = {"Origin": city.city.served.address, "Content-Type": f"{PARTS}; charset={kind}"}
    body = "".join([*parts, "--x--\r\n"]).encode()
    answer = city.as_("planner").post("/measures/new", content=body, headers=headers)
    assert answer.status_code in {403, 422}


@pytest.mark.parametrize("cookie", ["x.\xe9", "\xe9", "a" * 9000, '"', "=;=", "..", "eyJ9."])
def test_an_odd_cookie_is_as_none(city: Attacked, cookie: str) -> None:
    token = city.as_("planner").cookies["kreislauf"]
    for name in ("kreislauf-said", "kreislauf-before", "kreislauf-town", "kreislauf-lang"):
        assert _raw(city, "/", f"Cookie: kreislauf={token}; {name}={cookie}") == 200
        assert _raw(city, "/sign-in", f"Cookie: {name}={cookie}") == 200
    assert _raw(city, "/", f"Cookie: kreislauf={cookie}") == 303


@pytest.mark.parametrize("header", [
    "Accept-Language: de;q=nan,en;q=", "Accept-Language: ,,;;=\xe9", "Accept-Encoding: \xe9;gzip",
    'X-Request-ID: \xe9\t"', "traceparent: 00-x", "Host: [", "Host: ", "Host: \xe9",
    "HX-Request: 1",
])  # fmt: skip
def test_an_odd_header_is_answered(city: Attacked, header: str) -> None:
    for path, status in (("/sign-in", 200), ("/", 303), ("/nowhere", 404)):
        assert _raw(city, path, header) == status


def _raw(city: Attacked, path: str, header: str) -> int:
    """Send a call as no client would; give the status."""
    host, _, port = urlsplit(city.city.served.address).netloc.partition(":")
    lines = [f"GET {path} HTTP/1.1", "Accept: text/html", "Connection: close", header]
    lines += [] if header.startswith("Host") else ["Host: here"]
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        return int(line.recv(100).split()[1])


def test_frame_words_that_no_store_takes_are_answered_on_both_stores(
    pages_on_both: Served,
) -> None:
    here = signed_in(pages_on_both.address, "youth")
    page = here.open("/measures/new").filled("Maßnahme eintragen")
    for word in ("_once", "_version", "_for", "do", "_to"):
        for odd in ("\0", "9" * 5000, "\ud7ff"):
            seen = here.post("/measures/new", {**page, "title": ["Lesen"], word: [odd]})
            assert seen.status in {200, 403, 404, 409, 422}, (word, odd[:9])
    acting = here.open("/account").root.find(".//header//input[@name='_csrf']")
    assert acting is not None
    for odd in ("\0", "schools", "x" * 5000):
        sent = {"_csrf": [acting.get("value", "")], "for": [odd]}
        seen = here.post("/account/acting", sent)
        assert seen.status in {403, 404}
        assert "`" not in seen.text  # no words of another door
        assert "für" not in " ".join(seen.find(".//header").itertext())
    assert here.open("/imports/%00").status in {404, 422}
    assert here.open("/imports/%00/returned").status in {404, 422}


@pytest.mark.parametrize("over", [False, True])
def test_no_password_ever_stands_in_a_page(pages: Served, over: bool) -> None:  # noqa: FBT001 - two ways
    here = signed_in(pages.address, "youth")
    sent = here.open("/account/password").filled("Passwort ändern")
    words = {"old": "Altes-Geheimnis", "password": "Neues-Geheimnis", "again": "Neues-Geheimnis"}
    if over:
        here.client.cookies.delete("kreislauf")
    seen = here.post("/account/password", {**sent, **words, "_csrf": ["00"]})
    assert seen.status == (401 if over else 403)
    assert "Geheimnis" not in seen.response.text


def test_a_table_of_many_columns_nobody_knows_is_turned_away_at_once(city: Attacked) -> None:
    wide = ";".join(f"spalte{n}" for n in range(20_000)).encode()
    began = time.monotonic()
    file = {"file": ("wide.csv", wide, "text/csv")}
    answer = city.send("planner", "/imports", kind="measures", files=file)
    assert answer.status_code == 422
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("name", [
    "../../x.csv", "C:\\a\\x.csv", 'x"; y="z.csv', "x\r\nX-Evil: y.csv", "äöü\u2028.csv", "x" * 500,
    "<script>alert(1)</script>.csv", "..", "%0d%0a.csv",
])  # fmt: skip
def test_the_name_of_a_file_goes_nowhere_but_into_words(city: Attacked, name: str) -> None:
    file = {"file": (name, io.BytesIO(b"title;lead\nx;NIX\n"), "text/html")}
    sent = city.send("planner", "/imports", kind="measures", files=file)
    where = sent.headers["location"]
    assert re.fullmatch("/imports/[0-9a-f]{24}", where)
    assert "<script>alert" not in city.as_("planner").get(where).text
    back = city.as_("planner").get(f"{where}/returned")
    assert back.headers["content-type"] == "text/csv; charset=utf-8"
    told = back.headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%~-]+", told, re.ASCII)
    assert "x-evil" not in back.headers
    assert city.as_("other_head").get(where).status_code == 404


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_a_page_is_kept_by_nobody_framed_by_nobody_and_runs_nothing(
    city: Attacked, place: Place
) -> None:
    told = city.as_(place.who).get(place.path).headers
    assert told["cache-control"] == "no-store"
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] in {"same-origin", "no-referrer"}
    policy = told["content-security-policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= {
        each.strip() for each in policy.split(";")
    }
    assert "unsafe" not in policy


def test_behind_tls_every_cookie_is_for_tls_alone(pages: Served) -> None:
    with httpx.Client(base_url=pages.address, trust_env=False) as client:
        headers = {"X-Forwarded-Proto": "https", "Accept": "text/html"}
        page = client.get("/sign-in", headers=headers)
        before = page.headers["set-cookie"]
        assert "; Secure" in before
        token = re.search(r'name="_csrf" value="([0-9a-f]+)"', page.text)
        assert token
        headers["Cookie"] = before.partition(";")[0]
        words = {"name": "youth", "password": PASSWORD, "_csrf": token[1]}
        there = client.post("/sign-in", data=words, headers=headers)
    cookies = there.headers.get_list("set-cookie")
    assert [each for each in cookies if each.startswith("__Host-kreislauf=")]
    assert all("; Secure" in each and "HttpOnly" in each and "Path=/" in each for each in cookies)
    assert not any("Domain" in each for each in cookies)
