"""Reports of a round and the findings in them."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader
from cycle.reading.findings import of_report
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the list of reports."""

    key: str
    cycle: str
    kind: str
    title: str
    reference_date: date
    status: str
    approved_on: date | None
    presented_on: date | None
    published_on: date | None
    paper: str | None
    url: str | None
    findings: int
    unanswered: int  # findings to act on without a response
    version: int


_SQL = """
SELECT r.ref AS key, c.ref AS cycle, r.kind, r.title, r.reference_date, r.status, r.approved_on,
  r.presented_on, r.published_on, p.ref AS paper, r.url, r.version,
  (SELECT COUNT(*) FROM finding f WHERE f.municipality_id = :m AND f.report_id = r.id) AS findings,
  (SELECT COUNT(*) FROM finding f WHERE f.municipality_id = :m AND f.report_id = r.id
    AND f.severity = 'act' AND f.response IS NULL) AS unanswered
FROM report r
JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
LEFT JOIN paper p ON p.municipality_id = :m AND p.id = r.paper_id{seen}
WHERE r.municipality_id = :m AND {where} ORDER BY r.ref
"""


def _sql(where: str, *, sees_internal: bool) -> str:
    return _SQL.format(where=where, seen="" if sees_internal else " AND p.public")


def listed(
    reader: Reader, *, cycle: str | None = None, sees_internal: bool = False
) -> list[ReportRow]:
    """Give every report, or those of a round."""
    if cycle is None:
        return reader.rows(_sql("1 = 1", sees_internal=sees_internal), ReportRow)
    sql = _sql("c.ref = :cycle", sees_internal=sees_internal)
    return reader.rows(sql, ReportRow, cycle=find(reader, "round", cycle))


def show(reader: Reader, key: str, *, sees_internal: bool = False) -> Json:
    """Give one report with its findings; NotFound for a key nobody knows."""
    key = find(reader, "report", key)
    row = reader.one(_sql("r.ref = :key", sees_internal=sees_internal), ReportRow, key=key)
    return {**plain(row), "findings": plain(of_report(reader, key))}
