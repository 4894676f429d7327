from collections.abc import Iterator
from pathlib import Path

import pytest

from cycle.store.store import Store
from tests.api.serving import Served, serving
from tests.conftest import STORES, FreshUrl, settle_saalestadt


@pytest.fixture(params=STORES)
def served(request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    """Serve a Saalestadt of its own, on SQLite and on PostgreSQL."""
    url = fresh_url(request.param, settle_saalestadt)
    store = Store.open(url)
    with serving(store, url, tmp_path) as found:
        yield found
    store.close()
