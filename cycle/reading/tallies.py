"""How many measures stand where, how many lights shine, how much is open: counted beforehand.

`tally` holds what begins on a day; all days up to the one of the last deed are folded into one.
So a count costs the same whatever the town holds. For a day before that one, which only a test
or a fixed day asks for, the standings themselves are counted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine.standing import ALWAYS
from cycle.reading.door import Reader

TALLY: Final = "tally"  # the counter whose mark tells until which day all is folded


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
_STANDING: Final = """
SELECT s.topic, s.name, s.unit_id AS unit, s.cycle_id AS cycle, SUM(s.n) AS count
FROM standing s WHERE s.municipality_id = :m AND s.day <= :today
GROUP BY s.topic, s.name, s.unit_id, s.cycle_id HAVING SUM(s.n) <> 0
ORDER BY s.topic, s.name, s.unit_id, s.cycle_id
"""


def counted(reader: Reader, *, today: date) -> list[TallyRow]:
    """Give every count of the day by topic, name, department and round."""
    sql = _COUNTED if today >= folded_until(reader) else _STANDING
    return reader.rows(sql, TallyRow, today=today)


def folded_until(reader: Reader) -> date:
    """Give the day until which the tallies are one."""
    mark = reader.value(_UNTIL)
    return date.fromisoformat(mark) if mark else ALWAYS
