"""What was told as done is there, however the writer died, and nothing is half there."""

import random
import sqlite3
import time
from contextlib import closing
from multiprocessing.connection import Connection

import pytest

from cycle.reading.door import file_of
from tests.conftest import FreshUrl
from tests.store.deeds import CROWD, insist_on_whole, settled, write_until_killed


def _killed_writer(url: str, patience: float) -> list[str]:
    """Let a process write, kill it at a random moment, and give what it told as done."""
    here, there = CROWD.Pipe(duplex=False)
    writer = CROWD.Process(target=write_until_killed, args=(url, there))
    writer.start()
    there.close()
    acked = [here.recv()]
    time.sleep(random.uniform(0, patience))  # noqa: S311 - no secret
    writer.kill()
    writer.join()
    return acked + _rest(here)


def _rest(acks: Connection) -> list[str]:
    told = []
    try:
        while True:
            told.append(acks.recv())
    except (EOFError, OSError):  # the end, or a word cut in two
        return told


@pytest.mark.parametrize(("kind", "kills"), [("sqlite", 20), ("postgresql", 5)])
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half_done(
    fresh_url: FreshUrl, kind: str, kills: int
) -> None:
    url, acked = fresh_url(kind, settled), list[str]()
    for _ in range(kills):
        acked += _killed_writer(url, patience=0.15)
        there = insist_on_whole(url)
        assert len(set(acked)) == len(acked)
        assert set(acked) <= set(there)
        assert len(there) <= 1 + len(acked) + kills  # done, but killed before it could tell
    if kind == "sqlite":
        with closing(sqlite3.connect(file_of(url))) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
