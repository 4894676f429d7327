"""Evaluations of measures: what was found, rated and recommended."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.pages import ALL, Page
from cycle.reading.recommendations import of_evaluation
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One line of the list of evaluations."""

    key: str
    measures: tuple[str, ...]
    purpose: str
    evaluator_kind: str
    department: str | None  # who evaluated
    period_start: date
    period_end: date
    concluded_on: date | None
    status: str
    overall: str | None
    method: str | None
    text: str | None
    result_level: int | None
    report_url: str | None
    source: str | None
    external_id: str | None
    corrects: str | None
    late: bool
    findings: tuple[str, ...]  # the feedback it brought
    version: int


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A measure an evaluation covers, with a judgement of its own where it has one."""

    measure: str
    overall: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What an evaluation says of one target."""

    goal: str
    indicator: str
    area: str | None
    period_end: date | None
    value: Decimal | None
    unit: str
    status: str | None
    attribution: str
    text: str | None


_SQL = """
SELECT e.ref AS key, e.purpose, e.evaluator_kind, o.code AS department, e.period_start,
  e.period_end, e.concluded_on, e.status, e.overall, e.method, e.text, e.result_level,
  e.report_url, e.source, e.external_id, x.ref AS corrects, e.late, e.version,
  (SELECT string_agg(me.ref, '|') FROM evaluation_measure l
    JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
    WHERE l.municipality_id = :m AND l.evaluation_id = e.id) AS measures,
  (SELECT string_agg(f.ref, '|') FROM finding f
    WHERE f.municipality_id = :m AND f.origin_evaluation_id = e.id) AS findings
FROM evaluation e
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = e.evaluator_unit_id
LEFT JOIN evaluation x ON x.municipality_id = :m AND x.id = e.corrects_id
WHERE e.municipality_id = :m AND {where} ORDER BY e.ref
"""
_COVERED = """
SELECT me.ref AS measure, l.overall, l.text FROM evaluation_measure l
JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id AND e.ref = :key
JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
WHERE l.municipality_id = :m ORDER BY me.ref
"""
_RATINGS = """
SELECT r.criterion, r.rating FROM criterion_rating r
JOIN evaluation e ON e.municipality_id = :m AND e.id = r.evaluation_id AND e.ref = :key
WHERE r.municipality_id = :m ORDER BY r.criterion
"""
_RESULTS = """
SELECT g.ref AS goal, i.code AS indicator, a.code AS area, o.period_end, o.value, i.unit,
  o.status, r.attribution, r.text
FROM indicator_result r
JOIN evaluation e ON e.municipality_id = :m AND e.id = r.evaluation_id AND e.ref = :key
JOIN goal_target t ON t.municipality_id = :m AND t.id = r.goal_target_id
JOIN goal g ON g.municipality_id = :m AND g.id = t.goal_id
JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
LEFT JOIN area a ON a.municipality_id = :m AND a.id = t.area_id
LEFT JOIN observation o ON o.municipality_id = :m AND o.id = r.observation_id
WHERE r.municipality_id = :m ORDER BY g.ref, i.code
"""


def listed(reader: Reader, *, measure: str | None = None, page: Page = ALL) -> list[EvaluationRow]:
    """Give every evaluation, or those of a measure."""
    where, values = "1 = 1", dict[str, Any]()
    if measure is not None:
        where = (
            "e.id IN (SELECT l.evaluation_id FROM evaluation_measure l JOIN measure me"
            " ON me.municipality_id = :m AND me.id = l.measure_id"
            " WHERE l.municipality_id = :m AND me.ref = :measure)"
        )
        values["measure"] = find(reader, "measure", measure)
    where, values = page.narrow("e.ref", where, values)
    return reader.rows(page.cut(_SQL.format(where=where)), EvaluationRow, **values)


def show(reader: Reader, key: str) -> Json:
    """Give one evaluation with ratings, results and advice; NotFound for an unknown key."""
    key = find(reader, "evaluation", key)
    row = reader.one(_SQL.format(where="e.ref = :key"), EvaluationRow, key=key)
    return {
        **plain(row),
        "covers": plain(reader.rows(_COVERED, CoveredRow, key=key)),
        "ratings": dict(reader.pairs(_RATINGS, key=key)),
        "results": plain(reader.rows(_RESULTS, ResultRow, key=key)),
        "recommendations": plain(of_evaluation(reader, key)),
    }
