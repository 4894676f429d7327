"""Every list and form in a town that has nothing yet: it says so, and is fit for everyone."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from cycle.store.store import Store
from tests.api.serving import Served, serving
from tests.conftest import FreshUrl
from tests.web.conftest import settle_with_passwords
from tests.web.places import PLACES, Place
from tests.web.walls.looking import all_wrong
from tests.web.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WHO = {"department_head": "youth", "committee_clerk": "clerk"}  # of the demo → of the cast
KEY = re.compile(r"/([A-Z]{1,2}-?\d|SGB2U15|SPRACHE|\d{4}~)")
EMPTY = [p for p in PLACES if not KEY.search(p.path) and not p.path.startswith("/public")]


@pytest.fixture(scope="module")
def village(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a town that has nothing but its people."""
    url = module_url("sqlite", settle_with_passwords)
    store = Store.open(url)
    with serving(store, url, tmp_path_factory.mktemp("village"), cast=False) as found:
        yield found
    store.close()


@pytest.fixture(scope="module")
def windows(chromium: "Browser", village: Served) -> Iterator[dict[str, Window]]:
    """Give a window to everyone who looks, opened once."""
    found: dict[str, Window] = {}
    for who in dict.fromkeys(place.who for place in EMPTY):
        found[who] = Window(chromium, village.address, WHO.get(who, who))
    yield found
    for each in found.values():
        each.close()


@pytest.mark.parametrize("place", EMPTY, ids=lambda place: place.id)
def test_a_page_with_nothing_on_it_says_so_and_is_fit_for_everyone(
    place: Place, windows: dict[str, Window]
) -> None:
    window = windows[place.who]
    source = window.open(place.path)
    assert len(window.text) > 40
    assert all_wrong(window, source) == []
