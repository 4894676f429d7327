"""The databases repeat the rules: what our own checks let through by mistake, they refuse."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, ForeignKeyConstraint, Table, bindparam, insert, select, text
from sqlalchemy.exc import IntegrityError

from cycle.model import METADATA
from tests.model.fill import ROWS, TOWNS, id_of, rows_of
from tests.model.test_schema import OF_TOWNS, TABLES, name_of


class Breach(NamedTuple):
    """A value that one rule of one column forbids."""

    table: str
    column: str
    rule: str
    value: object


def _breaches() -> Iterator[Breach]:
    for table in TABLES:
        for column in table.c:
            info, here = column.info, (table.name, column.name)
            if limit := info.get("limit"):
                yield Breach(*here, "length", "1" * (limit + 1))
            if "one_of" in info:
                yield Breach(*here, "known", "nonsense")
            if info.get("least") is not None:
                yield Breach(*here, "least", info["least"] - 1)
            if info.get("most") is not None:
                yield Breach(*here, "most", info["most"] + 1)


def _refusal(connection: Connection, sql: str, **values: object) -> str:
    """Try a change and tell what the database says against it, nothing where it takes it."""
    point = connection.begin_nested()
    try:
        connection.execute(text(sql).bindparams(*map(bindparam, values)), values)
    except IntegrityError as refused:
        return str(refused.orig)
    finally:
        point.rollback()
    return ""


def test_every_table_takes_the_rows_that_keep_the_rules(connection: Connection) -> None:
    for table in TABLES:
        for town in TOWNS:
            home = table.c.id if table.name == "municipality" else table.c.municipality_id
            found = connection.execute(
                select(table).where(home == town).order_by(*table.primary_key)
            ).mappings()
            made = sorted(rows_of(table, town), key=lambda row: _key(table, row))
            assert [dict(row) for row in found] == made


def _key(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def test_what_a_column_may_not_hold_is_refused(connection: Connection) -> None:
    let_in = [
        breach
        for breach in _breaches()
        if f"ck_{breach.table}_" not in _refusal(
            connection, f"UPDATE {breach.table} SET {breach.column} = :bad", bad=breach.value
        )
    ]  # fmt: skip
    assert let_in == []


def test_every_rule_of_a_column_stands_under_its_name() -> None:
    named = {name_of(each) for table in TABLES for each in table.constraints}
    asked = {f"ck_{each.table}_{each.column}_{each.rule}" for each in _breaches()}
    assert len(asked) > 250
    assert asked <= named


def _pointers() -> Iterator[tuple[str, str, str]]:
    for table in TABLES:
        for key in table.foreign_key_constraints:
            if len(key.columns) > 1:
                yield table.name, _pointer(key), key.referred_table.name


def _pointer(key: ForeignKeyConstraint) -> str:
    return key.column_keys[1]


def test_no_row_points_into_another_municipality(connection: Connection) -> None:
    let_in = []
    for table, column, target in _pointers():
        row = next(r for r in reversed(rows_of(METADATA.tables[table], "b")) if r[column])
        keys = [c.name for c in METADATA.tables[table].primary_key]
        refusal = _refusal(
            connection,
            f"UPDATE {table} SET {column} = :foreign"
            f" WHERE {' AND '.join(f'{key} = :{key}' for key in keys)}",
            foreign=id_of(target, "a", ROWS - 1),
            **{key: row[key] for key in keys},
        )
        if "foreign key" not in refusal.lower():
            let_in.append((table, column, refusal))
    assert let_in == []


def test_no_row_lives_without_its_municipality(connection: Connection) -> None:
    for table in OF_TOWNS:
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), connection.begin_nested():
            connection.execute(insert(table), rows_of(table, "nowhere")[:1])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("UPDATE measure SET state = 'cancelled', reason_code = NULL", "final_reasoned"),
        ("UPDATE measure SET planned_end = '2025-01-01'", "planned_period"),
        ("UPDATE measure SET actual_start = NULL", "actual_period"),
        ("UPDATE measure_link SET successor_id = predecessor_id", "forward"),
        ("UPDATE cycle SET period_end = period_start", "period"),
        ("UPDATE cycle SET round = 1", "first_round"),
        ("UPDATE decision SET consultation_id = NULL, kind = 'resolution'", "resolution_heard"),
        ("UPDATE owed SET measure_id = NULL, cycle_id = NULL", "of_one"),
        ("UPDATE owed SET measure_id = 'measure-a-0', cycle_id = 'cycle-a-0'", "of_one"),
        ("UPDATE evaluation SET external_id = NULL", "source_named"),
        ("UPDATE evaluation SET status = 'final', concluded_on = NULL", "final_dated"),
        ("UPDATE observation SET value = NULL", "value_or_sign"),
        ("UPDATE observation SET status = 'nil'", "value_or_sign"),
        ("UPDATE goal_target SET replaced_reason = NULL", "revision_reasoned"),
        ("UPDATE milestone SET drop_reason = NULL", "drop_reasoned"),
        ("UPDATE finding SET response = 'no_action', response_reason = NULL",
         "response_reasoned"),
        ("UPDATE municipality SET ags = '1699900'", "ags_digits"),
        ("UPDATE area SET valid_to = '1999-12-31'", "validity"),
    ],
)  # fmt: skip
def test_the_rules_of_the_trade_hold_in_the_database(
    connection: Connection, change: str, rule: str
) -> None:
    table = change.split()[1]
    assert f"ck_{table}_{rule}" in _refusal(connection, change)
