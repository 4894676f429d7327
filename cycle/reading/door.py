"""Reading connections: plain sqlite3 or psycopg, one SQL for both, rows as frozen values.

SQL is written once: `:name` for a value, `:m` for the municipality, `string_agg(x, sep)` for a
list, `STRAIGHT JOIN` where SQLite, which knows no figures, would begin at the wrong end. The row's
annotations say what a column becomes: dates, moments, decimals and tuples (lists joined with `|`)
arrive as such from either database.
"""

import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from cycle.errors import KreislaufError
from cycle.i18n import N_
from cycle.reading.failures import meaning, missing, no_driver, other_revision, unavailable
from cycle.reading.values import given, spelled, ways
from migrations import HEAD

Row = TypeVar("Row", bound=Hashable)
Answer = TypeVar("Answer")
FROZEN = N_("The store's folder cannot be written: it is read as it was last closed.")
_SQLITE = "sqlite:///"
# Joins are made in the order in which they are written: looking for a better one takes PostgreSQL
# up to 0.8 s for a statement that it then runs in 2 ms.
AS_WRITTEN = "-c join_collapse_limit=1"
PLANNED_AT = 1  # a statement's second run has it planned for good: that takes 14 times an answer
_PG_OPTIONS = (  # one view of the store for the whole command, as on SQLite
    "-c statement_timeout=15s -c default_transaction_read_only=on"
    " -c default_transaction_isolation=repeatable\\ read"
    f" {AS_WRITTEN}"
)


