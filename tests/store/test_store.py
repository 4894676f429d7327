"""Opening a store: it is there, ours, of the right revision and may be written, or one is told."""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from cycle.errors import Forbidden, NotFound, Unavailable
from cycle.model.town import Account, AccountUnit
from cycle.reading.door import FROZEN, file_of, open_reader
from cycle.store import schema
from cycle.store.engine import open_engine
from cycle.store.store import Store
from tests.conftest import FreshUrl
from tests.makers import arranged
from tests.store.deeds import as_nobody, department, enrol, settled

WAYS = pytest.mark.parametrize("way", [Store.open, open_reader])


def _refusal(way: object, url: str) -> Unavailable:
    assert callable(way)
    with pytest.raises(Unavailable) as refused:
        way(url)
    assert refused.value.fix
    str(refused.value)
    refused.value.fix.format(**refused.value.values)
    return refused.value


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that everyone can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="krs-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def shared(folder: Path) -> str:
    """Give a store that everyone may read."""
    url = f"sqlite:///{folder}/store.db"
    settled(url)
    return url


def _write(url: str) -> str:
    with closing(Store.open(url)) as office:
        return office.perform(enrol)


def _read(url: str) -> str:
    with closing(open_reader(url)) as reader:
        count = reader.value("SELECT count(*) FROM org_unit WHERE municipality_id = :m")
        return f"{count} {reader.notice}"


@WAYS
def test_a_missing_store_is_told_and_not_made(fresh_url: FreshUrl, way: object) -> None:
    url = fresh_url("sqlite")
    refused = _refusal(way, url)
    assert refused.code == "store_missing"
    assert "cycle init" in refused.fix
    assert not Path(file_of(url)).exists()


@WAYS
def test_a_server_that_does_not_answer_is_told(tmp_path: Path, way: object) -> None:
    refused = _refusal(way, f"postgresql://someone:secret@/town?host={tmp_path}")
    assert refused.code == "store_unreachable"
    assert "CYCLE_DB" in refused.fix
    assert "secret" not in str(refused)


@WAYS
def test_a_database_that_the_server_does_not_have_is_told(fresh_url: FreshUrl, way: object) -> None:
    refused = _refusal(way, fresh_url("postgresql").replace("/test_", "/nothing_"))
    assert refused.code == "store_unreachable"
    assert "does not exist" in str(refused)


@WAYS
def test_without_its_driver_a_server_is_not_reached(
    way: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused = _refusal(way, "postgresql://localhost/town")
    assert refused.code == "driver_missing"
    assert "kreislauf[postgresql]" in refused.fix


@WAYS
def test_a_file_that_is_no_database_is_told(tmp_path: Path, way: object) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Sehr geehrte Damen und Herren, " * 99)
    refused = _refusal(way, f"sqlite:///{path}")
    assert refused.code == "store_unreadable"
    assert path.read_text().startswith("Sehr geehrte")


@WAYS
def test_a_folder_is_no_store(tmp_path: Path, way: object) -> None:
    assert _refusal(way, f"sqlite:///{tmp_path}").code == "store_unreadable"


@WAYS
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_empty_database_is_told_as_not_up_to_date(
    fresh_url: FreshUrl, kind: str, way: object
) -> None:
    url = fresh_url(kind)
    if kind == "sqlite":
        Path(file_of(url)).touch()
    refused = _refusal(way, url)
    assert refused.code == "store_revision"
    assert "cycle db upgrade" in refused.fix


@WAYS
@pytest.mark.parametrize(
    ("revision", "fix"), [("0006", "cycle db upgrade"), ("0999", "newer version")]
)
def test_a_store_of_another_revision_is_told(
    url: str, revision: str, fix: str, way: object
) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})
    engine.dispose()
    refused = _refusal(way, url)
    assert refused.code == "store_revision"
    assert revision in str(refused)
    assert fix in refused.fix


def test_a_store_that_has_lost_its_revision_is_of_another_one(file_url: str) -> None:
    engine = open_engine(file_url)
    schema.downgrade(engine, "base")
    engine.dispose()
    assert _refusal(open_reader, file_url).code == "store_revision"


