"""Columns, keys and rules that every table shares.

A column says in its `info` what it may hold (`limit`, `one_of`, `least`, `most`) and which record
it points to (`of`); `finish` turns that into CHECKs, composite foreign keys and indexes with names
of their own, so that both databases repeat the rules and no row can point into another
municipality.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from cycle.ids import new_id

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES

KEY = 36  # characters of a UUID
WORD = 40  # characters of a code word
LINE = 300  # characters of a name or a short text
URL = 1000  # characters of an address or a foreign id
PROSE = 20_000  # characters of a long text
DIGITS = 60  # characters of a decimal number


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on PostgreSQL, ISO 8601 text ending in Z on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:  # noqa: ANN401 - SQLAlchemy's own type
        """Use the database's own type where it has one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(SqlDateTime(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - SQLAlchemy calls it so
        """Refuse a moment without zone; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment needs its zone"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        if dialect.name == "postgresql":
            return value
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 - SQLAlchemy calls it so
        """Read UTC back."""
        if value is None or isinstance(value, datetime):
            return value.astimezone(UTC) if value else None
        return datetime.fromisoformat(value)


class Figure(TypeDecorator[Decimal]):
    """A decimal kept digit by digit, as text: SQLite would make a float of NUMERIC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | float | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Write plain digits, never an exponent; a float has lost digits already."""
        if isinstance(value, float):
            msg = "a figure needs its digits"
            raise TypeError(msg)
        return None if value is None else format(Decimal(value), "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """Read the digits back."""
        return None if value is None else Decimal(value)


def _column(default: Any, info: dict[str, Any], sa_type: Any = Text) -> Any:  # noqa: ANN401 - SQLAlchemy calls it so
    return Field(default=default, sa_type=sa_type, sa_column_kwargs={"info": info})


def chars(limit: int = LINE, default: Any = ...) -> Any:  # noqa: ANN401 - a SQLModel field
    """Text of at most `limit` characters."""
    return _column(default, {"limit": limit})


def word(one_of: Sequence[str], default: Any = ...) -> Any:  # noqa: ANN401 - a SQLModel field
    """One word of a closed list."""
    return _column(default, {"one_of": tuple(one_of)})


def of(table: str, why: str = "", default: Any = ...) -> Any:  # noqa: ANN401 - a SQLModel field
    """Point to a record of the same municipality; `why` asks for an index and says what for."""
    return _column(default, {"of": table, "why": why})


def end(table: str, why: str = "") -> Any:  # noqa: ANN401 - a SQLModel field
    """One end of a link: part of its key and a reference."""
    return Field(
        primary_key=True, sa_type=Text, sa_column_kwargs={"info": {"of": table, "why": why}}
    )


def whole(least: int = 0, default: Any = None, most: int | None = None) -> Any:  # noqa: ANN401 - as chars
    """Give a whole number from `least` to `most`; 64 bits, as cents need them."""
    return _column(default, {"least": least, "most": most}, BigInteger)


def number() -> Any:  # noqa: ANN401 - a SQLModel field
    """Give the place in a gapless series: part of the key, never a database sequence."""
    return Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


def key_word(one_of: Sequence[str], name: str = "") -> Any:  # noqa: ANN401 - a SQLModel field
    """One word of a closed list as part of the key."""
    kwargs: dict[str, Any] = {"info": {"one_of": tuple(one_of)}}
    if name:
        kwargs["name"] = name
    return Field(primary_key=True, sa_type=Text, sa_column_kwargs=kwargs)


def figure(default: Any = None) -> Any:  # noqa: ANN401 - a SQLModel field
    """Give a decimal number without loss."""
    return _column(default, {"limit": DIGITS}, Figure)


def moment(default: Any = None) -> Any:  # noqa: ANN401 - a SQLModel field
    """Give a moment in UTC."""
    return _column(default, {}, Instant)


def one_of_these(name: str, *columns: str) -> CheckConstraint:
    """Exactly one of the columns is filled."""
    count = " + ".join(f"(CASE WHEN {c} IS NULL THEN 0 ELSE 1 END)" for c in columns)
    return CheckConstraint(f"{count} = 1", name=name)


def rule(name: str, sql: str) -> CheckConstraint:
    """Repeat a rule of the trade in the database."""
    return CheckConstraint(sql, name=name)


def index(name: str, *columns: str, why: str, unique: bool = False) -> Index:
    """Make an index that says what it is for; the municipality always leads."""
    return Index(name, "municipality_id", *columns, unique=unique, info={"why": why})


class Of(SQLModel):
    """A row of one municipality."""

    municipality_id: str = Field(default="", primary_key=True, sa_type=Text)  # set by the unit


class Entity(Of):
    """A record with an id, a version against lost updates, and its two moments."""

    id: str = Field(default_factory=new_id, primary_key=True, sa_type=Text)
    version: int = Field(default=1, sa_type=BigInteger)
    created_at: datetime = moment()
    updated_at: datetime = moment()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Compare and raise `version` at every change."""
        return {"version_id_col": table_of(cls).c.version}


def table_of(model: type[SQLModel]) -> Table:
    """Give the table behind a model; SQLModel does not type `__table__`."""
    found: Table = model.__table__  # type: ignore[attr-defined] # SQLModel does not type it
    return found


def finish(metadata: MetaData) -> None:
    """Add to every table the CHECKs, foreign keys and indexes its columns ask for."""
    for table in metadata.tables.values():
        if "municipality_id" in table.c:
            table.append_constraint(ForeignKeyConstraint(["municipality_id"], ["municipality.id"]))
        for column in table.c:
            _check(table, column.name, column.info)
            _point(table, column.name, column.info)


def _check(table: Table, name: str, info: dict[str, Any]) -> None:
    if limit := info.get("limit"):
        table.append_constraint(rule(f"{name}_length", f"length({name}) <= {limit}"))
    if words := info.get("one_of"):
        listed = ", ".join(f"'{w}'" for w in words)
        table.append_constraint(rule(f"{name}_known", f"{name} IN ({listed})"))
    if (least := info.get("least")) is not None:
        table.append_constraint(rule(f"{name}_least", f"{name} >= {least}"))
    if (most := info.get("most")) is not None:
        table.append_constraint(rule(f"{name}_most", f"{name} <= {most}"))


def _point(table: Table, name: str, info: dict[str, Any]) -> None:
    if target := info.get("of"):
        table.append_constraint(
            ForeignKeyConstraint(
                ["municipality_id", name], [f"{target}.municipality_id", f"{target}.id"]
            )
        )
    if why := info.get("why"):
        Index(f"ix_{table.name}_{name}", table.c.municipality_id, table.c[name], info={"why": why})
