"""Targets with the value they start from and the newest one that compares with it: one statement.

A target stays with its definition; values of a later one count only where every definition since
says that it compares. Of a value revised, the latest vintage counts.
"""

from typing import Final


def _newest(alias: str) -> str:
    """Give the condition that no later vintage of the same cell is there."""
    return f"""NOT EXISTS (SELECT 1 FROM observation n WHERE n.municipality_id = :m
      AND n.indicator_version_id = {alias}.indicator_version_id AND n.area_id = {alias}.area_id
      AND n.period_start = {alias}.period_start AND n.period_end = {alias}.period_end
      AND n.breakdown = {alias}.breakdown AND n.vintage > {alias}.vintage)"""


def _value(alias: str) -> str:
    """Give the value; the sign for exactly nothing is a zero."""
    return f"CASE WHEN {alias}.status = 'nil' THEN '0' ELSE {alias}.value END"


def _town(alias: str, of: str) -> str:
    """Give the join to the value of the whole town in the same period."""
    return f"""LEFT JOIN observation {alias} ON a.kind = 'reduce_gap'
  AND {alias}.municipality_id = :m AND {alias}.breakdown = ''
  AND {alias}.indicator_version_id = {of}.indicator_version_id
  AND {alias}.area_id = (SELECT id FROM whole)
  AND {alias}.period_start = {of}.period_start AND {alias}.period_end = {of}.period_end
  AND {_newest(alias)}"""


_AIMS: Final = """
whole AS (
  SELECT w.id FROM area w JOIN municipality mu ON mu.id = :m
  WHERE w.municipality_id = :m AND w.level = 0
  ORDER BY CASE WHEN w.code = mu.ags THEN 0 ELSE 1 END, w.valid_from DESC LIMIT 1
),
aims AS (
  SELECT t.id, t.goal_id, t.kind, t.target_value, t.target_date, t.tolerance, t.path,
    t.not_comparable_since, t.baseline_id, COALESCE(t.area_id, (SELECT id FROM whole)) AS area_id,
    v.indicator_id, v.no
  FROM goal_target t
  JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
  WHERE t.municipality_id = :m AND t.replaced_on IS NULL AND {where}
)"""
_SEEN: Final = f"""
chain AS (
  SELECT a.id AS target_id, a.area_id, w.id AS version_id, w.no FROM aims a
  STRAIGHT JOIN indicator_version w ON w.municipality_id = :m AND w.indicator_id = a.indicator_id
    AND w.no >= a.no
  WHERE NOT EXISTS (SELECT 1 FROM indicator_version x WHERE x.municipality_id = :m
    AND x.indicator_id = a.indicator_id AND x.no > a.no AND x.no <= w.no
    AND x.comparable <> 'yes')
),
seen AS (
  SELECT c.target_id, o.indicator_version_id, o.period_start, o.period_end, o.status,
    {_value("o")} AS value, o.numerator, o.denominator, o.protected_at_source,
    ROW_NUMBER() OVER (PARTITION BY c.target_id
      ORDER BY o.period_end DESC, c.no DESC, o.vintage DESC, o.period_start DESC) AS place
  FROM chain c
  STRAIGHT JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = c.version_id
    AND o.area_id = c.area_id AND o.breakdown = '' AND o.status <> 'pending'
  WHERE {_newest("o")}
)"""
TARGETS: Final = f"""
WITH {_AIMS}, {_SEEN}
SELECT a.id, a.goal_id, i.name AS indicator, p.name AS area, a.kind, a.target_value AS aim,
  a.target_date AS due, a.tolerance, a.path, a.not_comparable_since,
  i.measure_type = 'share' AS share, i.frequency, i.publication_lag_days AS lag_days,
  (SELECT string_agg(CAST(s.due AS TEXT) || '=' || s.value, '|') FROM target_step s
    WHERE s.municipality_id = :m AND s.goal_target_id = a.id) AS steps,
  (SELECT MIN(x.valid_from) FROM indicator_version x WHERE x.municipality_id = :m
    AND x.indicator_id = a.indicator_id AND x.no > a.no AND x.comparable <> 'yes')
    AS redefined_on,
  (SELECT MIN(x.on_date) FROM area_succession x WHERE x.municipality_id = :m
    AND a.area_id IN (x.from_area_id, x.to_area_id) AND x.kind <> 'rename'
    AND b.period_end < x.on_date AND b.basis <> 'recalculated') AS moved_on,
  {_value("b")} AS baseline, b.period_end AS baseline_on, b.numerator AS b_num,
  b.denominator AS b_den, {_value("bw")} AS baseline_city, bw.numerator AS bw_num,
  bw.denominator AS bw_den, o.value, o.period_end AS newest_on, o.status, o.numerator,
  o.denominator, o.protected_at_source, {_value("ow")} AS city, ow.numerator AS ow_num,
  ow.denominator AS ow_den
FROM aims a
STRAIGHT JOIN indicator i ON i.municipality_id = :m AND i.id = a.indicator_id
LEFT JOIN area p ON p.municipality_id = :m AND p.id = a.area_id
LEFT JOIN observation f ON f.municipality_id = :m AND f.id = a.baseline_id
LEFT JOIN observation b ON b.municipality_id = :m
  AND b.indicator_version_id = f.indicator_version_id AND b.area_id = f.area_id
  AND b.period_start = f.period_start AND b.period_end = f.period_end
  AND b.breakdown = f.breakdown AND {_newest("b")}
LEFT JOIN seen o ON o.target_id = a.id AND o.place = 1
{_town("bw", "b")}
{_town("ow", "o")}
ORDER BY i.code, a.id
"""
