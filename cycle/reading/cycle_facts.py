"""The facts the guards of a round ask, by one statement, whatever the round holds."""

from datetime import date

from cycle.machine.cycles import CycleFacts
from cycle.machine.facts import Ask
from cycle.machine.policy import Policy
from cycle.reading.door import Reader
from cycle.reading.keys import unknown
from cycle.reading.open_ends import INCOMPLETE, OWING_ROUND, UNAGREED, UNANSWERED

_HERE = """
here AS (
  SELECT c.id FROM cycle c WHERE c.municipality_id = :m AND c.ref = :key
)"""

# What an evaluation or an earlier finding says has its source in them.
_FINDINGS = f"""
found AS (
  SELECT f.id, f.ref, f.severity, {UNANSWERED} AS unanswered, f.acknowledged_on,
    f.origin_evaluation_id IS NOT NULL AS fed_back,
    f.source IS NOT NULL OR f.origin_evaluation_id IS NOT NULL
      OR f.origin_finding_id IS NOT NULL OR EXISTS (SELECT 1 FROM finding_observation o
        WHERE o.municipality_id = :m AND o.finding_id = f.id) AS sourced
  FROM report r
  JOIN finding f ON f.municipality_id = :m AND f.report_id = r.id
  WHERE r.municipality_id = :m AND r.cycle_id IN (SELECT id FROM here)
)"""

# Only adopted operational goals are asked for target, agreement and rating.
_GOALS = f"""
aims AS (
  SELECT g.id, g.ref, g.rated_on, g.rated_observation_id,
    {INCOMPLETE} AS incomplete, {UNAGREED} AS unagreed
  FROM goal g
  WHERE g.municipality_id = :m AND g.cycle_id IN (SELECT id FROM here)
    AND g.level = 'operational' AND g.status IN ('adopted', 'achieved', 'missed')
),
outdated AS (
  SELECT a.id FROM aims a
  JOIN goal_target t ON t.municipality_id = :m AND t.goal_id = a.id AND t.replaced_on IS NULL
  JOIN observation o ON o.municipality_id = :m AND o.area_id = t.area_id
    AND o.indicator_version_id = t.indicator_version_id AND o.breakdown = ''
    AND o.value IS NOT NULL AND o.recorded_on > a.rated_on
  LEFT JOIN observation r ON r.municipality_id = :m AND r.id = a.rated_observation_id
  WHERE r.id IS NULL OR o.period_end > r.period_end
)"""

_MEASURES = f"""
work AS (
  SELECT me.id, me.ref, me.state,
    me.state IN ('reported', 'rejected', 'cancelled', 'superseded') AS final,
    me.state IN ('in_progress', 'suspended', 'implemented') AS ran
  FROM measure me
  WHERE me.municipality_id = :m AND me.cycle_id IN (SELECT id FROM here)
),
advice AS (
  SELECT r.ref FROM recommendation r
  LEFT JOIN finding f ON f.municipality_id = :m AND f.id = r.finding_id
  LEFT JOIN report p ON p.municipality_id = :m AND p.id = f.report_id
  WHERE r.municipality_id = :m AND r.response IS NULL AND {OWING_ROUND} IN (SELECT id FROM here)
)"""

# A decision on the round counts for the stage in which it was taken.
_SELECT = """
SELECT c.ref AS key, c.title, c.stage, p.ref AS predecessor, p.stage AS predecessor_stage,
  (SELECT COUNT(*) FROM report r WHERE r.municipality_id = :m AND r.cycle_id = c.id
    AND r.presented_on IS NOT NULL) AS reports_presented,
  (SELECT COUNT(*) FROM found) AS findings,
  (SELECT string_agg(f.ref, '|') FROM found f WHERE f.severity = 'act' AND NOT f.sourced)
    AS unsourced_findings,
  (SELECT string_agg(f.ref, '|') FROM found f WHERE f.fed_back AND f.acknowledged_on IS NULL)
    AS unread_feedback,
  (SELECT string_agg(f.ref, '|') FROM found f WHERE f.unanswered)
    AS unanswered_findings,
  (SELECT COUNT(*) FROM aims) AS adopted_goals,
  (SELECT string_agg(a.ref, '|') FROM aims a WHERE a.incomplete) AS goals_without_target,
  (SELECT string_agg(a.ref, '|') FROM aims a WHERE a.unagreed) AS goals_without_acceptance,
  (SELECT string_agg(w.ref, '|') FROM work w WHERE w.state IN ('draft', 'targeted', 'proposed'))
    AS undecided_measures,
  (SELECT string_agg(w.ref, '|') FROM work w WHERE w.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM progress s WHERE s.municipality_id = :m AND s.measure_id = w.id
      AND (s.text IS NOT NULL OR s.delay_reason IS NOT NULL))) AS unstarted_measures,
  (SELECT string_agg(w.ref, '|') FROM work w WHERE NOT w.final AND NOT EXISTS (
    SELECT 1 FROM disposition d WHERE d.municipality_id = :m AND d.measure_id = w.id))
    AS undisposed_measures,
  (SELECT string_agg(w.ref, '|') FROM work w WHERE w.ran AND EXISTS (
    SELECT 1 FROM disposition d WHERE d.municipality_id = :m AND d.measure_id = w.id)
    AND NOT EXISTS (SELECT 1 FROM waiver x WHERE x.municipality_id = :m
      AND x.measure_id = w.id AND x.guard = 'evaluation_owed')
    AND NOT EXISTS (SELECT 1 FROM evaluation_measure l
      JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id
        AND e.status = 'final' AND e.purpose = 'summative'
      WHERE l.municipality_id = :m AND l.measure_id = w.id)) AS unevaluated_measures,
  (SELECT string_agg(a.ref, '|') FROM aims a
    WHERE a.rated_on IS NULL OR a.id IN (SELECT id FROM outdated)) AS unrated_goals,
  (SELECT string_agg(r.ref, '|') FROM advice r) AS open_recommendations,
  (SELECT string_agg(w.ref, '|') FROM work w WHERE NOT w.final) AS open_measures,
  EXISTS (SELECT 1 FROM decision_subject s
    JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
      AND d.result IN ('adopted', 'adopted_amended')
    JOIN stage_entry e ON e.municipality_id = :m AND e.cycle_id = c.id AND e.left_on IS NULL
      AND e.entered_on < d.decided_on
    WHERE s.municipality_id = :m AND s.cycle_id = c.id AND NOT EXISTS (SELECT 1 FROM decision x
      WHERE x.municipality_id = :m AND (x.corrects_id = d.id OR x.repeals_id = d.id)))
    AS decision,
  (SELECT string_agg(w.guard, '|') FROM waiver w WHERE w.municipality_id = :m
    AND w.cycle_id = c.id AND w.used_on IS NULL) AS waived
FROM here
JOIN cycle c ON c.municipality_id = :m AND c.id = here.id
LEFT JOIN cycle p ON p.municipality_id = :m AND p.id = c.predecessor_id
"""

_FACTS = f"WITH {_HERE}, {_FINDINGS}, {_GOALS}, {_MEASURES} {_SELECT}"


def facts(
    reader: Reader, key: str, *, today: date, policy: Policy, ask: Ask | None = None
) -> CycleFacts:
    """Give the facts of one round; NotFound where there is none of that key."""
    shared = {"today": today, "policy": policy, "ask": ask or Ask()}
    found = reader.rows(_FACTS, CycleFacts, also=shared, key=key)
    if not found:
        raise unknown("round", key)
    return found[0]
