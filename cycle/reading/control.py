"""Beschlusskontrolle: what was decided, who carries it out until when, and how far that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.half_year import SETTLED
from cycle.reading.bodies import named as body_named
from cycle.reading.decisions import PUBLIC
from cycle.reading.door import Reader, many
from cycle.reading.keys import find
from cycle.reading.measures import visible, within
from cycle.reading.sight import Sight

MOST: Final = 500  # lines of one table
OPEN, SETTLED_ONES, EVERY = "open", "settled", "all"
STANDS: Final = (OPEN, SETTLED_ONES, EVERY)


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One line: a decision and a measure it is about, or a decision no measure carries out."""

    decision: str
    decided_on: date
    result: str
    body: str | None
    paper: str | None
    text: str
    conditions: int  # the body set and nobody met yet
    measure: str | None
    title: str | None
    state: str | None
    lead: str | None
    lead_name: str | None
    planned_end: date | None
    forecast_end: date | None
    actual_end: date | None
    ongoing: bool | None
    next_evaluation_due: date | None
    reason_code: str | None
    as_of: date | None  # of the latest report
    course: str | None
    says: str | None
    delay_reason: str | None

    @property
    def due(self) -> date | None:
        """Give the day it is to be done: as expected now, else as planned."""
        return self.forecast_end or self.planned_end

    @property
    def settled(self) -> bool:
        """Tell whether nothing is left to be carried out."""
        return self.state in SETTLED

    def late(self, today: date) -> bool:
        """Tell whether the day has passed."""
        return not self.settled and self.due is not None and self.due < today


_SETTLED: Final = ", ".join(f"'{state}'" for state in sorted(SETTLED))
_STANDS: Final = {
    OPEN: f"(me.id IS NULL OR me.state NOT IN ({_SETTLED}))",
    SETTLED_ONES: f"me.state IN ({_SETTLED})",
    EVERY: "1 = 1",
}
_SQL: Final = """
SELECT d.ref AS decision, d.decided_on, d.result, b.short_name AS body, p.ref AS paper, d.text,
  (SELECT COUNT(*) FROM condition x WHERE x.municipality_id = :m AND x.decision_id = d.id
    AND x.met_on IS NULL) AS conditions,
  me.ref AS measure, me.title, me.state, o.code AS lead, o.name AS lead_name, me.planned_end,
  me.forecast_end, me.actual_end, me.is_ongoing AS ongoing, me.next_evaluation_due,
  me.reason_code, g.as_of, g.course, g.text AS says, g.delay_reason
FROM decision d
LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
LEFT JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
LEFT JOIN decision_subject s ON s.municipality_id = :m AND s.decision_id = d.id
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id AND {seen}
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
LEFT JOIN progress g ON g.municipality_id = :m AND g.id = (SELECT x.id FROM progress x
  WHERE x.municipality_id = :m AND x.measure_id = me.id
  ORDER BY x.as_of DESC, x.created_at DESC, x.id DESC LIMIT 1)
WHERE d.municipality_id = :m AND d.result IN ('adopted', 'adopted_amended', 'partly_adopted')
  AND d.repeals_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision y WHERE y.municipality_id = :m
    AND (y.corrects_id = d.id OR y.repeals_id = d.id))
  AND (s.id IS NULL OR me.id IS NOT NULL) AND {where}
ORDER BY d.decided_on, d.ref, me.ref
LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A measure in short: what it is called, who leads it, where it stands."""

    key: str
    title: str
    state: str
    lead: str | None


_HEADS: Final = """
SELECT me.ref AS key, me.title, me.state, o.code AS lead FROM measure me
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND me.ref IN ({keys}) ORDER BY me.ref
"""


def heads(reader: Reader, keys: Sequence[str]) -> list[HeadRow]:
    """Give measures in short; whoever asks sees to it that they are in sight."""
    if not keys:
        return []
    named, values = many("key", keys)
    found: dict[str, Any] = dict(values)
    return reader.rows(_HEADS.format(keys=named), HeadRow, **found)


def listed(
    reader: Reader,
    sight: Sight,
    *,
    body: str | None = None,
    department: str | None = None,
    stands: str = OPEN,
    most: int = MOST,
) -> list[ControlRow]:
    """Give what was adopted and stands, the oldest first, with the latest word on each measure.

    `stands` is open, settled or all. What one may not see is left out. Raises NotFound.
    """
    parts = [_STANDS.get(stands, _STANDS[OPEN])]
    seen, values = within(sight) if sight.internal else (visible(sees_internal=False), {})
    given: dict[str, Any] = {**values, "most": most}
    if not sight.internal:
        parts.append(f"d.{PUBLIC}")
    if body:
        parts.append("b.short_name = :body")
        given["body"] = body_named(reader, body)
    if department:
        parts.append("o.code = :department")
        given["department"] = find(reader, "department", department)
    sql = _SQL.format(seen=seen, where=" AND ".join(parts))
    return reader.rows(sql, ControlRow, **given)
