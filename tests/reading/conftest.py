"""Towns that stand for all tests which only look at them."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from cycle.store.store import Store
from tests import postgres
from tests.conftest import Prepare

Standing = Callable[[str, Prepare], Store]


@pytest.fixture(scope="session")
def standing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """Open one store a kind and a way of preparing; tests that write take a copy of their own."""
    opened: list[Store] = []

    @cache
    def open_(kind: str, prepare: Prepare) -> Store:
        url = f"sqlite:///{tmp_path_factory.mktemp('standing') / 'store.db'}"
        if kind == "postgresql":
            server: postgres.Server = request.getfixturevalue("postgresql_server")
            url = server.fresh()
        prepare(url)
        opened.append(Store.open(url))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()
