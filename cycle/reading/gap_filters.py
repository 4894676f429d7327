"""What the filters mean for open ends: of measures, and of everything else (alias `x`)."""

from typing import Any, Final

from cycle.reading.door import Reader
from cycle.reading.filters import LATE, Filters, condition
from cycle.reading.sight import DRAFTS

_FIELD: Final = (
    "FROM {table} l JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id"
    " WHERE l.municipality_id = :m AND f.code = :f_field"
)
_AREA: Final = (
    "FROM {table} l JOIN area a ON a.municipality_id = :m AND a.id = l.area_id"
    " WHERE l.municipality_id = :m AND a.code = :f_area"
)
_OTHERS: Final = {
    "cycle": "x.cycle_id IN (SELECT id FROM cycle WHERE municipality_id = :m AND ref = :f_cycle)",
    "department": "x.unit_id IN (SELECT id FROM org_unit"
    " WHERE municipality_id = :m AND code = :f_department)",
    "area": f"(x.subject IN (SELECT l.finding_id {_AREA.format(table='finding_area')})"
    f" OR x.subject IN (SELECT l.goal_id {_AREA.format(table='goal_area')}))",
    "field": f"(x.subject IN (SELECT l.finding_id {_FIELD.format(table='finding_field')})"
    f" OR x.subject IN (SELECT l.goal_id {_FIELD.format(table='goal_field')})"
    f" OR x.subject IN (SELECT l.cycle_id {_FIELD.format(table='cycle_field')})"
    " OR x.subject IN (SELECT i.id FROM indicator i JOIN field_of_action f"
    " ON f.municipality_id = :m AND f.id = i.field_id"
    " WHERE i.municipality_id = :m AND f.code = :f_field))",
    "goal": "x.subject IN (SELECT id FROM goal WHERE municipality_id = :m AND ref = :f_goal)",
    "state": "1 = 0",
    "prevention": "1 = 0",
    "mandate": "1 = 0",
    "late": f"x.subject IN ({LATE})",
}


def found_by(
    reader: Reader, filters: Filters, *, sees_internal: bool
) -> tuple[str, dict[str, Any]]:
    """Give the condition on standings (alias `x`), and its values."""
    mine, values = condition(reader, filters)
    if not sees_internal:
        mine += f" AND me.state NOT IN {DRAFTS}"
    measures = f"SELECT me.id FROM measure me WHERE me.municipality_id = :m AND {mine}"
    others = [_OTHERS[name] for name in filters.given]
    if filters.mine is not None:
        listed = ", ".join(f":f_mine_{n}" for n in range(len(filters.mine))) or "NULL"
        others.append(
            f"x.unit_id IN (SELECT id FROM org_unit WHERE municipality_id = :m"
            f" AND code IN ({listed}))"
        )
    rest = " AND ".join(others) or "1 = 1"
    return (
        f"((x.noun = 'measure' AND x.subject IN ({measures})) OR (x.noun <> 'measure' AND {rest}))",
        values,
    )
