"""The reading door: one SQL for both drivers, values as what they are, and nothing is written."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from cycle.errors import Invalid, Unavailable
from cycle.reading.door import FROZEN, Reader, file_of, many, open_reader
from cycle.store.engine import open_engine
from cycle.store.store import Store
from tests.conftest import STORES, FreshUrl
from tests.model.fill import filled
from tests.store.deeds import CROWD, enrol, hold_lock, settled


@dataclass(frozen=True, slots=True)
class Found:
    """One of every kind of value."""

    word: str
    day: date
    at: datetime
    figure: Decimal
    flag: bool
    number: int
    words: tuple[str, ...]
    kinds: frozenset[str]
    empty: date | None = None
    none: Decimal | None = None
    shared: str = ""


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    return fresh_url(request.param, filled)


@pytest.fixture
def reader(url: str) -> Iterator[Reader]:
    opened = open_reader(url)
    opened.municipality_id = "a"
    yield opened
    opened.close()


def test_every_kind_of_value_arrives_as_what_it_is(reader: Reader) -> None:
    sql = """
SELECT o.breakdown AS word, o.period_end AS day, o.recorded_at AS at, o.value AS figure,
  o.protected_at_source AS flag, SUM(o.vintage) AS number, o.value AS none,
  (SELECT string_agg(a.code, '|') FROM area a WHERE a.municipality_id = :m) AS words,
  (SELECT string_agg(a.code, '|') FROM area a WHERE a.municipality_id = :m) AS kinds,
  (SELECT m.review_on FROM measure m WHERE m.municipality_id = :m AND m.id = 'none') AS empty
