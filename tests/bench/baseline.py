"""The store of the two apps we are measured against: comparable columns, the same rows."""

import os
import sqlite3
from pathlib import Path
from typing import Any, Final

URL: Final = os.environ.get("BENCH_DB", "")
STATES: Final = (
    "draft", "targeted", "proposed", "deferred", "rejected", "approved", "in_progress",
    "suspended", "implemented", "evaluated", "reported", "cancelled", "superseded",
)  # fmt: skip
_LISTED: Final = ", ".join(f"({n}, '{state}')" for n, state in enumerate(STATES))
_TABLES: Final = """
CREATE TABLE department (id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE cycle (id TEXT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, title TEXT NOT NULL);
CREATE TABLE measure (
  id TEXT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT,
  state TEXT NOT NULL, state_since DATE, reason TEXT, mandate TEXT, binding TEXT NOT NULL,
  priority BIGINT NOT NULL, planned_start DATE, planned_end DATE, forecast_end DATE,
  department_id TEXT REFERENCES department, cycle_id TEXT NOT NULL REFERENCES cycle,
  version BIGINT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE INDEX ix_measure_state ON measure (department_id, state);
CREATE TABLE history (
  id TEXT PRIMARY KEY, measure_id TEXT NOT NULL REFERENCES measure, at TEXT NOT NULL,
  account TEXT NOT NULL, from_state TEXT, to_state TEXT NOT NULL, reason TEXT
);
CREATE INDEX ix_history_measure ON history (measure_id, at);
INSERT INTO cycle VALUES ('c1', 'Z-2026', 'Erste Runde');
INSERT INTO department VALUES ('d51', '51', 'Jugend und Bildung'), ('d40', '40', 'Schulen');
"""
_NUMBERS: Final = "WITH RECURSIVE k(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k WHERE n < {last})"
_MEASURES: Final = f"""
INSERT INTO measure {_NUMBERS}, named(place, state) AS (VALUES {_LISTED})
SELECT '019a0000-0000-7000-8000-' || {{pad}}, 'M-2020-' || {{pad}}, 'Sprachförderkräfte in Kitas',
  NULL, named.state, {{day}}'2026-01-01', NULL, 'voluntary', 'council_resolution', 3,
  {{day}}'2026-01-01', {{day}}'2027-12-31', NULL,
  CASE WHEN k.n % 2 = 0 THEN 'd51' ELSE 'd40' END, 'c1', 1, '2026-01-01', '2026-01-01'
FROM k JOIN named ON named.place = k.n % {len(STATES)}
"""
_HISTORY: Final = f"""
INSERT INTO history {_NUMBERS}
SELECT '019b0000-0000-7000-8000-' || {{pad}}, '019a0000-0000-7000-8000-' || {{pad}},
  '2026-01-01T08:00:00Z', 'planner', 'draft', 'targeted', NULL FROM k
"""


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def fill(url: str, size: int) -> None:
    """Make the tables with so many measures, one line of history each."""
    sqlite = url.startswith("sqlite")
    words = {
        "last": size - 1,
        "pad": "printf('%08d', k.n)" if sqlite else "lpad(CAST(k.n AS TEXT), 8, '0')",
        "day": "" if sqlite else "DATE ",
    }
    inserts = [each.format(**words) for each in (_MEASURES, _HISTORY)]
    if sqlite:
        connection = sqlite3.connect(file_of(url))
        connection.executescript(_TABLES)
        _fill(connection, inserts)
    else:
        import psycopg  # noqa: PLC0415 - only where it is asked for

        with psycopg.connect(url) as server:
            server.execute(_TABLES)
            _fill(server, inserts)


def _fill(connection: Any, inserts: list[str]) -> None:  # noqa: ANN401 - of either driver
    for text in inserts:
        connection.execute(text)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def key(n: int) -> str:
    """Give the key of the n-th measure."""
    return f"M-2020-{n:08d}"


def under_way(count: int) -> list[str]:
    """Give the keys of so many measures that are in progress."""
    place = STATES.index("in_progress")
    return [key(place + n * len(STATES)) for n in range(count)]
