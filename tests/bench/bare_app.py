"""The bare app: FastAPI, plain drivers, SQL by hand; nobody is asked who they are or why."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, Final
from uuid import uuid4

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from tests.bench.baseline import URL, file_of

app = FastAPI()
SQLITE: Final = URL.startswith("sqlite")
_IDLE: LifoQueue[Any] = LifoQueue()
_WRITER: Final = Lock()
_ONE: Final = (
    "SELECT m.id, m.ref, m.title, m.description, m.state, m.state_since, m.reason, m.mandate,"
    " m.binding, m.priority, m.planned_start, m.planned_end, m.forecast_end, m.version,"
    " d.code AS department, c.ref AS cycle FROM measure m"
    " JOIN cycle c ON c.id = m.cycle_id LEFT JOIN department d ON d.id = m.department_id"
)


class MeasureIn(BaseModel):
    title: str
    department: str
    priority: int = 3
    description: str | None = None


class MoveIn(BaseModel):
    state: str
    reason: str | None = None


def _opened() -> Any:  # noqa: ANN401 - of either driver
    if SQLITE:
        made = sqlite3.connect(file_of(URL), isolation_level=None, check_same_thread=False)
        made.row_factory = sqlite3.Row
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        made.execute("PRAGMA busy_timeout=5000")
        return made
    import psycopg  # noqa: PLC0415 - only where it is asked for
    from psycopg.rows import dict_row  # noqa: PLC0415

    return psycopg.connect(URL, autocommit=True, row_factory=dict_row)


@contextmanager
def lent() -> Iterator[Any]:
    """Lend a connection of the pool."""
    try:
        connection = _IDLE.get_nowait()
    except Empty:
        connection = _opened()
    try:
        yield connection
    finally:
        _IDLE.put(connection)


@contextmanager
def writing() -> Iterator[Any]:
    """Lend a connection within a transaction; SQLite takes one writer at a time."""
    with lent() as connection:
        if not SQLITE:
            with connection.transaction():
                yield connection
            return
        with _WRITER:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def ask(connection: Any, sql: str, *values: object) -> list[dict[str, Any]]:  # noqa: ANN401
    """Run a statement and give its rows."""
    text = sql if SQLITE else sql.replace("?", "%s")
    cursor = connection.execute(text, values)
    return [dict(row) for row in cursor.fetchall()] if cursor.description else []


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _note(connection: Any, measure: str, before: str | None, after: str, why: str | None) -> None:  # noqa: ANN401
    ask(connection, "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?)",
        str(uuid4()), measure, _now(), "planner", before, after, why)  # fmt: skip


@app.post("/measures", status_code=201)
def create(body: MeasureIn) -> Any:  # noqa: ANN401 - JSON
    new, now = str(uuid4()), _now()
    with writing() as connection:
        ask(connection,
            "INSERT INTO measure (id, ref, title, description, state, state_since, binding,"
            " priority, department_id, cycle_id, version, created_at, updated_at)"
            " SELECT ?, ?, ?, ?, 'draft', ?, 'council_resolution', ?, d.id, 'c1', 1, ?, ?"
            " FROM department d WHERE d.code = ?",
            new, f"N-{new[:23]}", body.title, body.description, date(2026, 11, 22).isoformat(),
            body.priority, now, now, body.department)  # fmt: skip
        _note(connection, new, None, "draft", None)
        return ask(connection, f"{_ONE} WHERE m.id = ?", new)[0]


@app.post("/measures/{key}/transitions")
def move(key: str, body: MoveIn) -> Any:  # noqa: ANN401 - JSON
    with writing() as connection:
        lock = "" if SQLITE else " FOR UPDATE"
        found = ask(connection, f"SELECT id, state FROM measure WHERE ref = ?{lock}", key)
        if not found:
            raise HTTPException(404)
        ask(connection,
            "UPDATE measure SET state = ?, state_since = ?, reason = ?, version = version + 1,"
            " updated_at = ? WHERE id = ?",
            body.state, date(2026, 11, 22).isoformat(), body.reason, _now(), found[0]["id"],
            )  # fmt: skip
        _note(connection, found[0]["id"], found[0]["state"], body.state, body.reason)
        return ask(connection, f"{_ONE} WHERE m.ref = ?", key)[0]


@app.get("/measures/{key}")
def show(key: str) -> Any:  # noqa: ANN401 - JSON
    with lent() as connection:
        found = ask(connection, f"{_ONE} WHERE m.ref = ?", key)
        if not found:
            raise HTTPException(404)
        history = ask(
            connection, "SELECT * FROM history WHERE measure_id = ? ORDER BY at", found[0]["id"]
        )
        return {**found[0], "history": history}


@app.get("/measures")
def page(after: str = "", limit: int = 50) -> Any:  # noqa: ANN401 - JSON
    with lent() as connection:
        return ask(connection, f"{_ONE} WHERE m.ref > ? ORDER BY m.ref LIMIT ?", after, limit)


@app.get("/board")
def board() -> Any:  # noqa: ANN401 - JSON
    with lent() as connection:
        return ask(
            connection,
            "SELECT d.code AS department, m.state, COUNT(*) AS count FROM measure m"
            " LEFT JOIN department d ON d.id = m.department_id GROUP BY d.code, m.state",
        )
