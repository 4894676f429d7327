"""Councils and what earlier ones decided: it stays valid, and the present one confirms it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine.measures import LIVE
from cycle.reading.door import Reader
from cycle.reading.sight import DRAFTS

_LIVE: Final = ", ".join(f"'{state}'" for state in LIVE)


@dataclass(frozen=True, slots=True)
class ToConfirmRow:
    """A decision that binds live measures, and the term in which it waits."""

    key: str
    decided_on: date
    body: str | None
    paper: str | None
    paper_name: str | None
    measures: tuple[str, ...]
    term: str
    elected_on: date


@dataclass(frozen=True, slots=True)
class TermRow:
    """A council and the day it was elected."""

    name: str
    elected_on: date


_TERMS: Final = """
SELECT t.name, t.elected_on FROM council_term t WHERE t.municipality_id = :m ORDER BY t.elected_on
"""
_SQL: Final = f"""
WITH term AS (
  SELECT t.id, t.name, t.elected_on FROM council_term t
  WHERE t.municipality_id = :m AND t.elected_on <= :today ORDER BY t.elected_on DESC LIMIT 1
),
bound AS (
  SELECT s.decision_id, string_agg(me.ref, '|') AS measures FROM decision_subject s
  JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id
  WHERE s.municipality_id = :m AND me.state IN ({_LIVE}){{hidden}} GROUP BY s.decision_id
)
SELECT d.ref AS key, d.decided_on, b.short_name AS body, p.ref AS paper, p.name AS paper_name,
  bound.measures, term.name AS term, term.elected_on
FROM decision d
JOIN term ON d.decided_on < term.elected_on
JOIN bound ON bound.decision_id = d.id
JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
  AND k.role = 'deciding'{{public}}
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id{{paper}}
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
WHERE d.municipality_id = :m AND d.kind = 'resolution'
  AND d.result IN ('adopted', 'adopted_amended') AND d.repeals_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.municipality_id = :m AND x.corrects_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM decision r WHERE r.municipality_id = :m AND r.repeals_id = d.id
    AND r.result IN ('adopted', 'adopted_amended') AND NOT EXISTS (SELECT 1 FROM decision y
      WHERE y.municipality_id = :m AND y.corrects_id = r.id))
  AND NOT EXISTS (SELECT 1 FROM term_confirmation c WHERE c.municipality_id = :m
    AND c.council_term_id = term.id AND c.decision_id = d.id)
ORDER BY d.decided_on, d.ref
"""


def listed(reader: Reader) -> list[TermRow]:
    """Give every council that was elected, the first one first."""
    return reader.rows(_TERMS, TermRow)


def to_confirm(reader: Reader, *, today: date, sees_internal: bool = False) -> list[ToConfirmRow]:
    """Give the decisions that bind live measures and wait to be confirmed in this term."""
    words = {
        "hidden": "" if sees_internal else f" AND me.state NOT IN {DRAFTS}",
        "public": "" if sees_internal else " AND k.public",
        "paper": "" if sees_internal else " AND p.public",
    }
    return reader.rows(_SQL.format(**words), ToConfirmRow, today=today)
