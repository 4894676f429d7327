"""Keeps what follows from the records, and how many of each there are, with every deed."""

from collections import Counter as Count
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import TextClause, text

from cycle.machine.standing import ALWAYS, Entry
from cycle.machine.tallied import tallied
from cycle.reading.affected import affected
from cycle.reading.door import Reader
from cycle.reading.standings import Picked, chunks, entries
from cycle.reading.tallies import folded_until, kept
from cycle.reading.town import town

if TYPE_CHECKING:
    from cycle.store.unit import Unit

Place = tuple[str, str, str, str, date]  # topic, name, department, round, day
Tallies = Count[Place]

_INSERT: Final = text(
    "INSERT INTO standing (municipality_id, noun, subject, topic, name, day, n, about, since,"
    " unit_id, cycle_id) VALUES (:m, :noun, :subject, :topic, :name, :day, :n, :about, :since,"
    " :unit, :cycle)"
)
_DELETE: Final = text(
    "DELETE FROM standing WHERE municipality_id = :m AND noun = :noun AND subject = :subject"
    " AND topic = :topic AND name = :name AND about = :about AND day = :day"
)
_COUNT: Final = text(
    "INSERT INTO tally (municipality_id, topic, name, unit, cycle, day, n)"
    " VALUES (:m, :topic, :name, :unit, :cycle, :day, :n)"
    " ON CONFLICT (municipality_id, topic, name, unit, cycle, day)"
    " DO UPDATE SET n = tally.n + excluded.n"
)
_PASSED: Final = """
SELECT topic, name, unit, cycle, SUM(n) FROM tally
WHERE municipality_id = :m AND day > :always AND day <= :today
GROUP BY topic, name, unit, cycle
"""
_FOLDED: Final = text(
    "DELETE FROM tally WHERE municipality_id = :m AND day > :always AND day <= :today"
)
_UNTIL: Final = text(
    "INSERT INTO counter (municipality_id, name, value, mark) VALUES (:m, 'tally', 0, :mark)"
    " ON CONFLICT (municipality_id, name) DO UPDATE SET mark = excluded.mark"
)


def keep(unit: "Unit") -> None:
    """Tell anew the standing of whatever this deed may have changed, and count on.

    The journal's counter is held by now: deeds of one town come one after the other, and what
    another one wrote before is seen.
    """
    reader = unit.reading()
    picked = affected(reader, unit.written.touched, unit.written.rows)
    if picked == {}:
        return
    policy = town(reader).policy
    tallies: Tallies = Count()
    folded = _fold(unit, reader)
    for part in _parts(picked):
        known, told = set(_known(reader, part)), set(entries(reader, policy, part))
        _write(unit, _DELETE, known - told)
        _write(unit, _INSERT, told - known)
        for entry in tallied(told):
            tallies[_place(entry, folded)] += entry.n
        for entry in tallied(known):
            tallies[_place(entry, folded)] -= entry.n
    _count(unit, tallies)


def _parts(picked: Picked) -> Iterator[Picked]:
    """Give a thousand records at a time, or everyone at once."""
    if picked is None:
        yield None
        return
    for noun, ids in picked.items():
        yield from ({noun: part} for part in chunks(ids))


def _known(reader: Reader, part: Picked) -> list[Entry]:
    if part is None:
        return kept(reader)
    ((noun, ids),) = part.items()
    return kept(reader, noun, ids)


def _write(unit: "Unit", sql: TextClause, some: Iterable[Entry]) -> None:
    town = unit.town.id
    rows = [_row(town, entry) for entry in some]
    if rows:
        unit.session.execute(sql, rows)


def _row(town: str, entry: Entry) -> dict[str, object]:
    return {
        "m": town, "noun": entry.noun, "subject": entry.subject, "topic": entry.topic,
        "name": entry.name, "day": entry.day.isoformat(), "n": entry.n, "about": entry.about,
        "since": entry.since and entry.since.isoformat(), "unit": entry.unit,
        "cycle": entry.cycle,
    }  # fmt: skip


def _place(entry: Entry, folded: date) -> Place:
    day = ALWAYS if entry.day <= folded else entry.day
    return entry.topic, entry.name, entry.unit or "", entry.cycle or "", day


def _fold(unit: "Unit", reader: Reader) -> date:
    """Count the days that have passed since the last deed as one with all before."""
    before = folded_until(reader)
    if unit.day <= before:
        return before
    days = {"m": unit.town.id, "always": ALWAYS.isoformat(), "today": unit.day.isoformat()}
    passed = reader.pairs(_PASSED, always=ALWAYS, today=unit.day)
    unit.session.execute(_FOLDED, days)
    unit.session.execute(_UNTIL, {"m": unit.town.id, "mark": unit.day.isoformat()})
    _count(unit, Count({(*place, ALWAYS): int(n) for *place, n in passed}))
    return unit.day


def _count(unit: "Unit", tallies: Tallies) -> None:
    """Add to the counts, always in the same order."""
    rows = [
        {
            "m": unit.town.id, "topic": topic, "name": name, "unit": department, "cycle": cycle,
            "day": day.isoformat(), "n": n,
        }
        for (topic, name, department, cycle, day), n in sorted(tallies.items())
        if n
    ]  # fmt: skip
    if rows:
        unit.session.execute(_COUNT, rows)
