"""The steps lead to the very tables the model tells, on both databases, and back without loss."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, Inspector, Table, UniqueConstraint, inspect, select

from cycle.model import METADATA
from cycle.store import schema
from cycle.store.engine import open_engine
from migrations import HEAD
from tests.conftest import STORES, FreshUrl, migrate
from tests.model.fill import filled
from tests.model.test_schema import TABLES, name_of

SCRIPTS = ScriptDirectory.from_config(schema.config())
STEPS = [step.revision for step in SCRIPTS.walk_revisions()]  # the newest first
Content = dict[str, set[tuple[Any, ...]]]


@pytest.fixture(params=STORES)
def migrated(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Engine]:
    engine = open_engine(fresh_url(request.param, migrate))
    yield engine
    engine.dispose()


@pytest.fixture(params=STORES)
def full(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Engine]:
    engine = open_engine(fresh_url(request.param, filled))
    yield engine
    engine.dispose()


def test_the_steps_follow_one_another_and_end_at_the_wanted_one() -> None:
    assert SCRIPTS.get_heads() == [HEAD]
    assert [f"{n:04}" for n in range(len(STEPS), 0, -1)] == STEPS


def test_the_steps_make_what_the_model_tells(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_constraint_and_index_has_the_name_the_model_gives(migrated: Engine) -> None:
    found = inspect(migrated)
    for table in TABLES:
        assert _found(found, table.name) == _told(table), table.name


def _found(found: Inspector, table: str) -> dict[str, set[Any]]:
    unique = {each["name"]: each["column_names"] for each in found.get_unique_constraints(table)}
    return {
        "checks": {each["name"] for each in found.get_check_constraints(table)},
        "unique": {(name, *columns) for name, columns in unique.items()},
        "indexes": {
            (each["name"], each["unique"], *each["column_names"])
            for each in found.get_indexes(table)
            if each["name"] not in unique
        },
        "foreign": {each["name"] for each in found.get_foreign_keys(table)},
        "key": {found.get_pk_constraint(table)["name"]},
    }


def _told(table: Table) -> dict[str, set[Any]]:
    kept = table.constraints
    return {
        "checks": {name_of(each) for each in kept if isinstance(each, CheckConstraint)},
        "unique": {
            (name_of(each), *each.columns.keys())
            for each in kept
            if isinstance(each, UniqueConstraint)
        },
        "indexes": {(each.name, each.unique, *each.columns.keys()) for each in table.indexes},
        "foreign": {name_of(each) for each in table.foreign_key_constraints},
        "key": {name_of(table.primary_key)},
    }


def test_every_check_says_what_the_model_says(fresh_url: FreshUrl) -> None:
    engine = open_engine(fresh_url("sqlite", migrate))  # keeps the wording; PostgreSQL rewrites it
    found = inspect(engine)
    for table in TABLES:
        kept = {each["name"]: each["sqltext"] for each in found.get_check_constraints(table.name)}
        told = {
            name_of(each): str(each.sqltext)
            for each in table.constraints
            if isinstance(each, CheckConstraint)
        }
        assert kept == told
    engine.dispose()


def test_each_step_goes_back_and_forth_and_loses_nothing(full: Engine) -> None:
    before = _content(full)
    assert set(before) == {table.name for table in TABLES}
    for here, below in zip(STEPS, [*STEPS[1:], "base"], strict=True):
        schema.downgrade(full, below)
        left = _content(full)
        assert left == {name: before[name] for name in left}
        schema.upgrade(full, here)
        assert {name: rows for name, rows in _content(full).items() if rows} == left
        schema.downgrade(full, below)
        assert _content(full) == left
    assert left == {}
    schema.upgrade(full)
    assert set(_content(full)) == set(before)
    assert schema.revision_here(full) == HEAD


def _content(engine: Engine) -> Content:
    """Give every row of every table that is there."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in TABLES
            if table.name in there
        }


def test_foreign_keys_hold_again_after_a_step(full: Engine) -> None:
    schema.downgrade(full, STEPS[1])
    if full.dialect.name == "sqlite":
        with full.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
