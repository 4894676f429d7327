"""Where something is or will be overdue, as arms of one statement for every noun.

Each arm gives the rule, the record, which one of its own where it has several, and the day from
which the policy counts, or the one it was asked for by. Where a gap is the same rule, what the
gap finds is taken as it is.
"""

from typing import Final

from cycle.machine.overdue import UNREPORTED
from cycle.reading.gap_rules import ARMS, ROUNDS

_BOUND: Final = "('approved', 'in_progress', 'suspended')"
_JUDGED: Final = "('approved', 'in_progress', 'suspended', 'implemented')"
_FINAL: Final = "('reported', 'rejected', 'cancelled', 'superseded')"
_ASKED: Final = "('progress_due', 'evaluation_request')"  # those have rules of their own
GRANT: Final = "O15"
_NONE: Final = "CAST(NULL AS TEXT)"
_NO_DAY: Final = "CAST(NULL AS DATE)"


def _measures(
    rule: str, basis: str, where: str, about: str = "''", also: str = "", *, asked: str = _NO_DAY
) -> str:
    return f"""
SELECT '{rule}' AS rule, me.id, {about} AS about, {basis} AS basis, {asked} AS asked,
  me.lead_id AS unit_id, me.cycle_id, me.binding, me.taken_over, me.raised_to
FROM chosen me {also} WHERE {where} AND {basis} IS NOT NULL"""


def _of_gap(rule: str, gap: str, basis: str = "x.since", also: str = "") -> str:
    """Take what an open end finds, and the day from which it counts."""
    return f"""
SELECT '{rule}' AS rule, x.id, '' AS about, {basis} AS basis, {_NO_DAY} AS asked, x.unit_id,
  x.cycle_id, {_NONE} AS binding, FALSE AS taken_over, {_NONE} AS raised_to
FROM ({ARMS[gap]}) x {also} WHERE {basis} IS NOT NULL"""


def _of_round(
    rule: str, basis: str, also: str = "", where: str = "1 = 1", about: str = "''"
) -> str:
    return f"""
SELECT '{rule}' AS rule, c.id, {about} AS about, {basis} AS basis, {_NO_DAY} AS asked,
  {_NONE} AS unit_id, c.id AS cycle_id, {_NONE} AS binding, FALSE AS taken_over,
  {_NONE} AS raised_to
FROM rounds r JOIN cycle c ON c.municipality_id = :m AND c.id = r.id {also}
WHERE {where} AND {basis} IS NOT NULL"""


# Which of several: its kind and the end of its id, as a measure may have two of a kind.
_WHICH: Final = "d.code || '-' || SUBSTR(d.id, 31, 6)"
_FUNDED: Final = """(d.code = 'budget_reservation' AND EXISTS (SELECT 1 FROM budget_line l
    WHERE l.municipality_id = :m AND l.measure_id = me.id AND l.approved_cents > 0))"""


def _deadlines(column: str) -> str:
    return f"""
JOIN deadline d ON d.municipality_id = :m AND d.{column} AND d.met_on IS NULL
  AND d.code NOT IN {_ASKED} AND d.code NOT LIKE 'stage~_%' ESCAPE '~'"""


def _conditions(column: str) -> str:
    """Join the conditions of decisions in force; one that became a deadline is told as that."""
    return f"""
JOIN decision_subject s ON s.municipality_id = :m AND s.{column}
JOIN condition d ON d.municipality_id = :m AND d.decision_id = s.decision_id
  AND d.met_on IS NULL AND NOT EXISTS (SELECT 1 FROM deadline l
    WHERE l.municipality_id = :m AND l.condition_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM decision b WHERE b.municipality_id = :m
    AND (b.corrects_id = d.decision_id OR b.repeals_id = d.decision_id))"""


# The last report; without one the day it came to run, unless a first report was asked for.
_LAST_REPORT: Final = """(SELECT MAX(p.as_of) FROM progress p
    WHERE p.municipality_id = :m AND p.measure_id = me.id)"""
_TOLD: Final = f"COALESCE({_LAST_REPORT}, me.state_since, me.actual_start)"
_FIRST_REPORT: Final = f"""CASE WHEN {_LAST_REPORT} IS NULL THEN (
    SELECT MIN(d.due) FROM deadline d WHERE d.municipality_id = :m AND d.measure_id = me.id
      AND d.code = 'progress_due') END"""
_ASKED_FOR: Final = """COALESCE(me.next_evaluation_due, (SELECT MIN(d.due) FROM deadline d
    WHERE d.municipality_id = :m AND d.measure_id = me.id AND d.code = 'evaluation_request'
      AND d.met_on IS NULL))"""

