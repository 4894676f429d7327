import sqlite3
from pathlib import Path

import psycopg

from tests.conftest import FreshUrl


def _two_rows(url: str) -> None:
    path = url.removeprefix("sqlite:///")
    if path != url:
        connection = sqlite3.connect(path)
        connection.executescript("CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2)")
        connection.close()
        return
    with psycopg.connect(url) as server:
        server.execute("CREATE TABLE t (n int)")
        server.execute("INSERT INTO t VALUES (1), (2)")


def test_a_fresh_store_is_empty(store_url: str) -> None:
    if store_url.startswith("sqlite"):
        assert not Path(store_url.removeprefix("sqlite:///")).exists()
        return
    with psycopg.connect(store_url) as server:
        tables = server.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert tables == []


def test_it_copies_what_was_prepared_once(fresh_url: FreshUrl) -> None:
    for _ in range(2):
        with psycopg.connect(fresh_url("postgresql", _two_rows)) as server:
            assert server.execute("SELECT count(*) FROM t").fetchone() == (2,)
            server.execute("DELETE FROM t")
        file = sqlite3.connect(fresh_url("sqlite", _two_rows).removeprefix("sqlite:///"))
        assert file.execute("SELECT count(*) FROM t").fetchone() == (2,)
        file.execute("DELETE FROM t")
        file.commit()
        file.close()
