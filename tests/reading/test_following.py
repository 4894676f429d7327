"""A store that is followed, and a record that is waited for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest

from cycle.errors import Unavailable
from cycle.model import words
from cycle.reading.door import Reader, file_of
from cycle.reading.event_types import fits, is_type
from cycle.reading.failures import unavailable
from cycle.reading.following import Following, before, latest
from cycle.reading.journal import head
from cycle.reading.sight import Sight
from cycle.reading.waiting import PLACES, Wanted, can_come, named, passed, standing, wanted
from cycle.store.store import Store
from tests import makers, makers_rounds
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers import DAY

PLANNER = Sight(frozenset({"planner"}))


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    return fresh_url(request.param, settle_saalestadt)


@pytest.fixture
def town(url: str) -> Iterator[Store]:
    with closing(Store.open(url)) as opened:
        yield opened


@pytest.fixture
def following(url: str) -> Iterator[Following]:
    with closing(Following(url)) as made:
        yield made


def test_every_look_sees_what_happened_since(town: Store, following: Following) -> None:
    first = following.ask(head)
    with town.unit("planner", day=DAY) as unit:
        makers.a_measure(unit)
    second, deed = following.ask(head), following.ask(latest)
    assert first is not None
    assert second is not None
    assert second > first
    assert deed is not None
    assert deed.n == second


def test_a_busy_store_is_asked_again_later(following: Following) -> None:
    def busy(_: Reader) -> int:
        raise unavailable("store_busy")

    def full(_: Reader) -> int:
        raise unavailable("store_full")

    assert following.ask(busy) is None
    with pytest.raises(Unavailable):
        following.ask(full)
    assert following.ask(head)


def test_a_file_put_into_its_place_is_the_one_that_is_read(fresh_url: FreshUrl) -> None:
    here, other = (fresh_url("sqlite", settle_saalestadt) for _ in "ab")
    with closing(sqlite3.connect(file_of(other))) as store, store:
        store.execute("UPDATE counter SET value = 99999 WHERE name = 'journal'")
    with closing(Following(here)) as following:
        assert following.ask(head) != 99999
        Path(file_of(other)).rename(file_of(here))
        assert following.ask(head) == 99999


def test_the_deeds_of_a_day_stand_behind_a_number(following: Following) -> None:
    with following.look() as reader:
        assert before(reader, date(1999, 1, 1)) == 0
        assert before(reader, date(2999, 1, 1)) == head(reader)


def test_what_one_can_wait_for_is_what_the_store_knows() -> None:
    known = {
        "M": words.MEASURE_STATES, "Z": words.STAGES, "G": words.GOAL_STATES,
        "B": words.REPORT_STATES, "E": words.EVALUATION_STATES, "F": words.RESPONSES,
        "R": words.ANSWERS,
    }  # fmt: skip
    assert {letter: set(place.words) for letter, place in PLACES.items()} == {
        letter: set(each) for letter, each in known.items()
    }


def test_a_record_stands_where_it_stands(town: Store, following: Following) -> None:
    with town.unit("planner", day=DAY) as unit:
        key = makers.a_measure(unit).ref
        finding = makers_rounds.a_finding(unit).ref
    with following.look() as reader:
        measure = wanted(reader, key.lower(), "state", ("approved",), PLANNER)
        answer = wanted(reader, finding, "response", ("goal",), PLANNER)
        assert standing(reader, measure, PLANNER) == "draft"
        assert standing(reader, answer, PLANNER) is None
        assert passed(reader, measure, 0) is None
        assert named(reader, key.lower(), PLANNER) == key
        assert named(reader, " 51 ", PLANNER) == "51"


@pytest.mark.parametrize(
    ("letter", "now", "word", "comes"),
    [
        ("M", "draft", "reported", True), ("M", "rejected", "approved", False),
        ("M", "in_progress", "draft", False), ("Z", "closed", "goal", True),
        ("G", "dropped", "adopted", True),  # no table tells
    ],
)  # fmt: skip
def test_what_can_come_is_told_by_the_steps(
    letter: str, now: str, word: str, comes: object
) -> None:
    assert can_come(Wanted(PLACES[letter], "", (word,)), now) is comes


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("measure.proposed", True), ("measure.*", True), ("measure.loged", False),
        ("thing.added", False), ("measure", False),
    ],
)  # fmt: skip
def test_a_type_is_one_that_events_have(written: str, known: object) -> None:
    assert is_type(written) is known


def test_a_star_stands_for_all_of_a_kind() -> None:
    assert fits("measure.*", "measure.proposed")
    assert fits("measure.proposed", "measure.proposed")
    assert not fits("measure.*", "measure_dossier.added")


def test_a_server_that_drops_who_looks_is_told_as_what_it_is(fresh_url: FreshUrl) -> None:
    url = fresh_url("postgresql", settle_saalestadt)

    def dropped(reader: Reader) -> None:
        own = reader.value("SELECT pg_backend_pid()")
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(%s, 10000)", [own])

    with closing(Following(url)) as following, pytest.raises(Unavailable) as gone:
        following.ask(dropped)
    assert gone.value.code == "store_unreachable"
