"""What one round owes to the next: the candidates, each list by one statement."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader

_WAITING = """
SELECT f.id, c.lineage_id, c.round FROM finding f
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = f.origin_measure_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
WHERE f.municipality_id = :m AND f.report_id IS NULL ORDER BY f.ref
"""
# Deferred by people; or feedback that went into a report of its own round and was never answered.
_DEFERRED = """
SELECT f.id FROM finding f
JOIN report r ON r.municipality_id = :m AND r.id = f.report_id AND r.cycle_id = :cycle
WHERE f.municipality_id = :m
  AND (f.response = 'deferred_to_next_round'
    OR (f.response IS NULL AND f.origin_evaluation_id IS NOT NULL
      AND r.kind IN ('progress_report', 'evaluation_report')))
  AND NOT EXISTS (SELECT 1 FROM finding n
    WHERE n.municipality_id = :m AND n.origin_finding_id = f.id)
ORDER BY f.ref
"""
_ADVICE = """
SELECT DISTINCT r.id, r.ref FROM recommendation r
LEFT JOIN finding f ON f.municipality_id = :m AND f.id = r.finding_id
LEFT JOIN report p ON p.municipality_id = :m AND p.id = f.report_id
LEFT JOIN evaluation_measure l ON l.municipality_id = :m AND l.evaluation_id = r.evaluation_id
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
WHERE r.municipality_id = :m AND r.response IS NULL
  AND COALESCE(r.cycle_id, p.cycle_id, me.cycle_id) = :cycle ORDER BY r.ref
"""
_RUNNING = """
SELECT me.ref AS key, me.next_evaluation_due AS evaluation_due FROM measure me
WHERE me.municipality_id = :m AND me.cycle_id = :cycle
  AND me.state IN ('approved', 'in_progress', 'suspended', 'implemented', 'evaluated')
  AND NOT EXISTS (SELECT 1 FROM disposition d
    WHERE d.municipality_id = :m AND d.measure_id = me.id)
ORDER BY me.ref
"""
# A deadline that names a measure is met once the measure has what it lacked.
_MET = """
SELECT d.id FROM deadline d
JOIN measure me ON me.municipality_id = :m AND me.ref = d.text
LEFT JOIN disposition x ON x.municipality_id = :m AND x.measure_id = me.id
WHERE d.municipality_id = :m AND d.cycle_id = :cycle AND d.met_on IS NULL
  AND (me.state IN ('reported', 'rejected', 'cancelled', 'superseded') OR x.id IS NOT NULL
    OR (d.code = 'evaluation_missing' AND me.next_evaluation_due IS NULL))
"""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A feedback finding without a report, and the round of its measure."""

    id: str
    lineage_id: str | None
    round: int | None


@dataclass(frozen=True, slots=True)
class RunningRow:
    """A measure that runs on, and the day its evaluation is or was due."""

    key: str
    evaluation_due: date | None


def waiting(reader: Reader) -> list[WaitingRow]:
    """Give every feedback finding that waits for a report."""
    return reader.rows(_WAITING, WaitingRow)


def deferred(reader: Reader, cycle_id: str) -> list[str]:
    """Give the findings of a round that its successor is to take up, each once."""
    return [id_ for (id_,) in reader.pairs(_DEFERRED, cycle=cycle_id)]


def unanswered(reader: Reader, cycle_id: str) -> list[str]:
    """Give the recommendations a round leaves without an answer."""
    return [id_ for id_, _ in reader.pairs(_ADVICE, cycle=cycle_id)]


def running(reader: Reader, cycle_id: str) -> list[RunningRow]:
    """Give the measures of a round that run on without a disposition."""
    return reader.rows(_RUNNING, RunningRow, cycle=cycle_id)


def met(reader: Reader, cycle_id: str) -> list[str]:
    """Give the deadlines of a round that are met by what became of the measures they name."""
    return [id_ for (id_,) in reader.pairs(_MET, cycle=cycle_id)]
