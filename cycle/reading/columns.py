"""The tables of a store and their columns, as the database itself tells them."""

from dataclasses import dataclass
from typing import Final

from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in their order, and those of its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


_SQLITE: Final = """
SELECT t.name, c.name, c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
"""
_POSTGRESQL: Final = """
SELECT c.table_name, c.column_name, COALESCE(k.ordinal_position, 0)
FROM information_schema.columns c
LEFT JOIN information_schema.table_constraints t ON t.table_schema = c.table_schema
  AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = t.constraint_schema
  AND k.constraint_name = t.constraint_name AND k.column_name = c.column_name
WHERE c.table_schema = current_schema() ORDER BY c.table_name, c.ordinal_position
"""


def columns_of(reader: Reader) -> dict[str, Table]:
    """Give every table of the store by its name."""
    found: dict[str, list[tuple[str, int]]] = {}
    sql = _SQLITE if reader.dialect == "sqlite" else _POSTGRESQL
    for name, column, place in reader.pairs(sql):
        found.setdefault(name, []).append((column, int(place)))
    return {name: _table(name, columns) for name, columns in found.items()}


def _table(name: str, columns: list[tuple[str, int]]) -> Table:
    key = sorted((place, column) for column, place in columns if place)
    return Table(name, tuple(column for column, _ in columns), tuple(column for _, column in key))
