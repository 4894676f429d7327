"""What there is to see of a town after a deed, read past the verbs of the trade."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from cycle.reading import overdue
from cycle.reading.door import Reader
from cycle.reading.gaps import all_
from cycle.reading.measures import listed, show
from cycle.reading.status import status
from cycle.reading.trace import trace
from tests.stories.model import FINAL, Told

_TABLES = SQLModel.metadata.tables
_VERSIONED = {name for name, table in _TABLES.items() if "version" in table.columns}
_ROWS = " UNION ALL ".join(
    f"SELECT '{name}', COUNT(*), {'SUM(version)' if name in _VERSIONED else '0'} FROM {name}"
    for name in sorted(_TABLES)
)
_MEASURES = "SELECT ref, state, version, moves FROM measure WHERE municipality_id = :m"
_HEAD = "SELECT value, mark FROM counter WHERE municipality_id = :m AND name = 'journal'"
_TOLD = """
SELECT key, action, from_state, to_state FROM event
WHERE municipality_id = :m AND entity = 'measure' AND to_state IS NOT NULL AND n > :n ORDER BY n
"""
_NUMBERS = "SELECT COUNT(*), MIN(n), MAX(n) FROM event WHERE municipality_id = :m"
_UNSENT = """
SELECT e.n FROM event e LEFT JOIN outbox o ON o.municipality_id = :m AND o.n = e.n
  AND o.type = e.entity || '.' || e.action
WHERE e.municipality_id = :m AND o.n IS NULL
"""
_NOT_FOUR = """
SELECT me.ref FROM measure me
LEFT JOIN consequence c ON c.municipality_id = :m AND c.measure_id = me.id
WHERE me.municipality_id = :m GROUP BY me.ref HAVING COUNT(DISTINCT c.kind) <> 4 OR COUNT(*) <> 4
"""
_LINKS = "SELECT predecessor_id, successor_id FROM measure_link WHERE municipality_id = :m"
_OWED = """
SELECT o.id, me.ref, o.guard, o.move, o.settled_on FROM owed o
JOIN measure me ON me.municipality_id = :m AND me.id = o.measure_id WHERE o.municipality_id = :m
"""


@dataclass(frozen=True)
class Seen:
    """Everything a deed may change."""

    measures: dict[str, tuple[str, int, int]]  # key: state, version, moves
    rows: tuple[tuple[str, ...], ...]  # of every table: how many, and their versions summed up
    head: tuple[Any, ...]  # of the journal: the last number, the hash of the chain

    def version(self, key: str) -> int:
        """Give the version of a measure."""
        return self.measures[key][1]


@dataclass(frozen=True)
class OwedItem:
    """A guard that was passed unmet."""

    id: str
    key: str
    guard: str
    move: str
    settled: bool


def look(reader: Reader) -> Seen:
    """Look at everything."""
    found = {key: (state, *numbers) for key, state, *numbers in reader.pairs(_MEASURES)}
    rows = sorted(tuple(map(str, row)) for row in reader.pairs(_ROWS))
    return Seen(found, tuple(rows), reader.pairs(_HEAD)[0])


def told_since(reader: Reader, n: int) -> list[Told]:
    """Give the moves the journal tells of since that event."""
    return [Told(*row) for row in reader.pairs(_TOLD, n=n)]


def owed(reader: Reader) -> list[OwedItem]:
    """Give what measures owe or owed."""
    found = reader.pairs(_OWED)
    return [OwedItem(id_, key, guard, move, bool(on)) for id_, key, guard, move, on in found]


def check_whole(reader: Reader, now: Seen) -> None:
    """Check that journal, outbox, consequences and lineage are whole."""
    last = now.head[0]
    assert reader.pairs(_NUMBERS) == [(last, 1, last)], "the journal has a gap"
    assert reader.pairs(_UNSENT) == [], "an event is not sent out"
    assert ("outbox", str(last), "0") in now.rows, "something is sent out that nobody told"
    assert reader.pairs(_NOT_FOUR) == [], "a measure has not its four consequences"
    _check_lineage((str(before), str(after)) for before, after in reader.pairs(_LINKS))


def check_after(before: Seen, now: Seen) -> None:
    """Check that versions only grow, and what is off the circle stays as it is."""
    for key, (state, version, _) in before.measures.items():
        moved = now.measures[key][0] != state
        assert now.version(key) >= version + moved, key
        assert state not in FINAL or now.measures[key] == before.measures[key], key


def _check_lineage(links: Iterable[tuple[str, str]]) -> None:
    left = set(links)
    while left:
        heirs = {after for _, after in left}
        roots = {link for link in left if link[0] not in heirs}
        assert roots, "a measure comes of itself"
        left -= roots


def said_on(reader: Reader, day: date) -> object:
    """Give what the town tells of a day: status, open ends, what is overdue, measures, traces."""
    keys = [row.key for row in listed(reader, today=day)]
    return (
        status(reader, today=day),
        all_(reader, today=day, lang="de"),
        overdue.listed(reader, today=day, lang="de"),
        [show(reader, key, day, "de") for key in keys[:3]],
        listed(reader, today=day),
        [trace(reader, key, sees_internal=True) for key in keys[-2:]],
    )
