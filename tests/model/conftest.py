"""One filled store of each kind for all tests of the model; each test's changes are taken back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from cycle.store.engine import open_engine
from tests import postgres
from tests.conftest import STORES
from tests.model.fill import filled


@pytest.fixture(scope="session", params=STORES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('model')}/store.db"
        filled(url)
    else:
        server: postgres.Server = request.getfixturevalue("postgresql_server")
        url = server.fresh(filled)
    opened = open_engine(url)
    yield opened
    opened.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """Give a store with two towns in every table."""
    with engine.connect() as opened:
        yield opened