_SOME: Final = f"""
chosen AS (
  SELECT me.* FROM measure me JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
  WHERE me.municipality_id = :m AND NOT (c.taken_over AND c.stage = 'closed')
    AND me.state NOT IN {_FINAL} AND {{where}}
)"""
_ON_MEASURES: Final = (
    _measures("O4", "COALESCE(me.proposed_on, me.state_since)", "me.state = 'proposed'"),
    _measures("O5", "me.review_on", "me.state = 'deferred'"),
    _measures("O6", "me.planned_start", "me.state = 'approved'"),
    _measures("O7", _ASKED_FOR, f"me.state IN {_JUDGED}"),
    _measures("O8", _TOLD, "me.state = 'in_progress'", asked=_FIRST_REPORT),
    _measures(
        "O9", "s.due", f"me.state IN {_JUDGED}", "CAST(s.no AS TEXT)",
        "JOIN milestone s ON s.municipality_id = :m AND s.measure_id = me.id"
        " AND s.done_on IS NULL AND s.dropped_on IS NULL",
    ),
    _measures("O10", "me.planned_end", "me.state = 'in_progress' AND NOT me.is_ongoing"),
    _measures("O11", "d.due", f"NOT {_FUNDED}", _WHICH, _deadlines("measure_id = me.id")),
    _measures("O11", "d.due", f"NOT {_FUNDED}", _WHICH, _conditions("measure_id = me.id")),
    _measures(
        "O12", "me.disposition_due",
        "me.state = 'evaluated' AND NOT EXISTS (SELECT 1 FROM disposition p"
        " WHERE p.municipality_id = :m AND p.measure_id = me.id)",
    ),
    # With a grant: whether it leaves the measure without money is told from all its lines.
    _measures(
        GRANT,
        "(SELECT MIN(g.grant_end) FROM budget_line g WHERE g.municipality_id = :m"
        " AND g.measure_id = me.id)",
        f"me.state IN {_BOUND}",
    ),
    _measures("O16", "me.review_on", "me.state = 'suspended'"),
    _measures(
        "O18", "p.committed_on", f"me.state IN {_BOUND}", "o.code",
        "JOIN measure_partner p ON p.municipality_id = :m AND p.measure_id = me.id"
        " JOIN org_unit o ON o.municipality_id = :m AND o.id = p.org_unit_id",
    ),
)  # fmt: skip


def _decided(noun: str, table: str, unit: str) -> str:
    """Find the conditions of decisions on a goal or a report."""
    return f"""
SELECT 'O11' AS rule, x.id, {_WHICH} AS about, d.due AS basis, {_NO_DAY} AS asked,
  {unit} AS unit_id, x.cycle_id, {_NONE} AS binding, FALSE AS taken_over, {_NONE} AS raised_to
FROM {table} x JOIN rounds c ON c.id = x.cycle_id {_conditions(f"{noun}_id = x.id")}
WHERE x.municipality_id = :m AND d.due IS NOT NULL"""


_PLANNED: Final = """COALESCE((SELECT MIN(d.due) FROM deadline d WHERE d.municipality_id = :m
    AND d.cycle_id = c.id AND d.met_on IS NULL AND d.code = 'stage_' || c.stage),
  CASE WHEN c.stage = 'evaluation' THEN c.period_end END)"""
# The newest report presented in any round of its line; a new town is not late on its first day.
_PRESENTED: Final = """COALESCE((SELECT MAX(p.presented_on) FROM report p
    JOIN cycle e ON e.municipality_id = :m AND e.id = p.cycle_id
    WHERE p.municipality_id = :m AND e.lineage_id = c.lineage_id),
  CASE WHEN c.period_start > town.started_on THEN c.period_start ELSE town.started_on END)"""
_LAST_OPEN: Final = """c.stage <> 'closed' AND NOT EXISTS (SELECT 1 FROM cycle n
    WHERE n.municipality_id = :m AND n.predecessor_id = c.id)"""

_ON_OTHERS: Final = {
    "finding": (_of_gap("O1", "finding_without_response"),),
    "report": (_of_gap("O2", "report_not_presented"), _decided("report", "report", _NONE)),
    "goal": (
        _of_gap(
            "O3", "goal_without_target", "g.added_on",
            "JOIN goal g ON g.municipality_id = :m AND g.id = x.id",
        ),
        _decided("goal", "goal", "x.owner_id"),
    ),
    "recommendation": (
        _of_gap(
            "O13", "recommendation_unanswered", "a.given_on",
            "JOIN recommendation a ON a.municipality_id = :m AND a.id = x.id",
        ),
    ),
    "round": (
        _of_round("O17", _PLANNED, where="c.stage <> 'closed'"),
        _of_round("O11", "d.due", _deadlines("cycle_id = c.id"), "c.stage <> 'closed'", _WHICH),
        _of_round("O11", "d.due", _conditions("cycle_id = c.id"), about=_WHICH),
        _of_gap("O19", "next_round_missing"),
        _of_round(
            "O19", _PRESENTED, "JOIN municipality town ON town.id = :m", _LAST_OPEN,
            f"'{UNREPORTED}'",
        ),
    ),
}  # fmt: skip
OF_OTHERS: Final = {
    noun: f"WITH {ROUNDS}, found AS ({' UNION ALL '.join(arms)}) SELECT x.* FROM found x"
    for noun, arms in _ON_OTHERS.items()
}
OF_MEASURES: Final = f"WITH {_SOME} {' UNION ALL '.join(_ON_MEASURES)}"

MONEY: Final = f"""
WITH {_SOME}
SELECT me.id, me.lead_id AS unit_id, me.cycle_id, me.taken_over, me.raised_to, me.is_ongoing,
  COALESCE(me.forecast_end, me.planned_end) AS ends, l.year, l.funding, l.planned_cents,
  l.approved_cents, l.grant_end
FROM chosen me JOIN budget_line l ON l.municipality_id = :m AND l.measure_id = me.id
ORDER BY me.id, l.year, l.funding
"""
VALUES: Final = """
SELECT i.id, i.frequency, i.publication_lag_days AS lag_days, MAX(o.period_end) AS newest
FROM indicator i
JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
  AND o.status <> 'pending'
WHERE i.municipality_id = :m AND {where}
GROUP BY i.id, i.frequency, i.publication_lag_days
"""
