"""Who was asked for the Sachstand of its measures, who has answered, and what is to be filled in.

Asked about is what stood in a state of `ASKED` on the day of the request, or was finished without
a final report; any report written on that day or later is the answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.half_year import FINAL
from cycle.reading.door import Reader, many
from cycle.reading.keys import find

ASKED: Final = ("approved", "in_progress", "suspended")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One department, asked once."""

    department: str
    name: str
    asked_on: date
    due: date
    measures: int  # asked about
    answered: int
    unanswered: tuple[str, ...]

    @property
    def place(self) -> str:
        """Tell it from all others: nobody is asked twice on a day."""
        return f"{self.asked_on} {self.department}"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One measure in the table a department fills in."""

    measure: str
    title: str
    state: str
    planned_end: date | None
    forecast_end: date | None
    last_report: date | None
    last_course: str | None
    last_text: str | None
    last_percent: int | None


@dataclass(frozen=True, slots=True)
class _Request:
    id: str
    department: str
    name: str
    asked_on: date
    due: date


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _waits(state: str, measure: str, before: str = "") -> str:
    """Find what is under way, or finished without a final report."""
    return f"""({state} IN ({_listed(ASKED)}) OR ({state} = 'implemented' AND NOT EXISTS (
    SELECT 1 FROM progress d WHERE d.municipality_id = :m AND d.measure_id = {measure}
      AND d.course = 'done'{before})))"""


_REQUESTS: Final = """
SELECT r.id, o.code AS department, o.name, r.asked_on, r.due FROM progress_request r
JOIN org_unit o ON o.municipality_id = :m AND o.id = r.org_unit_id
WHERE r.municipality_id = :m AND {where} ORDER BY r.asked_on, o.code, r.id
"""
_LINES: Final = f"""
SELECT asked.id, asked.ref, asked.answered FROM (
  SELECT r.id, me.ref, me.state, r.asked_on, me.id AS measure_id,
    EXISTS (SELECT 1 FROM event e WHERE e.municipality_id = :m AND e.key = me.ref
      AND e.entity = 'progress' AND e.day >= r.asked_on) AS answered,
    (SELECT e.to_state FROM event e WHERE e.municipality_id = :m AND e.key = me.ref
      AND e.entity = 'measure' AND e.to_state IS NOT NULL AND e.day <= r.asked_on
      ORDER BY e.n DESC LIMIT 1) AS stood
  FROM progress_request r
  JOIN org_unit o ON o.municipality_id = :m AND o.id = r.org_unit_id
  JOIN measure me ON me.municipality_id = :m AND me.lead_id = r.org_unit_id
  WHERE r.municipality_id = :m AND {{where}}
) AS asked
WHERE (asked.answered OR asked.state NOT IN ({_listed(sorted(FINAL))}))
  AND {_waits("asked.stood", "asked.measure_id", " AND d.as_of < asked.asked_on")}
ORDER BY asked.ref
"""
_LEADING: Final = f"""
SELECT o.code, me.ref FROM measure me
JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND {_waits("me.state", "me.id")} ORDER BY o.code, me.ref
"""
_TO_FILL: Final = """
WITH latest AS (
  SELECT p.measure_id, p.as_of, p.course, p.text, p.percent, ROW_NUMBER() OVER (
    PARTITION BY p.measure_id ORDER BY p.as_of DESC, p.id DESC) AS place
  FROM progress p WHERE p.municipality_id = :m
)
SELECT me.ref AS measure, me.title, me.state, me.planned_end, me.forecast_end,
  p.as_of AS last_report, p.course AS last_course, p.text AS last_text,
  p.percent AS last_percent
FROM measure me
LEFT JOIN latest p ON p.measure_id = me.id AND p.place = 1
WHERE me.municipality_id = :m AND me.ref IN ({keys}) ORDER BY me.ref
"""


def listed(reader: Reader, *, department: str | None = None) -> list[RequestRow]:
    """Give every request, or those to a department, with who has not answered; oldest first."""
    where, values = "1 = 1", dict[str, Any]()
    if department is not None:
        where, values = "o.code = :code", {"code": find(reader, "department", department)}
    answers: dict[str, dict[str, bool]] = defaultdict(dict)
    for id_, key, answered in reader.pairs(_LINES.format(where=where), **values):
        answers[id_][key] = bool(answered)
    requests = reader.rows(_REQUESTS.format(where=where), _Request, **values)
    return [_told(request, answers[request.id]) for request in requests]


def _told(request: _Request, answers: dict[str, bool]) -> RequestRow:
    return RequestRow(
        request.department,
        request.name,
        request.asked_on,
        request.due,
        len(answers),
        sum(answers.values()),
        tuple(key for key, answered in answers.items() if not answered),
    )


def leading(reader: Reader) -> dict[str, tuple[str, ...]]:
    """Give, by department, the measures whose Sachstand is to be told."""
    found: dict[str, tuple[str, ...]] = {}
    for code, key in reader.pairs(_LEADING):
        found[code] = (*found.get(code, ()), key)
    return found


def to_fill(reader: Reader, keys: Sequence[str]) -> list[FormRow]:
    """Give what is known of these measures, for the table their department fills in."""
    picked, given = many("key", keys)
    values: dict[str, Any] = given
    return reader.rows(_TO_FILL.format(keys=picked), FormRow, **values)
