"""What holds for every table, so that one store can hold many towns, on one server or on many."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Constraint,
    Date,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    make_url,
)
from sqlalchemy.engine import default
from sqlalchemy.schema import CreateIndex, CreateTable

from cycle.model import METADATA
from cycle.model.columns import Figure, Instant
from tests.conftest import FreshUrl
from tests.model.fill import ROWS, TOWNS, fill

TABLES = METADATA.sorted_tables
OF_TOWNS = [table for table in TABLES if table.name != "municipality"]
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
SHARDS = 2
SPELLING = default.DefaultDialect().identifier_preparer

each_table = pytest.mark.parametrize("table", OF_TOWNS, ids=lambda table: table.name)


def _leads(columns: list[str]) -> bool:
    return columns[0] == "municipality_id"


@each_table
def test_the_municipality_leads_in_every_key_unique_and_index(table: Table) -> None:
    assert _leads([column.name for column in table.primary_key])
    for each in table.constraints:
        if isinstance(each, UniqueConstraint):
            assert _leads([column.name for column in each.columns]), each.name
    for index in table.indexes:
        assert _leads([column.name for column in index.columns]), index.name


@each_table
def test_every_foreign_key_stays_in_its_municipality(table: Table) -> None:
    to_town = [k for k in table.foreign_key_constraints if len(k.columns) == 1]
    assert [k.column_keys for k in to_town] == [["municipality_id"]]
    for key in table.foreign_key_constraints - set(to_town):
        assert key.column_keys[0] == "municipality_id"
        assert [e.column.name for e in key.elements] == ["municipality_id", "id"]


@each_table
def test_every_pointer_to_a_record_has_its_foreign_key(table: Table) -> None:
    told = {(column.name, column.info["of"]) for column in table.c if "of" in column.info}
    kept = {
        (key.column_keys[1], key.referred_table.name)
        for key in table.foreign_key_constraints
        if len(key.columns) > 1
    }
    assert told == kept
    named = {c.name for c in table.c if c.name.endswith("_id")}
    assert named - {name for name, _ in told} <= {
        "municipality_id", "external_id", "oparl_id", "request_id", "lineage_id", "entity_id",
    }  # fmt: skip


@each_table
def test_every_index_says_what_it_is_for(table: Table) -> None:
    assert [index.name for index in table.indexes if not index.info.get("why")] == []


def test_no_two_indexes_begin_alike() -> None:
    for table in TABLES:
        known = [[c.name for c in index.columns] for index in table.indexes]
        known += [
            [c.name for c in each.columns]
            for each in table.constraints
            if isinstance(each, UniqueConstraint)
        ]
        known.append([c.name for c in table.primary_key])
        for n, columns in enumerate(known):
            longer = [other for m, other in enumerate(known) if m != n]
            assert columns not in [other[: len(columns)] for other in longer], table.name


def test_no_database_counts_for_us() -> None:
    for table in TABLES:
        assert table.autoincrement_column is None, table.name
        for column in table.c:
            assert column.default is None or not column.default.is_sequence
            assert column.identity is None
            assert column.server_default is None


def test_only_types_that_both_databases_keep_alike() -> None:
    kept = (Text, BigInteger, Boolean, Date, Instant, Figure)
    for table in TABLES:
        assert {type(column.type) for column in table.c} <= set(kept), table.name


def test_every_text_has_its_rule() -> None:
    free = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.c
        if isinstance(column.type, Text) and not {"limit", "one_of", "of"} & set(column.info)
    }
    assert {name for name in free if not name.endswith((".id", ".municipality_id"))} == set()


def test_every_name_is_lower_snake_and_fits_postgresql() -> None:
    names = [table.name for table in TABLES]
    for table in TABLES:
        names += [column.name for column in table.c]
        names += [str(index.name) for index in table.indexes]
        names += [name_of(each) for each in table.constraints]
    assert [name for name in names if not NAME.fullmatch(name)] == []
    assert len(names) > 1000


def name_of(constraint: Constraint) -> str:
    """Spell a constraint's name as it goes into the database, the naming convention applied."""
    spelled = SPELLING.format_constraint(constraint)
    assert spelled is not None
    return spelled.strip('"')


@pytest.fixture
def server(fresh_url: FreshUrl) -> Iterator[Connection]:
    url = make_url(fresh_url("postgresql")).set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_a_server_that_shards_by_municipality_takes_every_table(server: Connection) -> None:
    for table in TABLES:
        key = "id" if table.name == "municipality" else "municipality_id"
        server.exec_driver_sql(f"{CreateTable(table).compile(server)} PARTITION BY HASH ({key})")
        for shard in range(SHARDS):
            server.exec_driver_sql(
                f"CREATE TABLE {table.name}_{shard} PARTITION OF {table.name}"
                f" FOR VALUES WITH (MODULUS {SHARDS}, REMAINDER {shard})"
            )
        for index in table.indexes:
            server.execute(CreateIndex(index))
    fill(server)
    counted = server.exec_driver_sql("SELECT count(*) FROM measure").scalar_one()
    assert counted == ROWS * len(TOWNS)


def test_a_server_that_shards_refuses_a_key_without_municipality(server: Connection) -> None:
    with pytest.raises(Exception, match="must include all partitioning columns"):
        server.exec_driver_sql(
            "CREATE TABLE t (municipality_id text, id text UNIQUE)"
            " PARTITION BY HASH (municipality_id)"
        )
