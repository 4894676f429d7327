"""A copy of the store while others write, and the way back; each is verified before it counts.

On SQLite a copy is a store itself, in one file; on PostgreSQL it is what `pg_dump` writes.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copy2, copymode

from cycle import clock
from cycle.errors import Conflict, Invalid, NotFound, Unavailable
from cycle.i18n import N_
from cycle.reading import health, journal
from cycle.reading.door import Reader, file_of, is_there, open_reader
from cycle.reading.failures import meaning, unavailable
from cycle.store import dumps
from migrations import HEAD

Tick = Callable[[int, int], None]  # done, in all
PAGES = 1000  # copied at a time: 4 MB
PRIVATE = 0o600
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a store in use


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    path: str
    revision: str
    events: int  # number of the last deed in its journal
    size: int  # bytes
    before: str | None = None  # where the store lies that was replaced


def backup(url: str, target: Path, tick: Tick | None = None) -> Copied:
    """Copy the store into a new file while others write, and verify the copy.

    Raises Conflict where the file is there already, KreislaufError where the copy does not hold.
    """
    _insist_on_new(target)
    with closing(open_reader(url)) as reader, _part_of(target) as part:
        last = journal.head(reader)
        if reader.dialect == "postgresql":
            dumps.dump(reader, url, part)
            dumps.verify(part, last)
        else:
            _copy(reader.connection, part, tick)
            _verify(part, last)
        _flush(part)
        _put_in_place(part, target)
    return Copied(str(target), HEAD, last, target.stat().st_size)


def restore(source: Path, url: str, *, replace: bool = False, tick: Tick | None = None) -> Copied:
    """Make a store of a copy; an existing one stays unless it is to be replaced, then beside it.

    Raises Conflict where a store is there, NotFound where there is no copy, Unavailable where the
    copy is newer than this version or somebody has the store open that is to be replaced.
    """
    if not is_there(source):
        raise NotFound(
            N_("There is no file {path}."), code="no_file", path=str(source),
            fix=N_("Name a file that `cycle db backup` has written."),
        )  # fmt: skip
    if not url.startswith("sqlite"):
        path, revision, last = dumps.restore(source, url, replace=replace)
        return Copied(path, revision, last, source.stat().st_size)
    target = Path(file_of(url))
    if is_there(target) and not replace:
        raise there_already()
    revision, last = _looked_at(source)
    with _part_of(target) as part:
        with closing(_opened(source)) as connection:
            _copy(connection, part, tick)
        if revision == HEAD:
            _verify(part, last)
        _flush(part)
        before = _set_aside(target)
        if before:
            copymode(before, part)
        part.replace(target)
        _flush(target.parent)
    return Copied(
        str(target), revision, last, target.stat().st_size, str(before) if before else None
    )


def there_already() -> Conflict:
    """Tell that a store is there, which a copy must not overwrite by chance."""
    return Conflict(
        N_("There is a store already; a copy does not overwrite it."),
        code="store_exists",
        fix=N_("`--replace` puts the copy in its place and keeps the old one beside it."),
    )


def _insist_on_new(target: Path) -> None:
    if is_there(target):
        raise Conflict(
            N_("{path} is there already; a copy overwrites nothing."), code="file_exists",
            fix=N_("Name a file that is not there yet."), path=str(target),
        )  # fmt: skip
    if not os.access(target.parent, os.W_OK):
        says = N_("Nothing can be written into {path}.")
        raise Invalid(says, fix=N_("Name a folder that is there and can be written."),
                      path=str(target.parent))  # fmt: skip


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Give a name beside the target that goes where the copy is not finished."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except OSError as refused:
        raise unavailable("store_read_only", str(refused)) from refused
    try:
        yield part
    finally:
        for each in (part, *(Path(f"{part}{end}") for end in _BESIDE)):
            each.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, part: Path, tick: Tick | None) -> None:
    """Copy a view of the store, page by page; as one file, without a log beside it."""

    def told(_status: int, left: int, pages: int) -> None:
        if tick:
            tick(pages - left, pages)

    try:
        with closing(sqlite3.connect(part)) as made:
            source.backup(made, pages=PAGES, progress=told, sleep=0)
            made.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as refused:
        raise meaning(refused) or refused from refused


def _verify(part: Path, last: int) -> None:
    """Read the copy anew, as whoever needs it will."""
    with closing(open_reader(f"sqlite:///{part.absolute()}")) as reader:
        found = broken(reader)
        if journal.head(reader) != last:
            found.append(f"{journal.head(reader)} ≠ {last}")
    if found:
        raise dumps.broken(", ".join(found[:5]))


def broken(reader: Reader) -> list[str]:
    """Give what does not hold in a store: its pages, its references, its journal."""
    chain = [f"{fault.code} {fault.n}" for fault in journal.verify(reader)]
    return [*health.damages(reader), *health.dangling(reader), *chain]


def _looked_at(source: Path) -> tuple[str, int]:
    """Verify a copy before it is used: its revision and its last deed; an older one's pages."""
    try:
        with closing(open_reader(f"sqlite:///{source.absolute()}")) as reader:
            if found := broken(reader):
                raise dumps.broken(", ".join(found[:5]))
            return HEAD, journal.head(reader)
    except Unavailable as other:
        here = str(other.values.get("here", ""))
        if other.code != "store_revision" or not here[:1].isdigit() or here > HEAD:
            raise
    with closing(_opened(source)) as connection:
        older = Reader(connection, "sqlite", "")
        if found := [*health.damages(older), *health.dangling(older)]:
            raise dumps.broken(", ".join(found[:5]))
        return here, int(older.value("SELECT COALESCE(MAX(n), 0) FROM event"))


def _opened(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)


def _set_aside(target: Path) -> Path | None:
    """Keep the store that is replaced beside the new one; none may have it open."""
    if not is_there(target):
        _move_beside(target, Path(f"{target}.{_stamp()}.bak"))
        return None
    _insist_on_unused(target)
    before = Path(f"{target}.{_stamp()}.bak")
    try:
        os.link(target, before)
    except OSError:  # a file system without links
        copy2(target, before)
    _move_beside(target, before)
    return before


def _insist_on_unused(target: Path) -> None:
    """Close the store's log, which only who is alone with it can; a broken store has no users."""
    with closing(sqlite3.connect(target, timeout=2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as refused:
            if refused.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise Unavailable(
                    N_("Somebody has the store open that is to be replaced."),
                    code="store_busy",
                    fix=N_("Stop `cycle serve` and what else works with it, then repeat it."),
                ) from refused


def _move_beside(target: Path, before: Path) -> None:
    """Take away a log that would be read into the new store."""
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{target}{end}").rename(f"{before}{end}")


def _put_in_place(part: Path, target: Path) -> None:
    """Give the finished copy its name; nothing that came there meanwhile is overwritten."""
    try:
        os.link(part, target)
    except FileExistsError:
        _insist_on_new(target)
    except OSError:  # a file system without links
        part.rename(target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    """Let the disk have it before it counts."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamp() -> str:
    return clock.now().strftime("%Y%m%dT%H%M%S%f")
