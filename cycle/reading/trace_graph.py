"""The web from findings to measures and back, over all rounds, as far as one record reaches.

Three statements, however long the chain is: the links within reach, the records on them, and
what was decided on each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.reading.door import Reader, many
from cycle.reading.measures import hidden
from cycle.reading.sight import DRAFTS, Sight

FORTH: Final = "forth"  # what became of it
BACK: Final = "back"  # where it comes from


@dataclass(frozen=True, slots=True)
class Edge:
    """From one record to the next one on the circle; `how` says what ties them."""

    way: str
    here: str
    there: str
    how: str


@dataclass(frozen=True, slots=True)
class Node:
    """A record on the way."""

    id: str
    kind: str
    key: str
    title: str
    state: str | None  # of a finding its response, of an evaluation its judgement
    cycle: str | None
    on: date | None
    of: str | None  # the measure a finding speaks of
    public: bool  # False: for those only who see internal things


@dataclass(frozen=True, slots=True)
class Said:
    """A decision on a record of the trace."""

    subject: str  # id of what was decided on
    key: str
    on: date
    result: str
    body: str | None
    paper: str | None
    repeals: str | None  # the decision it takes back
    public: bool


@dataclass(frozen=True, slots=True)
class Web:
    """All that is within reach of the records the trace starts from."""

    nodes: Mapping[str, Node]
    edges: Mapping[tuple[str, str], Sequence[Edge]]  # way and id → links
    said: Mapping[str, Sequence[Said]]

    def after(self, way: str, id_: str) -> list[tuple[str, Node]]:
        """Give the next records that way, each with what ties it."""
        links = self.edges.get((way, id_), ())
        found = [(e.how, self.nodes[e.there]) for e in links if e.there in self.nodes]
        return sorted(found, key=lambda pair: (_ORDER.index(pair[1].kind), pair[1].key))


_ORDER: Final = (
    "round", "paper", "report", "finding", "recommendation", "goal", "decision", "measure",
    "evaluation",
)  # fmt: skip

# Every link of the circle, in the direction in which one thing came of the other.
_LINKS: Final = """
link(how, a, b) AS (
  SELECT 'presents', paper_id, id FROM report
    WHERE municipality_id = :m AND paper_id IS NOT NULL
  UNION ALL SELECT 'reports', cycle_id, id FROM report WHERE municipality_id = :m
  UNION ALL SELECT 'states', report_id, id FROM finding
    WHERE municipality_id = :m AND report_id IS NOT NULL
  UNION ALL SELECT 'taken_up', origin_finding_id, id FROM finding
    WHERE municipality_id = :m AND origin_finding_id IS NOT NULL
  UNION ALL SELECT 'answered_by', finding_id, goal_id FROM goal_finding WHERE municipality_id = :m
  UNION ALL SELECT 'answered_by', finding_id, measure_id FROM measure_finding
    WHERE municipality_id = :m
  UNION ALL SELECT 'advises', COALESCE(finding_id, evaluation_id), id FROM recommendation
    WHERE municipality_id = :m
  UNION ALL SELECT 'made_concrete_by', parent_id, id FROM goal
    WHERE municipality_id = :m AND parent_id IS NOT NULL
  UNION ALL SELECT 'continued_as', predecessor_id, id FROM goal
    WHERE municipality_id = :m AND predecessor_id IS NOT NULL
  UNION ALL SELECT 'pursued_by', goal_id, measure_id FROM measure_goal WHERE municipality_id = :m
  UNION ALL SELECT 'taken_from', p.id, me.id FROM measure me
    JOIN paper p ON p.municipality_id = :m AND p.ref = me.source
    WHERE me.municipality_id = :m AND me.source IS NOT NULL
  UNION ALL SELECT 'became', predecessor_id, successor_id FROM measure_link
    WHERE municipality_id = :m
  UNION ALL SELECT 'evaluated_by', measure_id, evaluation_id FROM evaluation_measure
    WHERE municipality_id = :m
  UNION ALL SELECT 'found', COALESCE(origin_evaluation_id, origin_measure_id), id FROM finding
    WHERE municipality_id = :m AND origin_measure_id IS NOT NULL AND origin_finding_id IS NULL
  UNION ALL SELECT 'led_to', k.paper_id, d.id FROM decision d
    JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
    WHERE d.municipality_id = :m
  UNION ALL SELECT 'decides', decision_id, COALESCE(measure_id, goal_id, report_id)
    FROM decision_subject WHERE municipality_id = :m AND cycle_id IS NULL
),
step(way, here, there, how) AS (
  SELECT 'forth', a, b, how FROM link
  UNION ALL SELECT 'back', b, a, how FROM link WHERE how NOT IN ('led_to', 'decides')
),
reach(way, id) AS (
  SELECT CAST('forth' AS TEXT), CAST(:start AS TEXT)
  UNION SELECT CAST('back' AS TEXT), CAST(:start AS TEXT)
  UNION SELECT s.way, s.there FROM reach r JOIN step s ON s.way = r.way AND s.here = r.id
)"""
_EDGES: Final = f"""
WITH RECURSIVE {_LINKS}
SELECT s.way, s.here, s.there, s.how FROM reach r JOIN step s ON s.way = r.way AND s.here = r.id
"""
_NO_TEXT: Final = "CAST(NULL AS TEXT)"
_NO_DAY: Final = "CAST(NULL AS DATE)"
_NODES: Final = f"""
SELECT r.id, 'report' AS kind, r.ref AS key, r.title, r.status AS state, c.ref AS cycle,
  r.presented_on AS "on", {_NO_TEXT} AS "of", TRUE AS public