FROM observation o WHERE o.municipality_id = :m AND o.id = 'observation-a-1'
GROUP BY o.breakdown, o.period_end, o.recorded_at, o.value, o.protected_at_source"""
    (found,) = reader.rows(sql, Found, also={"shared": "for all"})
    codes = ("code ä0", "code ä1", "code ä2", "code ä3")
    assert found == Found(
        word="breakdown ä1",
        day=date(2026, 12, 2),
        at=datetime(2026, 3, 29, 1, 30, 1, 123456, tzinfo=UTC),
        figure=Decimal("1.123456789012345678901234567890"),
        flag=False,
        number=2,
        words=codes,
        kinds=frozenset(codes),
        none=Decimal("1.123456789012345678901234567890"),
        shared="for all",
    )
    assert type(found.flag) is bool
    assert type(found.number) is int
    assert type(found.day) is date
    assert found.at.utcoffset() == timedelta(0)


def test_a_moment_arrives_in_utc_whatever_zone_the_server_speaks(reader: Reader) -> None:
    if reader.dialect == "postgresql":
        reader.connection.execute("SET TIME ZONE 'Europe/Berlin'")

    @dataclass(frozen=True, slots=True)
    class Moment:
        at: datetime

    found = reader.one("SELECT at FROM event WHERE municipality_id = :m AND n = 1", Moment)
    assert found is not None
    assert found.at.isoformat() == "2026-03-29T01:30:00.123456+00:00"


def test_values_are_compared_as_they_are_stored(reader: Reader) -> None:
    at = datetime(2026, 3, 29, 3, 30, 1, 123456, tzinfo=timezone(timedelta(hours=2)))
    asked: list[tuple[str, object, int]] = [
        ("recorded_at > :x", at, 2),
        ("recorded_at >= :x", at, 3),
        ("period_end > :x", date(2026, 12, 2), 2),
        ("value = :x", Decimal("1.123456789012345678901234567890"), 1),
        ("protected_at_source = :x", True, 2),
        ("vintage = :x", 4, 1),
        ("breakdown = :x", "breakdown ä3", 1),
    ]
    for where, value, count in asked:
        sql = f"SELECT COUNT(*) FROM observation WHERE municipality_id = :m AND {where}"
        assert reader.value(sql, x=value) == count, where


def test_a_moment_without_zone_is_not_looked_for(reader: Reader) -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        reader.value("SELECT :x", x=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake itself


def test_colons_percent_signs_and_quotes_stay_what_they_are(reader: Reader) -> None:
    sql = "SELECT '100 % :m', ' :name it''s :x', CAST(:x AS TEXT), 7 % 4, '%(m)s', CAST(:x AS TEXT)"
    value = "5 % :m '; DROP TABLE measure; -- %s %(m)s"
    assert reader.pairs(sql, x=value) == [("100 % :m", " :name it's :x", value, 3, "%(m)s", value)]
    assert reader.value("SELECT COUNT(*) FROM measure WHERE ref LIKE 'ref%' AND"
                        " municipality_id = :m") == 4  # fmt: skip


def test_many_values_are_asked_for_at_once(reader: Reader) -> None:
    sql = "SELECT ref FROM measure WHERE municipality_id = :m AND id IN ({keys}) ORDER BY ref"
    keys, values = many("k", ["measure-a-1", "measure-a-3", "measure-b-2", "nothing"])
    found = reader.pairs(sql.format(keys=keys), **values)
    assert found == [("ref ä1",), ("ref ä3",)]
    keys, values = many("k", [])
    assert reader.pairs(sql.format(keys=keys), **values) == []


def test_three_values_are_asked_for_by_the_statement_of_four() -> None:
    assert many("k", ["a", "b", "c"]) == (
        ":k_0, :k_1, :k_2, :k_3", {"k_0": "a", "k_1": "b", "k_2": "c", "k_3": "c"}
    )  # fmt: skip
    assert many("k", list("abcd"))[0] == many("k", list("abc"))[0]
    assert many("k", ["a"]) == (":k_0", {"k_0": "a"})


def test_what_is_asked_once_is_asked_again_in_the_next_view(reader: Reader) -> None:
    def count(of: Reader) -> int:
        return int(of.value("SELECT COUNT(*) FROM measure WHERE municipality_id = :m"))

    before = reader.statements
    assert reader.once(count) == reader.once(count) == count(reader)
    assert reader.statements == before + 2
    reader.look_away()
    reader.look_again()
    seen = reader.statements
    reader.once(count)
    assert reader.statements == seen + 1


@pytest.mark.parametrize("word", ["\udcff", "M\0"])
def test_signs_that_no_store_holds_find_nothing(reader: Reader, word: str) -> None:
    sql = "SELECT COUNT(*) FROM measure WHERE municipality_id = :m AND ref = :ref"
    assert reader.value(sql, ref=word) == 0


def test_a_number_that_no_store_holds_is_invalid_or_finds_nothing(reader: Reader) -> None:
    sql = "SELECT COUNT(*) FROM event WHERE municipality_id = :m AND n = :n"
    try:
        assert reader.value(sql, n=2**70) == 0
    except Invalid as refused:
        assert "refused" in str(refused)  # noqa: PT017 - either is right


def test_one_row_is_given_or_none(reader: Reader) -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        ref: str

    sql = "SELECT ref FROM goal WHERE municipality_id = :m AND id = :id"
    assert reader.one(sql, Named, id="goal-a-2") == Named("ref ä2")
    assert reader.one(sql, Named, id="goal-b-2") is None
    assert reader.value(sql, id="goal-b-2") is None


def test_empty_lists_arrive_empty(reader: Reader) -> None:
    @dataclass(frozen=True, slots=True)
    class Lists:
        words: tuple[str, ...]
        kinds: frozenset[str]

    sql = "SELECT string_agg(ref, '|') AS words, '' AS kinds FROM goal WHERE 1 = 0"
    assert reader.one(sql, Lists) == Lists((), frozenset())


def test_statements_are_counted(reader: Reader) -> None:
    assert reader.statements == 0
    reader.pairs("SELECT 1")
    reader.value("SELECT 1")
    assert reader.statements == 2


def test_a_reader_sees_the_town_of_its_store(fresh_url: FreshUrl) -> None:
    for kind in STORES:
        with closing(open_reader(fresh_url(kind, settled))) as opened:
            sql = "SELECT name FROM municipality WHERE id = :m"
            assert opened.value(sql) == "Saalestadt"
            assert opened.notice is None


def test_a_reader_writes_nothing(reader: Reader) -> None:
    with pytest.raises(Unavailable) as refused:
        reader.pairs("UPDATE measure SET title = 'anders' WHERE municipality_id = :m")
    assert refused.value.code == "store_read_only"


def test_a_mistake_in_our_own_sql_stays_one(reader: Reader) -> None:
    with pytest.raises(Exception, match="nothing_here"):
        reader.pairs("SELECT 1 FROM nothing_here")


@pytest.mark.parametrize("kind", STORES)
def test_one_reader_sees_one_state_of_the_store_all_along(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind, settled)
    sql = "SELECT COUNT(*) FROM org_unit WHERE municipality_id = :m"
    with closing(Store.open(url)) as office, closing(open_reader(url)) as early:
        office.perform(enrol)
        assert early.value(sql) == 1
        with closing(open_reader(url)) as late:
            assert late.value(sql) == 2


def test_what_postgresql_has_planned_serves_the_next_views_too(fresh_url: FreshUrl) -> None:
    with closing(open_reader(fresh_url("postgresql", filled))) as reader:
        for _ in range(3):
            reader.look_again()
            reader.value("SELECT ref FROM measure WHERE municipality_id = :m")
            reader.look_away()
        planned = reader.value("SELECT COUNT(*) FROM pg_prepared_statements")
    assert planned >= 1


def test_a_statement_that_takes_too_long_is_ended(fresh_url: FreshUrl) -> None:
    with closing(open_reader(fresh_url("postgresql", settled))) as opened:
        assert opened.value("SELECT current_setting('statement_timeout')") == "15s"
        opened.connection.execute("SET statement_timeout = '10ms'")
        with pytest.raises(Unavailable) as refused:
            opened.value("SELECT pg_sleep(1)")
        assert refused.value.code == "store_slow"


def test_where_no_log_can_be_it_is_read_as_last_closed(
    fresh_url: FreshUrl,
) -> None:
    url = fresh_url("sqlite", settled)
    Path(f"{file_of(url)}-wal").mkdir()
    with closing(open_reader(url)) as opened:
        assert opened.notice == FROZEN
        assert opened.value("SELECT COUNT(*) FROM org_unit WHERE municipality_id = :m") == 1


def test_a_broken_store_is_not_read_as_last_closed(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", settled)
    Path(f"{file_of(url)}-wal").mkdir()
    whole = Path(file_of(url)).read_bytes()
    Path(file_of(url)).write_bytes(whole[:100] + bytes(500) + whole[600:])
    with pytest.raises(Unavailable) as refused:
        open_reader(url)
    assert refused.value.code == "store_unreadable"


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable) as refused:
        open_reader(f"sqlite:///{tmp_path}/{name}")
    assert refused.value.code == "store_unreadable"


def test_reading_goes_on_while_another_program_writes(fresh_url: FreshUrl) -> None:
    url = fresh_url("sqlite", settled)
    here, there = CROWD.Pipe()
    process = CROWD.Process(target=hold_lock, args=(str(file_of(url)), there, 30))
    process.start()
    assert here.recv() == "held"
    with closing(open_reader(url)) as opened:
        assert opened.notice is None
    here.send("enough")
    process.join()


def test_a_server_that_goes_away_is_told(fresh_url: FreshUrl) -> None:
    url = fresh_url("postgresql", settled)
    with closing(open_reader(url)) as opened:
        own = opened.value("SELECT pg_backend_pid()")
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 1000)", (own,))
        with pytest.raises(Unavailable) as refused:
            opened.value("SELECT 1")
        assert refused.value.code == "store_unreachable"


def test_who_may_not_look_into_the_store_is_told(fresh_url: FreshUrl) -> None:
    url = fresh_url("postgresql", settled)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("REVOKE ALL ON alembic_version FROM PUBLIC"))
        connection.execute(text("CREATE ROLE visitor LOGIN"))
    engine.dispose()
    try:
        with pytest.raises(Unavailable) as refused:
            open_reader(url.replace("postgres@", "visitor@"))
        assert refused.value.code == "store_unreadable"
        assert "permission denied" in str(refused.value)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP ROLE visitor")
