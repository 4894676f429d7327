"""A copy taken while others write is whole, and a store can be made of it again."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from cycle.errors import Conflict, Invalid, KreislaufError, NotFound, Unavailable
from cycle.reading import journal
from cycle.reading.door import file_of, open_reader
from cycle.reading.proof import discrepancies
from cycle.store import backups
from cycle.store.store import Store
from migrations import HEAD
from tests import makers
from tests.conftest import FreshUrl, settle_saalestadt
from tests.store.deeds import CROWD, settled, write_until_killed

WRITERS = 8


def _kinds() -> list[str]:
    return ["sqlite", "postgresql"]


def _empty(kind: str, fresh_url: FreshUrl) -> str:
    return fresh_url(kind)


def _whole(url: str) -> int:
    """See that a store agrees with itself, and give the number of its last deed."""
    with closing(open_reader(url)) as reader:
        assert backups.broken(reader) == []
        assert discrepancies(reader) == []
        return journal.head(reader)


@pytest.mark.parametrize("kind", _kinds())
@pytest.mark.usefixtures("programs")
def test_a_copy_taken_while_eight_write_is_whole_and_can_be_restored(
    fresh_url: FreshUrl, tmp_path: Path, kind: str
) -> None:
    url, ends, writers = fresh_url(kind, settled), [], []
    for _ in range(WRITERS):
        here, there = CROWD.Pipe(duplex=False)
        writer = CROWD.Process(target=write_until_killed, args=(url, there))
        writer.start()
        there.close()
        ends.append(here)
        writers.append(writer)
    try:
        acked = sum(1 for end in ends if end.recv())
        for end in ends:  # or their pipes fill, and they stand still
            threading.Thread(target=_drain, args=(end,), daemon=True).start()
        made = [backups.backup(url, tmp_path / f"copy-{n}") for n in range(3)]
        late = _head(url)
    finally:
        for writer in writers:
            writer.kill()
            writer.join()
    assert acked == WRITERS
    assert made[0].events < made[-1].events <= late, "nobody wrote meanwhile"
    assert made[0].events >= WRITERS
    again = _empty(kind, fresh_url)
    told = backups.restore(tmp_path / "copy-1", again)
    assert (told.events, told.revision) == (made[1].events, HEAD)
    assert _whole(again) == made[1].events


def _drain(end: object) -> None:
    try:
        while True:
            end.recv()  # type: ignore[attr-defined] # a connection of whatever context
    except (EOFError, OSError):
        return


def _head(url: str) -> int:
    with closing(open_reader(url)) as reader:
        return journal.head(reader)


@pytest.fixture
def url(fresh_url: FreshUrl) -> str:
    return fresh_url("sqlite", settle_saalestadt)


@pytest.fixture
def copy(url: str, tmp_path: Path) -> Path:
    backups.backup(url, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_a_copy_is_one_file_only_its_owner_may_read(copy: Path) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copy.parent.glob("*copy.db*")] == ["copy.db"]


def test_a_copy_tells_how_far_it_is(url: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    backups.backup(url, tmp_path / "copy.db", lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] > 0


def test_a_copy_overwrites_nothing(url: str, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(Conflict, match="overwrites nothing"):
        backups.backup(url, copy)
    assert copy.read_bytes() == before


def test_what_came_there_meanwhile_is_not_overwritten(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    real = backups._verify

    def late(part: Path, last: int) -> None:
        real(part, last)
        target.write_text("of somebody else")

    monkeypatch.setattr(backups, "_verify", late)
    with pytest.raises(Conflict):
        backups.backup(url, target)
    assert target.read_text() == "of somebody else"
    assert list(tmp_path.glob(".*part*")) == []


def test_a_folder_that_is_not_there_is_told(url: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        backups.backup(url, tmp_path / "nowhere" / "copy.db")


def test_a_file_system_without_links_is_no_hindrance(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    made = backups.backup(url, tmp_path / "copy.db")
    told = backups.restore(tmp_path / "copy.db", url, replace=True)
    assert told.events == made.events
    assert _whole(f"sqlite:///{told.before}") == made.events


def test_a_copy_whose_pages_were_changed_is_refused(url: str, copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("UPDATE event SET key = 'M-0' WHERE n = 1")
        opened.commit()
    with pytest.raises(KreislaufError, match="not whole: changed 1"):
        backups.restore(copy, f"sqlite:///{tmp_path}/new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_copy_that_does_not_hold_what_it_should_is_no_copy(copy: Path) -> None:
    with pytest.raises(KreislaufError, match="not whole"):
        backups._verify(copy, 99_999)


def test_a_store_stays_unless_it_is_to_be_replaced(url: str, copy: Path) -> None:
    with pytest.raises(Conflict):
        backups.restore(copy, url)
    told = backups.restore(copy, url, replace=True)
    assert told.before is not None
    assert _whole(url) == _whole(f"sqlite:///{told.before}")


def test_a_store_somebody_has_open_is_not_replaced(url: str, copy: Path) -> None:
    with closing(sqlite3.connect(file_of(url))) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT 1 FROM event").fetchone()
        with pytest.raises(Unavailable, match="open"):
            backups.restore(copy, url, replace=True)
    _whole(url)


def test_a_broken_store_is_replaced_with_its_log(url: str, copy: Path) -> None:
    path = Path(file_of(url))
    path.write_bytes(b"no database at all" * 999)
    Path(f"{path}-wal").write_bytes(b"left over")
    told = backups.restore(copy, url, replace=True)
    assert told.before is not None
    assert Path(told.before).read_bytes().startswith(b"no database")
    assert not Path(f"{path}-wal").exists()
    _whole(url)


def test_a_log_without_its_store_is_not_read_into_a_new_one(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "new.db-wal").write_bytes(b"left over")
    backups.restore(copy, f"sqlite:///{tmp_path}/new.db")
    assert not (tmp_path / "new.db-wal").exists()
    _whole(f"sqlite:///{tmp_path}/new.db")


def _of_revision(copy: Path, revision: str) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        opened.commit()


def test_an_older_copy_is_restored_and_said_to_be_older(copy: Path, tmp_path: Path) -> None:
    _of_revision(copy, "0001")
    assert backups.restore(copy, f"sqlite:///{tmp_path}/new.db").revision == "0001"


def test_an_older_copy_with_loose_ends_is_refused(copy: Path, tmp_path: Path) -> None:
    _of_revision(copy, "0001")
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("UPDATE event SET account_id = 'nobody' WHERE n = 1")
        opened.commit()
    with pytest.raises(KreislaufError, match="event → account"):
        backups.restore(copy, f"sqlite:///{tmp_path}/new.db")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: _of_revision(path, "9999"), "store_revision"),
        (lambda path: path.write_bytes(b"no database at all" * 999), "store_unreadable"),
        (lambda path: path.write_bytes(b""), "store_revision"),
        (lambda path: path.unlink(), "no_file"),
    ],
    ids=["newer", "text", "empty", "missing"],
)
def test_what_is_no_copy_is_refused(copy: Path, tmp_path: Path, make: object, error: str) -> None:
    make(copy)  # type: ignore[operator] # a lambda of the table above
    with pytest.raises((NotFound, Unavailable)) as refused:
        backups.restore(copy, f"sqlite:///{tmp_path}/new.db")
    assert refused.value.code == error
    assert not (tmp_path / "new.db").exists()


def test_a_place_that_cannot_be_made_is_told(copy: Path) -> None:
    with pytest.raises(Unavailable):
        backups.restore(copy, f"sqlite:///{copy}/below/new.db")


def test_what_cannot_be_copied_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no database at all" * 999)
    with closing(sqlite3.connect(tmp_path / "x")) as source, pytest.raises(Unavailable):
        backups._copy(source, tmp_path / "y", None)


def test_a_deed_after_the_copy_is_not_in_it(url: str, copy: Path) -> None:
    store = Store.open(url)
    with store.unit("planner", day=makers.DAY) as unit:
        makers.a_measure(unit)
    store.close()
    assert _head(url) > _head(f"sqlite:///{copy}")
