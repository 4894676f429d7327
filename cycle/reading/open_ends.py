"""What gaps, overdue and the guards of a round call open: each condition written once.

The aliases are those of the tables: `f` a finding, `g` a goal, `r` a recommendation with the
report `p` of its finding.
"""

from typing import Final

UNANSWERED: Final = "(f.severity = 'act' AND f.response IS NULL)"

_TARGET: Final = """EXISTS (SELECT 1 FROM goal_target t
    WHERE t.municipality_id = :m AND t.goal_id = g.id AND t.replaced_on IS NULL
      AND t.target_value IS NOT NULL AND t.target_date IS NOT NULL{more})"""
# A plan for the data is why an exception may be made, but no baseline yet.
INCOMPLETE: Final = f"""((g.qualitative_criterion IS NULL AND NOT {_TARGET.format(more="")})
  OR {_TARGET.format(more=" AND t.baseline_id IS NULL")})"""

# Who objected has not agreed.
UNAGREED: Final = """NOT EXISTS (SELECT 1 FROM goal_agreement x
    WHERE x.municipality_id = :m AND x.goal_id = g.id AND x.kind <> 'objected')"""

# Owed by the round it was handed on to, else by the one of its report or its measure.
OWING_ROUND: Final = """COALESCE(r.cycle_id, p.cycle_id, (
  SELECT MAX(me.cycle_id) FROM evaluation_measure l
  JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
  WHERE l.municipality_id = :m AND l.evaluation_id = r.evaluation_id))"""
