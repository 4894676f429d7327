"""Decisions, and Beschlusskontrolle straight from the papers: what never came back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from cycle.reading import measures
from cycle.reading.bodies import named
from cycle.reading.door import Reader
from cycle.reading.keys import find, unknown
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import DRAFTS, Sight


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of the list of decisions."""

    key: str
    kind: str
    decided_on: date
    result: str
    body: str | None
    paper: str | None
    paper_name: str | None
    department: str | None
    document: str | None
    text: str
    changed_text: str | None
    amendment_confirmed_on: date | None
    votes_yes: int | None
    votes_no: int | None
    votes_abstain: int | None
    votes_excused: int | None
    repeals: str | None
    repealed_by: str | None
    corrects: str | None
    corrected_by: str | None
    measures: tuple[str, ...]
    goals: tuple[str, ...]
    reports: tuple[str, ...]
    cycles: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition a body set."""

    code: str
    text: str
    due: date | None
    met_on: date | None
    met_note: str | None


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper that a body dealt with and that never came back."""

    kind: str
    paper: str
    name: str
    body: str | None
    on: date
    outcome: str
    result_text: str | None
    days: int  # it has been waiting


def _subjects(table: str, more: str = "") -> str:
    return (
        f"(SELECT string_agg(x.ref, '|') FROM decision_subject s JOIN {table} x"
        f" ON x.municipality_id = :m AND x.id = s.{table}_id"
        f" WHERE s.municipality_id = :m AND s.decision_id = d.id{more}) AS {table}s"
    )


_SQL: Final = f"""
SELECT d.ref AS key, d.kind, d.decided_on, d.result, b.short_name AS body, p.ref AS paper,
  p.name AS paper_name, o.code AS department, d.document, d.text, d.changed_text,
  d.amendment_confirmed_on, d.votes_yes, d.votes_no, d.votes_abstain, d.votes_excused,
  r.ref AS repeals, x.ref AS corrects, d.version,
  (SELECT MIN(y.ref) FROM decision y WHERE y.municipality_id = :m AND y.repeals_id = d.id)
    AS repealed_by,
  (SELECT MIN(y.ref) FROM decision y WHERE y.municipality_id = :m AND y.corrects_id = d.id)
    AS corrected_by,
  {_subjects("measure", "{hidden}")}, {_subjects("goal")},
  {_subjects("report")}, {_subjects("cycle")}
FROM decision d
LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
LEFT JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = d.org_unit_id
LEFT JOIN decision r ON r.municipality_id = :m AND r.id = d.repeals_id
LEFT JOIN decision x ON x.municipality_id = :m AND x.id = d.corrects_id
WHERE d.municipality_id = :m AND {{where}} ORDER BY {{order}}
"""
_BEHIND: Final = """(d.decided_on, d.ref) > (SELECT y.decided_on, y.ref FROM decision y
  WHERE y.municipality_id = :m AND y.ref = :page_after)"""
_BEFORE: Final = """(d.decided_on, d.ref) < (SELECT y.decided_on, y.ref FROM decision y
  WHERE y.municipality_id = :m AND y.ref = :before)"""
_STANDING: Final = """NOT EXISTS (SELECT 1 FROM decision y WHERE y.municipality_id = :m
  AND (y.corrects_id = d.id OR y.repeals_id = d.id))"""
_UNDER_WAY: Final = f"""{_STANDING} AND EXISTS (SELECT 1 FROM decision_subject s JOIN measure me
  ON me.municipality_id = :m AND me.id = s.measure_id
    AND me.state IN ('proposed', 'deferred', 'approved', 'in_progress', 'suspended')
  WHERE s.municipality_id = :m AND s.decision_id = d.id)"""
_CONDITIONS: Final = """
SELECT k.code, k.text, k.due, k.met_on, k.met_note FROM condition k
JOIN decision d ON d.municipality_id = :m AND d.id = k.decision_id AND d.ref = :key
WHERE k.municipality_id = :m ORDER BY k.due, k.created_at
"""
PUBLIC: Final = (
    "id IN (SELECT d.id FROM decision d"
    " JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id AND k.public"
    " JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id AND p.public"
    " WHERE d.municipality_id = :m)"
)

OPEN: Final = {  # the last thing a body said of a paper → why it still waits
    "referred": "referred",
    "deferred": "deferred",
    "removed": "deferred",
    "adopted": "decided",
    "adopted_amended": "decided",
    "partly_adopted": "decided",
    "noted": "noted",
}
KINDS: Final = tuple(dict.fromkeys(OPEN.values()))  # in the order they press
_KIND = "".join(f" WHEN '{outcome}' THEN '{kind}'" for outcome, kind in OPEN.items())
_OPEN: Final = f"""
WITH heard AS (
  SELECT k.paper_id, k.body_id, k.meeting_date, k.outcome, k.result_text, k.public,
    ROW_NUMBER() OVER (PARTITION BY k.paper_id ORDER BY
      CASE WHEN k.meeting_date IS NULL THEN 0 ELSE 1 END DESC,
      k.meeting_date DESC, k.order_no DESC, k.id DESC) AS place
  FROM consultation k WHERE k.municipality_id = :m
)
SELECT CASE h.outcome{_KIND} END AS kind, p.ref AS paper, p.name, b.short_name AS body,
  h.meeting_date AS "on", h.outcome, h.result_text
FROM heard h
JOIN paper p ON p.municipality_id = :m AND p.id = h.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = h.body_id
WHERE h.place = 1 AND h.meeting_date <= :today AND h.outcome IN ({{outcomes}}) AND {{where}}
ORDER BY h.meeting_date, p.ref
"""


