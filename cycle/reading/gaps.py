"""The open ends of the circle: a line per rule, or every item, by two statements."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from cycle.machine.gaps import LOOP_IDS, RULES, Rule, command, is_current, says, task
from cycle.machine.words import guard_task, guard_who
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Filters
from cycle.reading.gap_filters import found_by
from cycle.reading.gap_rules import FOUND, ROUNDS


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


@dataclass(frozen=True, slots=True)
class _Indicator:
    """An indicator with its newest value, to be judged by the calendar."""

    code: str
    name: str
    frequency: str
    lag_days: int
    newest: date | None


_COUNTED: Final = f"""
WITH {ROUNDS}, found AS ({FOUND})
SELECT x.rule, COUNT(*) AS count, MIN(x.ref) AS first FROM found x WHERE {{where}} GROUP BY x.rule
"""
_ITEMS: Final = f"""
WITH {ROUNDS}, found AS ({FOUND})
SELECT x.rule, x.noun, x.ref AS key, x.title, x.since, c.ref AS cycle, o.code AS department, x.guard
FROM found x
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = x.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = x.unit_id
WHERE {{where}} ORDER BY x.rule, CASE WHEN x.since IS NULL THEN 1 ELSE 0 END, x.since, x.ref
"""
_INDICATORS: Final = """
SELECT i.code, i.name, i.frequency, i.publication_lag_days AS lag_days, MAX(o.period_end) AS newest
FROM indicator i
LEFT JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
LEFT JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
  AND o.status <> 'pending'
WHERE i.municipality_id = :m AND {where}
GROUP BY i.id, i.code, i.name, i.frequency, i.publication_lag_days ORDER BY i.code
"""
_INDICATOR_FIELD: Final = (
    "i.field_id IN (SELECT id FROM field_of_action WHERE municipality_id = :m AND code = :f_field)"
)


def gaps(
    reader: Reader,
    *,
    today: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
) -> list[GapLine]:
    """Give a line for every rule that finds something, what presses most first in its group."""
    where, values = found_by(reader, filters, sees_internal=sees_internal)
    found = {row.rule: row for row in reader.rows(_COUNTED.format(where=where), _Counted, **values)}
    stale = _stale(reader, filters, today, values)
    if stale:
        found["observation_missing"] = _Counted("observation_missing", len(stale), stale[0].code)
    return [_line(rule, found[rule.id], lang) for rule in RULES if rule.id in found]


def counts(reader: Reader, *, today: date, filters: Filters = NOTHING) -> dict[str, int]:
    """Give how often each rule of the circle finds something, without what was taken over."""
    lines = gaps(reader, today=today, lang="en", filters=filters)
    return {line.rule: line.count for line in lines if line.rule in LOOP_IDS}


def all_(
    reader: Reader,
    *,
    today: date,
    lang: str,
    filters: Filters = NOTHING,
    sees_internal: bool = True,
) -> list[GapGroup]:
    """Give every record with an open end, by rule; the oldest first."""
    where, values = found_by(reader, filters, sees_internal=sees_internal)
    also = {"task": ""}
    items = reader.rows(_ITEMS.format(where=where), GapItem, also=also, **values)
    items += [_item(each) for each in _stale(reader, filters, today, values)]
    by_rule: dict[str, list[GapItem]] = {}
    for item in items:
        by_rule.setdefault(item.rule, []).append(replace(item, task=_task(item, lang)))
    return [_group(r, by_rule[r.id], lang) for r in RULES if r.id in by_rule]


def _stale(
    reader: Reader, filters: Filters, today: date, values: dict[str, Any]
) -> list[_Indicator]:
    """Give the indicators whose value is older than it need be; only a field narrows them."""
    if set(filters.given) - {"field"} or filters.mine is not None:
        return []
    where = _INDICATOR_FIELD if filters.field else "1 = 1"
    found = reader.rows(_INDICATORS.format(where=where), _Indicator, **values)
    return [i for i in found if not is_current(i.frequency, i.lag_days, i.newest, today)]


def _item(row: _Indicator) -> GapItem:
    return GapItem(
        rule="observation_missing",
        noun="indicator",
        key=row.code,
        title=row.name,
        since=row.newest,
        cycle=None,
        department=None,
        guard=None,
        task="",
    )


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


def _group(rule: Rule, items: Sequence[GapItem], lang: str) -> GapGroup:
    first = min(item.key for item in items)
    line = _line(rule, _Counted(rule.id, len(items), first), lang)
    told = {each.name: getattr(line, each.name) for each in fields(line)}
    return GapGroup(**told, items=tuple(items))