class Reader:
    """A connection that reads one municipality; counts its statements."""

    def __init__(self, connection: Any, dialect: str, municipality_id: str) -> None:  # noqa: ANN401 - whatever the driver gives
        """Take any DB-API connection; `dialect` is sqlite or postgresql."""
        self.connection = connection
        self.dialect = dialect
        self.municipality_id = municipality_id
        self.statements = 0
        self.notice: str | None = None  # a template: what a reader of the answer must know
        self._execute = _by_place(connection) if dialect == "postgresql" else connection.execute
        self._known: dict[object, Any] = {}  # as long as the view is the same

    def rows(
        self,
        sql: str,
        row: type[Row],
        /,
        *,
        also: Mapping[str, object] = MappingProxyType({}),
        **values: object,
    ) -> list[Row]:
        """Run a query; every column fills the field of its name, `also` the ones all share."""
        cursor = self._run(sql, values)
        names = tuple([column[0] for column in cursor.description])
        becomes = ways(row, names)
        made = []
        for found in cursor.fetchall():
            columns = dict(zip(names, found, strict=True))
            for name, way in becomes:
                columns[name] = way(columns[name])
            made.append(row(**columns, **also))
        return made

    def one(self, sql: str, row: type[Row], /, **values: object) -> Row | None:
        """Run a query that gives one row or none."""
        return next(iter(self.rows(sql, row, also=MappingProxyType({}), **values)), None)

    def pairs(self, sql: str, /, **values: object) -> list[tuple[Any, ...]]:
        """Run a query and give its bare tuples."""
        return [tuple(found) for found in self._run(sql, values).fetchall()]

    def value(self, sql: str, /, **values: object) -> Any:  # noqa: ANN401 - whatever SQL gives
        """Run a query and give the first column of its first row."""
        found = self._run(sql, values).fetchone()
        return None if found is None else found[0]

    def send(self, sql: str, /, **values: object) -> None:
        """Run a statement that writes; only within a unit of the store."""
        self._run(sql, values)

    def send_each(self, sql: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Run a statement that writes once for each of these values, on SQLite."""
        self.statements += 1
        sent = [{"m": self.municipality_id} | {k: given(v) for k, v in r.items()} for r in rows]
        with _in_our_words():
            self.connection.executemany(sql, sent)

    def once(self, ask: Callable[["Reader"], Answer]) -> Answer:
        """Ask what is asked often in one view of the store, such as the town, only once."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        answer: Answer = self._known[ask]
        return answer

    def forget(self) -> None:
        """Ask anew for what was asked once: it may have changed."""
        self._known.clear()

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()

    def look_again(self) -> None:
        """See the store as it is now, and stay with that view; PostgreSQL begins by itself."""
        self.forget()
        if self.dialect == "sqlite" and not self.connection.in_transaction:
            self._run("BEGIN", {})

    def look_away(self) -> None:
        """Let go of the view, so that the next look sees what has happened since.

        Nothing was written; psycopg forgets at a rollback every statement PostgreSQL has planned.
        """
        if self.dialect != "sqlite" or self.connection.in_transaction:
            with _in_our_words():
                self.connection.commit()

    def _run(self, sql: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - a cursor
        self.statements += 1
        sent = {"m": self.municipality_id} | {k: given(v) for k, v in values.items()}
        text, places = spelled(sql, self.dialect)
        with _in_our_words():
            return self._execute(text, sent if places is None else [sent[n] for n in places])


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Say what a driver refused as we say it; a mistake of ours stays what it is."""
    try:
        yield
    except Exception as refused:
        if (told := meaning(refused)) is None:
            raise
        raise told from refused


def _by_place(connection: Any) -> Callable[..., Any]:  # noqa: ANN401 - a psycopg connection
    """Give a way to run what is spelled with $1: psycopg reads long queries anew each time."""
    from psycopg import RawCursor  # noqa: PLC0415 - an extra, loaded only where it is used

    return lambda sql, sent: RawCursor(connection).execute(sql, sent)


def many(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """Spell an IN list: `:name_0, :name_1` and its values; an empty list matches nothing.

    Its length is a power of two, the last value filling it up: few lengths are few statements,
    and the databases know them all.
    """
    if not values:
        return "NULL", {}
    length = 1 << (len(values) - 1).bit_length()
    given: dict[str, object] = {f"{name}_{i}": value for i, value in enumerate(values)}
    given |= {f"{name}_{i}": values[-1] for i in range(len(values), length)}
    return _marks(name, length), given


@cache
def _marks(name: str, length: int) -> str:
    return ", ".join(f":{name}_{i}" for i in range(length))


def open_reader(url: str, *, shared: bool = False) -> Reader:
    """Open a store for reading only and make sure that it has the revision this version reads.

    A `shared` reader may be handed from one thread to the next. Raises Unavailable when the store
    is missing, cannot be read or is of another revision.
    """
    reader = _open_sqlite(url, shared) if url.startswith("sqlite") else _open_postgresql(url)
    try:
        _check(reader)
        found = reader.value("SELECT id FROM municipality ORDER BY created_at LIMIT 1")
    except BaseException:
        reader.close()
        raise
    reader.municipality_id = found or ""
    reader.statements = 0
    return reader


def file_of(url: str) -> str:
    """Tell where a SQLite store lies; what stands behind `sqlite:///` is the path as it is."""
    return url.removeprefix(_SQLITE)


def is_there(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file is there; Unavailable where even that may not be known."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as closed:
        raise unavailable("store_unreadable", str(closed)) from closed
    return True


def _open_sqlite(url: str, shared: bool) -> Reader:  # noqa: FBT001 - as open_reader was told
    path = file_of(url)
    if not is_there(path):
        raise missing(url)
    place = f"file:{os.path.abspath(path).translate(_IN_URI)}?mode=ro"
    try:
        return Reader(_try_sqlite(place, shared), "sqlite", "")
    except sqlite3.Error as refused:
        if refused.sqlite_errorcode & 0xFF not in _SHUT:
            raise meaning(refused) or refused from refused
    # A folder that cannot be written: no room for the log's index, but the file can be read.
    try:
        reader = Reader(_try_sqlite(f"{place}&immutable=1", shared), "sqlite", "")
    except sqlite3.Error as unreadable:
        raise unavailable("store_unreadable", str(unreadable)) from unreadable
    reader.notice = FROZEN
    return reader


_IN_URI = str.maketrans({"%": "%25", "?": "%3F", "#": "%23"})  # would end the path
_SHUT = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def _try_sqlite(place: str, shared: bool) -> sqlite3.Connection:  # noqa: FBT001 - as above
    connection = sqlite3.connect(
        place, uri=True, isolation_level=None, check_same_thread=not shared
    )
    try:
        connection.execute("PRAGMA busy_timeout=5000")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("BEGIN")  # one view of the store for the whole command
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open_postgresql(url: str) -> Reader:
    try:
        import psycopg  # noqa: PLC0415 - an extra, loaded only where it is used
    except ModuleNotFoundError as absent:
        raise no_driver() from absent
    try:
        connection = psycopg.connect(
            url,
            options=_PG_OPTIONS,
            application_name="kreislauf",
            connect_timeout=10,
            prepare_threshold=PLANNED_AT,
        )
    except psycopg.Error as unreachable:
        raise unavailable("store_unreachable", str(unreachable).splitlines()[0]) from unreachable
    return Reader(connection, "postgresql", "")


def _check(reader: Reader) -> None:
    try:
        here = reader.value("SELECT version_num FROM alembic_version")
    except KreislaufError:
        raise
    except Exception as empty:
        raise other_revision(None) from empty
    if here != HEAD:
        raise other_revision(here)
