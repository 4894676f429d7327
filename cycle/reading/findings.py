"""Findings: what a report states, and what was answered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.pages import ALL, Page
from cycle.reading.recommendations import of_finding
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One line of the list of findings."""

    key: str
    report: str | None  # None: waits for the next round's report
    cycle: str | None
    kind: str
    severity: str
    text: str
    source: str | None
    areas: tuple[str, ...]
    fields: tuple[str, ...]
    response: str | None
    response_reason: str | None
    responded_on: date | None
    acknowledged_on: date | None
    goals: tuple[str, ...]
    measures: tuple[str, ...]  # those that answer it without a goal between
    evaluation: str | None  # whose result it is
    origin_measure: str | None
    origin_finding: str | None
    version: int


@dataclass(frozen=True, slots=True)
class CitedRow:
    """An observation a finding cites, in the vintage it was written by."""

    indicator: str
    area: str
    period_end: date
    value: Decimal | None
    unit: str
    status: str
    vintage: int
    recorded_on: date


_SQL = """
SELECT f.ref AS key, r.ref AS report, c.ref AS cycle, f.kind, f.severity, f.text, f.source,
  f.response, f.response_reason, f.responded_on, f.acknowledged_on, f.version,
  e.ref AS evaluation, me.ref AS origin_measure, o.ref AS origin_finding,
  (SELECT string_agg(a.code, '|') FROM finding_area l
    JOIN area a ON a.municipality_id = :m AND a.id = l.area_id
    WHERE l.municipality_id = :m AND l.finding_id = f.id) AS areas,
  (SELECT string_agg(d.code, '|') FROM finding_field l
    JOIN field_of_action d ON d.municipality_id = :m AND d.id = l.field_id
    WHERE l.municipality_id = :m AND l.finding_id = f.id) AS fields,
  (SELECT string_agg(g.ref, '|') FROM goal_finding l
    JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id
    WHERE l.municipality_id = :m AND l.finding_id = f.id) AS goals,
  (SELECT string_agg(x.ref, '|') FROM measure_finding l
    JOIN measure x ON x.municipality_id = :m AND x.id = l.measure_id
    WHERE l.municipality_id = :m AND l.finding_id = f.id) AS measures
FROM finding f
LEFT JOIN report r ON r.municipality_id = :m AND r.id = f.report_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
LEFT JOIN evaluation e ON e.municipality_id = :m AND e.id = f.origin_evaluation_id
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = f.origin_measure_id
LEFT JOIN finding o ON o.municipality_id = :m AND o.id = f.origin_finding_id
WHERE f.municipality_id = :m AND {where} ORDER BY f.ref
"""
_CITED = """
SELECT i.code AS indicator, a.code AS area, o.period_end, o.value, i.unit, o.status, o.vintage,
  o.recorded_on
FROM finding_observation l
JOIN finding f ON f.municipality_id = :m AND f.id = l.finding_id AND f.ref = :key
JOIN observation o ON o.municipality_id = :m AND o.id = l.observation_id
JOIN indicator_version v ON v.municipality_id = :m AND v.id = o.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
JOIN area a ON a.municipality_id = :m AND a.id = o.area_id
WHERE l.municipality_id = :m ORDER BY i.code, a.code, o.period_end
"""


def listed(
    reader: Reader,
    *,
    cycle: str | None = None,
    area: str | None = None,
    field: str | None = None,
    open_only: bool = False,
    page: Page = ALL,
) -> list[FindingRow]:
    """Give findings: of a round, an area or a field of action, or only those without response."""
    parts: list[str] = ["f.response IS NULL"] if open_only else []
    values: dict[str, Any] = {}
    if cycle is not None:
        parts.append("c.ref = :cycle")
        values["cycle"] = find(reader, "round", cycle)
    if area is not None:
        parts.append("f.id IN (SELECT l.finding_id FROM finding_area l JOIN area a"
                     " ON a.municipality_id = :m AND a.id = l.area_id"
                     " WHERE l.municipality_id = :m AND a.code = :area)")  # fmt: skip
        values["area"] = find(reader, "area", area)
    if field is not None:
        parts.append("f.id IN (SELECT l.finding_id FROM finding_field l JOIN field_of_action d"
                     " ON d.municipality_id = :m AND d.id = l.field_id"
                     " WHERE l.municipality_id = :m AND d.code = :field)")  # fmt: skip
        values["field"] = find(reader, "field", field)
    where, values = page.narrow("f.ref", " AND ".join(parts) or "1 = 1", values)
    return reader.rows(page.cut(_SQL.format(where=where)), FindingRow, **values)


def of_report(reader: Reader, report: str) -> list[FindingRow]:
    """Give the findings of one report."""
    return reader.rows(_SQL.format(where="r.ref = :report"), FindingRow, report=report)


def show(reader: Reader, key: str) -> Json:
    """Give one finding, what it cites and what was recommended; NotFound for an unknown key."""
    key = find(reader, "finding", key)
    row = reader.one(_SQL.format(where="f.ref = :key"), FindingRow, key=key)
    return {
        **plain(row),
        "observations": plain(reader.rows(_CITED, CitedRow, key=key)),
        "recommendations": plain(of_finding(reader, key)),
    }
