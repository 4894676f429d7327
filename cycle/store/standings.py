"""Keeps what follows from the records, and how many of each there are, with every deed."""

from collections import Counter as Count
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from cycle.machine.standing import ALWAYS, Entry
from cycle.machine.tallied import tallied
from cycle.reading.affected import affected
from cycle.reading.door import Reader
from cycle.reading.standings import CHUNK, Picked, chunks, entries
from cycle.reading.tallies import folded_until, kept
from cycle.reading.town import town
from cycle.store.put import Row, put, take_away

if TYPE_CHECKING:
    from cycle.store.unit import Unit

Place = tuple[str, str, str, str, date]  # topic, name, department, round, day
Tallies = Count[Place]

_ADDED: Final = (
    "ON CONFLICT (municipality_id, topic, name, unit, cycle, day)"
    " DO UPDATE SET n = tally.n + excluded.n"
)
_PASSED: Final = """
SELECT topic, name, unit, cycle, SUM(n) FROM tally
WHERE municipality_id = :m AND day > :always AND day <= :today
GROUP BY topic, name, unit, cycle
"""
_FOLDED: Final = "DELETE FROM tally WHERE municipality_id = :m AND day > :always AND day <= :today"
_UNTIL: Final = (
    "INSERT INTO counter (municipality_id, name, value, mark) VALUES (:m, 'tally', 0, :mark)"
    " ON CONFLICT (municipality_id, name) DO UPDATE SET mark = excluded.mark"
)


def keep(unit: "Unit") -> None:
    """Tell anew the standing of whatever this deed may have changed, and count on.

    The journal's counter is held by now: deeds of one town come one after the other, and what
    another one wrote before is seen.
    """
    reader = unit.reading()
    reader.forget()
    picked = affected(reader, unit.written.touched, unit.written.rows)
    if picked == {}:
        return
    policy = town(reader).policy
    tallies: Tallies = Count()
    folded = _fold(unit, reader)
    for part in _parts(picked):
        known, told = set(kept(reader, part)), set(entries(reader, policy, part))
        take_away(reader, "standing", [_key(entry) for entry in sorted(known - told, key=_order)])
        put(reader, "standing", [_row(entry) for entry in sorted(told - known, key=_order)])
        for entry in tallied(told):
            tallies[_place(entry, folded)] += entry.n
        for entry in tallied(known):
            tallies[_place(entry, folded)] -= entry.n
    _count(reader, tallies)


def _parts(picked: Picked) -> Iterator[Picked]:
    """Give a thousand records at a time, or everyone at once."""
    if picked is None or sum(map(len, picked.values())) <= CHUNK:
        yield picked
        return
    for noun, ids in picked.items():
        yield from ({noun: part} for part in chunks(ids))


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.noun, entry.subject, entry.topic, entry.name, entry.about, entry.day.isoformat()


def _key(entry: Entry) -> Row:
    return {
        "noun": entry.noun, "subject": entry.subject, "topic": entry.topic, "name": entry.name,
        "about": entry.about, "day": entry.day,
    }  # fmt: skip


def _row(entry: Entry) -> Row:
    return {
        **_key(entry),
        "n": entry.n, "since": entry.since, "unit_id": entry.unit, "cycle_id": entry.cycle,
    }  # fmt: skip


def _place(entry: Entry, folded: date) -> Place:
    day = ALWAYS if entry.day <= folded else entry.day
    return entry.topic, entry.name, entry.unit or "", entry.cycle or "", day


def _fold(unit: "Unit", reader: Reader) -> date:
    """Count the days that have passed since the last deed as one with all before."""
    before = folded_until(reader)
    if unit.day <= before:
        return before
    passed = reader.pairs(_PASSED, always=ALWAYS, today=unit.day)
    reader.send(_FOLDED, always=ALWAYS, today=unit.day)
    reader.send(_UNTIL, mark=unit.day)
    _count(reader, Count({(*place, ALWAYS): int(n) for *place, n in passed}))
    return unit.day


def _count(reader: Reader, tallies: Tallies) -> None:
    """Add to the counts, always in the same order."""
    rows = [
        {"topic": topic, "name": name, "unit": department, "cycle": cycle, "day": day, "n": n}
        for (topic, name, department, cycle, day), n in sorted(tallies.items())
        if n
    ]
    put(reader, "tally", rows, _ADDED)
