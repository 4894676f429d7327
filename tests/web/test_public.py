"""The public view in the browser: what everyone reads, and shut until two have opened it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.web.pages import public as pages_of
from cycle.store.store import Store
from cycle.usecases import public_view
from tests.api.serving import Served, serving
from tests.conftest import STORES, FreshUrl
from tests.reading.rows import TODAY, building
from tests.reading.test_public import SECRET, VISIBLE
from tests.reading.test_public import _opened as opened
from tests.web.browsing import Seen, browser, close_all, let_in, signed_in

CANARIES = (SECRET, "77,77", "77.77", "88,88", "88.88", "numerator", "denominator", "2/2026",
            "3/2026", "Z-2030", "manual", "account", "reason")  # fmt: skip
ADDRESSES = (
    "/public", "/public.json", "/public.csv", "/public/measures", "/public/measures.json",
    "/public/measures.csv", "/public/measures/M-2026-001", "/public/measures/M-2026-001.json",
    "/public/measures/M-2026-001.csv", "/public/indicators", "/public/indicators.json",
    "/public/indicators.csv", "/public/indicators/SPRACHE", "/public/indicators/SPRACHE.json",
    "/public/indicators/SPRACHE.csv",
)  # fmt: skip


def _opened(url: str) -> None:
    opened(url)
    store = Store.open(url)
    let_in(store)
    store.close()


def _served(url: str, folder: Path) -> Iterator[Served]:
    store = Store.open(url)
    with serving(store, url, folder, cast=False) as found:
        yield found
    store.close()


@pytest.fixture(scope="module", params=STORES)
def city(
    request: pytest.FixtureRequest,
    module_url: FreshUrl,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """Serve an open town that tests only look at."""
    yield from _served(module_url(request.param, _opened), tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def open_town(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the same on SQLite alone."""
    yield from _served(module_url("sqlite", _opened), tmp_path_factory.mktemp("seen"))


