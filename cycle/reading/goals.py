"""Goals, what they want to reach, and who agreed on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.machine.comparing import worth
from cycle.reading import restatements
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.lights import UNLIT, goal_lights
from cycle.reading.measures import hidden, visible
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight
from cycle.reading.town import town


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One line of the list of goals."""

    key: str
    cycle: str
    level: str
    parent: str | None
    number: str | None
    text: str
    status: str
    strand: str | None
    target_group: str | None
    owner: str | None
    due: date | None
    qualitative_criterion: str | None
    uncovered: bool
    predecessor: str | None
    rated_on: date | None
    rating: str | None
    fields: tuple[str, ...]
    areas: tuple[str, ...]
    findings: tuple[str, ...]
    measures: tuple[str, ...]
    children: tuple[str, ...]
    heirs: tuple[str, ...]  # the same goal in a later round
    version: int


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a goal wants to reach; a replaced one keeps the reason."""

    id: str
    indicator: str
    unit: str
    area: str | None
    kind: str
    target_value: Decimal | None
    target_date: date | None
    tolerance: Decimal | None
    baseline_value: Decimal | None
    baseline_date: date | None
    baseline_status: str | None
    data_plan: str | None
    qualitative: bool  # until its data plan has brought a baseline
    path: str
    definition: int  # number of the definition it is measured by
    not_comparable_since: date | None
    replaced_on: date | None
    replaced_reason: str | None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """Who agreed on which wording."""

    kind: str
    wording: str
    on: date
    body: str | None
    department: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class NamedGoal:
    """A goal where one is chosen, without what it is tied to."""

    key: str
    cycle: str
    status: str
    text: str


_NAMED = """
SELECT g.ref AS key, c.ref AS cycle, g.status, g.text FROM goal g
JOIN cycle c ON c.municipality_id = :m AND c.id = g.cycle_id
WHERE g.municipality_id = :m ORDER BY g.ref
"""
_SQL = """
SELECT g.ref AS key, c.ref AS cycle, g.level, p.ref AS parent, g.number, g.text, g.status,
  g.strand, g.target_group, o.code AS owner, g.due, g.qualitative_criterion, g.uncovered,
  h.ref AS predecessor, g.rated_on, g.rating, g.version,
  (SELECT string_agg(f.code, '|') FROM goal_field l
    JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id
    WHERE l.municipality_id = :m AND l.goal_id = g.id) AS fields,
  (SELECT string_agg(a.code, '|') FROM goal_area l
    JOIN area a ON a.municipality_id = :m AND a.id = l.area_id
    WHERE l.municipality_id = :m AND l.goal_id = g.id) AS areas,
  (SELECT string_agg(f.ref, '|') FROM goal_finding l
    JOIN finding f ON f.municipality_id = :m AND f.id = l.finding_id
    WHERE l.municipality_id = :m AND l.goal_id = g.id) AS findings,
  (SELECT string_agg(me.ref, '|') FROM measure_goal l
    JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id AND {seen}
    WHERE l.municipality_id = :m AND l.goal_id = g.id) AS measures,
  (SELECT string_agg(x.ref, '|') FROM goal x
    WHERE x.municipality_id = :m AND x.parent_id = g.id) AS children,
  (SELECT string_agg(x.ref, '|') FROM goal x
    WHERE x.municipality_id = :m AND x.predecessor_id = g.id) AS heirs
FROM goal g
JOIN cycle c ON c.municipality_id = :m AND c.id = g.cycle_id
LEFT JOIN goal p ON p.municipality_id = :m AND p.id = g.parent_id
LEFT JOIN goal h ON h.municipality_id = :m AND h.id = g.predecessor_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = g.owner_id
WHERE g.municipality_id = :m AND {where} ORDER BY g.ref
"""
_TARGETS = """
SELECT i.code AS indicator, i.unit, a.code AS area, t.kind, t.target_value, t.target_date,
  t.tolerance, b.value AS baseline_value, b.period_end AS baseline_date,
  b.status AS baseline_status, t.data_plan, t.replaced_on, t.replaced_reason, t.path,
  t.baseline_id IS NULL AND t.data_plan IS NOT NULL AS qualitative, v.no AS definition,
  t.not_comparable_since, t.id
