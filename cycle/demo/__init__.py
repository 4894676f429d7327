"""The invented city Saalestadt, built through the use cases, day by day, from 2023 to today."""

from contextlib import closing
from datetime import date
from pathlib import Path

from cycle.demo import (
    figures,
    first_round,
    scenario_four,
    scenario_one,
    scenario_three,
    scenario_two,
    second_round,
    town,
    troubles,
    turns,
)
from cycle.demo.deeds import Deed, Progress, do
from cycle.errors import Conflict, Unavailable
from cycle.i18n import N_
from cycle.reading.door import open_reader
from cycle.reading.town import TownRow
from cycle.reading.town import town as read_town
from cycle.store import schema
from cycle.store.engine import open_engine
from cycle.store.store import Store

__all__ = ["build", "exists", "reset"]

SQLITE = "sqlite:///"
BESIDE = ("", "-wal", "-shm")  # the files SQLite keeps for one store
NOTHING = "-"  # the revision of a store that has none
PARTS = (
    town,
    figures,
    first_round,
    scenario_one,
    scenario_two,
    scenario_three,
    scenario_four,
    turns,
    second_round,
    troubles,
)


def build(url: str, *, progress: Progress | None = None) -> None:
    """Build the city in a store of its own; `progress` hears how many deeds of how many are done.

    What was begun is taken away again where it cannot be finished. Raises Conflict where the store
    holds a town already, Unavailable where it cannot be made.
    """
    if there := _town_in(url):
        raise _taken(there)
    with closing(Store.create(url)) as store:
        with store.unit(None, day=date.fromisoformat(town.FOUNDED)) as unit:
            town.found(unit)
        try:
            do(store, life(), {}, progress or _quietly)
        except BaseException:
            store.close()
            _clear(url)
            raise


def exists(url: str) -> bool:
    """Tell whether the store is there and holds the demo city."""
    there = _town_in(url)
    return there is not None and _invented(there)


def reset(url: str) -> None:
    """Take the demo city away; Conflict where the store holds any other town."""
    there = _town_in(url)
    if there is None:
        return
    if not _invented(there):
        raise Conflict(
            N_("The store at {url} holds {name}, not the demo city: it stays as it is."),
            code="not_demo",
            fix=N_("Name the store of the demo with --db, or leave --reset out."),
            url=url,
            name=there.name,
        )
    _clear(url)


def life() -> list[Deed]:
    """Tell every deed of every year; those of one day happen in the order of the parts."""
    return [each for part in PARTS for each in part.deeds()]


def _town_in(url: str) -> TownRow | None:
    """Give the town of a store, None where there is no store or no town in it yet."""
    try:
        with closing(open_reader(url)) as reader:
            return read_town(reader)
    except Unavailable as lacking:
        empty = lacking.code == "store_revision" and lacking.values["here"] == NOTHING
        if empty or lacking.code in {"store_missing", "store_empty"}:
            return None
        raise


def _invented(there: TownRow) -> bool:
    return there.fictional and there.ags == town.AGS


def _taken(there: TownRow) -> Conflict:
    if _invented(there):
        fix = N_("`cycle demo --reset` builds it anew.")
    else:
        fix = N_("Name another store with --db.")
    return Conflict(
        N_("This store holds a town already: {name}."), code="duplicate", fix=fix, name=there.name
    )


def _clear(url: str) -> None:
    if url.startswith(SQLITE):
        for ending in BESIDE:
            Path(url.removeprefix(SQLITE) + ending).unlink(missing_ok=True)
        return
    engine = open_engine(url)
    schema.downgrade(engine, "base")
    schema.upgrade(engine)
    engine.dispose()


def _quietly(done: int, todo: int) -> None:
    """Tell nobody."""
