"""What the board counts and which measures it shows, as the store tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.standing import LIGHT, OVERDUE, STATE
from cycle.machine.tallied import in_state
from cycle.reading.door import Reader
from cycle.reading.filters import Condition
from cycle.reading.tallies import counted, folded_until

LIGHTS: Final = ("delivery", "effect", "data")
TOPICS: Final = (OVERDUE, *(LIGHT + light for light in LIGHTS))
COUNTS: Final = "NOT (me.state = 'cancelled' AND COALESCE(me.reason_code, '') = 'entered_in_error')"


@dataclass(frozen=True, slots=True)
class PartRow:
    """How many measures of one part of the board stand in a state, and since when at most."""

    part: str | None
    label: str | None
    state: str
    count: int
    since: date | None


@dataclass(frozen=True, slots=True)
class ShineRow:
    """How many lights of a colour, or how much that is overdue, measures of a state have."""

    part: str | None
    state: str
    topic: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SinceRow:
    """Since when the oldest of a state stands there."""

    state: str
    since: date | None


@dataclass(frozen=True, slots=True)
class CardRow:
    """A measure on the board."""

    key: str
    title: str
    state: str
    lead: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class CardLight:
    """A light, or something overdue, of one measure on the board."""

    key: str
    topic: str
    name: str


_FIELD: Final = (
    " LEFT JOIN measure_field mf ON mf.municipality_id = :m AND mf.measure_id = me.id"
    " LEFT JOIN field_of_action p ON p.municipality_id = :m AND p.id = mf.field_id"
)
_LEAD: Final = " LEFT JOIN org_unit p ON p.municipality_id = :m AND p.id = me.lead_id"
PARTS: Final = {  # what the measures are parted by → its code, its name, and where they stand
    "state": ("me.state", "me.state", ""),
    "prevention": ("me.prevention_level", "me.prevention_level", ""),
    "target_group": ("me.target_group", "me.target_group", ""),
    "department": ("p.code", "p.name", _LEAD),
    "field": ("p.code", "p.name", _FIELD),
}
_COUNTED: Final = """
SELECT {part} AS part, {label} AS label, me.state, COUNT(*) AS count, MIN(me.state_since) AS since
FROM measure me{join}
WHERE me.municipality_id = :m AND {where}
GROUP BY {part}, {label}, me.state
"""
_LISTED: Final = ", ".join(f"'{topic}'" for topic in TOPICS)
_SHINING: Final = f"""
SELECT {{part}} AS part, me.state, s.topic, s.name, SUM(s.n) AS count
FROM measure me{{join}}
JOIN standing s ON s.municipality_id = :m AND s.noun = 'measure' AND s.subject = me.id
  AND s.topic IN ({_LISTED}) AND s.day <= :today
WHERE me.municipality_id = :m AND {{where}}
GROUP BY {{part}}, me.state, s.topic, s.name HAVING SUM(s.n) > 0
"""
_SINCE: Final = """
SELECT '{state}' AS state, MIN(me.state_since) AS since FROM measure me
WHERE me.municipality_id = :m AND me.state = '{state}'"""
# Each state by itself: the index on state and day ends the search after the first few.
_OLDEST: Final = """
SELECT * FROM (
  SELECT me.id, me.ref AS key, me.title, me.state, o.code AS lead, me.state_since AS since
  FROM measure me LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
  WHERE me.municipality_id = :m AND me.state = '{state}' AND {where}
  ORDER BY me.state_since, me.ref LIMIT :most
) AS of_{state}"""
_CARDS: Final = """
SELECT c.key, c.title, c.state, c.lead, c.since FROM ({oldest}) AS c ORDER BY c.since, c.key
"""
_LIT: Final = f"""
SELECT c.key, s.topic, s.name FROM ({{oldest}}) AS c
JOIN standing s ON s.municipality_id = :m AND s.noun = 'measure' AND s.subject = c.id
  AND s.topic IN ({_LISTED}) AND s.day <= :today
GROUP BY c.key, s.topic, s.name HAVING SUM(s.n) > 0
"""


def parted(
    reader: Reader, by: str, today: date, where: Condition
) -> tuple[list[PartRow], list[ShineRow]]:
    """Count measures, lights and what is overdue by part and state."""
    part, label, join = PARTS[by]
    words = {"part": part, "label": label, "join": join, "where": where[0]}
    stand = reader.rows(_COUNTED.format(**words), PartRow, **where[1])
    shining = reader.rows(_SHINING.format(**words), ShineRow, today=today, **where[1])
    return stand, shining


def tallied(
    reader: Reader, states: Sequence[str], today: date
) -> tuple[list[PartRow], list[ShineRow]] | None:
    """Give the same counts of the whole town by state, which were kept with every deed.

    None for a day before that of the last deed: the tallies know none.
    """
    if today < folded_until(reader):
        return None
    counts: dict[tuple[str, str], int] = {}
    for row in counted(reader, today=today):
        place = row.topic, row.name
        counts[place] = counts.get(place, 0) + row.count
    parts = " UNION ALL ".join(_SINCE.format(state=state) for state in states)
    since = {row.state: row.since for row in reader.rows(parts, SinceRow)}
    stand = [PartRow(s, s, s, counts.get((STATE, s), 0), since[s]) for s in states]
    topics = {in_state(topic, s): (s, topic) for topic in TOPICS for s in states}
    shining = [
        ShineRow(None, *topics[topic], name, count)
        for (topic, name), count in counts.items()
        if topic in topics
    ]
    return stand, shining


def cards(
    reader: Reader, states: Sequence[str], most: int, today: date, where: Condition
) -> tuple[list[CardRow], list[CardLight]]:
    """Give those that stand in each state longest, and their lights."""
    parts = (_OLDEST.format(state=state, where=where[0]) for state in states)
    oldest = " UNION ALL ".join(parts)
    values: dict[str, Any] = {**where[1], "most": most}
    found = reader.rows(_CARDS.format(oldest=oldest), CardRow, **values)
    return found, reader.rows(_LIT.format(oldest=oldest), CardLight, today=today, **values)
