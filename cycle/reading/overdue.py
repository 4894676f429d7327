"""Who owes what since when: every overdue item, and what was told upwards and is done now."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine import overdue as rules
from cycle.machine.overdue import EXTERNAL, LEVELS, rule_of
from cycle.machine.policy import Policy
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters
from cycle.reading.gap_filters import found_by
from cycle.reading.town import TownRow, town


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One thing that is owed; `done` where it no longer is, and a body is still to note that."""

    rule: str  # such as O9
    id: str
    noun: str
    key: str
    title: str
    name: str
    about: str  # which one of the record's own, in words
    which: str  # the same, as it is kept
    says: str
    due: date | None
    days: int | None  # since then; below zero while it is told beforehand
    severity: str
    who: str
    department: str | None
    cycle: str | None
    task: str
    command: str
    escalation: str | None  # how far the planner may send it now
    released: str | None  # how far it was sent
    done: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """An overdue item as the store keeps it."""

    rule: str
    noun: str
    subject: str
    which: str
    due: date | None
    key: str
    title: str
    cycle: str | None
    department: str | None
    binding: str | None
    raised_to: str | None
    what: str | None
    deadline: str | None  # its kind
    released: int  # place of its highest level, from 1
    done: bool


_ITEMS: Final = """
items AS (
  SELECT s.noun, s.subject, s.name AS rule, s.about, s.since, s.unit_id, s.cycle_id, FALSE AS done
  FROM standing s WHERE s.municipality_id = :m AND s.topic = 'overdue' AND s.day <= :today
  UNION ALL
  SELECT DISTINCT l.noun, l.subject, l.rule, l.about, CAST(NULL AS DATE), CAST(NULL AS TEXT),
    CAST(NULL AS TEXT), TRUE
  FROM release l WHERE l.municipality_id = :m AND l.noted_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.municipality_id = :m AND s.noun = l.noun
      AND s.subject = l.subject AND s.topic = 'overdue' AND s.name = l.rule
      AND s.about = l.about AND s.day <= :today)
)"""
_NAMED: Final = """
found AS (
  SELECT s.rule, s.noun, s.subject, s.about AS which, s.since AS due, s.done,
    COALESCE(s.cycle_id, me.cycle_id, g.cycle_id, r.cycle_id, a.cycle_id, c.id) AS cycle_id,
    COALESCE(s.unit_id, me.lead_id, g.owner_id, a.addressee_id) AS unit_id,
    COALESCE(me.ref, g.ref, f.ref, r.ref, a.ref, c.ref, i.code) AS key,
    COALESCE(me.title, g.text, f.text, r.title, a.text, c.title, i.name) AS title,
    me.binding, me.raised_to
  FROM items s
  LEFT JOIN measure me ON s.noun = 'measure' AND me.municipality_id = :m AND me.id = s.subject
  LEFT JOIN goal g ON s.noun = 'goal' AND g.municipality_id = :m AND g.id = s.subject
  LEFT JOIN finding f ON s.noun = 'finding' AND f.municipality_id = :m AND f.id = s.subject
  LEFT JOIN report r ON s.noun = 'report' AND r.municipality_id = :m AND r.id = s.subject
  LEFT JOIN recommendation a ON s.noun = 'recommendation' AND a.municipality_id = :m
    AND a.id = s.subject
  LEFT JOIN cycle c ON s.noun = 'round' AND c.municipality_id = :m AND c.id = s.subject
  LEFT JOIN indicator i ON s.noun = 'indicator' AND i.municipality_id = :m AND i.id = s.subject
)"""
# What an item speaks of: a milestone, a partner, a deadline or a condition not yet a deadline.
_TOLD: Final = """
LEFT JOIN milestone s ON x.rule = 'O9' AND s.municipality_id = :m AND s.measure_id = x.subject
  AND CAST(s.no AS TEXT) = x.which
LEFT JOIN org_unit p ON x.rule = 'O18' AND p.municipality_id = :m AND p.code = x.which
LEFT JOIN deadline d ON x.rule = 'O11' AND d.municipality_id = :m
  AND (d.measure_id = x.subject OR d.cycle_id = x.subject)
  AND d.code || '-' || SUBSTR(d.id, 31, 6) = x.which
LEFT JOIN decision_subject b ON x.rule = 'O11' AND d.id IS NULL AND b.municipality_id = :m
  AND x.subject IN (b.measure_id, b.goal_id, b.report_id, b.cycle_id) AND EXISTS (
    SELECT 1 FROM condition w WHERE w.municipality_id = :m AND w.decision_id = b.decision_id
      AND w.code || '-' || SUBSTR(w.id, 31, 6) = x.which)
LEFT JOIN condition k ON k.municipality_id = :m AND k.decision_id = b.decision_id
  AND k.code || '-' || SUBSTR(k.id, 31, 6) = x.which
LEFT JOIN (
  SELECT l.noun, l.subject, l.rule, l.about, MAX(CASE l.level WHEN 'superior' THEN 1
    WHEN 'steering' THEN 2 ELSE 3 END) AS level FROM release l
  WHERE l.municipality_id = :m AND l.noted_on IS NULL
  GROUP BY l.noun, l.subject, l.rule, l.about
) t ON t.noun = x.noun AND t.subject = x.subject AND t.rule = x.rule AND t.about = x.which"""
_COMING: Final = """
items AS (
  SELECT s.noun, s.subject, s.name AS rule, s.about, s.since, s.unit_id, s.cycle_id, FALSE AS done
  FROM standing s WHERE s.municipality_id = :m AND s.topic = 'overdue'
    AND s.since >= :today AND s.since <= :until
)"""
_LISTED: Final = f"""
WITH {{items}}, {_NAMED}
SELECT x.rule, x.noun, x.subject, x.which, x.due, x.key, x.title, x.binding, x.raised_to, x.done,
  c.ref AS cycle, o.code AS department, COALESCE(t.level, 0) AS released,
  COALESCE(s.title, p.name, d.text, k.text) AS what, COALESCE(d.code, k.code) AS deadline
FROM found x
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = x.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = x.unit_id {_TOLD}
WHERE {{where}}
ORDER BY x.done, x.due, LENGTH(x.rule), x.rule, x.key, x.which
"""


