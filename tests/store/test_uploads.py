"""Files between preview and writing: for a day, for who sent them, and not without end."""

from datetime import timedelta

import pytest

from cycle.errors import NotFound
from cycle.model.sessions import KeptUpload
from cycle.store import uploads
from cycle.store.store import Store
from cycle.usecases import lookup

NOW = timedelta()


def kept(
    town: Store, data: bytes = b"code;name\n", name: str = "list.csv", ago: timedelta = NOW
) -> str:
    with town.unit("planner") as unit:
        unit.now -= ago
        return uploads.keep(unit, "areas", name, data)


def held(town: Store) -> int:
    with town.unit() as unit:
        return len(lookup.every(unit, KeptUpload))


def test_a_file_comes_back_as_it_was_sent(town: Store) -> None:
    data = bytes(range(256)) * 9
    made = kept(town, data, "Räume.xlsx")
    with town.unit("planner") as unit:
        found = uploads.take(unit, made)
    assert (found.id, found.kind, found.name, found.data) == (made, "areas", "Räume.xlsx", data)


def test_nobody_else_gets_it(town: Store) -> None:
    made = kept(town)
    with town.unit("admin") as unit, pytest.raises(NotFound):
        uploads.take(unit, made)


def test_after_a_day_it_is_forgotten(town: Store) -> None:
    made = kept(town, ago=timedelta(hours=24, seconds=1))
    with town.unit("planner") as unit, pytest.raises(NotFound) as gone:
        uploads.take(unit, made)
    assert "not kept any more" in gone.value.says
    assert held(town) == 1
    kept(town)
    assert held(town) == 1


def test_of_many_only_the_latest_are_kept(town: Store) -> None:
    first = kept(town)
    for _ in range(uploads.LATEST):
        last = kept(town)
    assert held(town) == uploads.LATEST
    with town.unit("planner") as unit:
        assert uploads.take(unit, last).name == "list.csv"
        with pytest.raises(NotFound):
            uploads.take(unit, first)
