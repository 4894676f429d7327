"""What every test stands on: an empty environment and stores of its own."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from shutil import copyfile, disk_usage
from typing import Any, NoReturn, Protocol

import pytest
from sqlalchemy import Dialect, Engine

from cycle.store import engine
from cycle.store import store as store_module
from cycle.store.store import Store
from tests import postgres

OUTSIDE = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS")
REQUIRED = os.environ.get("KREISLAUF_REQUIRE_ALL") == "1" or os.environ.get("CI") == "true"

STORES = ("sqlite", "postgresql")

Prepare = Callable[[str], object]

SHM = Path("/dev/shm")  # noqa: S108 - memory, and every test gets a folder of its own there
ROOM = 4 * 2**30  # bytes; some containers leave 64 MiB


def _in_memory() -> None:
    """Let stores and the server of the tests live in memory, where there is room: twice as fast."""
    if os.access(SHM, os.W_OK | os.X_OK) and disk_usage(SHM).free > ROOM:
        tempfile.tempdir = str(SHM)


_in_memory()


class FreshUrl(Protocol):
    """What the fixture `fresh_url` hands out."""

    def __call__(self, kind: str, prepare: Prepare | None = None) -> str: ...


def without(what: str) -> NoReturn:
    """Skip a test that lacks something on this machine; fail where everything is required."""
    if REQUIRED:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of the one who runs the tests, and stand in an empty folder."""
    for name in os.environ:
        if name.startswith(("CYCLE_", "PG")) or name in OUTSIDE:
            monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture(scope="session", autouse=True)
def _compile_once() -> Iterator[None]:
    """Let the engines of all tests share what SQLAlchemy compiles: half a second of each test.

    A compiled statement belongs to a dialect and every engine brings its own; tests open an
    engine each, a town opens one a day.
    """
    shared: dict[str, tuple[Dialect, dict[Any, Any]]] = {}

    def opened(url: str, *, create: bool = False) -> Engine:
        made = engine.open_engine(url, create=create)
        made.dialect, compiled = shared.setdefault(made.dialect.name, (made.dialect, {}))
        return made.execution_options(compiled_cache=compiled)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "open_engine", opened)
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """Run one PostgreSQL for all tests of this process, started when the first asks for it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running())
        except postgres.MissingServer as missing:
            without(f"PostgreSQL cannot run here: {missing}")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Prepare], Path]:
    """Prepare one SQLite file per way of preparing, for `fresh_url` to copy."""

    @cache
    def prepared(prepare: Prepare) -> Path:
        path = tmp_path_factory.mktemp("template") / "store.db"
        prepare(f"sqlite:///{path}")
        return path

    return prepared


@pytest.fixture
def fresh_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Callable[[Prepare], Path]
) -> Iterator[FreshUrl]:
    """Make empty stores: `fresh_url("postgresql")`, or `fresh_url("sqlite", migrate)`.

    `migrate(url)` runs once in the whole session and closes what it opened; every further store
    is a copy of what it left. PostgreSQL databases go when the test is over.
    """
    yield from _stores(request, tmp_path, sqlite_template)


@pytest.fixture(scope="module")
def module_url(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Callable[[Prepare], Path],
) -> Iterator[FreshUrl]:
    """As `fresh_url`, for stores that all tests of a file look at."""
    yield from _stores(request, tmp_path_factory.mktemp("module"), sqlite_template)


def _stores(
    request: pytest.FixtureRequest, folder: Path, template: Callable[[Prepare], Path]
) -> Iterator[FreshUrl]:
    made: list[str] = []
    numbers = count(1)

    def make(kind: str, prepare: Prepare | None = None) -> str:
        if kind == "sqlite":
            path = folder / f"store-{next(numbers)}.db"
            if prepare:
                copyfile(template(prepare), path)
            return f"sqlite:///{path}"
        server: postgres.Server = request.getfixturevalue("postgresql_server")
        made.append(server.fresh(prepare))
        return made[-1]

    yield make
    for url in made:
        request.getfixturevalue("postgresql_server").drop(url)


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Run the test on SQLite and on PostgreSQL, each time with an empty store."""
    return fresh_url(request.param)


def migrate(url: str) -> None:
    """Give a store its tables: the one way of preparing that tests of the house copy."""
    Store.create(url).close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    """Run the test on SQLite and on PostgreSQL, each time with all tables and no town yet."""
    opened = Store.open(fresh_url(request.param, migrate))
    yield opened
    opened.close()


def settle_saalestadt(url: str) -> None:
    """Prepare a store with Saalestadt in it: departments, bodies, cast and an open round."""
    from tests import makers  # noqa: PLC0415 - most tests need no town

    opened = Store.create(url)
    makers.a_town(opened)
    opened.close()


@pytest.fixture(params=STORES)
def town(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    """Run the test on SQLite and on PostgreSQL, each time in a Saalestadt of its own."""
    opened = Store.open(fresh_url(request.param, settle_saalestadt))
    yield opened
    opened.close()
