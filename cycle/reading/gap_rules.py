"""Where the circle is open: for every rule the records it finds, as arms of one statement.

Each arm gives noun, id, key, title, since when, round, unit and guard. A round taken over as
closed owes nothing, so its records are never looked at.
"""

from typing import Final

from cycle.machine.gaps import BY_ID, RULES
from cycle.reading.open_ends import INCOMPLETE, OWING_ROUND, UNAGREED, UNANSWERED

_NONE: Final = "CAST(NULL AS TEXT)"
_NO_DAY: Final = "CAST(NULL AS DATE)"
_GONE: Final = "('rejected', 'cancelled', 'superseded')"
_FINAL: Final = "('reported', 'rejected', 'cancelled', 'superseded')"
_RUNNING: Final = "('approved', 'in_progress', 'suspended')"
_STRIVEN_FOR: Final = "('draft', 'agreed', 'adopted')"

ROUNDS: Final = """
rounds AS (
  SELECT c.id, c.ref, c.title, c.stage, c.closed_on, c.period_start FROM cycle c
  WHERE c.municipality_id = :m AND NOT (c.taken_over AND c.stage = 'closed')
)"""


def _measures(where: str, since: str = _NO_DAY, also: str = "", guard: str = _NONE) -> str:
    return f"""
SELECT 'measure' AS noun, me.id, me.ref, me.title, {since} AS since, me.cycle_id,
  me.lead_id AS unit_id, {guard} AS guard
FROM measure me JOIN rounds c ON c.id = me.cycle_id {also}
WHERE me.municipality_id = :m AND {where}"""


def _goals(where: str) -> str:
    return f"""
SELECT 'goal' AS noun, g.id, g.ref, g.text AS title, {_NO_DAY} AS since, g.cycle_id,
  g.owner_id AS unit_id, {_NONE} AS guard
FROM goal g JOIN rounds c ON c.id = g.cycle_id AND c.stage <> 'closed'
WHERE g.municipality_id = :m AND g.status IN {_STRIVEN_FOR} AND {where}"""


def _findings(where: str) -> str:
    return f"""
SELECT 'finding' AS noun, f.id, f.ref, f.text AS title, r.presented_on AS since, r.cycle_id,
  {_NONE} AS unit_id, {_NONE} AS guard
FROM finding f
JOIN report r ON r.municipality_id = :m AND r.id = f.report_id
JOIN rounds c ON c.id = r.cycle_id
WHERE f.municipality_id = :m AND {where}"""


def _rounds(where: str, since: str = "c.period_start", also: str = "", guard: str = _NONE) -> str:
    return f"""
SELECT 'round' AS noun, c.id, c.ref, c.title, {since} AS since, c.id AS cycle_id,
  {_NONE} AS unit_id, {guard} AS guard
FROM rounds c {also} WHERE {where}"""


_REPORTS: Final = f"""
SELECT 'report' AS noun, r.id, r.ref, r.title, r.approved_on AS since, r.cycle_id,
  {_NONE} AS unit_id, {_NONE} AS guard
FROM report r JOIN rounds c ON c.id = r.cycle_id
WHERE r.municipality_id = :m AND r.presented_on IS NULL
  AND (r.status = 'approved' OR (r.status = 'draft' AND c.stage <> 'report'))"""

_ADVICE: Final = f"""
SELECT 'recommendation' AS noun, r.id, r.ref, r.text AS title, {_NO_DAY} AS since,
  c.id AS cycle_id, r.addressee_id AS unit_id, {_NONE} AS guard
FROM recommendation r
LEFT JOIN finding f ON f.municipality_id = :m AND f.id = r.finding_id
LEFT JOIN report p ON p.municipality_id = :m AND p.id = f.report_id
JOIN rounds c ON c.id = {OWING_ROUND}
WHERE r.municipality_id = :m AND r.response IS NULL"""

_ANSWERS: Final = """EXISTS (SELECT 1 FROM measure_finding l
    WHERE l.municipality_id = :m AND l.measure_id = me.id)
  OR EXISTS (SELECT 1 FROM measure_goal l
    JOIN goal_finding f ON f.municipality_id = :m AND f.goal_id = l.goal_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id)"""

_SERVED: Final = f"""EXISTS (SELECT 1 FROM measure_goal l
    JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
      AND me.state NOT IN {_GONE}
    WHERE l.municipality_id = :m AND l.goal_id = g.id)"""

_PARENT: Final = """EXISTS (SELECT 1 FROM goal x
    WHERE x.municipality_id = :m AND x.parent_id = g.id AND x.status <> 'dropped')"""

_LEVELS: Final = """(SELECT {how}(i.result_level) FROM goal_target t
    JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
    JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
    WHERE t.municipality_id = :m AND t.goal_id = g.id AND t.replaced_on IS NULL)"""

_MONEY: Final = """EXISTS (SELECT 1 FROM budget_line l
    WHERE l.municipality_id = :m AND l.measure_id = me.id AND l.approved_cents > 0)"""

_COSTS: Final = """EXISTS (SELECT 1 FROM consequence k
    WHERE k.municipality_id = :m AND k.measure_id = me.id AND k.kind = 'financial'
      AND (k.state = 'open' OR (k.state = 'assessed'
        AND COALESCE(k.one_off_cents, 0) + COALESCE(k.annual_cents, 0) > 0
        AND COALESCE(k.cover, '') NOT IN ('budgeted', 'reallocation'))))"""

