"""The facts the guards of measures ask, for one measure or a thousand, by one statement.

Every child table is summed up once for the picked measures (PostgreSQL would do so once a measure
were it not told), so that lists, offers and moves cost the same number of statements.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from cycle.machine.facts import Ask, MeasureFacts
from cycle.reading.door import Reader, many
from cycle.reading.town import TownRow, town

_ADOPTED = "('adopted', 'adopted_amended')"
_PICKED = """
picked AS MATERIALIZED (
  SELECT me.id, me.cycle_id, me.citywide FROM measure me
  JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
  WHERE me.municipality_id = :m AND {where}
)"""

_CONSEQUENCES = """
demands AS MATERIALIZED (
  SELECT k.measure_id,
    string_agg(CASE WHEN k.state = 'open' THEN k.kind END, '|') AS open_consequences,
    string_agg(CASE WHEN k.state = 'none' AND k.text IS NULL THEN k.kind END, '|')
      AS unexplained_consequences,
    string_agg(CASE WHEN k.state <> 'open' AND k.assessed_on < :stale THEN k.kind END, '|')
      AS stale_consequences,
    COUNT(k.countersigned_on) AS countersigned
  FROM picked STRAIGHT JOIN consequence k ON k.municipality_id = :m AND k.measure_id = picked.id
  GROUP BY k.measure_id
)"""

# A corrected decision does not count; a repealed one counts as repealed only.
_DECISIONS = f"""
spoken AS MATERIALIZED (
  SELECT s.measure_id, d.id, d.ref, d.decided_on, d.result, d.kind, d.early_start,
    d.amendment_confirmed_on, k.paper_id, k.role,
    (d.result IN {_ADOPTED} AND (
      (d.kind = 'resolution' AND k.role = 'deciding') OR d.kind = 'urgent'
      OR (d.kind = 'administrative' AND me.binding = 'administrative')
      OR (d.kind = 'commitment' AND me.binding IN ('voluntary_commitment', 'contract'))
      OR (d.kind = 'contract' AND me.binding IN ('voluntary_commitment', 'contract')))) AS counts,
    COALESCE(b.kind IN ('council', 'county_council'), FALSE) AS council,
    EXISTS (SELECT 1 FROM decision r WHERE r.municipality_id = :m AND r.repeals_id = d.id
      AND r.result IN {_ADOPTED} AND NOT EXISTS (SELECT 1 FROM decision y
        WHERE y.municipality_id = :m AND y.corrects_id = r.id)) AS repealed,
    d.repeals_id IS NOT NULL AS repeals
  FROM picked
  STRAIGHT JOIN decision_subject s ON s.municipality_id = :m AND s.measure_id = picked.id
  JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
  JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id
  LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
  LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
  WHERE NOT EXISTS (SELECT 1 FROM decision x WHERE x.municipality_id = :m
      AND x.corrects_id = d.id)
),
latest AS MATERIALIZED (
  SELECT measure_id, result AS outcome, ROW_NUMBER() OVER (
    PARTITION BY measure_id ORDER BY decided_on DESC, ref DESC) AS place
  FROM spoken WHERE NOT repeals AND (role = 'deciding' OR kind <> 'resolution'
    OR result IN ('deferred', 'referred', 'removed', 'withdrawn'))
),
decided AS MATERIALIZED (
  SELECT measure_id,
    MAX(CASE WHEN counts AND NOT repealed AND NOT repeals THEN 1 ELSE 0 END) AS adopted,
    MAX(CASE WHEN counts AND NOT repealed AND NOT repeals THEN decided_on END) AS adopted_on,
    MAX(CASE WHEN counts AND council AND NOT repealed AND NOT repeals THEN 1 ELSE 0 END)
      AS adopted_by_council,
    MAX(CASE WHEN counts AND NOT repealed AND result = 'adopted_amended' THEN 1 ELSE 0 END)
      AS amended,
    MIN(CASE WHEN counts AND NOT repealed AND result = 'adopted_amended'
      THEN CASE WHEN amendment_confirmed_on IS NULL THEN 0 ELSE 1 END ELSE 1 END)
      AS amendment_confirmed,
    MAX(CASE WHEN result = 'noted' OR (kind = 'administrative' AND result IN {_ADOPTED})
      THEN 1 ELSE 0 END) AS noted,
    MAX(CASE WHEN repealed THEN 1 ELSE 0 END) AS repealed,
    MAX(CASE WHEN early_start THEN 1 ELSE 0 END) AS early_start
  FROM spoken GROUP BY measure_id
),
heard AS MATERIALIZED (
  SELECT DISTINCT s.measure_id FROM spoken s
  STRAIGHT JOIN consultation k ON k.municipality_id = :m AND k.paper_id = s.paper_id
  JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
  WHERE s.counts AND b.kind = 'youth_welfare_committee' AND k.meeting_date <= s.decided_on
    AND k.outcome NOT IN ('removed', 'withdrawn')
),
reserved AS MATERIALIZED (
  SELECT DISTINCT s.measure_id FROM spoken s
  STRAIGHT JOIN condition k ON k.municipality_id = :m AND k.decision_id = s.id
  WHERE s.counts AND NOT s.repealed AND k.code = 'budget_reservation' AND k.met_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM budget_line l WHERE l.municipality_id = :m
      AND l.measure_id = s.measure_id AND l.approved_cents > 0)
)"""

_GOALS = """
goals AS MATERIALIZED (
  SELECT l.measure_id, COUNT(*) AS goals,
    SUM(CASE WHEN l.contribution = 'main' THEN 1 ELSE 0 END) AS main_goals,
    MAX(CASE WHEN l.contribution = 'main' THEN l.goal_id END) AS goal_id
  FROM picked STRAIGHT JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = picked.id
  GROUP BY l.measure_id
),
targets AS MATERIALIZED (
  SELECT t.goal_id,
    SUM(CASE WHEN t.target_value IS NOT NULL AND t.target_date IS NOT NULL THEN 1 ELSE 0 END)
      AS main_goal_targets,
    SUM(CASE WHEN t.baseline_id IS NOT NULL AND t.target_value IS NOT NULL THEN 1 ELSE 0 END)
      AS main_goal_baselines
  FROM (SELECT DISTINCT goal_id FROM goals) AS main
  STRAIGHT JOIN goal_target t ON t.municipality_id = :m AND t.goal_id = main.goal_id
    AND t.replaced_on IS NULL
  GROUP BY t.goal_id
),
answered AS MATERIALIZED (
  SELECT measure_id, COUNT(DISTINCT finding_id) AS findings FROM (
    SELECT f.measure_id, f.finding_id FROM picked
    STRAIGHT JOIN measure_finding f ON f.municipality_id = :m AND f.measure_id = picked.id
    UNION ALL
    SELECT l.measure_id, f.finding_id FROM picked
    STRAIGHT JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = picked.id
    STRAIGHT JOIN goal_finding f ON f.municipality_id = :m AND f.goal_id = l.goal_id
  ) AS both_ways GROUP BY measure_id
)"""

# Its own involvement counts; that of its goal or round where it took place in one of its areas.
_THERE = """(me.citywide OR NOT EXISTS (SELECT 1 FROM participation_area a
      WHERE a.municipality_id = :m AND a.participation_id = p.id)
    OR EXISTS (SELECT 1 FROM participation_area a
      JOIN measure_area w ON w.municipality_id = :m AND w.area_id = a.area_id
        AND w.measure_id = me.id
      WHERE a.municipality_id = :m AND a.participation_id = p.id))"""
_INVOLVEMENT = f"""
involved AS MATERIALIZED (
  SELECT x.measure_id,
    MAX(CASE WHEN g.group_kind IN ('residents', 'target_group', 'youth')
      AND x.influence_level <> 'inform' THEN 1 ELSE 0 END) AS participation,
    MAX(CASE WHEN g.group_kind = 'independent_providers' THEN 1 ELSE 0 END) AS providers_heard
  FROM (
    SELECT me.id AS measure_id, p.id, p.influence_level FROM picked me
    STRAIGHT JOIN participation p ON p.municipality_id = :m AND p.measure_id = me.id
    UNION ALL
    SELECT me.id, p.id, p.influence_level FROM picked me
    STRAIGHT JOIN participation p ON p.municipality_id = :m AND p.cycle_id = me.cycle_id
    WHERE {_THERE}
    UNION ALL
    SELECT me.id, p.id, p.influence_level FROM picked me
    STRAIGHT JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = me.id
    STRAIGHT JOIN participation p ON p.municipality_id = :m AND p.goal_id = l.goal_id
    WHERE {_THERE}
  ) AS x
  STRAIGHT JOIN participation_group g ON g.municipality_id = :m AND g.participation_id = x.id
  GROUP BY x.measure_id
)"""

_DUTIES = """
steps AS MATERIALIZED (
  SELECT s.measure_id, COUNT(*) AS milestones,
    SUM(CASE WHEN s.done_on IS NULL AND s.dropped_on IS NULL THEN 1 ELSE 0 END)
      AS open_milestones
  FROM picked STRAIGHT JOIN milestone s ON s.municipality_id = :m AND s.measure_id = picked.id
  GROUP BY s.measure_id
),
told AS MATERIALIZED (
  SELECT p.measure_id,
    MAX(CASE WHEN p.course = 'done' THEN 1 ELSE 0 END) AS final_progress
  FROM picked STRAIGHT JOIN progress p ON p.municipality_id = :m AND p.measure_id = picked.id
  GROUP BY p.measure_id
),
partners AS MATERIALIZED (
  SELECT p.measure_id, string_agg(o.code, '|') AS uncommitted_partners
  FROM picked
  STRAIGHT JOIN measure_partner p ON p.municipality_id = :m AND p.measure_id = picked.id
    AND p.committed_on IS NULL
  JOIN org_unit o ON o.municipality_id = :m AND o.id = p.org_unit_id
  GROUP BY p.measure_id
),
exceptions AS MATERIALIZED (
  SELECT w.measure_id, string_agg(w.guard, '|') AS waived
  FROM picked STRAIGHT JOIN waiver w ON w.municipality_id = :m AND w.measure_id = picked.id
    AND w.used_on IS NULL
  GROUP BY w.measure_id
)"""

_EVALUATION = """
judged AS MATERIALIZED (
  SELECT l.measure_id, e.id, e.ref, e.purpose, e.period_start, e.evaluator_kind, o.code,
    COALESCE(l.overall, e.overall) AS overall, COALESCE(l.text, e.text) AS text,
    ROW_NUMBER() OVER (PARTITION BY l.measure_id ORDER BY e.concluded_on DESC, e.ref DESC) AS place
  FROM picked
  STRAIGHT JOIN evaluation_measure l ON l.municipality_id = :m AND l.measure_id = picked.id
  JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id
    AND e.status = 'final' AND e.purpose = 'summative'
  LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = e.evaluator_unit_id
),
unfinished AS MATERIALIZED (
  SELECT DISTINCT l.measure_id FROM picked
  STRAIGHT JOIN evaluation_measure l ON l.municipality_id = :m AND l.measure_id = picked.id
  JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id
    AND e.status IN ('planned', 'running', 'draft')
),
advised AS MATERIALIZED (
  SELECT l.measure_id, COUNT(DISTINCT r.id) AS open_recommendations,
    string_agg(r.ref, '|') AS unanswered
  FROM picked
  STRAIGHT JOIN evaluation_measure l ON l.municipality_id = :m AND l.measure_id = picked.id
  JOIN recommendation r ON r.municipality_id = :m AND r.evaluation_id = l.evaluation_id
    AND r.response IS NULL
  GROUP BY l.measure_id
)"""

_SELECT = """
SELECT me.ref AS key, me.title, me.state, me.version, me.binding, me.mandate, me.is_ongoing,
  me.planned_start, me.planned_end, me.period_text, me.actual_start, me.actual_end,
  me.suspended_on, me.citywide, me.origin, me.raised_to, me.taken_over, me.moves,
  me.dossier_changed,  me.proposed_by_id AS proposed_by, c.ref AS cycle, c.stage AS cycle_stage,
  c.stage <> 'closed' AS cycle_open, lead.code AS lead,
  (SELECT MIN(o.code) FROM account_role ar
    JOIN account_unit au ON au.municipality_id = :m AND au.account_id = ar.account_id
    JOIN org_unit o ON o.municipality_id = :m AND o.id = au.org_unit_id
    WHERE ar.municipality_id = :m AND ar.role = 'finance') AS finance_unit,
  (SELECT COUNT(*) FROM measure_area a WHERE a.municipality_id = :m AND a.measure_id = me.id)
    AS areas,
  EXISTS (SELECT 1 FROM measure_field mf
    JOIN field_of_action f ON f.municipality_id = :m AND f.id = mf.field_id AND f.youth_welfare
    WHERE mf.municipality_id = :m AND mf.measure_id = me.id) AS youth_welfare,
  COALESCE(goals.goals, 0) AS goals, COALESCE(goals.main_goals, 0) AS main_goals,
  g.ref AS main_goal, g.level AS main_goal_level,
  g.qualitative_criterion IS NOT NULL AS main_goal_criterion,
  COALESCE(targets.main_goal_targets, 0) AS main_goal_targets,
  COALESCE(targets.main_goal_baselines, 0) AS main_goal_baselines,
  COALESCE(answered.findings, 0) AS findings,
  demands.open_consequences, demands.unexplained_consequences, demands.stale_consequences,
  COALESCE(demands.countersigned, 0) > 0 AS countersigned,
  COALESCE(involved.participation, 0) > 0 AS participation,
  COALESCE(involved.providers_heard, 0) > 0 AS providers_heard,
  EXISTS (SELECT 1 FROM evaluation_plan p WHERE p.municipality_id = :m AND p.measure_id = me.id)
    AS evaluation_planned,
  (SELECT COUNT(*) FROM enforcement e WHERE e.municipality_id = :m AND e.measure_id = me.id)
    AS levers,
  partners.uncommitted_partners,
  COALESCE(decided.adopted, 0) > 0 AS adopted, decided.adopted_on,
  COALESCE(decided.adopted_by_council, 0) > 0 AS adopted_by_council,
  COALESCE(decided.amended, 0) > 0 AS amended,
  COALESCE(decided.amendment_confirmed, 1) > 0 AS amendment_confirmed,
  COALESCE(decided.noted, 0) > 0 AS noted, COALESCE(decided.repealed, 0) > 0
    AND COALESCE(decided.adopted, 0) = 0 AS repealed,
  COALESCE(decided.early_start, 0) > 0 AS early_start, latest.outcome,
  heard.measure_id IS NOT NULL AS youth_heard,
  reserved.measure_id IS NOT NULL AS budget_reserved,
  COALESCE(steps.milestones, 0) AS milestones, COALESCE(steps.open_milestones, 0)
    AS open_milestones,
  COALESCE(told.final_progress, 0) > 0 AS final_progress,
  (me.costs_cents IS NOT NULL OR EXISTS (SELECT 1 FROM budget_line l
    WHERE l.municipality_id = :m AND l.measure_id = me.id)) AS costs_known,
  e.ref AS evaluation, unfinished.measure_id IS NOT NULL AS evaluation_open,
  e.purpose AS evaluation_purpose, e.period_start AS evaluation_start,
  e.overall AS evaluation_overall, e.text IS NOT NULL AS evaluation_text,
  (e.overall IS NOT NULL OR EXISTS (SELECT 1 FROM criterion_rating r WHERE r.municipality_id = :m
    AND r.evaluation_id = e.id AND r.criterion = 'effectiveness')) AS effectiveness_rated,
  (SELECT COUNT(*) FROM goal_target t WHERE t.municipality_id = :m AND t.goal_id = g.id
    AND t.replaced_on IS NULL AND t.target_value IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM indicator_result r WHERE r.municipality_id = :m AND r.goal_target_id = t.id
        AND r.evaluation_id = e.id)) AS targets_without_result,
  e.evaluator_kind, e.code AS evaluator_unit,
  d.choice AS disposition, d.reason IS NOT NULL AS disposition_reasoned,
  EXISTS (SELECT 1 FROM finding f JOIN report r ON r.municipality_id = :m AND r.id = f.report_id
    JOIN evaluation v ON v.municipality_id = :m AND v.id = f.origin_evaluation_id
      AND v.purpose = 'summative'
    WHERE f.municipality_id = :m AND f.origin_measure_id = me.id
      AND (r.cycle_id <> me.cycle_id OR r.kind IN ('progress_report', 'evaluation_report')))
    OR EXISTS (SELECT 1 FROM measure_link l
      STRAIGHT JOIN evaluation_measure x ON x.municipality_id = :m AND x.measure_id = me.id
      STRAIGHT JOIN finding f ON f.municipality_id = :m AND f.origin_measure_id = l.predecessor_id
        AND f.origin_evaluation_id = x.evaluation_id
      JOIN report r ON r.municipality_id = :m AND r.id = f.report_id
      WHERE l.municipality_id = :m AND l.successor_id = me.id AND l.kind IN ('merged', 'split')
        AND (r.cycle_id <> me.cycle_id OR r.kind IN ('progress_report', 'evaluation_report')))
    AS feedback,
  COALESCE(advised.open_recommendations, 0) AS open_recommendations, advised.unanswered,
  (SELECT COUNT(*) FROM measure_link l
    JOIN measure s ON s.municipality_id = :m AND s.id = l.successor_id
      AND s.state NOT IN ('rejected', 'cancelled', 'superseded')
    WHERE l.municipality_id = :m AND l.predecessor_id = me.id
      AND l.kind IN ('split', 'merged', 'replaced')) AS live_successors,
  exceptions.waived
