"""Departments, providers and authorities that answer for measures."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One line of the list of departments."""

    code: str
    name: str
    kind: str
    parent: str | None
    active_from: date | None
    active_to: date | None
    measures: int  # live ones it leads
    version: int


@dataclass(frozen=True, slots=True)
class NamedDepartment:
    """A department where one is chosen or named, without counting what it leads."""

    code: str
    name: str
    active_to: date | None


_SQL = """
SELECT o.code, o.name, o.kind, p.code AS parent, o.active_from, o.active_to, o.version,
  (SELECT COUNT(*) FROM measure me WHERE me.municipality_id = :m AND me.lead_id = o.id
    AND me.state NOT IN ('reported', 'rejected', 'cancelled', 'superseded')) AS measures
FROM org_unit o LEFT JOIN org_unit p ON p.municipality_id = :m AND p.id = o.parent_id
WHERE o.municipality_id = :m AND {where} ORDER BY o.code
"""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing a unit answers for, or that speaks for it."""

    kind: str  # measure, goal, recommendation, partner, enforcement, department or account
    key: str
    title: str
    state: str | None  # of a measure
    overdue: tuple[str, ...]  # the rules that tell what it owes


_NAMED = "SELECT code, name, active_to FROM org_unit WHERE municipality_id = :m ORDER BY code"
_LIVE = "me.state NOT IN ('reported', 'rejected', 'cancelled', 'superseded')"
_OPEN = f"""
WITH here AS (SELECT o.id FROM org_unit o WHERE o.municipality_id = :m AND o.code = :code),
held (kind, place, id, key, title, state) AS (
  SELECT 'measure', 1, me.id, me.ref, me.title, me.state FROM measure me
  WHERE me.municipality_id = :m AND me.lead_id IN (SELECT id FROM here) AND {_LIVE}
  UNION ALL
  SELECT 'goal', 2, g.id, g.ref, g.text, CAST(NULL AS TEXT) FROM goal g
  WHERE g.municipality_id = :m AND g.owner_id IN (SELECT id FROM here)
    AND g.status IN ('draft', 'agreed', 'adopted')
  UNION ALL
  SELECT 'recommendation', 3, r.id, r.ref, r.text, CAST(NULL AS TEXT) FROM recommendation r
  WHERE r.municipality_id = :m AND r.addressee_id IN (SELECT id FROM here) AND r.response IS NULL
  UNION ALL
  SELECT 'partner', 4, me.id, me.ref, me.title, me.state FROM measure_partner p
  JOIN measure me ON me.municipality_id = :m AND me.id = p.measure_id AND {_LIVE}
  WHERE p.municipality_id = :m AND p.org_unit_id IN (SELECT id FROM here)
  UNION ALL
  SELECT DISTINCT 'enforcement', 5, me.id, me.ref, me.title, me.state FROM enforcement e
  JOIN measure me ON me.municipality_id = :m AND me.id = e.measure_id AND {_LIVE}
  WHERE e.municipality_id = :m AND e.responsible_id IN (SELECT id FROM here)
  UNION ALL
  SELECT 'department', 6, o.id, o.code, o.name, CAST(NULL AS TEXT) FROM org_unit o
  WHERE o.municipality_id = :m AND o.parent_id IN (SELECT id FROM here)
    AND (o.active_to IS NULL OR o.active_to >= :today)
  UNION ALL
  SELECT 'account', 7, a.id, a.name, a.kind, CAST(NULL AS TEXT) FROM account_unit l
  JOIN account a ON a.municipality_id = :m AND a.id = l.account_id AND a.disabled_at IS NULL
  WHERE l.municipality_id = :m AND l.org_unit_id IN (SELECT id FROM here)
)
SELECT h.kind, h.key, h.title, h.state,
  (SELECT string_agg(x.name, '|') FROM (SELECT DISTINCT s.name FROM standing s
    WHERE s.municipality_id = :m AND s.topic = 'overdue' AND s.noun = h.kind
      AND s.subject = h.id AND s.day <= :today ORDER BY s.name) AS x) AS overdue
FROM held h ORDER BY h.place, h.key
"""


def listed(reader: Reader) -> list[DepartmentRow]:
    """Give every department, by code."""
    return reader.rows(_SQL.format(where="1 = 1"), DepartmentRow)


def named(reader: Reader) -> list[NamedDepartment]:
    """Give every department by code, to be chosen from or called by its name."""
    return reader.rows(_NAMED, NamedDepartment)


def show(reader: Reader, code: str) -> Json:
    """Give one department; NotFound for a code nobody knows."""
    code = find(reader, "department", code)
    return plain(reader.one(_SQL.format(where="o.code = :code"), DepartmentRow, code=code))


def open_items(reader: Reader, code: str, *, today: date) -> list[OpenItem]:
    """Give what a unit answers for and what of it is overdue, before it goes or hands over."""
    return reader.rows(_OPEN, OpenItem, code=code, today=today)