_INVOLVED: Final = """EXISTS (SELECT 1 FROM participation p
    WHERE p.municipality_id = :m AND (p.cycle_id = c.id
      OR p.measure_id IN (SELECT me.id FROM measure me
        WHERE me.municipality_id = :m AND me.cycle_id = c.id)
      OR p.goal_id IN (SELECT g.id FROM goal g
        WHERE g.municipality_id = :m AND g.cycle_id = c.id)))"""

# The strands of a round, of its goals and measures, and of open rounds in the same field.
_STRANDS: Final = """(SELECT COUNT(DISTINCT s.strand) FROM (
    SELECT n.strand, n.cycle_id FROM cycle_strand n WHERE n.municipality_id = :m
    UNION SELECT g.strand, g.cycle_id FROM goal g
      WHERE g.municipality_id = :m AND g.strand IS NOT NULL
    UNION SELECT me.strand, me.cycle_id FROM measure me
      WHERE me.municipality_id = :m AND me.strand IS NOT NULL
    UNION SELECT n.strand, ours.cycle_id FROM cycle_field ours
      JOIN cycle_field theirs ON theirs.municipality_id = :m AND theirs.field_id = ours.field_id
      JOIN cycle o ON o.municipality_id = :m AND o.id = theirs.cycle_id AND o.stage <> 'closed'
      JOIN cycle_strand n ON n.municipality_id = :m AND n.cycle_id = o.id
      WHERE ours.municipality_id = :m
  ) AS s WHERE s.cycle_id = c.id)"""

_OWED_BY_MEASURE: Final = """JOIN owed o ON o.municipality_id = :m AND o.measure_id = me.id
  AND o.settled_on IS NULL"""
_OWED_BY_ROUND: Final = """JOIN owed o ON o.municipality_id = :m AND o.cycle_id = c.id
  AND o.settled_on IS NULL"""
_CONCLUDED: Final = """(SELECT MAX(e.concluded_on) FROM evaluation_measure l
    JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id AND e.status = 'final'
    WHERE l.municipality_id = :m AND l.measure_id = me.id)"""

ARMS: Final = {
    "finding_without_response": _findings(UNANSWERED),
    "report_not_presented": _REPORTS,
    "evaluation_owed": _measures("me.state = 'implemented'", "me.actual_end"),
    "feedback_missing": _measures("me.state = 'evaluated'", _CONCLUDED),
    "recommendation_unanswered": _ADVICE,
    "next_round_missing": _rounds(
        "c.stage = 'closed' AND NOT EXISTS (SELECT 1 FROM cycle n"
        " WHERE n.municipality_id = :m AND n.predecessor_id = c.id)",
        "c.closed_on",
    ),
    "lead_missing": _measures(f"me.state NOT IN {_FINAL} AND me.lead_id IS NULL"),
    "goal_without_measure": _goals(f"NOT {_SERVED} AND NOT {_PARENT}"),
    "goal_without_target": _goals(f"g.level = 'operational' AND {INCOMPLETE}"),
    "measure_without_finding": _measures(f"me.state NOT IN {_FINAL} AND NOT ({_ANSWERS})"),
    "evaluation_not_planned": _measures(
        f"me.state IN {_RUNNING} AND me.next_evaluation_due IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM evaluation_plan p"
        " WHERE p.municipality_id = :m AND p.measure_id = me.id)"
    ),
    "budget_missing": _measures(f"me.state IN {_RUNNING} AND {_COSTS} AND NOT {_MONEY}"),
    "participation_missing": _rounds(f"c.stage <> 'closed' AND NOT {_INVOLVED}"),
    "agreement_missing": _goals(UNAGREED),
    "goal_unclassified": _goals("g.level = 'open'"),
    "goal_only_output": _goals(
        f"{_LEVELS.format(how='MIN')} >= 1 AND {_LEVELS.format(how='MAX')} <= 3"
    ),
    "finding_without_area": _findings(
        "NOT EXISTS (SELECT 1 FROM finding_area l"
        " WHERE l.municipality_id = :m AND l.finding_id = f.id)"
    ),
    "strand_unlinked": _rounds(
        "c.stage <> 'closed' AND EXISTS (SELECT 1 FROM cycle_strand n"
        f" WHERE n.municipality_id = :m AND n.cycle_id = c.id) AND {_STRANDS} < 3"
    ),
    "owed": _measures(
        f"NOT me.taken_over AND me.state NOT IN {_FINAL}", "o.since", _OWED_BY_MEASURE, "o.guard"
    ),
    "owed_round": _rounds("1 = 1", "o.since", _OWED_BY_ROUND, "o.guard"),
    "state_unknown": _measures("me.taken_over AND me.state = 'draft'", "me.source_date"),
    "owed_taken_over": _measures(
        f"me.taken_over AND me.state NOT IN {_FINAL}", "o.since", _OWED_BY_MEASURE, "o.guard"
    ),
}


def _found(noun: str) -> str:
    arms = (
        f"SELECT '{rule}' AS rule, a.* FROM ({arm}) AS a"
        for rule, arm in ARMS.items()
        if BY_ID[rule].noun == noun
    )
    return " UNION ALL ".join(arms)


BY_NOUN: Final = {noun: _found(noun) for noun in {rule.noun for rule in RULES} - {"indicator"}}