FROM picked
STRAIGHT JOIN measure me ON me.municipality_id = :m AND me.id = picked.id
STRAIGHT JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
LEFT JOIN org_unit lead ON lead.municipality_id = :m AND lead.id = me.lead_id
LEFT JOIN goals ON goals.measure_id = me.id
LEFT JOIN goal g ON g.municipality_id = :m AND g.id = goals.goal_id
LEFT JOIN targets ON targets.goal_id = g.id
LEFT JOIN answered ON answered.measure_id = me.id
LEFT JOIN demands ON demands.measure_id = me.id
LEFT JOIN involved ON involved.measure_id = me.id
LEFT JOIN partners ON partners.measure_id = me.id
LEFT JOIN decided ON decided.measure_id = me.id
LEFT JOIN latest ON latest.measure_id = me.id AND latest.place = 1
LEFT JOIN heard ON heard.measure_id = me.id
LEFT JOIN reserved ON reserved.measure_id = me.id
LEFT JOIN steps ON steps.measure_id = me.id
LEFT JOIN told ON told.measure_id = me.id
LEFT JOIN exceptions ON exceptions.measure_id = me.id
LEFT JOIN judged e ON e.measure_id = me.id AND e.place = 1
LEFT JOIN unfinished ON unfinished.measure_id = me.id
LEFT JOIN advised ON advised.measure_id = me.id
LEFT JOIN disposition d ON d.municipality_id = :m AND d.measure_id = me.id
ORDER BY me.ref
"""

_WITH = (_PICKED, _CONSEQUENCES, _DECISIONS, _GOALS, _INVOLVEMENT, _DUTIES, _EVALUATION)


def facts(
    reader: Reader,
    *,
    today: date,
    keys: tuple[str, ...] | None = None,
    where: str = "1 = 1",
    values: Mapping[str, object] | None = None,
    ask: Ask | None = None,
) -> dict[str, MeasureFacts]:
    """Give the facts of the picked measures by key: those named, or those `where` finds.

    `where` may speak of `me` (measure) and `c` (its round).
    """
    here = town(reader)
    policy = here.policy
    given = dict(values or {})
    if keys is not None:
        listed, more = many("key", keys)
        where, given = f"({where}) AND me.ref IN ({listed})", given | more
    sql = f"WITH {', '.join(_WITH).format(where=where)} {_SELECT}"
    stale = today - timedelta(days=policy.consequence_valid_days)
    shared = {
        "today": today,
        "policy": policy,
        "take_over_until": here.take_over_until,
        "ask": ask or Ask(),
    }
    found = reader.rows(sql, MeasureFacts, also=shared, stale=stale, **given)
    return {row.key: _raised(row, here) for row in found}


def _raised(row: MeasureFacts, here: TownRow) -> MeasureFacts:
    """Give a measure that was raised above the town's policy its own."""
    return replace(row, policy=here.policy_of(row.raised_to)) if row.raised_to else row
