"""Bringing a store up to date: a copy first, everything or nothing, and only what is ours."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from cycle.errors import Unavailable
from cycle.reading.door import file_of
from cycle.store import schema
from cycle.store.engine import open_engine
from cycle.store.store import Store
from migrations import HEAD
from tests.conftest import FreshUrl, migrate
from tests.model.fill import filled

OLDER = "0006"


def _older(url: str) -> None:
    """Prepare a store with towns in it that is one step behind."""
    filled(url)
    engine = open_engine(url)
    schema.downgrade(engine, OLDER)
    engine.dispose()


def _revision(url: str) -> str | None:
    engine = open_engine(url)
    try:
        return schema.revision_here(engine)
    finally:
        engine.dispose()


def _run(url: str, sql: str) -> None:
    engine = open_engine(url, create=True)
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


def _copies(url: str) -> list[Path]:
    return sorted(Path(file_of(url)).parent.glob("*.bak"))


def _towns(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT count(*) FROM municipality").fetchone()
        return int(found)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_store_is_brought_up_to_date(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind, _older)
    copy = schema.upgrade_store(url)
    assert _revision(url) == HEAD
    assert (copy is not None) == (kind == "sqlite")
    Store.open(url).close()


def test_a_copy_is_made_before_the_store_is_changed(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", _older)
    copy = schema.upgrade_store(url)
    assert copy is not None
    assert _copies(url) == [copy]
    assert _revision(f"sqlite:///{copy}") == OLDER
    assert _towns(copy) == _towns(Path(file_of(url))) == 2


def test_a_store_that_is_up_to_date_is_left_alone(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", migrate)
    before = Path(file_of(url)).read_bytes()
    assert schema.upgrade_store(url) is None
    assert _copies(url) == []
    assert Path(file_of(url)).read_bytes() == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_empty_store_is_given_its_tables_without_a_copy(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind)
    if kind == "sqlite":
        Path(file_of(url)).touch()
    assert schema.upgrade_store(url) is None
    assert _revision(url) == HEAD


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_newer_store_is_left_alone(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind, migrate)
    _run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable) as refused:
        schema.upgrade_store(url)
    assert refused.value.code == "store_revision"
    assert "newer version" in refused.value.fix
    assert _revision(url) == "9999"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("way", [schema.upgrade_store, Store.create])
def test_tables_of_something_else_are_left_alone(
    fresh_url: FreshUrl, kind: str, way: object
) -> None:
    url = fresh_url(kind)
    _run(url, "CREATE TABLE bookmarks (n int)")
    assert callable(way)
    with pytest.raises(Unavailable) as refused:
        way(url)
    assert refused.value.code == "store_foreign"
    assert "bookmarks" in str(refused.value)
    assert _revision(url) is None


def test_a_missing_store_is_not_made_by_an_upgrade(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite")
    with pytest.raises(Unavailable) as refused:
        schema.upgrade_store(url)
    assert refused.value.code == "store_missing"
    assert not Path(file_of(url)).exists()


def test_making_a_store_anew_leaves_an_older_one_alone(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", _older)
    with pytest.raises(Unavailable) as refused:
        Store.create(url)
    assert refused.value.code == "store_revision"
    assert "cycle db upgrade" in refused.value.fix
    assert _revision(url) == OLDER


def test_making_a_store_twice_changes_nothing(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", filled)
    Store.create(url).close()
    assert _towns(Path(file_of(url))) == 2


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_step_that_fails_leaves_the_store_as_it_was(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind, _older)
    _run(url, "CREATE TABLE disposition (n int)")  # stands in the way in the middle of the step
    with pytest.raises(Exception, match="disposition"):
        schema.upgrade_store(url)
    assert _revision(url) == OLDER
    engine = open_engine(url)
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "evaluation")
    engine.dispose()


def test_a_step_that_leaves_rows_pointing_nowhere_is_taken_back(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", _older)
    with closing(sqlite3.connect(Path(file_of(url)))) as connection:
        connection.execute("UPDATE measure SET lead_id = 'gone'")  # foreign keys are off here
        connection.commit()
    with pytest.raises(RuntimeError, match="point nowhere"):
        schema.upgrade_store(url)
    assert _revision(url) == OLDER


def test_a_store_in_memory_needs_no_copy() -> None:
    store = Store.create("sqlite://")
    assert schema.backup_before(store.engine) is None
    store.close()
