from collections.abc import Iterator

import pytest

from cycle.store.store import Store
from tests.conftest import STORES, FreshUrl
from tests.store.deeds import settled


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Run the test on SQLite and on PostgreSQL, each time in a bare town of its own."""
    return fresh_url(request.param, settled)


@pytest.fixture
def office(url: str) -> Iterator[Store]:
    """Open that town's store for writing."""
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture
def server_url(fresh_url: FreshUrl) -> str:
    return fresh_url("postgresql", settled)


@pytest.fixture
def file_url(fresh_url: FreshUrl) -> str:
    return fresh_url("sqlite", settled)
