"""Reading connections: plain sqlite3 or psycopg, one SQL for both, rows as frozen values.

SQL is written once: `:name` for a value, `:m` for the municipality, `string_agg(x, sep)` for a
list. The row's annotations say what a column becomes: dates, moments, decimals and tuples
(lists joined with `|`) arrive as such from either database.
"""

import re
import sqlite3
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote

from cycle.errors import KreislaufError
from cycle.i18n import N_
from cycle.reading.failures import meaning, missing, no_driver, other_revision, unavailable
from migrations import HEAD

Row = TypeVar("Row", bound=Hashable)
LIST = "|"  # joins the values of a list column
FROZEN = N_("The store's folder cannot be written: it is read as it was last closed.")
_SQLITE = "sqlite:///"
_NAME = re.compile(r"('(?:[^']|'')*')|(?<![:\w]):([a-z_][a-z0-9_]*)")  # a text, or a value's name
_UNFIT = re.compile("[\0\ud800-\udfff]")  # signs that no stored text holds
_PG_OPTIONS = (  # one view of the store for the whole command, as on SQLite
    "-c statement_timeout=15s -c default_transaction_read_only=on"
    " -c default_transaction_isolation=repeatable\\ read"
)


class Reader:
    """A connection that reads one municipality; counts its statements."""

    def __init__(self, connection: Any, dialect: str, municipality_id: str) -> None:  # noqa: ANN401
        """Take any DB-API connection; `dialect` is sqlite or postgresql."""
        self.connection = connection
        self.dialect = dialect
        self.municipality_id = municipality_id
        self.statements = 0
        self.notice: str | None = None  # a template: what a reader of the answer must know

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
        names = [column[0] for column in cursor.description]
        converters = [_converters(row).get(name, _same) for name in names]
        return [
            row(**{n: c(v) for n, c, v in zip(names, converters, found, strict=True)}, **also)
            for found in cursor.fetchall()
        ]

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

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()

    def _run(self, sql: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - a cursor
        self.statements += 1
        given = {"m": self.municipality_id} | {k: _out(v) for k, v in values.items()}
        try:
            return self.connection.execute(_spelled(sql, self.dialect), given)
        except Exception as refused:
            if (told := meaning(refused)) is None:
                raise
            raise told from refused


def many(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """Spell an IN list: `:name_0, :name_1` and its values; an empty list matches nothing."""
    if not values:
        return "NULL", {}
    given = {f"{name}_{i}": value for i, value in enumerate(values)}
    return ", ".join(f":{key}" for key in given), given


def open_reader(url: str) -> Reader:
    """Open a store for reading only and make sure that it has the revision this version reads.

    Raises Unavailable when it is missing, cannot be read or is of another revision.
    """
    reader = _open_sqlite(url) if url.startswith("sqlite") else _open_postgresql(url)
    try:
        _check(reader)
        found = reader.value("SELECT id FROM municipality ORDER BY created_at LIMIT 1")
    except BaseException:
        reader.close()
        raise
    reader.municipality_id = found or ""
    reader.statements = 0
    return reader


def file_of(url: str) -> Path:
    """Tell where a SQLite store lies; what stands behind `sqlite:///` is the path as it is."""
    return Path(url.removeprefix(_SQLITE))


def is_there(path: Path) -> bool:
    """Tell whether a file is there; Unavailable where even that may not be known."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as closed:
        raise unavailable("store_unreadable", str(closed)) from closed
    return True


def _open_sqlite(url: str) -> Reader:
    path = file_of(url)
    if not is_there(path):
        raise missing(url)
    place = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        return Reader(_try_sqlite(place), "sqlite", "")
    except sqlite3.Error as refused:
        if refused.sqlite_errorcode & 0xFF not in _SHUT:
            raise meaning(refused) or refused from refused
    # A folder that cannot be written: no room for the log's index, but the file can be read.
    try:
        reader = Reader(_try_sqlite(f"{place}&immutable=1"), "sqlite", "")
    except sqlite3.Error as unreadable:
        raise unavailable("store_unreadable", str(unreadable)) from unreadable
    reader.notice = FROZEN
    return reader


_SHUT = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def _try_sqlite(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, uri=True, isolation_level=None)
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
            url, options=_PG_OPTIONS, application_name="kreislauf", connect_timeout=10
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


@cache
def _spelled(sql: str, dialect: str) -> str:
    if dialect == "sqlite":
        return sql.replace("string_agg(", "group_concat(")
    return _NAME.sub(lambda found: found[1] or f"%({found[2]})s", sql.replace("%", "%%"))


def _out(value: object) -> object:
    """Spell a value as the store keeps it."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            msg = "a moment needs its zone"
            raise ValueError(msg)
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return _UNFIT.sub("\ufffd", value) if isinstance(value, str) else value


def _same(value: Any) -> Any:  # noqa: ANN401 - converters take what the driver gives
    return value


def _date(value: Any) -> date | None:  # noqa: ANN401
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:  # noqa: ANN401
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment else None


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401
    return None if value is None else Decimal(value)


def _list(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(sorted(set(value.split(LIST)))) if value else ()


def _set(value: Any) -> frozenset[str]:  # noqa: ANN401
    return frozenset(_list(value))


def _bool(value: Any) -> bool | None:  # noqa: ANN401
    return None if value is None else bool(value)


def _number(value: Any) -> int | None:  # noqa: ANN401 - sums arrive as Decimal from PostgreSQL
    return None if value is None else int(value)


_BY_TYPE: dict[object, Callable[[Any], Any]] = {
    date: _date,
    datetime: _moment,
    Decimal: _decimal,
    bool: _bool,
    int: _number,
    tuple: _list,
    frozenset: _set,
}


@cache
def _converters(row: type) -> dict[str, Callable[[Any], Any]]:
    return {n: _BY_TYPE.get(_plain(t), _same) for n, t in get_type_hints(row).items()}


def _plain(hint: Any) -> object:  # noqa: ANN401 - a type annotation
    if get_origin(hint) in (Union, UnionType):
        return _plain(next(a for a in get_args(hint) if a is not type(None)))
    return get_origin(hint) or hint
