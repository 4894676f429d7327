"""Rounds as lists and pages show them, and what decides whether one may be opened."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from cycle.errors import Reason
from cycle.machine.core import Offer
from cycle.machine.cycles import ROUNDS, CycleFacts
from cycle.machine.facts import Ask
from cycle.machine.policy import Policy
from cycle.machine.states import STATES
from cycle.reading.cycle_facts import facts
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.measures import hidden
from cycle.reading.problems import reason
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight
from cycle.reading.town import town

__all__ = ["CycleRow", "facts", "listed", "opening", "show"]

BEFORE_EVALUATION = frozenset({"report", "goal", "measure"})


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One line of the list of rounds; a round without fields or strands covers them all."""

    key: str
    title: str
    round: int
    stage: str
    period_start: date
    period_end: date | None
    closed_on: date | None
    taken_over: bool
    to_confirm: bool
    scheme: str | None
    predecessor: str | None
    successor: str | None
    fields: tuple[str, ...]
    strands: tuple[str, ...]
    papers: tuple[str, ...]

    def meets(self, fields: Collection[str], strands: Collection[str]) -> bool:
        """Tell whether the round deals with one of these fields in one of these strands."""
        return _common(self.fields, fields) and _common(self.strands, strands)


_LISTED = """
SELECT c.ref AS key, c.title, c.round, c.stage, c.period_start, c.period_end, c.closed_on,
  c.taken_over, c.to_confirm, s.code AS scheme, p.ref AS predecessor, n.ref AS successor,
  (SELECT string_agg(f.code, '|') FROM cycle_field l
    JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id
    WHERE l.municipality_id = :m AND l.cycle_id = c.id) AS fields,
  (SELECT string_agg(l.strand, '|') FROM cycle_strand l
    WHERE l.municipality_id = :m AND l.cycle_id = c.id) AS strands,
  (SELECT string_agg(x.ref, '|') FROM cycle_paper l
    JOIN paper x ON x.municipality_id = :m AND x.id = l.paper_id AND {seen}
    WHERE l.municipality_id = :m AND l.cycle_id = c.id) AS papers
FROM cycle c
LEFT JOIN area_scheme s ON s.municipality_id = :m AND s.id = c.area_scheme_id
LEFT JOIN cycle p ON p.municipality_id = :m AND p.id = c.predecessor_id
LEFT JOIN cycle n ON n.municipality_id = :m AND n.predecessor_id = c.id
WHERE c.municipality_id = :m AND {where}
ORDER BY c.period_start, c.ref
"""


def _sql(where: str, *, sees_internal: bool) -> str:
    """Leave papers out that are not for everyone."""
    return _LISTED.format(where=where, seen="1 = 1" if sees_internal else "x.public")


def listed(reader: Reader, *, sees_internal: bool = True) -> list[CycleRow]:
    """Give every round of the town, the earliest first."""
    return reader.rows(_sql("1 = 1", sees_internal=sees_internal), CycleRow)


def opening(
    reader: Reader,
    *,
    today: date,
    policy: Policy,
    ask: Ask,
    fields: Collection[str] = (),
    strands: Collection[str] = (),
    predecessor: str | None = None,
) -> CycleFacts:
    """Give the facts that decide whether a new round of these fields may be opened."""
    rounds = listed(reader)
    before = next((r for r in rounds if r.key == predecessor), None)
    return CycleFacts(
        today=today,
        policy=policy,
        ask=ask,
        overlapping=tuple(
            r.key for r in rounds if r.stage in BEFORE_EVALUATION and r.meets(fields, strands)
        ),
        predecessor=before.key if before else None,
        predecessor_stage=before.stage if before else None,
    )


@dataclass(frozen=True, slots=True)
class StageRow:
    """The round was in a stage."""

    stage: str
    entered_on: date
    left_on: date | None
    by_role: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of the round, in short."""

    key: str
    kind: str
    title: str
    status: str
    findings: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something the round must see done by a day."""

    code: str
    text: str | None
    due: date


