"""Every page, in the demo city, in an empty town and with something wrong, in a real browser."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from api.web.en301549 import REPORT, seen
from api.web.pages import PAGES
from api.web.pages.sign_in import page_at
from cycle import clock
from cycle.demo.town import PASSWORD
from tests.api.serving import Served
from tests.conftest import FreshUrl
from tests.web.city import demo_city
from tests.web.places import HEAD, PLACES, Place
from tests.web.walls import screens
from tests.web.walls.looking import all_wrong
from tests.web.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parent / "aria"
PUNCTUATION = re.compile(r"[/?&=]")  # of an address, which not every disk keeps in a name
CHANGING = re.compile(  # the real clock on pages kept up to date, and what the last walls saw
    r"\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}|(?<=Prüfung )(?:am|vom) \d.*"
)
LOOKS = 7  # html, axe, 320 px, spaced, 200 %, forced colours, keyboard
LOOKED_AT: list[tuple[str, int]] = []  # what was found good


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the demo city, open to the public; the walls only look at it."""
    with demo_city("sqlite", module_url, tmp_path_factory.mktemp("city")) as found:
        yield found.served


@pytest.fixture(scope="module")
def windows(chromium: "Browser", city: Served) -> Iterator[dict[str, Window]]:
    """Give a window to everyone who looks, opened once."""
    found: dict[str, Window] = {}
    for who in dict.fromkeys(place.who for place in PLACES):
        found[who] = Window(chromium, city.address, who, password=PASSWORD)
    yield found
    for each in found.values():
        each.close()


def test_every_page_with_an_address_is_looked_at() -> None:
    looked = {place.page or _page(place.path) for place in PLACES}
    missing = {page.name for page in PAGES if page.show or page.form} - looked - UNSEEN
    assert not missing


UNSEEN = {  # they send on, are a part of other pages, or are files; a preview is looked at below
    "sign_in_town", "sign_in_back", "import", "import_returned", "import_template",
    "sign_out", "acting", "live", "public_file", "public_measures_file", "public_indicators_file",
}  # fmt: skip


def _page(path: str) -> str:
    found = page_at(PAGES, urlsplit(path).path)
    assert found, f"there is no page {path}"
    return found[0].name


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_a_page_is_fit_for_everyone(place: Place, windows: dict[str, Window]) -> None:
    window = windows[place.who]
    source = window.open(place.path)
    assert all_wrong(window, source) == []
    _compare(place.id, window.page)
    LOOKED_AT.append((place.id, LOOKS))


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("/measures/M-1999-999", "planner", 404), ("/nothing-here", "planner", 404),
        ("/imports", "reader", 403), ("/measures/M-2026-009/tasks/countersign", HEAD, 403),
        ("/imports/0000", "planner", 404), ("/cycles/Z-1999", "reader", 404),
    ],
)  # fmt: skip
def test_a_page_that_says_no_is_fit_for_everyone(
    path: str, who: str, status: int, windows: dict[str, Window]
) -> None:
    window = windows[who]
    window.wrong.clear()
    answer = window.page.goto(f"{window.address}{path}")
    assert answer is not None
    assert answer.status == status
    assert all_wrong(window, answer.text()) == []
    LOOKED_AT.append((f"{path} {who}", LOOKS))


@pytest.mark.parametrize("place", [p for p in PLACES if p.wrong], ids=lambda place: place.id)
def test_a_page_that_complains_is_fit_for_everyone(
    place: Place, windows: dict[str, Window]
) -> None:
    window = windows[place.who]
    window.open(place.path)
    for name, value in place.wrong.items():
        field = window.page.locator(f"main [name='{name}']").first
        if field.get_attribute("type") in {"radio", "checkbox"}:
            window.page.locator(f"main [name='{name}'][value='{value}']").check()
        else:
            field.fill(value)
    window.page.locator("main form[method=post] button[type=submit]").first.click()
    window.page.wait_for_load_state()
    summary = window.page.locator("#faults")
    assert summary.is_visible(), window.page.inner_text("main")[:500]
    focused = window.page.evaluate("() => document.activeElement.id")
    assert focused == "faults"
    assert all_wrong(window, window.page.content(), walk=False) == []
    LOOKED_AT.append((f"{place.id} wrong", LOOKS - 2))
    for link in summary.locator("a").all():
        link.click()
        target = (link.get_attribute("href") or "#")[1:]
        assert window.page.evaluate("() => document.activeElement.id") == target


def test_the_preview_of_a_file_and_what_came_of_it_are_fit_for_everyone(
    windows: dict[str, Window], tmp_path: Path
) -> None:
    window = windows["planner"]
    window.open("/imports")
    window.choose("kind", "measures")
    plan = "titel;federfuehrung;ende\nLesepaten;51;31.12.2027\nSprachkurse;51;morgen\n"
    file = tmp_path / "plan.csv"
    file.write_text(plan, "utf-8")
    window.page.set_input_files("main input[type=file]", file)
    window.save()
    assert "1 abgewiesen" in window.text
    assert all_wrong(window, window.page.content(), walk=False) == []
    window.save()
    assert "Übernommen" in window.text
    assert all_wrong(window, window.page.content(), walk=False) == []


def test_the_self_assessment_tells_what_was_seen_here(chromium: "Browser") -> None:
    page = chromium.new_page()
    page.evaluate(screens.AXE)
    told = {
        "pages": len(LOOKED_AT),
        "looks": sum(looks for _, looks in LOOKED_AT),
        "axe": f"axe-core {page.evaluate('axe.version')}",
        "chromium": chromium.version.partition(".")[0],
        "violations": 0,
    }
    page.close()
    if os.environ.get("KREISLAUF_REFRESH") == "1":
        today = clock.today()
        REPORT.write_text(
            json.dumps({"day": f"{today:%d.%m.%Y}", **told}, indent=1) + "\n", "utf-8"
        )
        seen.cache_clear()
    kept = {name: value for name, value in seen().items() if name not in {"day", "chromium"}}
    assert kept == {name: value for name, value in told.items() if name != "chromium"}


def _compare(name: str, page: "Page") -> None:
    """Compare what a screen reader is told with what was looked at and found good."""
    file = GOLDEN / f"{PUNCTUATION.sub('_', name.strip('/').replace(' ', '-')) or 'start'}.yml"
    told = CHANGING.sub("…", page.locator("body").aria_snapshot() + "\n")
    if os.environ.get("KREISLAUF_REFRESH") == "1":
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert file.exists(), "KREISLAUF_REFRESH=1 writes what a screen reader is told"
    assert told == file.read_text("utf-8")
