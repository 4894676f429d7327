"""Copies on PostgreSQL: what its programs write and read, and what they lack."""

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cycle.errors import Conflict, KreislaufError, Unavailable
from cycle.reading.door import open_reader
from cycle.store import backups, dumps
from migrations import HEAD
from tests.conftest import FreshUrl, migrate, settle_saalestadt


@pytest.mark.usefixtures("programs")
def test_a_database_that_holds_something_is_not_overwritten(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url("postgresql", settle_saalestadt)
    backups.backup(f"{url}&password=geheim", tmp_path / "copy")
    with pytest.raises(Conflict):
        backups.restore(tmp_path / "copy", url)
    with pytest.raises(Conflict):
        backups.restore(tmp_path / "copy", url, replace=True)


@pytest.mark.usefixtures("programs")
def test_a_dump_that_is_none_is_refused(fresh_url: FreshUrl, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("no dump")
    with pytest.raises(Unavailable, match="pg_restore failed"):
        backups.restore(tmp_path / "copy", fresh_url("postgresql"))


@pytest.mark.usefixtures("programs")
def test_a_newer_dump_is_refused_and_an_older_one_restored(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    url = fresh_url("postgresql", migrate)
    for revision, name in (("9999", "newer"), ("0001", "older")):
        with closing(open_reader(url)) as reader:
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("UPDATE alembic_version SET version_num = %s", (revision,))
            reader.look_away()
            dumps.dump(reader, url, tmp_path / name)
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("UPDATE alembic_version SET version_num = %s", (HEAD,))
    with pytest.raises(Unavailable, match="9999"):
        backups.restore(tmp_path / "newer", fresh_url("postgresql"))
    assert backups.restore(tmp_path / "older", fresh_url("postgresql")).revision == "0001"
    with pytest.raises(KreislaufError, match="not whole"):
        dumps.verify(tmp_path / "older", 99)


def test_a_machine_without_the_programs_is_told_what_to_install(
    fresh_url: FreshUrl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_url("postgresql", migrate)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pg_dump is not installed"):
        backups.backup(url, tmp_path / "copy")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    with pytest.raises(Unavailable, match="version 9"):
        backups.backup(url, tmp_path / "copy")


def test_a_password_goes_to_no_list_of_processes() -> None:
    address, password = dumps._address("postgresql://me:geheim@db.example/x")
    assert (password, "geheim" in address) == ("geheim", False)
    assert json.dumps(address)


@pytest.mark.usefixtures("programs")
def test_a_server_that_does_not_answer_is_told(fresh_url: FreshUrl, tmp_path: Path) -> None:
    backups.backup(fresh_url("postgresql", migrate), tmp_path / "copy")
    with pytest.raises(Unavailable):
        backups.restore(tmp_path / "copy", f"postgresql:///x?host={tmp_path}")


@pytest.mark.usefixtures("programs")
def test_a_dump_with_a_broken_chain_is_told_when_it_is_restored(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    url = fresh_url("postgresql", settle_saalestadt)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("UPDATE event SET key = 'M-0' WHERE n = 1")
    backups.backup(url, tmp_path / "copy")
    with pytest.raises(KreislaufError, match="changed 1"):
        backups.restore(tmp_path / "copy", fresh_url("postgresql"))


def test_the_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg.conninfo", None)
    with pytest.raises(Unavailable, match="driver"):
        dumps._address("postgresql://me@db.example/x")
