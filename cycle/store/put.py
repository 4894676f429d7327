"""Rows written and taken away past the session, by as few statements as the database is best with.

SQLite is in the same process and takes row after row; PostgreSQL is a way off and takes many at
once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Final

from cycle.reading.door import Reader

Row = Mapping[str, object]  # column → value; the municipality is the reader's
EACH: Final = 64  # rows of one statement


def put(reader: Reader, table: str, rows: Sequence[Row], ending: str = "") -> None:
    """Write rows of the town; every row has the same columns."""
    if rows:
        columns = tuple(name for name in rows[0] if name != "municipality_id")
        _run(reader, partial(_insert, table, columns, ending), rows)


def take_away(reader: Reader, table: str, rows: Sequence[Row]) -> None:
    """Take away the rows of the town that hold these values."""
    if rows:
        _run(reader, partial(_delete, table, tuple(rows[0])), rows)


def _run(reader: Reader, statement: Callable[[int], str], rows: Sequence[Row]) -> None:
    if reader.dialect == "sqlite":
        reader.send_each(statement(1), [{f"{k}_0": v for k, v in row.items()} for row in rows])
        return
    for start in range(0, len(rows), EACH):
        some = rows[start : start + EACH]
        values = {f"{k}_{n}": v for n, row in enumerate(some) for k, v in row.items()}
        reader.send(statement(len(some)), **values)


@cache
def _insert(table: str, columns: tuple[str, ...], ending: str, count: int) -> str:
    names = ", ".join(("municipality_id", *columns))
    each = (", ".join(f":{name}_{n}" for name in columns) for n in range(count))
    rows = ", ".join(f"(:m, {values})" for values in each)
    return f"INSERT INTO {table} ({names}) VALUES {rows} {ending}"  # noqa: S608 - names of ours


@cache
def _delete(table: str, columns: tuple[str, ...], count: int) -> str:
    each = (" AND ".join(f"{name} = :{name}_{n}" for name in columns) for n in range(count))
    rows = " OR ".join(f"({values})" for values in each)
    return f"DELETE FROM {table} WHERE municipality_id = :m AND ({rows})"  # noqa: S608 - as above
