"""What a measure is when it goes to the committees: the text that is frozen and hashed."""

import hashlib
import json
from typing import Any

from cycle.reading.door import Reader

_HEAD = """
SELECT me.title, me.description, me.binding, me.mandate, me.planned_start, me.planned_end,
  me.period_text, me.is_ongoing, me.citywide, lead.code
FROM measure me LEFT JOIN org_unit lead ON lead.municipality_id = :m AND lead.id = me.lead_id
WHERE me.municipality_id = :m AND me.id = :id
"""
_PARTS = {
    "consequences": "SELECT kind, state, text, cost_cents, fte_hundredths, one_off_cents,"
    " annual_cents, revenue_cents, product_group, from_year, cover FROM consequence"
    " WHERE municipality_id = :m AND measure_id = :id ORDER BY kind",
    "goals": "SELECT g.ref, l.contribution FROM measure_goal l"
    " JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY g.ref",
    "areas": "SELECT a.code FROM measure_area l"
    " JOIN area a ON a.municipality_id = :m AND a.id = l.area_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY a.code",
    "partners": "SELECT o.code FROM measure_partner l"
    " JOIN org_unit o ON o.municipality_id = :m AND o.id = l.org_unit_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY o.code",
    "budget": "SELECT year, funding, planned_cents FROM budget_line"
    " WHERE municipality_id = :m AND measure_id = :id ORDER BY year, funding",
}


def dossier(reader: Reader, measure_id: str) -> dict[str, Any]:
    """Give the content that a body decides on, always in the same order."""
    parts: dict[str, Any] = {name: reader.pairs(sql, id=measure_id) for name, sql in _PARTS.items()}
    return {"measure": reader.pairs(_HEAD, id=measure_id)[0]} | parts


def sealed(content: dict[str, Any]) -> tuple[str, str]:
    """Give the content as text, and its SHA-256."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return str(value)