def test_a_read_only_file_can_be_read_but_not_written(shared: str) -> None:
    Path(file_of(shared)).parent.chmod(0o777)
    Path(file_of(shared)).chmod(0o444)
    assert as_nobody(_write, shared).startswith("store_read_only: The store can only be read")
    assert as_nobody(_read, shared) == "1 None"
    assert _read(shared) == "1 None"


def test_a_read_only_folder_can_be_read_but_not_written(shared: str) -> None:
    Path(file_of(shared)).chmod(0o666)
    Path(file_of(shared)).parent.chmod(0o555)
    assert as_nobody(_write, shared).startswith("store_read_only: ")
    assert as_nobody(_read, shared) == f"1 {FROZEN}"


def test_what_nobody_may_read_is_not_read(shared: str) -> None:
    Path(file_of(shared)).chmod(0o600)
    assert as_nobody(_read, shared).startswith("store_unreadable: ")
    Path(file_of(shared)).chmod(0o666)
    Path(file_of(shared)).parent.chmod(0o600)
    assert as_nobody(_read, shared).startswith("store_unreadable: ")
    assert as_nobody(_write, shared).startswith("store_unreadable: ")


def test_no_store_is_made_where_nobody_may_write(folder: Path) -> None:
    def told(place: str) -> str:
        return as_nobody(_make, f"sqlite:///{folder}/{place}")

    assert told("store.db").startswith("store_read_only: ")
    assert told("deeper/store.db").startswith("store_read_only: ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("way", [Store.open, Store.create])
def test_who_may_not_write_is_told_before_the_database_tries(
    file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: object
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # root, who runs this, may always
    assert _refusal(way, file_url).code == "store_read_only"
    if way == Store.create:
        assert _refusal(way, f"sqlite:///{tmp_path}/new.db").code == "store_read_only"


def _make(url: str) -> str:
    Store.create(url).close()
    return "made"


def test_a_store_is_made_with_the_folders_it_lies_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a/b c/ä%20?.db"
    settled(url)
    assert (tmp_path / "a" / "b c" / "ä%20?.db").exists()
    assert _write(url) == "D-2026-002"
    assert _read(url) == "2 None"


def test_no_folder_is_made_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = _refusal(Store.create, f"sqlite:///{tmp_path}/file/store.db")
    assert refused.code == "store_read_only"


def test_a_server_that_only_lets_read_is_told(server_url: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(server_url)["dbname"]
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(Unavailable) as refused:
        _write(server_url)
    assert refused.value.code == "store_read_only"


def test_a_store_in_memory_lives_as_long_as_it_is_open() -> None:
    office = Store.create("sqlite://")
    with office.unit(None) as unit:
        assert unit.reading().value("SELECT count(*) FROM municipality WHERE id = :m") == 0
    office.close()


def test_only_a_known_account_acts(office: Store) -> None:
    with pytest.raises(Forbidden) as refused, office.unit("stranger"):
        pass
    assert refused.value.code == "account_unknown"
    with office.unit() as unit:
        unit.add(Account(name="gone", disabled_at=unit.now))
        arranged(unit)
    with pytest.raises(Forbidden), office.unit("gone"):
        pass


def test_an_account_acts_with_its_roles_and_departments(office: Store) -> None:
    with office.unit() as unit:
        there = department(unit).id
        unit.add(AccountUnit(account_id=unit.actor.account_id, org_unit_id=there))
        arranged(unit)
    with office.unit() as unit:
        assert unit.actor.roles == {"planner"}
        assert unit.actor.units == {"D-2026-001"}
        assert unit.actor.for_unit is None


def test_an_account_acts_for_a_department_that_is_there(office: Store) -> None:
    with office.unit(for_unit="D-2026-001") as unit:
        assert unit.actor.for_unit == "D-2026-001"
        assert unit.actor.for_unit_id == department(unit).id
    with office.unit(by_import=True) as unit:
        assert unit.actor.by_import
    with pytest.raises(NotFound) as refused, office.unit(for_unit="99"):
        pass
    assert refused.value.code == "department_unknown"
    assert str(refused.value) == "There is no department 99."


def test_a_store_that_was_closed_to_writing_keeps_no_open_file(file_url: str) -> None:
    with closing(sqlite3.connect(file_of(file_url))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    for way in (Store.open, open_reader, Store.create):
        assert _refusal(way, file_url).code == "store_revision"
