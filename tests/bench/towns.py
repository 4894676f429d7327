"""Saalestadt with ten thousand measures in every state, and many times as many."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import psycopg
from sqlalchemy import insert

from cycle.ids import new_id
from cycle.model.columns import table_of
from cycle.model.duties import Consequence
from cycle.model.measures import Measure, MeasureField, MeasureGoal
from cycle.model.town import FieldOfAction
from cycle.model.words import CONSEQUENCES, MEASURE_STATES
from cycle.reading.door import file_of
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup, tokens
from tests.conftest import settle_saalestadt
from tests.makers import DAY, arranged
from tests.makers_rounds import a_goal

FIRST, STEP = 10_000, 1_000
GOALS, OF_A_GOAL = 500, 10
_COPIED: Final = {  # table → the columns that tell the copies apart
    "measure": {"id": "{id}", "ref": "t.ref || '-' || k.value"},
    "consequence": {"id": "{id}", "measure_id": "{id}"},
    "measure_field": {"measure_id": "{id}"},
    "standing": {"subject": "{id}"},
}
_NUMBERS: Final = (
    "(WITH RECURSIVE k(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM k WHERE value < {last})"
    " SELECT value FROM k)"
)
_APART: Final = {
    "sqlite": "printf('%04x', k.value) || substr(t.{column}, 5)",
    "postgresql": "lpad(to_hex(k.value), 4, '0') || substr(t.{column}, 5)",
}
_COLUMNS: Final = {
    "sqlite": "SELECT name FROM pragma_table_info('{table}')",
    "postgresql": "SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'",
}


def key(n: int) -> str:
    return f"M-2020-{n:05d}"


def under_way(count: int) -> list[str]:
    """Give the keys of so many measures that are in progress."""
    place = MEASURE_STATES.index("in_progress")
    return [key(place + n * len(MEASURE_STATES)) for n in range(count)]


def fill(url: str) -> None:
    """Found Saalestadt and put measures in every state into it, past the verbs of the trade."""
    settle_saalestadt(url)
    store = Store.open(url)
    with store.unit("planner", day=DAY) as unit:
        goals = [a_goal(unit, text=f"Ziel {n}").id for n in range(GOALS)]
        for place in range(0, FIRST, STEP):
            _fill(unit, range(place, place + STEP), goals)
        arranged(unit)
    store.close()


def fill_and_grow(url: str) -> None:
    """Do both: a hundred thousand measures."""
    fill(url)
    grow(url, 10)


def _fill(unit: Unit, numbers: range, goals: list[str]) -> None:
    shared: dict[str, Any] = {"municipality_id": unit.town.id}
    record = shared | {"created_at": unit.now, "updated_at": unit.now, "version": 1}
    made = [record | measure for measure in _measures(unit, numbers)]
    unit.session.execute(insert(table_of(Measure)), made)
    for each in made:
        unit.wrote("measure", (each["id"],), each)
    demands = [
        record | {"id": new_id(), "measure_id": each["id"], "kind": kind, "state": "none"}
        for each in made
        for kind in CONSEQUENCES
    ]
    unit.session.execute(insert(table_of(Consequence)), demands)
    field = lookup.every(unit, FieldOfAction)[0].id
    fields = [shared | {"measure_id": each["id"], "field_id": field} for each in made]
    unit.session.execute(insert(table_of(MeasureField)), fields)
    main = shared | {"contribution": "main"}
    ties = [
        main | {"measure_id": each["id"], "goal_id": goals[n // OF_A_GOAL]}
        for n, each in zip(numbers, made, strict=True)
        if n < GOALS * OF_A_GOAL
    ]
    if ties:
        unit.session.execute(insert(table_of(MeasureGoal)), ties)


def _measures(unit: Unit, numbers: range) -> Iterator[dict[str, Any]]:
    cycle = lookup.cycle(unit, "Z-2026").id
    leads = [lookup.department(unit, code).id for code in ("51", "40")]
    for n in numbers:
        state = MEASURE_STATES[n % len(MEASURE_STATES)]
        begun = date(2026, 1, 1) if state in {"in_progress", "suspended"} else None
        yield {
            "id": new_id(), "ref": key(n), "title": "Sprachförderkräfte in Kitas",
            "lineage_id": new_id(), "priority": 3, "cycle_id": cycle, "lead_id": leads[n % 2],
            "state": state, "state_since": date(2026, 1, 1), "reason_code": "other",
            "mandate": "voluntary", "binding": "council_resolution", "moves": 4,
            "planned_start": date(2026, 1, 1), "planned_end": date(2027, 12, 31),
            "actual_start": begun, "is_ongoing": False, "citywide": True, "title_confirmed": True,
            "taken_over": False, "days_suspended": 0, "dossier_changed": False,
        }  # fmt: skip


def grow(url: str, times: int) -> None:
    """Copy every measure with all that follows from it, and count the copies."""
    kind = url.partition(":")[0]
    with past_all_checks(url) as connection:
        for table, apart in _COPIED.items():
            connection.execute(_copying(connection, kind, table, apart, times))
        connection.execute(f"UPDATE tally SET n = n * {times}")
        connection.commit()
        if kind == "postgresql":  # which does so by itself; nobody does it for SQLite
            connection.execute("ANALYZE")
            connection.commit()


def _copying(connection: Any, kind: str, table: str, apart: dict[str, str], times: int) -> str:  # noqa: ANN401 - of either driver
    columns = [row[0] for row in connection.execute(_COLUMNS[kind].format(table=table))]
    shown = [
        apart.get(column, "t.{column}").replace("{id}", _APART[kind]).format(column=column)
        for column in columns
    ]
    where = "WHERE t.noun = 'measure'" if table == "standing" else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(shown)}"
        f" FROM {table} t CROSS JOIN {_NUMBERS.format(last=times - 1)} k {where}"
    )


@contextmanager
def past_all_checks(url: str) -> Iterator[Any]:
    """Open the store without foreign keys and without waiting for a disk."""
    connection: Any
    if url.startswith("sqlite"):
        connection = sqlite3.connect(file_of(url))
        connection.execute("PRAGMA synchronous=OFF")
    else:
        connection = psycopg.connect(url)
        connection.execute("SET session_replication_role = replica")
    try:
        yield connection
    finally:
        connection.close()


def a_token(url: str) -> str:
    """Give a token with which social planning calls."""
    store = Store.open(url)
    with store.unit("admin", day=DAY) as unit:
        _, whole = tokens.create(unit, "bench", account="planner")
    store.close()
    return whole
