"""The demo city with everything in it several times over, written past the verbs of the trade.

Every record is copied twice in each round: once whole, with all that hangs on it, so that lists
grow; and once onto what the first one hangs on, so that every single record holds more too.
"""

from collections.abc import Iterator
from itertools import count
from typing import Final

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from cycle.model import METADATA
from tests.bench.towns import past_all_checks

TIMES: Final = 2
TRADE: Final = {  # what grows with the work of a town; all that points there grows along
    "report", "finding", "goal", "measure", "evaluation", "recommendation", "paper",
    "consultation", "decision", "indicator", "indicator_version", "observation", "participation",
}  # fmt: skip
STOCK: Final = {"cycle", "org_unit", "body", "field_of_action", "area"}  # what a town has
PARTS: Final = {"area_shape", "stage_entry", "cycle_strand", "cycle_field"}  # and what is in it
CODES: Final = {("area", "code"), ("evaluation", "external_id")}  # unique beside another column
NUMBERED: Final = {"no", "vintage"}
_APART: Final = {
    "sqlite": "printf('%04x', {n}) || substr({column}, 5)",
    "postgresql": "lpad(to_hex({n}), 4, '0') || substr({column}, 5)",
}


def grow(url: str) -> None:
    """Copy everything as often as told, and count it."""
    with past_all_checks(url) as connection:
        for statement in _statements(url.partition(":")[0].partition("+")[0]):
            connection.execute(statement)
        connection.commit()
        connection.execute("ANALYZE")  # PostgreSQL does so by itself, though later
        connection.commit()


def _statements(dialect: str) -> Iterator[str]:
    apart = _APART[dialect]
    own = count(TIMES + 1)  # of copies onto the first; whole ones have the number of the round
    for time in range(1, TIMES + 1):
        for table in METADATA.sorted_tables:
            for moved, whole in _ways(table):
                n = time if whole else next(own)
                yield _copying(table, moved, apart, time, n)
        yield (
            "INSERT INTO standing (municipality_id, noun, subject, topic, name, about, day, n,"
            f" since, unit_id, cycle_id) SELECT municipality_id, noun,"
            f" {apart.format(n=time, column='subject')}, topic, name, about, day, n, since,"
            f" unit_id, cycle_id FROM standing WHERE {_first('subject')} AND noun <> 'round'"
        )
    yield f"UPDATE tally SET n = n * {TIMES + 1}"


def _ways(table: Table) -> Iterator[tuple[frozenset[str], bool]]:
    """Give which columns point to copies, and whether all of them do."""
    points = _points(table)
    if table.name in STOCK | PARTS:
        yield frozenset(points if table.name in PARTS else ()), True
    elif table.name in TRADE or TRADE & set(points.values()):
        of_trade = {name for name, to in points.items() if to in TRADE}
        yield frozenset(of_trade), True
        if table.name == "measure":  # what is told of it is told of whole ones
            return
        if "id" in table.columns:
            yield frozenset(), False
        if len(points) > 1:
            yield from ((frozenset({name}), False) for name in sorted(points))


def _points(table: Table) -> dict[str, str]:
    """Give the columns that point to what grows, and where."""
    found = {}
    for each in table.constraints:
        if isinstance(each, ForeignKeyConstraint) and each.referred_table.name in TRADE | STOCK:
            found[each.column_keys[-1]] = each.referred_table.name
    return found


def _copying(table: Table, moved: frozenset[str], apart: str, time: int, n: int) -> str:
    columns = [column.name for column in table.columns]
    shown = [
        apart.format(n=time, column=column) if column in moved else _shown(table, column, apart, n)
        for column in columns
    ]
    told = "id" if "id" in table.columns else min(_points(table))
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(shown)} FROM "{table.name}"'
        f" WHERE {_first(told)} ON CONFLICT DO NOTHING"
    )


def _shown(table: Table, column: str, apart: str, n: int) -> str:
    """Give what a copy has in a column that points nowhere, or where the first one does."""
    if column in {"id", "lineage_id"}:
        return apart.format(n=n, column=column)
    if column == "predecessor_id" and table.name == "cycle":
        return "NULL"
    if _alone(table, column):
        return f"{column} || '-{n}'"
    if column in NUMBERED and n > TIMES:
        return f"{column} + {1000 * n}"
    return f'"{column}"'


def _alone(table: Table, column: str) -> bool:
    """Tell whether a column by itself, or as the code of an area, names a record."""
    if column in {"id", "municipality_id"} or column in _points(table):
        return False
    unique = [set(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)]
    return {"municipality_id", column} in unique or (table.name, column) in CODES


def _first(column: str) -> str:
    """Tell the first rows from their copies."""
    return f"{column} NOT LIKE '00%'"