_STAGES = """
SELECT e.stage, e.entered_on, e.left_on, e.by_role, e.reason FROM stage_entry e
JOIN cycle c ON c.municipality_id = :m AND c.id = e.cycle_id AND c.ref = :key
WHERE e.municipality_id = :m ORDER BY e.entered_on, e.id
"""
_REPORTS = """
SELECT r.ref AS key, r.kind, r.title, r.status, (SELECT COUNT(*) FROM finding f
  WHERE f.municipality_id = :m AND f.report_id = r.id) AS findings
FROM report r JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id AND c.ref = :key
WHERE r.municipality_id = :m ORDER BY r.ref
"""
_STATES = """
SELECT me.state, COUNT(*) FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id AND c.ref = :key
WHERE me.municipality_id = :m GROUP BY me.state
"""
_GOALS = """
SELECT g.status, COUNT(*) FROM goal g
JOIN cycle c ON c.municipality_id = :m AND c.id = g.cycle_id AND c.ref = :key
WHERE g.municipality_id = :m GROUP BY g.status ORDER BY g.status
"""
_OWED = """
SELECT DISTINCT o.guard FROM owed o
JOIN cycle c ON c.municipality_id = :m AND c.id = o.cycle_id AND c.ref = :key
WHERE o.municipality_id = :m AND o.settled_on IS NULL ORDER BY o.guard
"""
_DUE = """
SELECT d.code, d.text, d.due FROM deadline d
JOIN cycle c ON c.municipality_id = :m AND c.id = d.cycle_id AND c.ref = :key
WHERE d.municipality_id = :m AND d.met_on IS NULL ORDER BY d.due, d.code, d.text
"""
# Measures that ran and were never judged, whatever became of them.
_UNEVALUATED = """
SELECT me.ref FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id AND c.ref = :key
  AND c.stage IN ('evaluation', 'closed')
WHERE me.municipality_id = :m AND me.actual_start IS NOT NULL
  AND me.state <> 'superseded' AND COALESCE(me.reason_code, '') <> 'entered_in_error'
  AND NOT EXISTS (SELECT 1 FROM evaluation_measure l
    JOIN evaluation e ON e.municipality_id = :m AND e.id = l.evaluation_id
      AND e.status = 'final' AND e.purpose = 'summative'
    WHERE l.municipality_id = :m AND l.measure_id = me.id)
ORDER BY me.ref
"""
_MORE = """
SELECT guiding_principles, source, source_date, version FROM cycle
WHERE municipality_id = :m AND ref = :key
"""


def show(
    reader: Reader,
    key: str,
    today: date,
    lang: str = "en",
    *,
    sees_internal: bool = True,
    sight: Sight | None = None,
) -> Json:
    """Give all there is to tell about one round; NotFound where there is none of that key.

    What stands in the way of its next steps names drafts, which are internal; measures out of
    `sight` are counted there and not named.
    """
    key = find(reader, "round", key)
    seen = facts(reader, key, today=today, policy=town(reader).policy)
    offers = ROUNDS.offers(seen.stage, seen, seen.policy) if sees_internal else ()
    unseen = hidden(reader, sight, seen.open_measures) if offers else frozenset()
    principles, source, source_date, version = reader.pairs(_MORE, key=key)[0]
    counted = dict(reader.pairs(_STATES, key=key))
    return {
        **plain(reader.one(_sql("c.ref = :key", sees_internal=sees_internal), CycleRow, key=key)),
        "version": version,
        "guiding_principles": principles,
        "source": source,
        "source_date": plain(source_date),
        "stages": plain(reader.rows(_STAGES, StageRow, key=key)),
        "reports": plain(reader.rows(_REPORTS, ReportRow, key=key)),
        "goals": dict(reader.pairs(_GOALS, key=key)),
        "states": {state.name: counted.get(state.name, 0) for state in STATES},
        "owed": [guard for (guard,) in reader.pairs(_OWED, key=key)],
        "without_evaluation": [ref for (ref,) in reader.pairs(_UNEVALUATED, key=key)],
        "deadlines": plain(reader.rows(_DUE, DueRow, key=key)),
        "offers": [_offer(o, lang, unseen) for o in offers],
    }


def _offer(offer: Offer, lang: str, unseen: frozenset[str]) -> Json:
    return {
        "name": offer.name,
        "to": offer.to,
        "allowed": offer.allowed,
        "blocked_by": [reason(_without(each, unseen), lang) for each in offer.blocked_by],
    }


def _without(each: Reason, unseen: frozenset[str]) -> Reason:
    """Take what is not seen out of the keys a reason names; a sign stands for all of it."""
    named = each.values.get("keys")
    if not isinstance(named, tuple) or unseen.isdisjoint(named):
        return each
    kept = tuple(key for key in named if key not in unseen)
    return replace(each, values={**each.values, "keys": (*kept, "…")})


def _common(ours: Collection[str], theirs: Collection[str]) -> bool:
    return not ours or not theirs or bool(set(ours) & set(theirs))