FROM report r JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
WHERE r.municipality_id = :m AND r.id IN ({{ids}})
UNION ALL
SELECT f.id, 'finding', f.ref, f.text, f.response, c.ref, f.responded_on, f.origin_measure_id, TRUE
FROM finding f
LEFT JOIN report r ON r.municipality_id = :m AND r.id = f.report_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
WHERE f.municipality_id = :m AND f.id IN ({{ids}})
UNION ALL
SELECT r.id, 'recommendation', r.ref, r.text, r.response, c.ref, r.answered_on, {_NO_TEXT}, TRUE
FROM recommendation r LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
WHERE r.municipality_id = :m AND r.id IN ({{ids}})
UNION ALL
SELECT g.id, 'goal', g.ref, g.text, g.status, c.ref, g.due, {_NO_TEXT}, TRUE
FROM goal g JOIN cycle c ON c.municipality_id = :m AND c.id = g.cycle_id
WHERE g.municipality_id = :m AND g.id IN ({{ids}})
UNION ALL
SELECT me.id, 'measure', me.ref, me.title, me.state, c.ref, me.actual_start, {_NO_TEXT},
  me.state NOT IN {DRAFTS}
FROM measure me JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
WHERE me.municipality_id = :m AND me.id IN ({{ids}})
UNION ALL
SELECT e.id, 'evaluation', e.ref, COALESCE(e.text, ''), COALESCE(e.overall, e.status), {_NO_TEXT},
  e.concluded_on, {_NO_TEXT}, TRUE
FROM evaluation e WHERE e.municipality_id = :m AND e.id IN ({{ids}})
UNION ALL
SELECT p.id, 'paper', p.ref, p.name, {_NO_TEXT}, {_NO_TEXT}, p.dated, {_NO_TEXT}, p.public
FROM paper p WHERE p.municipality_id = :m AND p.id IN ({{ids}})
UNION ALL
SELECT d.id, 'decision', d.ref, d.text, d.result, {_NO_TEXT}, d.decided_on, {_NO_TEXT},
  COALESCE(k.public AND p.public, FALSE)
FROM decision d
LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
LEFT JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
WHERE d.municipality_id = :m AND d.id IN ({{ids}})
UNION ALL
SELECT c.id, 'round', c.ref, c.title, c.stage, c.ref, c.period_start, {_NO_TEXT}, TRUE
FROM cycle c WHERE c.municipality_id = :m AND c.id IN ({{ids}})
"""
# A decision that was corrected gives way to its correction.
_SAID: Final = """
SELECT COALESCE(s.measure_id, s.goal_id, s.report_id, s.cycle_id) AS subject, d.ref AS key,
  d.decided_on AS "on", d.result, b.short_name AS body, p.ref AS paper,
  r.ref AS repeals, COALESCE(k.public AND p.public, FALSE) AS public
FROM decision_subject s
JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
LEFT JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
LEFT JOIN decision r ON r.municipality_id = :m AND r.id = d.repeals_id
WHERE s.municipality_id = :m
  AND (s.measure_id IN ({ids}) OR s.goal_id IN ({ids}) OR s.report_id IN ({ids})
    OR s.cycle_id IN ({ids}))
  AND NOT EXISTS (SELECT 1 FROM decision x
    WHERE x.municipality_id = :m AND x.corrects_id = d.id)
ORDER BY d.decided_on, d.ref
"""


def web(reader: Reader, start: str, sight: Sight | None = None, *, sees_internal: bool) -> Web:
    """Give all that hangs together with the record of this id, both ways."""
    edges = reader.rows(_EDGES, Edge, start=start)
    listed, values = many("id", sorted({start} | {e.there for e in edges}))
    nodes = reader.rows(_NODES.format(ids=listed), Node, **_typed(values))
    said = reader.rows(_SAID.format(ids=listed), Said, **_typed(values))
    by_here: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        by_here.setdefault((edge.way, edge.here), []).append(edge)
    by_subject: dict[str, list[Said]] = {}
    for each in said:
        if sees_internal or each.public:
            by_subject.setdefault(each.subject, []).append(each)
    unseen = hidden(reader, sight, (n.key for n in nodes))
    told = [n for n in nodes if n.key not in unseen]
    seen = {n.id: n for n in told if sees_internal or n.public}
    return Web(seen, by_here, by_subject)


def _typed(values: Mapping[str, object]) -> dict[str, Any]:
    return dict(values)
