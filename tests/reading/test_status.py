from datetime import date

import pytest

from cycle import demo
from cycle.errors import NotFound, Unavailable
from cycle.machine.measures import STATES
from cycle.reading.filters import NOTHING, Filters
from cycle.reading.gaps import gaps
from cycle.reading.status import status
from cycle.store.store import Store
from cycle.usecases import lookup, measures
from tests.conftest import STORES, FreshUrl
from tests.makers import arranged
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, looking, settled


def _build(city: City) -> None:
    city.round("Z-2024", date(2024, 1, 1), stage="evaluation", period_end=date(2027, 12, 31))
    city.round("Z-2028", date(2028, 1, 1), stage="report")
    city.round("Z-2020", date(2020, 1, 1), stage="closed")
    for state in ("draft", "approved", "approved"):
        city.measure(cycle="Z-2024", state=state)
    city.measure(cycle="Z-2028", lead="40", state="draft")
    city.measure(cycle="Z-2028", lead=None, state="draft")


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


def test_status_says_exactly_what_every_door_promises(city: Store) -> None:
    with looking(city) as reader:
        shown = status(reader, today=TODAY)
    assert list(shown) == [
        "municipality", "today", "as_of", "cycles", "cycle", "states", "departments", "overdue",
        "gaps", "steps",
    ]  # fmt: skip
    assert shown["municipality"] == {"name": "Saalestadt", "ags": "16999000"}
    assert shown["today"] == "2026-11-22"
    assert shown["cycles"] == ["Z-2024", "Z-2026", "Z-2028"]
    assert shown["cycle"] == {
        "key": "Z-2028",
        "title": "Runde Z-2028",
        "round": 1,
        "stage": "report",
        "period_start": "2028-01-01",
        "period_end": None,
    }
    assert shown["states"] == {s.name: 0 for s in STATES} | {"draft": 3, "approved": 2}
    assert shown["as_of"] is None
    told = [{name: each[name] for name in ("code", "name", "states")}
            for each in shown["departments"]]  # fmt: skip
    assert told == [
        {"code": "40", "name": "Schulen", "states": {"draft": 1}},
        {"code": "51", "name": "Jugend und Bildung", "states": {"draft": 1, "approved": 2}},
    ]
    assert list(shown["departments"][0]) == ["code", "name", "states", "overdue", "lights"]
    assert list(shown["departments"][1]["states"]) == ["draft", "approved"]
    assert shown["gaps"]["lead_missing"] == 1


def test_a_round_asked_for_is_told_alone_even_when_it_is_closed(city: Store) -> None:
    with looking(city) as reader:
        shown = status(reader, today=TODAY, filters=Filters(cycle="Z-2024"))
        closed = status(reader, today=TODAY, filters=Filters(cycle="2020"))
    assert shown["cycle"]["period_end"] == "2027-12-31"
    assert shown["cycles"] == ["Z-2024", "Z-2026", "Z-2028"]
    assert shown["states"]["draft"] == 1
    assert "lead_missing" not in shown["gaps"]
    assert closed["cycle"]["key"] == "Z-2020"
    assert closed["cycles"] == shown["cycles"]
    assert sum(closed["states"].values()) == 0


def test_a_round_is_counted_beforehand_as_it_is_one_by_one(fresh_url: FreshUrl) -> None:
    store = Store.open(fresh_url("sqlite", demo.build))
    with looking(store) as reader:
        rounds = [key for (key,) in reader.pairs(_REFS.format(table="cycle", which="1 = 1"))]
        alone = [key for (key,) in reader.pairs(_REFS.format(table="measure", which=_ALONE))]
    for key in alone:  # else a filter by departments would leave it out
        with store.unit("planner") as unit:
            measures.edit(unit, key, lead="51")
    with looking(store) as reader:
        everyone = tuple(each["code"] for each in status(reader, today=TODAY)["departments"])
        for key in rounds:
            beforehand = status(reader, today=TODAY, filters=Filters(cycle=key))
            by_one = Filters(cycle=key, drafts_of=everyone)
            assert beforehand == status(reader, today=TODAY, filters=by_one), key
            lines = gaps(reader, today=TODAY, lang="de", filters=Filters(cycle=key))
            assert lines == gaps(reader, today=TODAY, lang="de", filters=by_one), key
    store.close()
    assert len(rounds) > 2


_REFS = "SELECT ref FROM {table} WHERE municipality_id = :m AND {which}"
_ALONE = "lead_id IS NULL AND state = 'draft'"


def test_the_other_filters_narrow_the_counts(city: Store) -> None:
    with looking(city) as reader:
        shown = status(reader, today=TODAY, filters=Filters(department="40"))
        with pytest.raises(NotFound):
            status(reader, today=TODAY, filters=Filters(cycle="Z-1999"))
    assert [each["code"] for each in shown["departments"]] == ["40"]
    assert shown["cycle"]["key"] == "Z-2028"


def test_the_steps_of_half_a_year_are_told_by_month(town: Store) -> None:
    for day, lead in ((date(2026, 5, 31), "51"), (date(2026, 6, 1), "51"), (TODAY, "40")):
        with town.unit("planner", day=day) as unit:
            measures.log(unit, title="Elterncafé", lead=lead)
            key = measures.log(unit, title="Lesepaten", lead=lead).ref
            measures.edit(unit, key, description="Was keinen Stand ändert, ist kein Schritt.")
    with looking(town) as reader:
        told = status(reader, today=TODAY)["steps"]
        own = status(reader, today=TODAY, filters=Filters(department="40"))["steps"]
        none = status(reader, today=TODAY, filters=Filters(mine=()))["steps"]
        new_year = status(reader, today=date(2026, 1, 31), filters=NOTHING)["steps"]
    assert [each["month"] for each in told] == [f"2026-{n:02}" for n in range(6, 12)]
    assert [each["count"] for each in told] == [2, 0, 0, 0, 0, 2]
    assert [each["count"] for each in own] == [0, 0, 0, 0, 0, 2]
    assert [each["count"] for each in none] == [0] * 6
    assert [each["month"] for each in new_year][:2] == ["2025-08", "2025-09"]


def test_the_first_year_of_the_calendar_has_no_steps_before_it(city: Store) -> None:
    with looking(city) as reader:
        told = status(reader, today=date(1, 1, 2))["steps"]
    assert [each["count"] for each in told] == [0] * 6


def test_a_town_between_two_rounds_has_none(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "closed"
        arranged(unit)
    with looking(town) as reader:
        shown = status(reader, today=TODAY)
    assert (shown["cycles"], shown["cycle"], shown["departments"]) == ([], None, [])


def test_a_store_without_a_town_says_so(store: Store) -> None:
    with store.unit(None, day=TODAY) as unit, pytest.raises(Unavailable):
        status(unit.reading(), today=TODAY)
