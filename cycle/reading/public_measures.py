"""The measures everyone may see: those that were decided, for them or, in public, against them.

Only of rounds with a published report, and nothing that is internal: no reasons, no notes, no
drafts. What a search looks through is what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from cycle.machine.measures import LIVE, MEASURES
from cycle.machine.states import STATES
from cycle.reading import keys
from cycle.reading.decisions import PUBLIC
from cycle.reading.door import Reader, many
from cycle.reading.filters import COUNTED, Condition
from cycle.reading.lights import Colours, colours
from cycle.reading.pages import ALL, Page
from cycle.reading.public_lights import dimmed
from cycle.reading.public_view import insist_open
from cycle.reading.shapes import Json, plain
from cycle.reading.town import town

DECIDED: Final = (
    "approved", "in_progress", "suspended", "implemented", "evaluated", "reported",
)  # fmt: skip
REFUSED: Final = "rejected"  # told where it was decided in public
ENDED: Final = ("cancelled", "superseded")  # told where it had been decided before


@dataclass(frozen=True, slots=True)
class PublicFilters:
    """What somebody wants to see: keys, codes, a state, and words of the title."""

    cycle: str | None = None
    department: str | None = None
    field: str | None = None
    area: str | None = None
    state: str | None = None
    text: str | None = None


NOTHING: Final = PublicFilters()


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """One measure as everyone may see it."""

    key: str
    title: str
    state: str
    cycle: str
    department: str | None
    department_name: str | None
    fields: tuple[str, ...]
    areas: tuple[str, ...]
    citywide: bool
    planned_start: date | None
    planned_end: date | None
    period_text: str | None
    is_ongoing: bool
    actual_start: date | None
    actual_end: date | None
    stage: str | None = None  # of the circle; None off it
    lights: Colours | None = None


@dataclass(frozen=True, slots=True)
class PublicGoal:
    """A goal that was agreed on and that a measure serves."""

    key: str
    text: str
    contribution: str


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """What a body decided in public on a public paper."""

    key: str
    decided_on: date
    result: str
    body: str | None
    paper: str
    paper_name: str
    text: str
    votes_yes: int | None
    votes_no: int | None
    votes_abstain: int | None


def _words(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


PUBLISHED: Final = (
    "(SELECT r.cycle_id FROM report r WHERE r.municipality_id = :m AND r.status = 'published')"
)
_IN_PUBLIC: Final = """me.id IN (SELECT s.measure_id FROM decision_subject s
    JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
    JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id AND k.public
    JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id AND p.public
    WHERE s.municipality_id = :m AND s.measure_id IS NOT NULL)"""
_ONCE_DECIDED: Final = f"""EXISTS (SELECT 1 FROM event e WHERE e.municipality_id = :m
    AND e.key = me.ref AND e.entity = 'measure' AND e.to_state = me.state
    AND e.from_state IN ({_words(DECIDED)}))"""
VISIBLE: Final = f"""me.cycle_id IN {PUBLISHED} AND {COUNTED} AND (
  me.state IN ({_words(DECIDED)})
  OR (me.state = '{REFUSED}' AND {_IN_PUBLIC})
  OR (me.state IN ({_words(ENDED)}) AND {_ONCE_DECIDED}))"""
_FROM: Final = """
FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND {where}"""
_MEASURES: Final = f"""
SELECT me.ref AS key, me.title, me.state, c.ref AS cycle, o.code AS department,
  o.name AS department_name, me.citywide, me.planned_start, me.planned_end, me.period_text,
  me.is_ongoing, me.actual_start, me.actual_end,
  (SELECT string_agg(f.code, '|') FROM measure_field l
    JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS fields,
  (SELECT string_agg(a.code, '|') FROM measure_area l
    JOIN area a ON a.municipality_id = :m AND a.id = l.area_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS areas{_FROM} ORDER BY me.ref
"""
_COUNTS: Final = f"SELECT me.state, COUNT(*){_FROM} GROUP BY me.state"
_GOALS: Final = """
SELECT g.ref AS key, g.text, l.contribution FROM measure me
JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = me.id
JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id
  AND g.status IN ('agreed', 'adopted', 'achieved', 'missed')
WHERE me.municipality_id = :m AND me.ref = :key ORDER BY l.contribution, g.ref
"""
_DECISIONS: Final = f"""
SELECT d.ref AS key, d.decided_on, d.result, b.short_name AS body, p.ref AS paper,
  p.name AS paper_name, COALESCE(d.changed_text, d.text) AS text, d.votes_yes, d.votes_no,
  d.votes_abstain
FROM measure me
JOIN decision_subject s ON s.municipality_id = :m AND s.measure_id = me.id
JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id AND d.{PUBLIC}
  AND NOT EXISTS (SELECT 1 FROM decision y
    WHERE y.municipality_id = :m AND y.corrects_id = d.id)
JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
WHERE me.municipality_id = :m AND me.ref = :key ORDER BY d.decided_on, d.ref
"""
_FILTERS: Final = {
    "cycle": "c.ref = :f_cycle",
    "department": "o.code = :f_department",
    "state": "me.state = :f_state",
    "field": "me.id IN (SELECT l.measure_id FROM measure_field l JOIN field_of_action f"
    " ON f.municipality_id = :m AND f.id = l.field_id"
    " WHERE l.municipality_id = :m AND f.code = :f_field)",
    "area": "me.id IN (SELECT l.measure_id FROM measure_area l JOIN area a"
    " ON a.municipality_id = :m AND a.id = l.area_id"
    " WHERE l.municipality_id = :m AND a.code = :f_area)",
    "text": "LOWER(me.title) LIKE :f_text ESCAPE '!'",
}


def measures(
    reader: Reader, filters: PublicFilters = NOTHING, *, today: date, page: Page = ALL
) -> list[PublicMeasure]:
    """Give the measures everyone may see, by key, with the colours of their lights.

    A filter nobody knows finds nothing. Raises NotFound where the public view is shut.
    """
    insist_open(reader)
    where, values = page.narrow("me.ref", *_condition(filters))
    return _rows(reader, page.cut(_MEASURES.format(where=where)), values, today)


def counts(reader: Reader, filters: PublicFilters = NOTHING) -> dict[str, int]:
    """Count the measures of each state that everyone may see, in the order of the circle."""
    insist_open(reader)
    where, values = _condition(filters)
    found = dict(reader.pairs(_COUNTS.format(where=where), **values))
    return {s.name: int(found[s.name]) for s in STATES if s.name in found}


def measure(reader: Reader, key: str, *, today: date) -> Json:
    """Give one measure with its goals and the decisions on it; NotFound for any other."""
    insist_open(reader)
    where = f"{VISIBLE} AND me.ref = :key"
    found = _rows(reader, _MEASURES.format(where=where), {"key": key}, today)
    if not found:
        raise keys.unknown("measure", key)
    return {
        **plain(found[0]),
        "goals": plain(reader.rows(_GOALS, PublicGoal, key=key)),
        "decisions": plain(reader.rows(_DECISIONS, PublicDecision, key=key)),
    }


def _rows(reader: Reader, sql: str, values: dict[str, Any], today: date) -> list[PublicMeasure]:
    rows = reader.rows(sql, PublicMeasure, **values)
    listed, told = many("shown", [row.key for row in rows])
    ended = any(row.state not in LIVE for row in rows)
    lit = colours(
        reader, f"me.ref IN ({listed})", told, today=today, policy=town(reader).policy, ended=ended
    )
    shown = dimmed(reader, lit)
    return [
        replace(row, stage=MEASURES.state(row.state).stage, lights=shown[row.key]) for row in rows
    ]


def _condition(filters: PublicFilters) -> Condition:
    given = {name: word for name in _FILTERS if (word := getattr(filters, name))}
    values: dict[str, Any] = {f"f_{name}": word for name, word in given.items()}
    if filters.text:
        values["f_text"] = _pattern(filters.text)
    return " AND ".join([VISIBLE, *(_FILTERS[name] for name in given)]), values


def _pattern(text: str) -> str:
    """Spell words to look for; a letter beyond ASCII fits any, as databases fold them apart."""
    safe = "".join(f"!{sign}" if sign in "!%_" else sign for sign in text.strip().lower())
    return "%" + "".join(sign if sign.isascii() else "_" for sign in safe) + "%"
