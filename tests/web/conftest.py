from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cycle.store.store import Store
from tests.api.serving import Served, serving
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.web.browsing import close_all, let_in
from tests.web.chromium import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def settle_with_passwords(url: str) -> None:
    """Prepare a Saalestadt in which everyone can sign in."""
    settle_saalestadt(url)
    store = Store.open(url)
    let_in(store)
    store.close()


@pytest.fixture
def pages(fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    """Serve a Saalestadt of its own on SQLite, in which everyone can sign in."""
    yield from _served("sqlite", fresh_url, tmp_path)


@pytest.fixture(params=STORES)
def pages_on_both(
    request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path
) -> Iterator[Served]:
    """As `pages`, on SQLite and on PostgreSQL."""
    yield from _served(request.param, fresh_url, tmp_path)


def _served(kind: str, fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    url = fresh_url(kind, settle_with_passwords)
    store = Store.open(url)
    with serving(store, url, tmp_path) as found:
        yield found
        close_all()
    store.close()


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """Run a browser for the tests of a file."""
    with running() as browser:
        yield browser
