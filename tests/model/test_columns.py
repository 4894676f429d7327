"""What comes back from the store is what was put in, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, MetaData, Table, Text, text
from sqlalchemy.exc import StatementError

from cycle.model.columns import Figure, Instant

THING = Table(
    "thing",
    MetaData(),
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant),
    Column("figure", Figure),
    Column("day", Date),
    Column("flag", Boolean),
    Column("words", Text),
)


@pytest.fixture(autouse=True)
def _thing(connection: Connection) -> None:
    """Make a table with a column of every type, for as long as the test lasts."""
    THING.create(connection)


def _kept(connection: Connection, **values: object) -> object:
    connection.execute(THING.insert(), {"no": 1, **values})
    (name,) = values
    return connection.execute(THING.select()).mappings().one()[name]


def _raw(connection: Connection, name: str) -> object:
    return connection.execute(text(f"SELECT {name} FROM thing")).scalar_one()


def test_a_moment_comes_back_in_utc(connection: Connection) -> None:
    summer = timezone(timedelta(hours=2))
    kept = _kept(connection, at=datetime(2026, 7, 1, 1, 0, 0, 7, tzinfo=summer))
    assert kept == datetime(2026, 6, 30, 23, 0, 0, 7, tzinfo=UTC)
    assert isinstance(kept, datetime)
    assert kept.utcoffset() == timedelta(0)
    if connection.dialect.name == "sqlite":
        assert _raw(connection, "at") == "2026-06-30T23:00:00.000007Z"


def test_a_moment_comes_back_in_utc_whatever_zone_the_server_speaks(
    connection: Connection,
) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TIME ZONE 'Europe/Berlin'")
    kept = _kept(connection, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert isinstance(kept, datetime)
    assert kept.isoformat() == "2026-10-25T00:30:00+00:00"


def test_moments_sort_as_they_happened(connection: Connection) -> None:
    moments = [datetime(2026, 1, 1, 0, 0, s, us, tzinfo=UTC) for s in (0, 1) for us in (0, 1, 10)]
    for no, at in enumerate(moments):
        connection.execute(THING.insert(), {"no": no, "at": at})
    found = connection.execute(THING.select().order_by(THING.c.at)).mappings()
    assert [row["at"] for row in found] == moments


def test_a_moment_without_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="needs its zone"):
        _kept(connection, at=datetime(2026, 7, 1))  # noqa: DTZ001 - the mistake itself


def test_no_moment_is_no_moment(connection: Connection) -> None:
    assert _kept(connection, at=None) is None


@pytest.mark.parametrize(
    ("given", "digits"),
    [
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (Decimal("123456789012345678901234567890.5"), "123456789012345678901234567890.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("12.50"), "12.50"),
        (Decimal("-0.00"), "-0.00"),
        (7, "7"),
    ],
)
def test_a_figure_keeps_every_digit(
    connection: Connection, given: Decimal | int, digits: str
) -> None:
    kept = _kept(connection, figure=given)
    assert isinstance(kept, Decimal)
    assert kept == given
    assert _raw(connection, "figure") == digits


def test_no_figure_is_no_figure(connection: Connection) -> None:
    assert _kept(connection, figure=None) is None


def test_a_float_is_no_figure(connection: Connection) -> None:
    with pytest.raises(StatementError, match="needs its digits"):
        _kept(connection, figure=0.1 + 0.2)


def test_a_day_is_a_day(connection: Connection) -> None:
    kept = _kept(connection, day=date(2028, 2, 29))
    assert type(kept) is date
    assert kept == date(2028, 2, 29)
    assert str(_raw(connection, "day")) == "2028-02-29"


@pytest.mark.parametrize("cents", [2**63 - 1, -(2**63), 3_000_000_000_00])
def test_cents_have_64_bits(connection: Connection, cents: int) -> None:
    connection.execute(THING.insert(), {"no": cents})
    assert connection.execute(THING.select()).mappings().one()["no"] == cents


@pytest.mark.parametrize("flag", [True, False, None])
def test_yes_and_no_are_no_numbers(connection: Connection, flag: bool | None) -> None:  # noqa: FBT001
    assert _kept(connection, flag=flag) is flag


def test_words_come_back_sign_by_sign(connection: Connection) -> None:
    words = "Straße\n\t„Kita“ 100 % :x \\ ' \" ; -- 👩\u200d👧 \u0301"
    assert _kept(connection, words=words) == words
