"""Measures as lists and screens show them, and the moves open to each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cycle.machine.core import Offer
from cycle.machine.measures import LIVE, MEASURES
from cycle.reading.door import Reader, many
from cycle.reading.facts import facts
from cycle.reading.filters import COUNTED, NOTHING, Condition, Filters, condition
from cycle.reading.keys import find
from cycle.reading.lights import Colours, colours, lights
from cycle.reading.pages import ALL, Page
from cycle.reading.policy import of_measure
from cycle.reading.problems import reason
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import DRAFTS, Sight
from cycle.reading.town import town

KINDS: Final = ("built", "staffing", "organisational", "financial")
AT_ONCE: Final = 500  # keys a statement names; beyond that it gives all


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line of the list of measures."""

    key: str
    title: str
    state: str
    cycle: str
    lead: str | None
    fields: tuple[str, ...]
    areas: tuple[str, ...]
    citywide: bool
    goal: str | None  # the main one
    planned_end: date | None
    forecast_end: date | None
    priority: int
    taken_over: bool
    version: int
    lights: Colours | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one measure shows of itself, but for what hangs on it."""

    key: str
    title: str
    description: str | None
    state: str
    version: int
    cycle: str
    lead: str | None
    partners: tuple[str, ...]
    fields: tuple[str, ...]
    areas: tuple[str, ...]
    citywide: bool
    cross_departmental: bool  # a second office of the town works on it
    taken_over: bool
    strand: str | None
    mandate: str | None
    binding: str | None
    planned_start: date | None
    planned_end: date | None
    first_planned_end: date | None
    period_text: str | None
    is_ongoing: bool
    forecast_end: date | None
    actual_start: date | None
    actual_end: date | None
    next_evaluation_due: date | None
    raised_to: str | None


_LISTS = """
  (SELECT string_agg(f.code, '|') FROM measure_field l
    JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS fields,
  (SELECT string_agg(a.code, '|') FROM measure_area l
    JOIN area a ON a.municipality_id = :m AND a.id = l.area_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS areas"""
_FROM = """
FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND {where} ORDER BY me.ref"""
_LIST = f"""
SELECT me.ref AS key, me.title, me.state, c.ref AS cycle, o.code AS lead, me.citywide,
  me.planned_end, me.forecast_end, me.priority, me.taken_over, me.version,
  (SELECT MIN(g.ref) FROM measure_goal l
    STRAIGHT JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id AND l.contribution = 'main') AS goal,
  {_LISTS}{_FROM}
"""
_SHOW = f"""
SELECT me.ref AS key, me.title, me.description, me.state, me.version, c.ref AS cycle,
  o.code AS lead, me.citywide, me.taken_over, me.strand, me.mandate, me.binding,
  me.planned_start, me.planned_end, me.first_planned_end, me.period_text, me.is_ongoing,
  me.forecast_end, me.actual_start, me.actual_end, me.next_evaluation_due, me.raised_to,
  (SELECT string_agg(p.code, '|') FROM measure_partner l
    JOIN org_unit p ON p.municipality_id = :m AND p.id = l.org_unit_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS partners,
  EXISTS (SELECT 1 FROM measure_partner l
    JOIN org_unit p ON p.municipality_id = :m AND p.id = l.org_unit_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id AND l.org_unit_id <> me.lead_id
      AND p.kind IN ('department', 'division', 'staff_unit', 'municipal_enterprise'))
    AS cross_departmental,
  {_LISTS}{_FROM}
"""
# From the one measure to what hangs on it.
_GOALS = """
SELECT g.ref, l.contribution FROM measure me
STRAIGHT JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = me.id
STRAIGHT JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id
WHERE me.municipality_id = :m AND me.ref = :key ORDER BY l.contribution, g.ref
"""
_CONSEQUENCES = """
SELECT k.kind, k.state, k.countersigned_on IS NOT NULL FROM measure me
STRAIGHT JOIN consequence k ON k.municipality_id = :m AND k.measure_id = me.id
WHERE me.municipality_id = :m AND me.ref = :key
"""
_LINEAGE = """
SELECT p.ref AS predecessor, s.ref AS successor FROM measure p
STRAIGHT JOIN measure_link l ON l.municipality_id = :m AND l.predecessor_id = p.id
STRAIGHT JOIN measure s ON s.municipality_id = :m AND s.id = l.successor_id
WHERE p.municipality_id = :m AND p.ref = :key{hidden}
UNION
SELECT p.ref, s.ref FROM measure s
STRAIGHT JOIN measure_link l ON l.municipality_id = :m AND l.successor_id = s.id
STRAIGHT JOIN measure p ON p.municipality_id = :m AND p.id = l.predecessor_id
WHERE s.municipality_id = :m AND s.ref = :key{hidden}
ORDER BY 1, 2
"""


def visible(*, sees_internal: bool) -> str:
    """Give the condition on measures for somebody who sees this far."""
    return "1 = 1" if sees_internal else f"state NOT IN {DRAFTS}"


def within(sight: Sight) -> Condition:
    """Give the condition on the measures somebody sees, with its values."""
    if sight.whole:
        return "1 = 1", {}
    listed, values = many("seen", sorted(sight.units))
    lead = f"SELECT id FROM org_unit WHERE municipality_id = :m AND code IN ({listed})"
    own = f"lead_id IS NOT NULL AND lead_id IN ({lead})"  # one that nobody leads is nobody's own
    return f"(state NOT IN {DRAFTS} OR ({own}))", values


def hidden(reader: Reader, sight: Sight | None, keys: Iterable[str]) -> frozenset[str]:
    """Tell which of these measures somebody does not see; None sees all."""
    asked = sorted(set(keys))
    if sight is None or sight.whole or not asked:
        return frozenset()
    seen, values = within(sight)
    sql = f"SELECT ref FROM measure WHERE municipality_id = :m AND NOT {seen}"
    if len(asked) <= AT_ONCE:
        listed, more = many("told", asked)
        sql, values = f"{sql} AND ref IN ({listed})", {**values, **more}
    return frozenset(key for (key,) in reader.pairs(sql, **values))


def listed(
    reader: Reader,
    filters: Filters = NOTHING,
    *,
    today: date,
    sees_internal: bool = True,
    sight: Sight | None = None,
    page: Page = ALL,
) -> list[MeasureRow]:
    """Give the measures the filters pick, by key, with the colours of their lights on a day.

    What was entered in error shows only among the cancelled ones. `sight` tells more finely than
    `sees_internal` whose drafts are seen.
    """
    where, values = condition(reader, filters)
    if filters.state != "cancelled":
        where += f" AND {COUNTED}"
    if sight:
        seen, more = within(sight)
        where, values = f"{where} AND {seen}", values | more
    elif not sees_internal:
        where += f" AND me.state NOT IN {DRAFTS}"
    where, values = page.narrow("me.ref", where, values)
    rows = reader.rows(page.cut(_LIST.format(where=where)), MeasureRow, **values)
    if page.given:  # lights of what is shown, not of all that fits
        listed, keys = many("shown", [row.key for row in rows])
        where, values = f"me.ref IN ({listed})", keys
    ended = any(row.state not in LIVE for row in rows)
    lit = colours(reader, where, values, today=today, policy=town(reader).policy, ended=ended)
    return [replace(row, lights=lit[row.key]) for row in rows]


def show(
    reader: Reader,
    key: str,
    today: date,
    lang: str = "en",
    *,
    sees_internal: bool = True,
    sight: Sight | None = None,
) -> Json:
    """Give one measure with its duties, the moves its state knows, and its lineage.

    Raises NotFound for a key nobody knows, or a draft the caller may not see.
    """
    seen, values = within(sight) if sight else (visible(sees_internal=sees_internal), {})
    key = find(reader, "measure", key, where=seen, **values)
    here = town(reader)
    row = plain(reader.one(_SHOW.format(where="me.ref = :key"), _Shown, key=key))
    sees_internal = sight.inside(row["lead"]) if sight else sees_internal
    raised_to = row.pop("raised_to")
    head = {name: row.pop(name) for name in ("key", "title", "description", "state")}
    return {
        **head,
        "stage": MEASURES.state(head["state"]).stage,
        **row,
        "policy": of_measure(here, raised_to),
        "goals": [{"key": k, "contribution": c} for k, c in reader.pairs(_GOALS, key=key)],
        "consequences": _consequences(reader, key),
        "lights": lights(
            reader, [key], today=today, policy=here.policy, lang=lang, sees_internal=sees_internal
        )[key],
        "offers": offers(reader, key, today=today, lang=lang),
        "lineage": _lineage(
            reader,
            key,
            sight,
            sees_internal=sees_internal,
        ),
    }


def offers(reader: Reader, key: str, *, today: date, lang: str) -> list[Json]:
    """Give every move the measure's state knows, with all that blocks it, in words."""
    seen = facts(reader, today=today, keys=(key,))[key]
    return [_offer(each, lang) for each in MEASURES.offers(seen.state, seen, seen.policy)]


def _offer(offer: Offer, lang: str) -> Json:
    return {
        "name": offer.name,
        "to": offer.to,
        "allowed": offer.allowed,
        "blocked_by": [reason(each, lang) for each in offer.blocked_by],
    }


def _consequences(reader: Reader, key: str) -> Json:
    shown = {}
    for kind, state, countersigned in reader.pairs(_CONSEQUENCES, key=key):
        shown[kind] = {"state": state}
        if kind == "financial":
            shown[kind]["countersigned"] = bool(countersigned)
    return {kind: shown[kind] for kind in KINDS if kind in shown}


def _lineage(reader: Reader, key: str, sight: Sight | None, *, sees_internal: bool) -> Json:
    drafts = "" if sees_internal else f" AND p.state NOT IN {DRAFTS} AND s.state NOT IN {DRAFTS}"
    links = reader.pairs(_LINEAGE.format(hidden=drafts), key=key)
    unseen = hidden(reader, sight, (other for link in links for other in link))
    return {
        "predecessors": [p for p, s in links if s == key and p not in unseen],
        "successors": [s for p, s in links if p == key and s not in unseen],
    }
