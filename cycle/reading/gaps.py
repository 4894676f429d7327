"""The open ends of the circle: a line per rule, or every item, by two statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from cycle.machine.gaps import RULES, Rule, command, says, task
from cycle.machine.standing import GAP
from cycle.machine.words import guard_task, guard_who
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters
from cycle.reading.gap_filters import found_by
from cycle.reading.tallies import counted, round_id


@dataclass(frozen=True, slots=True)
class GapItem:
    """One record with an open end."""

    rule: str
    noun: str
    key: str
    title: str
    since: date | None
    cycle: str | None
    department: str | None
    guard: str | None  # of what is still to be supplied
    task: str


@dataclass(frozen=True, slots=True)
class GapLine:
    """One rule: how often, who owes it, and the command that settles the first."""

    rule: str
    group: str
    says: str
    severity: str
    count: int
    who: str
    task: str
    command: str


@dataclass(frozen=True, slots=True)
class GapGroup(GapLine):
    """One rule with everything it found."""

    items: tuple[GapItem, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    rule: str
    count: int
    first: str


_RECORDS: Final = """
  LEFT JOIN measure me ON s.noun = 'measure' AND me.municipality_id = :m AND me.id = s.subject
  LEFT JOIN goal g ON s.noun = 'goal' AND g.municipality_id = :m AND g.id = s.subject
  LEFT JOIN finding f ON s.noun = 'finding' AND f.municipality_id = :m AND f.id = s.subject
  LEFT JOIN report r ON s.noun = 'report' AND r.municipality_id = :m AND r.id = s.subject
  LEFT JOIN recommendation a ON s.noun = 'recommendation' AND a.municipality_id = :m
    AND a.id = s.subject
  LEFT JOIN cycle c ON s.noun = 'round' AND c.municipality_id = :m AND c.id = s.subject
  LEFT JOIN indicator i ON s.noun = 'indicator' AND i.municipality_id = :m AND i.id = s.subject
"""
_REF: Final = "COALESCE(me.ref, g.ref, f.ref, r.ref, a.ref, c.ref, i.code)"
_NAMED: Final = f"""
found AS (
  SELECT s.name AS rule, s.noun, s.subject, s.since, s.cycle_id, s.unit_id,
    NULLIF(s.about, '') AS guard, {_REF} AS ref,
    COALESCE(me.title, g.text, f.text, r.title, a.text, c.title, i.name) AS title
  FROM standing s {_RECORDS}
  WHERE s.municipality_id = :m AND s.topic = 'gap' AND s.day <= :today
)"""
_PICKED: Final = """
WITH picked AS (
  SELECT x.name AS rule, x.noun, x.subject,
    ROW_NUMBER() OVER (PARTITION BY x.name ORDER BY x.day, x.subject) AS place,
    COUNT(*) OVER (PARTITION BY x.name) AS count
  FROM standing x
  WHERE x.municipality_id = :m AND x.topic = 'gap' AND x.day <= :today AND {where}
)
SELECT s.rule, s.count, {ref} AS first FROM picked s {records} WHERE s.place = 1
"""
_OLDEST: Final = """(
    SELECT x.{what} FROM standing x
    WHERE x.municipality_id = :m AND x.topic = 'gap' AND x.name = n.rule AND x.day <= :today{which}
    ORDER BY x.day, x.subject LIMIT 1
  )"""
# The counts come from the tallies; ix_standing_topic gives the oldest of each rule at once.
_FIRSTS: Final = f"""
WITH named AS (
  {" UNION ALL ".join(f"SELECT '{rule.id}' AS rule" for rule in RULES)}
), oldest AS (
  SELECT n.rule, {_OLDEST.format(what="noun", which="{which}")} AS noun,
    {_OLDEST.format(what="subject", which="{which}")} AS subject
  FROM named n
)
SELECT s.rule, {_REF} AS first FROM oldest s {_RECORDS} WHERE s.subject IS NOT NULL
"""
_ITEMS: Final = f"""
WITH {_NAMED}
SELECT x.rule, x.noun, x.ref AS key, x.title, x.since, c.ref AS cycle, o.code AS department, x.guard
FROM found x
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = x.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = x.unit_id
WHERE {{where}}
ORDER BY x.rule, CASE WHEN x.since IS NULL THEN 1 ELSE 0 END, x.since, x.ref, x.guard
"""


def gaps(
    reader: Reader,
    *,
    today: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
) -> list[GapLine]:
    """Give a line for every rule that finds something, what presses most first in its group.

    The command of a line settles the oldest of its gaps.
    """
    if sees_internal and filters == Filters(cycle=filters.cycle):
        counts = _beforehand(reader, today, filters.cycle)
    else:
        where, values = found_by(reader, filters, sees_internal=sees_internal)
        sql = _PICKED.format(where=where, ref=_REF, records=_RECORDS)
        counts = reader.rows(sql, _Counted, today=today, **values)
    found = {row.rule: row for row in counts}
    return [_line(rule, found[rule.id], lang) for rule in RULES if rule.id in found]


def _beforehand(reader: Reader, today: date, cycle: str | None) -> list[_Counted]:
    """Count by the tallies: of the whole town, or of one round."""
    which = {} if cycle is None else {"round": round_id(reader, cycle)}
    counts: Counter[str] = Counter()
    for row in counted(reader, today=today):
        if row.topic == GAP and which.get("round") in {None, row.cycle}:
            counts[row.name] += row.count
    sql = _FIRSTS.format(which=" AND x.cycle_id = :round" if which else "")
    firsts = reader.pairs(sql, today=today, **which)
    return [_Counted(rule, counts[rule], first) for rule, first in firsts]


def all_(
    reader: Reader,
    *,
    today: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
    rule: str | None = None,
) -> list[GapGroup]:
    """Give every record with an open end, by rule or of one rule; the oldest first."""
    where, values = found_by(reader, filters, sees_internal=sees_internal)
    if rule is not None:
        where, values = f"{where} AND x.rule = :rule", values | {"rule": rule}
    also = {"task": ""}
    items = reader.rows(_ITEMS.format(where=where), GapItem, also=also, today=today, **values)
    by_rule: dict[str, list[GapItem]] = {}
    for item in items:
        by_rule.setdefault(item.rule, []).append(replace(item, task=_task(item, lang)))
    lines = gaps(reader, today=today, lang=lang, filters=filters, sees_internal=sees_internal)
    return [_group(line, by_rule[line.rule]) for line in lines if line.rule in by_rule]


def _task(item: GapItem, lang: str) -> str:
    if item.guard is None:
        return task(item.rule, lang)
    machine = "cycle" if item.noun == "round" else "measure"
    return guard_task(item.guard, lang, {"key": item.key, "machine": machine})


def _line(rule: Rule, found: _Counted, lang: str) -> GapLine:
    return GapLine(
        rule=rule.id,
        group=rule.group,
        says=says(rule.id, lang),
        severity=rule.severity,
        count=found.count,
        who=guard_who(rule.who, lang, {}),
        task=task(rule.id, lang),
        command=command(rule.id, lang, found.first),
    )


def _group(line: GapLine, items: Sequence[GapItem]) -> GapGroup:
    told = {each.name: getattr(line, each.name) for each in fields(line)}
    return GapGroup(**told, items=tuple(items))
