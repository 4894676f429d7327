"""What everyone sees at first: how many measures stand where, and which lights they have."""

from collections import Counter
from collections.abc import Iterator

import pytest

from cycle.errors import NotFound
from cycle.model.goals import GoalTarget
from cycle.reading import public, public_overview
from cycle.reading.public_overview import LIGHTS, overview
from cycle.store.store import Store
from cycle.usecases import public_view
from tests.conftest import STORES, FreshUrl
from tests.reading.rows import TODAY, building, looking
from tests.reading.test_public import _opened as opened

OVER = {"rejected", "cancelled"}


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    found = Store.open(fresh_url(request.param, opened))
    yield found
    found.close()


def test_it_counts_what_the_list_shows(city: Store) -> None:
    with looking(city) as reader:
        listed = public.measures(reader, today=TODAY)
        found = overview(reader, today=TODAY)
    (shown,) = found.rounds
    assert shown.round.key == "Z-2026"
    assert shown.states == found.states == Counter(row.state for row in listed)
    assert found.measures == len(listed)
    running = [row.lights for row in listed if row.state not in OVER]
    for light in LIGHTS:
        lit = Counter(getattr(each, light) for each in running)
        assert {c: n for c, n in shown.lights[light].items() if n} == lit


def test_the_latest_round_with_a_published_report_stands_first(city: Store) -> None:
    with building(city) as more:
        more.start_at(100)
        more.report(cycle="Z-2030", status="published")
    with looking(city) as reader:
        newest = overview(reader, today=TODAY).rounds[0]
    assert (newest.round.key, dict(newest.states)) == ("Z-2030", {"approved": 1})


def test_many_measures_are_asked_for_in_parts(city: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with looking(city) as reader:
        whole = overview(reader, today=TODAY)
        monkeypatch.setattr(public_overview, "AT_ONCE", 2)
        assert overview(reader, today=TODAY) == whole


def test_it_asks_as_often_however_much_there_is(city: Store) -> None:
    with looking(city) as reader:
        overview(reader, today=TODAY)
        few = reader.statements
    with building(city) as more:
        more.start_at(100)
        for n in range(20):
            version = more.indicator(f"I{n}", measure_type="count")
            goal = more.goal(status="adopted")
            more.add(GoalTarget(goal_id=goal.id, indicator_version_id=version.id))
            more.measure(state="approved", goal=goal)
            more.report(status="published")
    with looking(city) as reader:
        overview(reader, today=TODAY)
        assert reader.statements == few


def test_shut_it_counts_nothing(city: Store) -> None:
    with city.unit("steering", day=TODAY) as unit:
        public_view.close(unit)
    with looking(city) as reader, pytest.raises(NotFound):
        overview(reader, today=TODAY)