FROM goal_target t
JOIN goal g ON g.municipality_id = :m AND g.id = t.goal_id AND g.ref = :key
JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
LEFT JOIN area a ON a.municipality_id = :m AND a.id = t.area_id
LEFT JOIN observation b ON b.municipality_id = :m AND b.id = t.baseline_id
WHERE t.municipality_id = :m
ORDER BY CASE WHEN t.replaced_on IS NULL THEN 0 ELSE 1 END, i.code, t.created_at
"""
_AGREEMENTS = """
SELECT x.kind, x.wording, x.on_date AS "on", b.short_name AS body, o.code AS department, x.note
FROM goal_agreement x
JOIN goal g ON g.municipality_id = :m AND g.id = x.goal_id AND g.ref = :key
LEFT JOIN body b ON b.municipality_id = :m AND b.id = x.body_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = x.org_unit_id
WHERE x.municipality_id = :m ORDER BY x.on_date, x.created_at
"""


def _sql(where: str, *, sees_internal: bool) -> str:
    return _SQL.format(where=where, seen=visible(sees_internal=sees_internal))


def listed(
    reader: Reader,
    *,
    cycle: str | None = None,
    area: str | None = None,
    field: str | None = None,
    sees_internal: bool = True,
    sight: Sight | None = None,
    page: Page = ALL,
) -> list[GoalRow]:
    """Give goals: all, or those of a round, an area or a field of action.

    Measures out of `sight` are not told.
    """
    parts: list[str] = []
    values: dict[str, Any] = {}
    if cycle is not None:
        parts.append("c.ref = :cycle")
        values["cycle"] = find(reader, "round", cycle)
    if area is not None:
        parts.append("g.id IN (SELECT l.goal_id FROM goal_area l JOIN area a"
                     " ON a.municipality_id = :m AND a.id = l.area_id"
                     " WHERE l.municipality_id = :m AND a.code = :area)")  # fmt: skip
        values["area"] = find(reader, "area", area)
    if field is not None:
        parts.append("g.id IN (SELECT l.goal_id FROM goal_field l JOIN field_of_action f"
                     " ON f.municipality_id = :m AND f.id = l.field_id"
                     " WHERE l.municipality_id = :m AND f.code = :field)")  # fmt: skip
        values["field"] = find(reader, "field", field)
    where, values = page.narrow("g.ref", " AND ".join(parts) or "1 = 1", values)
    sql = _sql(where, sees_internal=sees_internal)
    return _in_sight(reader, reader.rows(page.cut(sql), GoalRow, **values), sight)


def named(reader: Reader) -> list[NamedGoal]:
    """Give every goal by key, to be chosen from."""
    return reader.rows(_NAMED, NamedGoal)


def _in_sight(reader: Reader, rows: list[GoalRow], sight: Sight | None) -> list[GoalRow]:
    unseen = hidden(reader, sight, (key for row in rows for key in row.measures))
    if not unseen:
        return rows
    return [
        replace(row, measures=tuple(key for key in row.measures if key not in unseen))
        for row in rows
    ]


def show(
    reader: Reader,
    key: str,
    today: date,
    lang: str = "en",
    *,
    sees_internal: bool = True,
    sight: Sight | None = None,
) -> Json:
    """Give one goal with its targets, old ones included; those in force have their lights.

    Raises NotFound for a key nobody knows.
    """
    key = find(reader, "goal", key)
    sql = _sql("g.ref = :key", sees_internal=sees_internal)
    (row,) = _in_sight(reader, reader.rows(sql, GoalRow, key=key), sight)
    targets = reader.rows(_TARGETS, TargetRow, key=key)
    ways = restatements.ways(reader, key)
    changes = restatements.changes(reader, key)
    lit = goal_lights(reader, [key], today=today, policy=town(reader).policy, lang=lang)
    return {
        **plain(row),
        "targets": [{**_told(each, ways, changes), **lit.get(each.id, UNLIT)} for each in targets],
        "agreements": plain(reader.rows(_AGREEMENTS, AgreementRow, key=key)),
    }


def _told(
    target: TargetRow,
    ways: Mapping[str, list[restatements.StepRow]],
    changes: Mapping[str, list[restatements.ChangeRow]],
) -> Json:
    """Give a target with the steps on its way, and what it would be under today's definition."""
    by = restatements.factor_since(changes.get(target.indicator, []), target.definition)
    found = {
        **plain(target),
        "steps": [{"due": plain(s.due), "value": plain(s.value)} for s in ways.get(target.id, [])],
        "proposal": by
        and {
            "value": plain(worth(target.target_value, by)),
            "baseline": plain(worth(target.baseline_value, by)),
        },
    }
    del found["id"]
    return found