@pytest.fixture
def own(fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    """Serve an open town of the test's own."""
    yield from _served(fresh_url("sqlite", _opened), tmp_path)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


def _walked(city: Served) -> dict[str, Seen]:
    """Open every address that can be reached from the first one."""
    here = browser(city.address)
    found: dict[str, Seen] = {}
    waiting = ["/public"]
    while waiting:
        path = waiting.pop()
        found[path] = here.open(path)
        if found[path].response.headers["content-type"].startswith("text/html"):
            links = (a.get("href", "") for a in found[path].root.iter("a"))
            waiting += [to for to in links if to.startswith("/public") and to not in found]
    return found


def _table(seen: Seen) -> list[dict[str, str]]:
    text = seen.response.text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_whatever_can_be_reached_without_an_account_holds_nothing_internal(city: Served) -> None:
    found = _walked(city)
    assert {path for path in ADDRESSES if path not in found} == set()
    for path, seen in found.items():
        assert (path, seen.status) == (path, 200)
        for canary in CANARIES:
            page = seen.text if seen.root.find(".//main") is not None else seen.response.text
            assert canary not in page, (path, canary)


def test_the_first_page_tells_rounds_states_and_lights(open_town: Served) -> None:
    seen = browser(open_town.address, "en").open("/public")
    assert seen.title == "What Saalestadt plans and does"
    assert f"{len(VISIBLE)} measures by state" in seen.text
    told = browser(open_town.address).open("/public.json").response.json()
    (shown,) = told["rounds"]
    assert shown["states"] == told["states"]
    assert sum(shown["states"].values()) == told["measures"] == len(VISIBLE)
    running = sum(
        n for state, n in shown["states"].items() if state not in {"rejected", "cancelled"}
    )
    assert {light: sum(n.values()) for light, n in shown["lights"].items()} == dict.fromkeys(
        ("delivery", "effect", "data"), running
    )
    assert {
        row["Measures"] for row in _table(browser(open_town.address, "en").open("/public.csv"))
    } >= {"1"}


def test_the_three_ways_of_a_list_tell_the_same(open_town: Served) -> None:
    here = browser(open_town.address, "en")
    listed = here.open("/public/measures?department=40")
    assert [text for text in listed.links() if text.startswith("M-")] == ["M-2026-002 Lesepaten"]
    found = here.open(listed.links()["for programs (JSON)"]).response.json()
    assert [each["title"] for each in found["measures"]] == ["Lesepaten"]
    (row,) = _table(here.open(listed.links()["table (CSV)"]))
    assert (row["Key"], row["Title"], row["Department"]) == (
        "M-2026-002", "Lesepaten", "40 Schulen",
    )  # fmt: skip


def test_a_word_is_looked_for_in_titles_alone(open_town: Served) -> None:
    here = browser(open_town.address, "en")
    seen = here.send(here.open("/public/measures"), {"text": "kita"})
    assert "Übergang Kita und Schule" in seen.text
    assert "Lesepaten" not in seen.text
    nothing = here.open(f"/public/measures?text={SECRET}&state=draft&department=99&after=")
    assert nothing.status == 200
    assert "No measure fits what you have chosen." in nothing.text


def test_pages_of_a_list_and_of_its_json_join(
    open_town: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of, "EACH", 2)
    monkeypatch.setattr(pages_of, "MANY", 2)
    here = browser(open_town.address, "en")
    seen, path, titles = [], "/public/measures.json?cycle=Z-2026", []
    while path:
        told = here.open(path).response.json()
        titles += [each["title"] for each in told["measures"]]
        path = told["next"]
    assert titles == VISIBLE
    page = here.open("/public/measures")
    while True:
        seen += [text for text in page.links() if text.startswith("M-")]
        if "Further lines" not in page.links():
            break
        page = here.follow(page, "Further lines")
    assert len(seen) == len(VISIBLE)
    assert [row["Title"] for row in _table(here.open("/public/measures.csv"))] == VISIBLE


def test_a_title_that_a_spreadsheet_would_run_does_not_run(own: Served) -> None:
    with building(own.store) as more:
        more.start_at(100)
        more.measure(state="approved", title='=HYPERLINK("http://x.example")')
    seen = browser(own.address).open("/public/measures.csv")
    assert seen.response.headers["content-disposition"] == 'attachment; filename="measures.csv"'
    assert "'=HYPERLINK" in seen.response.text
    assert ";=HYPERLINK" not in seen.response.text


def test_a_withheld_value_is_withheld_in_page_chart_and_files(open_town: Served) -> None:
    here = browser(open_town.address, "en")
    path = "/public/indicators/SPRACHE"
    page = here.open(f"{path}?area=03")
    told = here.open(f"{path}.json").response.json()["values"]
    rows = _table(here.open(f"{path}.csv"))
    gone = {each["area"] for each in told if each["value"] is None}
    assert gone == {row["Area"] for row in rows if not row["Value"]} == {"02", "03"}
    assert {each["status"] for each in told if each["value"] is None} == {"confidential_or_unknown"}
    assert "0.8" not in page.response.text  # 2 of 250
    assert "<svg" in page.response.text


def test_what_is_not_public_is_as_unknown_as_what_is_not_there(open_town: Served) -> None:
    here = browser(open_town.address)
    seen = {
        here.open(f"/public/measures/{key}").text.replace(key, "KEY")
        for key in ("M-2026-003", "M-2026-999", "@last", "14")
    }
    assert len(seen) == 1
    paths = ("measures/M-2026-003", "measures/M-2026-003.json", "measures/M-2026-003.csv",
             "indicators/NIX", "indicators/NIX.json", "measures.xls",
             "indicators.html")  # fmt: skip
    assert {here.open(f"/public/{path}").status for path in paths} == {404}


def test_shut_every_address_is_not_found_for_everyone(own: Served) -> None:
    with own.store.unit("steering", day=TODAY) as unit:
        public_view.close(unit)
    for here in (browser(own.address), signed_in(own.address, "admin")):
        for path in ADDRESSES:
            seen = here.open(path)
            assert (path, seen.status) == (path, 404)
            assert "Lesepaten" not in seen.response.text


def test_two_accounts_open_it_in_the_browser_and_one_shuts_it(pages: Served) -> None:
    admin, steering = (signed_in(pages.address, who, "en") for who in ("admin", "steering"))
    asked = admin.send(admin.open("/public-view"), button="Propose to open it")
    assert "Now somebody of the other role has to confirm it." in asked.text
    assert "Confirm and open it" not in asked.response.text
    forced = admin.post("/public-view", {**asked.filled(), "deed": ["confirm"]})
    assert forced.status == 403
    assert browser(pages.address).open("/public").status == 404
    done = steering.send(steering.open("/public-view"), button="Confirm and open it")
    assert "The public view is open." in done.text
    assert browser(pages.address, "en").open("/public").status == 200
    shut = admin.send(admin.open("/public-view"), {"reason": "Wahl"}, button="Shut it now")
    assert "The public view is shut." in shut.text
    assert browser(pages.address).open("/public").status == 404


def test_nobody_else_opens_it(pages: Served) -> None:
    for who in ("planner", "reader", "youth"):
        assert signed_in(pages.address, who).open("/public-view").status == 403


def test_an_open_town_without_a_report_says_so(pages: Served) -> None:
    for who, deed in (("admin", public_view.propose_open), ("steering", public_view.confirm_open)):
        with pages.store.unit(who, day=TODAY) as unit:
            deed(unit)
    here = browser(pages.address, "en")
    assert "No report is published yet." in here.open("/public").text
    assert "No measure has been decided yet." in here.open("/public/measures").text
    assert "No values are released yet." in here.open("/public/indicators").text


@pytest.mark.parametrize("sign", ["%00", "%ff", "%ed%a0%80", "%E2%80%AE", "'%22<>", "x" * 5000])
def test_what_nobody_types_is_not_found_and_breaks_nothing(city: Served, sign: str) -> None:
    here = browser(city.address, "en")
    for path in ("measures?text={}", "measures?cycle={}", "measures.csv?department={}",
                 "measures.json?after={}", "indicators/SPRACHE?area={}"):  # fmt: skip
        assert here.open(f"/public/{path.format(sign)}").status == 200
    for path in ("measures/{}", "measures/{}.json", "indicators/{}", "indicators/{}.csv"):
        assert here.open(f"/public/{path.format(sign)}").status == 404
