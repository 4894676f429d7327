from datetime import date, timedelta
from decimal import Decimal

import pytest

from cycle.errors import Invalid, NotFound
from cycle.reading.asof import known_on
from cycle.reading.gaps import all_
from cycle.reading.measures import listed, show
from cycle.reading.shapes import Json
from cycle.reading.status import status
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import journal, measures, milestones, observations
from tests import makers
from tests.makers import DAY
from tests.makers_measures import Town

LATER = DAY + timedelta(days=30)


@pytest.fixture
def moved(town: Store) -> Store:
    """A measure that was logged, renamed a month later, and lost a partner on the way."""
    with town.unit("planner", day=DAY) as unit:
        makers.a_measure(unit, title="Sprache in vier Kitas", partners=("40",))
    with town.unit("planner", day=LATER) as unit:
        measures.edit(unit, "M-2026-001", title="Sprache in fünf Kitas", partners=())
    return town


def _then(store: Store, day: date, today: date = LATER) -> Json:
    with store.unit("planner", day=today) as unit:
        then = known_on(unit.reading(), day, today=today)
        found: Json = show(then, "M-2026-001", day)
        then.close()
    return found


def test_a_day_shows_what_was_known_on_it_not_what_is_known_today(moved: Store) -> None:
    assert _then(moved, DAY)["title"] == "Sprache in vier Kitas"
    assert _then(moved, LATER - timedelta(days=1))["title"] == "Sprache in vier Kitas"
    assert _then(moved, LATER)["title"] == "Sprache in fünf Kitas"


def test_a_link_that_was_taken_away_was_there_before(moved: Store) -> None:
    assert _then(moved, DAY)["partners"] == ["40"]
    assert _then(moved, LATER)["partners"] == []


def test_a_record_of_a_later_day_is_not_there_yet(moved: Store) -> None:
    with moved.unit("planner", day=LATER) as unit:
        makers.a_measure(unit, title="Später")
        then = known_on(unit.reading(), DAY, today=LATER)
        assert [row.key for row in listed(then, today=DAY)] == ["M-2026-001"]
        with pytest.raises(NotFound):
            show(then, "M-2026-002", DAY)
        then.close()


def test_a_value_counts_as_it_was_known(town: Store) -> None:
    place = Town(town)
    place.a_goal()
    with town.unit("statistician", day=DAY) as unit:
        code = listed_indicator(unit)
    for day, value in ((DAY, "30"), (LATER, "27")):
        with town.unit("statistician", day=day) as unit:
            observations.record(
                unit, code, area="16999000", period_end=date(2026, 6, 30), value=Decimal(value)
            )
    with town.unit("planner", day=LATER) as unit:
        then = known_on(unit.reading(), DAY, today=LATER)
        newest = "SELECT value FROM observation WHERE period_end = '2026-06-30' ORDER BY vintage"
        assert then.pairs(newest) == [("30",)]
        assert unit.reading().pairs(newest) == [("30",), ("27",)]
        then.close()


def listed_indicator(unit: Unit) -> str:
    return str(unit.reading().value("SELECT code FROM indicator WHERE municipality_id = :m"))


def test_open_ends_and_counts_are_those_of_the_day(town: Store) -> None:
    place = Town(town)
    key = place.a_measure("in_progress")
    with town.unit("planner", day=DAY) as unit:
        before = status(unit.reading(), today=DAY), all_(unit.reading(), today=DAY, lang="de")
    with town.unit("planner", day=LATER) as unit:
        milestones.add(unit, key, "Zweiter Schritt", due=LATER)
        measures.log(unit, title="Noch eine", lead="51")
    with town.unit("planner", day=LATER) as unit:
        then = known_on(unit.reading(), DAY, today=LATER)
        assert (status(then, today=DAY), all_(then, today=DAY, lang="de")) == before
        assert status(unit.reading(), today=LATER)["states"]["draft"] == 1
        then.close()


@pytest.mark.parametrize("day", [DAY + timedelta(days=1), date(2999, 1, 1)])
def test_a_day_in_the_future_is_refused_with_the_fix(town: Store, day: date) -> None:
    with town.unit("planner", day=DAY) as unit, pytest.raises(Invalid) as refused:
        known_on(unit.reading(), day, today=DAY)
    assert "--as-of" in (refused.value.fix or "")


def test_a_day_before_the_journal_begins_is_refused_with_the_first_day(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit, pytest.raises(Invalid) as refused:
        known_on(unit.reading(), DAY - timedelta(days=1), today=DAY)
    assert refused.value.values["began"] == DAY


def test_a_deed_dated_before_the_town_was_founded_opens_no_day_before_it(town: Store) -> None:
    early = DAY - timedelta(days=9)
    with town.unit("planner", day=early) as unit:
        makers.a_measure(unit)
    with town.unit("planner", day=DAY) as unit, pytest.raises(Invalid) as refused:
        known_on(unit.reading(), early, today=DAY)
    assert refused.value.values["began"] == DAY


def test_words_that_were_blacked_out_are_gone_from_every_day(moved: Store) -> None:
    with moved.unit("local", day=LATER) as unit:
        n = unit.reading().value("SELECT MIN(n) FROM event WHERE key = 'M-2026-001'")
    with moved.unit("admin", day=LATER) as unit:
        journal.black_out(unit, n, reason="Name einer Person", second="planner")
    shown = _then(moved, DAY)
    assert shown["title"] == "█"
    assert shown["lead"] == "51"
    assert _then(moved, LATER)["title"] == "Sprache in fünf Kitas"
