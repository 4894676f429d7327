"""Reading connections: plain sqlite3 or psycopg, one SQL for both, rows as frozen values.

SQL is written once: `:name` for a value, `:m` for the municipality, `string_agg(x, sep)` for a
list. The row's annotations say what a column becomes: dates, moments, decimals and tuples
(lists joined with `|`) arrive as such from either database.
"""

import re
import sqlite3
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import quote

from cycle.errors import Unavailable
from cycle.i18n import N_
from migrations import HEAD

Row = TypeVar("Row", bound=Hashable)
LIST = "|"  # joins the values of a list column
_NAME = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_PG_OPTIONS = "-c statement_timeout=15s -c default_transaction_read_only=on"


class Reader:
    """A connection that reads one municipality; counts its statements."""

    def __init__(self, connection: Any, dialect: str, municipality_id: str) -> None:  # noqa: ANN401
        """Take any DB-API connection; `dialect` is sqlite or postgresql."""
        self.connection = connection
        self.dialect = dialect
        self.municipality_id = municipality_id
        self.statements = 0

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
        return next(iter(self.rows(sql, row, **values)), None)

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
        return self.connection.execute(_spelled(sql, self.dialect), given)


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
    if url.startswith("sqlite"):
        reader = Reader(_open_sqlite(url), "sqlite", "")
    else:
        reader = Reader(_open_postgresql(url), "postgresql", "")
    _check(reader)
    reader.municipality_id = reader.value("SELECT id FROM municipality ORDER BY created_at") or ""
    reader.statements = 0
    return reader


def _open_sqlite(url: str) -> sqlite3.Connection:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        raise Unavailable(
            N_("There is no store at {url}."),
            code="store_missing",
            fix=N_("Create one with `cycle init`, or look around with `cycle demo`."),
            url=url,
        )
    place = f"file:{quote(str(path.absolute()))}"
    try:
        connection = _try_sqlite(f"{place}?mode=ro")
    except sqlite3.Error:
        # A read-only folder: the shared-memory file cannot be made, but the file can be read.
        try:
            connection = _try_sqlite(f"{place}?mode=ro&immutable=1")
        except sqlite3.Error as unreadable:
            raise Unavailable(
                N_("The store at {url} cannot be read."),
                code="store_unreadable",
                fix=N_("Check who may read the file, and that it is a store of Kreislauf."),
                url=url,
            ) from unreadable
    return connection


def _try_sqlite(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, uri=True, isolation_level=None)
    connection.execute("PRAGMA busy_timeout=15000")
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    connection.execute("BEGIN")  # one view of the store for the whole command
    return connection


def _open_postgresql(url: str) -> Any:  # noqa: ANN401 - psycopg is an extra
    try:
        import psycopg  # noqa: PLC0415 - an extra, loaded only where it is used
    except ModuleNotFoundError as missing:
        raise Unavailable(
            N_("The driver for PostgreSQL is not installed."),
            code="driver_missing",
            fix=N_("Install it with `pip install 'kreislauf[postgresql]'`."),
        ) from missing
    try:
        return psycopg.connect(url, options=_PG_OPTIONS, application_name="kreislauf")
    except psycopg.Error as unreachable:
        raise Unavailable(
            N_("The store cannot be reached: {why}"),
            code="store_unreachable",
            fix=N_("Check `CYCLE_DB` and that the server is running."),
            why=str(unreachable).splitlines()[0],
        ) from unreachable


def _check(reader: Reader) -> None:
    try:
        here = reader.value("SELECT version_num FROM alembic_version")
    except Exception as foreign:
        raise _other_revision("-") from foreign
    if here != HEAD:
        raise _other_revision(str(here))


def _other_revision(here: str) -> Unavailable:
    newer = here > HEAD
    return Unavailable(
        N_("The store has revision {here}, this version works with {wanted}."),
        code="store_revision",
        fix=N_("Install a newer version of Kreislauf.")
        if newer
        else N_("Bring the store up to date with `cycle db upgrade`."),
        here=here,
        wanted=HEAD,
    )


@cache
def _spelled(sql: str, dialect: str) -> str:
    if dialect == "sqlite":
        return sql.replace("string_agg(", "group_concat(")
    return _NAME.sub(r"%(\1)s", sql.replace("%", "%%"))


def _out(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _same(value: Any) -> Any:  # noqa: ANN401 - converters take what the driver gives
    return value


def _date(value: Any) -> date | None:  # noqa: ANN401
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:  # noqa: ANN401
    return datetime.fromisoformat(value) if isinstance(value, str) else value


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