def _sql(where: str, *, sees_internal: bool, order: str = "d.decided_on, d.ref") -> str:
    hidden = "" if sees_internal else f" AND x.state NOT IN {DRAFTS}"
    return _SQL.format(where=where, hidden=hidden, order=order)


def listed(
    reader: Reader,
    *,
    measure: str | None = None,
    sees_internal: bool = False,
    sight: Sight | None = None,
    page: Page = ALL,
) -> list[DecisionRow]:
    """Give decisions by day: all, or those on a measure; measures out of `sight` are not told."""
    parts = ["1 = 1" if sees_internal else f"d.{PUBLIC}"]
    values: dict[str, Any] = {}
    if measure is not None:
        parts.append(
            "d.id IN (SELECT s.decision_id FROM decision_subject s JOIN measure me"
            " ON me.municipality_id = :m AND me.id = s.measure_id"
            " WHERE s.municipality_id = :m AND me.ref = :measure)"
        )
        seen = measures.visible(sees_internal=sees_internal or sight is not None)
        values["measure"] = key = find(reader, "measure", measure, where=seen)
        if measures.hidden(reader, sight, [key]):
            raise unknown("measure", key)
    if page.after is not None:
        parts.append(_BEHIND)
    _, values = page.narrow("d.ref", "", values)
    sql = page.cut(_sql(" AND ".join(parts), sees_internal=sees_internal))
    return _told(reader, reader.rows(sql, DecisionRow, **values), sight)


def latest(
    reader: Reader,
    *,
    body: str | None = None,
    result: str | None = None,
    under_way: bool = False,
    before: str | None = None,
    limit: int,
    sees_internal: bool = False,
    sight: Sight | None = None,
) -> list[DecisionRow]:
    """Give decisions, the newest first: of a body, with a result, or still being carried out.

    `before` is the last key of the page before. Raises NotFound for a body nobody knows.
    """
    parts = ["1 = 1" if sees_internal else f"d.{PUBLIC}"]
    values: dict[str, Any] = {"page_limit": limit}
    if body:
        parts.append("b.short_name = :body")
        values["body"] = named(reader, body)
    if result:
        parts.append("d.result = :result")
        values["result"] = result
    if under_way:
        parts.append(_UNDER_WAY)
    if before:
        parts.append(_BEFORE)
        values["before"] = before
    sql = _sql(
        " AND ".join(parts), sees_internal=sees_internal, order="d.decided_on DESC, d.ref DESC"
    )
    return _told(reader, reader.rows(f"{sql} LIMIT :page_limit", DecisionRow, **values), sight)


def _told(reader: Reader, rows: list[DecisionRow], sight: Sight | None) -> list[DecisionRow]:
    unseen = measures.hidden(reader, sight, (key for row in rows for key in row.measures))
    if not unseen:
        return rows
    return [
        replace(row, measures=tuple(key for key in row.measures if key not in unseen))
        for row in rows
    ]


def show(
    reader: Reader,
    key: str,
    *,
    sees_internal: bool = False,
    sight: Sight | None = None,
) -> Json:
    """Give one decision with its conditions; NotFound where the caller may not see it."""
    key = find(reader, "decision", key, where="1 = 1" if sees_internal else PUBLIC)
    sql = _sql("d.ref = :key", sees_internal=sees_internal)
    (row,) = _told(reader, reader.rows(sql, DecisionRow, key=key), sight)
    return {**plain(row), "conditions": plain(reader.rows(_CONDITIONS, ConditionRow, key=key))}


def open_(
    reader: Reader,
    *,
    today: date,
    body: str | None = None,
    kinds: tuple[str, ...] = KINDS,
    sees_internal: bool = False,
) -> list[OpenPaper]:
    """Give the papers a body decided on, referred, put off or noted, and that never came back.

    Ordered by what presses most: referred, deferred, decided, noted; the oldest first.
    """
    where = "1 = 1" if sees_internal else "p.public AND h.public"
    values: dict[str, Any] = {"today": today}
    if body is not None:
        where += " AND b.short_name = :body"
        values["body"] = named(reader, body)
    outcomes = ", ".join(f"'{outcome}'" for outcome, kind in OPEN.items() if kind in kinds)
    sql = _OPEN.format(outcomes=outcomes or "NULL", where=where)
    found = reader.rows(sql, OpenPaper, also={"days": 0}, **values)
    waiting = [replace(row, days=(today - row.on).days) for row in found]
    return sorted(waiting, key=lambda row: KINDS.index(row.kind))
