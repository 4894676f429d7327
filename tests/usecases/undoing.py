"""What tests of taking back look at: all that a store holds, and whether it is whole."""

from datetime import date
from typing import Any

from cycle.reading.columns import columns_of
from cycle.reading.deeds import Deed
from cycle.reading.door import Reader
from cycle.reading.journal import verify
from cycle.reading.proof import discrepancies
from cycle.reading.records import record
from cycle.reading.values import given
from cycle.store.store import Store
from cycle.usecases import (
    undo,
)
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure
from tests.makers_rounds import a_finding, a_goal, an_indicator, an_observation

UNTOLD = {"version", "updated_at"}
TRAFFIC = {"event", "event_payload", "outbox", "counter", "tally", "alembic_version"}


def taken_back(town: Store, key: str | None = None, actor: str = "planner") -> Deed:
    """Take back the last deed of an account."""
    with town.unit(actor, day=DAY) as unit:
        return undo.take_back(unit, key)


def rows(reader: Reader) -> dict[str, set[tuple[Any, ...]]]:
    """Give all that a store holds, but for versions and the journal."""
    found = {}
    for name, table in columns_of(reader).items():
        columns = [column for column in table.columns if column not in UNTOLD]
        if name not in TRAFFIC:
            listed = reader.pairs(f"SELECT {', '.join(columns)} FROM {name}")
            found[name] = {tuple(map(given, row)) for row in listed}
    return found


def seen(town: Store) -> dict[str, set[tuple[Any, ...]]]:
    with town.unit("planner", day=DAY) as unit:
        return rows(unit.reading())


def shown(town: Store, key: str, noun: str = "measure") -> Any:  # noqa: ANN401 - JSON
    """Give a record as every door shows it, without its version."""
    with town.unit("planner", day=DAY) as unit:
        found = record(unit.reading(), noun, key, today=DAY, lang="en", internal=True)
    return {name: value for name, value in found.items() if name not in UNTOLD}


def whole(town: Store) -> bool:
    """Tell whether store and journal agree with each other, and the chain holds."""
    with town.unit("planner", day=DAY) as unit:
        reader = unit.reading()
        return not discrepancies(reader) and not verify(reader)


def a_worked_town(town: Store) -> tuple[list[str], str, str]:
    """Give three measures, a goal and a finding, with some of what may hang on them."""
    with town.unit("local", day=DAY) as unit:
        goal, finding = a_goal(unit).ref, a_finding(unit).ref
        an_indicator(unit)
        an_observation(unit)
    keys = [
        a_measure(town, goal=goal, planned_end=date(2027, 12, 31), fields=["JUG"]),
        a_running_measure(town, goal=goal, mandate="voluntary"),
        a_running_measure(town, mandate="voluntary"),
    ]
    return keys, goal, finding
