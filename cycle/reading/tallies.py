"""How many measures stand where, how many lights shine, how much is open: counted beforehand.

`tally` holds what begins on a day; all days up to the one of the last deed are folded into one.
So a count costs the same whatever the town holds. For a day before that one, which only a test
or a fixed day asks for, the standings themselves are counted.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.standing import ALWAYS, Entry
from cycle.machine.tallied import tallied
from cycle.reading.door import Reader, many
from cycle.reading.keys import find


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How many of one thing there are in one department and round."""

    topic: str
    name: str
    unit: str | None  # id of the department
    cycle: str | None  # id of the round
    count: int


_UNTIL: Final = "SELECT mark FROM counter WHERE municipality_id = :m AND name = 'tally'"
_COUNTED: Final = """
SELECT t.topic, t.name, NULLIF(t.unit, '') AS unit, NULLIF(t.cycle, '') AS cycle,
  SUM(t.n) AS count
FROM tally t WHERE t.municipality_id = :m AND t.day <= :today
GROUP BY t.topic, t.name, t.unit, t.cycle HAVING SUM(t.n) <> 0
ORDER BY t.topic, t.name, t.unit, t.cycle
"""
_ROUND: Final = "SELECT id FROM cycle WHERE municipality_id = :m AND ref = :key"
_KNOWN: Final = """
SELECT noun, subject, topic, name, day, n, about, since, unit_id AS unit, cycle_id AS cycle
FROM standing WHERE municipality_id = :m AND {where}
"""


def counted(reader: Reader, *, today: date) -> list[TallyRow]:
    """Give every count of the day by topic, name, department and round."""
    if today >= folded_until(reader):
        return reader.rows(_COUNTED, TallyRow, today=today)
    counts: Counter[tuple[str, str, str | None, str | None]] = Counter()
    for each in tallied(kept(reader)):
        if each.day <= today:
            counts[each.topic, each.name, each.unit, each.cycle] += each.n
    return [TallyRow(*place, n) for place, n in counts.items() if n]


def round_id(reader: Reader, key: str) -> str | None:
    """Give the id by which counts name a round; NotFound for a key nobody knows."""
    found: str | None = reader.value(_ROUND, key=find(reader, "round", key))
    return found


def kept(reader: Reader, picked: Mapping[str, Collection[str]] | None = None) -> list[Entry]:
    """Give what is kept as following from the records: from these of each noun, or from all."""
    if picked is None:
        return reader.rows(_KNOWN.format(where="1 = 1"), Entry)
    nouns, named = many("noun", sorted(picked))
    ids, more = many("id", sorted({id_ for those in picked.values() for id_ in those}))
    values: dict[str, Any] = {**named, **more}
    where = f"noun IN ({nouns}) AND subject IN ({ids})"  # an id is that of one record only
    return reader.rows(_KNOWN.format(where=where), Entry, **values)


def folded_until(reader: Reader) -> date:
    """Give the day until which the tallies are one."""
    mark = reader.value(_UNTIL)
    return date.fromisoformat(mark) if mark else ALWAYS
