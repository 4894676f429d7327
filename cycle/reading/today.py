"""What waits for somebody today: by role what a rule found, and what only this role can settle."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine import gaps, overdue
from cycle.machine.measures import MEASURES
from cycle.machine.standing import GAP, OVERDUE
from cycle.machine.words import guard_task
from cycle.reading.door import Reader, many
from cycle.reading.facts import facts
from cycle.reading.filters import Filters
from cycle.reading.journal import EventRow, head, paged
from cycle.reading.overdue import OverdueRow, listed
from cycle.reading.pages import Page
from cycle.reading.sight import DRAFTS, Sight

NEXT: Final = ("target", "propose")  # the steps that lead a draft on
LOOKED: Final = 120  # deeds in which what is new is looked for
DEPARTMENT: Final = {"lead", "owner", "addressee", "named"}  # what a rule calls the one that owes
PUBLIC: Final = frozenset({"measure", "report", "evaluation", "cycle", "decision", "goal"})


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule found in the whole town, and since when the oldest of it is open."""

    topic: str
    rule: str
    count: int
    since: date | None

    @property
    def says(self) -> tuple[str, str]:
        """Tell which words name it: of gaps or of what is overdue, and by which code."""
        return self.topic, self.rule


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft of a department, and what is to be supplied next."""

    key: str
    title: str
    state: str
    step: str | None  # it leads to
    task: str | None  # None: nothing is missing for that step
    missing: int


@dataclass(frozen=True, slots=True)
class PressingRow:
    """A measure that waits for one role, and since when."""

    key: str
    title: str
    lead: str | None
    since: date | None
    total: int  # of all that wait so


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """An exception that was granted and not yet used."""

    key: str
    guard: str
    since: date


_BY_RULE: Final = """
SELECT s.topic, s.name AS rule, COUNT(*) AS count, MIN(s.since) AS since FROM standing s
WHERE s.municipality_id = :m AND s.topic IN ('gap', 'overdue') AND s.day <= :today
GROUP BY s.topic, s.name
"""
_TO_COUNTERSIGN: Final = """
SELECT me.ref AS key, me.title, o.code AS lead, k.assessed_on AS since, COUNT(*) OVER () AS total
FROM measure me
JOIN consequence k ON k.municipality_id = :m AND k.measure_id = me.id AND k.kind = 'financial'
  AND k.state <> 'open' AND k.countersigned_on IS NULL
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND me.state IN ('draft', 'targeted', 'proposed', 'deferred')
ORDER BY k.assessed_on, me.ref LIMIT :most
"""
_PROPOSED: Final = """
SELECT me.ref AS key, me.title, o.code AS lead, me.state_since AS since,
  COUNT(*) OVER () AS total
FROM measure me
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND me.state = 'proposed'
ORDER BY me.state_since, me.ref LIMIT :most
"""
_EVALUATED: Final = _PROPOSED.replace("'proposed'", "'evaluated'")
_IMPLEMENTED: Final = _PROPOSED.replace("'proposed'", "'implemented'")
_DRAFTS: Final = f"""
SELECT me.ref FROM measure me
JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id AND o.code IN ({{codes}})
WHERE me.municipality_id = :m AND me.state IN {DRAFTS} ORDER BY me.ref
"""
_UNUSED: Final = """
SELECT COALESCE(me.ref, c.ref) AS key, w.guard, w.granted_on AS since FROM waiver w
LEFT JOIN measure me ON me.municipality_id = :m AND me.id = w.measure_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = w.cycle_id
WHERE w.municipality_id = :m AND w.used_on IS NULL
ORDER BY w.granted_on, w.id
"""


def by_rule(reader: Reader, roles: Collection[str], *, today: date) -> list[RuleRow]:
    """Give the rules that found something these roles settle, what presses most first."""
    order = [(OVERDUE, rule.code) for rule in overdue.RULES if set(rule.who) & set(roles)]
    order += [(GAP, rule.id) for rule in gaps.RULES if rule.who in roles]
    found = {row.says: row for row in reader.rows(_BY_RULE, RuleRow, today=today)}
    return [found[each] for each in order if each in found]


def own(reader: Reader, units: Collection[str], *, today: date, lang: str) -> list[OverdueRow]:
    """Give what these departments owe, the oldest first."""
    mine = Filters(mine=tuple(sorted(units)))
    found = listed(reader, today=today, lang=lang, filters=mine)
    return [row for row in found if not row.done and DEPARTMENT & set(_who(row))]


def _who(row: OverdueRow) -> tuple[str, ...]:
    return overdue.rule_of(row.rule, row.which).who


def drafts(
    reader: Reader, units: Collection[str], most: int, *, today: date, lang: str
) -> tuple[list[DraftRow], int]:
    """Give the first drafts of departments, each with the next thing it lacks, and their number."""
    codes, values = many("unit", sorted(units))
    keys = [key for (key,) in reader.pairs(_DRAFTS.format(codes=codes), **values)]
    found = []
    for each in facts(reader, today=today, keys=tuple(keys[:most])).values():
        offers = MEASURES.offers(each.state, each, each.policy)
        step = next((offer for offer in offers if offer.name in NEXT), None)
        lacks = step.blocked_by if step else ()
        task = guard_task(lacks[0].guard, lang, lacks[0].values) if lacks else None
        name = step.name if step else None
        found.append(DraftRow(each.key, each.title, str(each.state), name, task, len(lacks)))
    return found, len(keys)


def to_countersign(reader: Reader, most: int) -> list[PressingRow]:
    """Give the first measures whose financial consequences wait for the finance office."""
    return reader.rows(_TO_COUNTERSIGN, PressingRow, most=most)


def undecided(reader: Reader, most: int) -> list[PressingRow]:
    """Give the proposals that wait longest for a decision."""
    return reader.rows(_PROPOSED, PressingRow, most=most)


def undisposed(reader: Reader, most: int) -> list[PressingRow]:
    """Give those measures that were evaluated first and wait for what follows."""
    return reader.rows(_EVALUATED, PressingRow, most=most)


def unevaluated(reader: Reader, most: int) -> list[PressingRow]:
    """Give those measures that were carried out first and wait for their evaluation."""
    return reader.rows(_IMPLEMENTED, PressingRow, most=most)


def unused_waivers(reader: Reader) -> list[WaiverRow]:
    """Give the exceptions that were granted and hold for the next step."""
    return reader.rows(_UNUSED, WaiverRow)


def news(reader: Reader, sight: Sight, most: int) -> list[EventRow]:
    """Give what has happened lately, the latest first, as somebody sees it."""
    after = max(head(reader) - LOOKED, 0)
    rows = paged(reader, sight, page=Page(str(after), LOOKED))
    told = [row for row in rows if row.entity in PUBLIC and (row.to_state or row.key)]
    return list(reversed(told))[:most]