def listed(
    reader: Reader,
    *,
    today: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
) -> list[OverdueRow]:
    """Give what is overdue, the oldest first, then what was told upwards and is done.

    Raises NotFound and Invalid for filters nobody knows.
    """
    where, values = found_by(reader, filters, sees_internal=sees_internal)
    here = town(reader)
    sql = _LISTED.format(items=_ITEMS, where=where)
    found = reader.rows(sql, _Item, today=today, **values)
    return [_row(item, here, today, lang) for item in found]


def coming(
    reader: Reader,
    *,
    today: date,
    until: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
) -> list[OverdueRow]:
    """Give what falls due from today until a day, the first day first."""
    where, values = found_by(reader, filters, sees_internal=sees_internal)
    here = town(reader)
    sql = _LISTED.format(items=_COMING, where=where)
    found = reader.rows(sql, _Item, today=today, until=until, **values)
    return [_row(item, here, today, lang) for item in found]


def _row(item: _Item, here: TownRow, today: date, lang: str) -> OverdueRow:
    rule = rule_of(item.rule, item.which)
    days = rules.days_over(item.due, today) if item.due else None
    about = _about(item, lang)
    released = LEVELS[item.released - 1] if item.released else None
    return OverdueRow(
        rule=rule.code, id=rule.id, noun=item.noun, key=item.key, title=item.title,
        name=rules.name(rule.code, lang, item.which),
        about=about, which=item.which,
        says=rules.says(rule.code, lang, item.which, what=about),
        due=item.due, days=days, severity=rule.severity,
        who=rules.who(rule, item.department, lang),
        department=item.department, cycle=item.cycle,
        task=rules.task(rule.code, lang, item.which),
        command=rules.command(rule.code, lang, item.which, key=item.key, noun=item.noun),
        escalation=_escalation(item, here.policy_of(item.raised_to), days, released),
        released=released, done=item.done,
    )  # fmt: skip


def _about(item: _Item, lang: str) -> str:
    """Name what it is about: a milestone with its number, a partner, a deadline, a year."""
    if item.rule == "O9":
        return f"{item.which} „{item.what}“" if lang == "de" else f"{item.which} “{item.what}”"
    if item.deadline:
        kind = rules.deadline(item.deadline, lang)
        return f"{kind} ({item.what})" if item.what else kind
    return item.what or ("" if item.which == rules.UNREPORTED else item.which)


def _escalation(item: _Item, policy: Policy, days: int | None, released: str | None) -> str | None:
    if days is None:
        return None
    return rules.escalation(days, policy, external=item.binding in EXTERNAL, released=released)
