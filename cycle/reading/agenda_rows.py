"""What the store knows of the sittings to come: papers, the measures behind them, conditions."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from cycle.machine.agenda import STEPS
from cycle.reading.door import Reader
from cycle.reading.sight import DRAFTS


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A body and what kind it is of."""

    short_name: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A paper on the agenda of a sitting to come."""

    on: dt.date
    body: str | None
    order_no: int
    paper: str
    name: str
    role: str
    outcome: str
    public: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting that deals, or dealt, with the paper of a measure."""

    key: str
    title: str
    state: str
    lead: str | None
    paper: str
    body: str | None
    kind: str | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A condition a body set that nobody has met."""

    body: str
    decision: str
    measures: tuple[str, ...]
    code: str
    text: str
    due: dt.date


_OFF: Final = "('removed', 'withdrawn')"  # taken from the agenda
_STANDS: Final = (
    "NOT EXISTS (SELECT 1 FROM decision x WHERE x.municipality_id = :m AND"
    " (x.corrects_id = d.id OR x.repeals_id = d.id))"
)
_BODIES: Final = """
SELECT short_name, name, kind FROM body WHERE municipality_id = :m ORDER BY short_name
"""
_ITEMS: Final = f"""
SELECT k.meeting_date AS "on", b.short_name AS body, k.order_no, p.ref AS paper, p.name, k.role,
  k.outcome, (k.public AND p.public) AS public
FROM consultation k
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
WHERE k.municipality_id = :m AND k.meeting_date >= :today AND k.outcome NOT IN {_OFF}{{seen}}
ORDER BY k.meeting_date, b.short_name, k.order_no, p.ref
"""
# What ties a measure to a paper: the resolution it is to become binding by, a decision of any body
# on it, or the list it was taken over from.
_SITTINGS: Final = f"""
WITH waiting AS (
  SELECT me.id FROM measure me WHERE me.municipality_id = :m AND me.state IN {tuple(STEPS)}
),
coming AS (
  SELECT k.paper_id FROM consultation k WHERE k.municipality_id = :m AND k.meeting_date >= :today
),
tied AS (
  SELECT s.measure_id, k.paper_id FROM decision_subject s
  JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id AND {_STANDS}
  JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id{{heard}}
  WHERE s.municipality_id = :m AND s.measure_id IS NOT NULL AND (
    s.measure_id IN (SELECT id FROM waiting) OR k.paper_id IN (SELECT paper_id FROM coming))
  UNION SELECT e.measure_id, p.id FROM enforcement e
  JOIN paper p ON p.municipality_id = :m AND p.ref = e.text
  WHERE e.municipality_id = :m AND e.lever = 'resolution' AND (
    e.measure_id IN (SELECT id FROM waiting) OR p.id IN (SELECT paper_id FROM coming))
  UNION SELECT me.id, p.id FROM measure me
  JOIN paper p ON p.municipality_id = :m AND p.ref = me.source
  WHERE me.municipality_id = :m AND (
    me.id IN (SELECT id FROM waiting) OR p.id IN (SELECT paper_id FROM coming))
)
SELECT me.ref AS key, me.title, me.state, o.code AS lead, p.ref AS paper, b.short_name AS body,
  b.kind, k.meeting_date AS "on"
FROM tied t
JOIN measure me ON me.municipality_id = :m AND me.id = t.measure_id
JOIN paper p ON p.municipality_id = :m AND p.id = t.paper_id
JOIN consultation k ON k.municipality_id = :m AND k.paper_id = p.id
  AND k.meeting_date IS NOT NULL AND k.outcome NOT IN {_OFF}
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE 1 = 1{{seen}}{{drafts}}
ORDER BY me.ref, k.meeting_date, p.ref
"""
_CONDITIONS: Final = f"""
SELECT b.short_name AS body, d.ref AS decision, c.code, c.text, c.due,
  (SELECT string_agg(me.ref, '|') FROM decision_subject s
    JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id{{drafts}}
    WHERE s.municipality_id = :m AND s.decision_id = d.id) AS measures
FROM condition c
JOIN decision d ON d.municipality_id = :m AND d.id = c.decision_id AND {_STANDS}
JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
WHERE c.municipality_id = :m AND c.met_on IS NULL AND c.due IS NOT NULL{{seen}}
ORDER BY c.due, d.ref, c.code
"""


def _seen(*, sees_internal: bool) -> dict[str, str]:
    """Leave out what is not public, and drafts, for somebody who sees published things only."""
    if sees_internal:
        return {"seen": "", "heard": "", "drafts": ""}
    drafts = f" AND me.state NOT IN {DRAFTS}"
    return {"seen": " AND k.public AND p.public", "heard": " AND k.public", "drafts": drafts}


def bodies(reader: Reader) -> list[BodyKind]:
    """Give every body by its short name."""
    return reader.rows(_BODIES, BodyKind)


def items(reader: Reader, *, today: dt.date, sees_internal: bool) -> list[ItemRow]:
    """Give the papers on the agendas of today and later, in their order."""
    sql = _ITEMS.format(**_seen(sees_internal=sees_internal))
    return reader.rows(sql, ItemRow, today=today)


def sittings(reader: Reader, *, today: dt.date, sees_internal: bool) -> list[Sitting]:
    """Give all sittings on the papers of measures that wait for a decision, or come to one."""
    sql = _SITTINGS.format(**_seen(sees_internal=sees_internal))
    return reader.rows(sql, Sitting, today=today)


def conditions(reader: Reader, *, sees_internal: bool) -> list[OpenCondition]:
    """Give the dated conditions that are not met yet, by the body that set them."""
    return reader.rows(_CONDITIONS.format(**_seen(sees_internal=sees_internal)), OpenCondition)
