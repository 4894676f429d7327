import pytest

from cycle.errors import NotFound
from cycle.reading.progress import listed
from cycle.store.store import Store
from cycle.usecases import progress
from tests.makers_duties import a_measure, a_running_measure


def test_reports_are_listed_for_all_measures_and_for_one(town: Store) -> None:
    keys = [a_running_measure(town) for _ in range(2)]
    for key in keys:
        with town.unit("planner") as unit:
            progress.report(unit, key, course="on_track")
    with town.unit("reader") as unit:
        assert len(listed(unit.reading())) == 2
        assert len(listed(unit.reading(), measure=keys[0])) == 1


def test_reports_on_drafts_are_internal(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        progress.report(unit, key, course="on_track")
    with town.unit("reader") as unit:
        assert len(listed(unit.reading(), measure=key)) == 1
        assert listed(unit.reading(), sees_internal=False) == []
        with pytest.raises(NotFound):
            listed(unit.reading(), measure=key, sees_internal=False)
