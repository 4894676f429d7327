"""Whether a goal still has a live measure behind it, or several."""

from cycle.reading.door import Reader

_LIVE = """
SELECT COUNT(*) FROM measure_goal l
JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
LEFT JOIN disposition d ON d.municipality_id = :m AND d.measure_id = me.id
WHERE l.municipality_id = :m AND l.goal_id = :goal
  AND me.state NOT IN ('rejected', 'cancelled', 'superseded')
  AND (me.state <> 'reported' OR d.choice <> 'stop')
"""


def covered(reader: Reader, goal_id: str) -> bool:
    """Tell whether a measure that is not off the circle and not stopped serves the goal."""
    return bool(reader.value(_LIVE, goal=goal_id))


def shared(reader: Reader, goal_id: str) -> bool:
    """Tell whether several measures serve the goal, so that none of them is its effect alone."""
    return int(reader.value(_LIVE, goal=goal_id)) > 1
