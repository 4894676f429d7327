"""What hangs on a measure: consequences, involvement, steps, levers, promises, plans, choices."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.reading.decisions import PUBLIC
from cycle.reading.door import Reader
from cycle.reading.sight import DRAFTS


@dataclass(frozen=True, slots=True)
class ConsequenceRow:
    """What it demands of one kind; money in cents, posts in hundredths."""

    kind: str
    state: str
    text: str | None
    proposal: str | None  # the text of its predecessor, or of before a cut
    need: str | None
    site: str | None
    cost_cents: int | None
    permit: str | None
    fte_hundredths: int | None
    grade: str | None
    temporary: bool | None
    post_in_plan: bool | None
    one_off_cents: int | None
    annual_cents: int | None
    revenue_cents: int | None
    product_group: str | None
    from_year: int | None
    cover: str | None
    assessed_by: str | None
    assessed_on: date | None
    countersigned_on: date | None
    countersign_ref: str | None


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """How people were involved, in counts."""

    format: str
    level: str
    groups: tuple[str, ...]
    held_from: date
    held_to: date | None
    invited: int | None
    participants: int | None
    summary: str
    effect: str | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A dated step."""

    no: int
    title: str
    due: date
    done_on: date | None
    evidence_url: str | None
    dropped_on: date | None
    drop_reason: str | None


@dataclass(frozen=True, slots=True)
class EnforcementRow:
    """A lever by which it is carried through."""

    lever: str
    responsible: str | None
    text: str | None
    resistance: str | None  # None too where it is not for these eyes


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """What a partner has promised; a partner that promised nothing yet is here too."""

    partner: str
    on: date | None
    text: str | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """When and with what question it is to be evaluated."""

    purpose: str
    due: date
    question: str


@dataclass(frozen=True, slots=True)
class DispositionRow:
    """What follows from its evaluation."""

    choice: str
    reason: str
    changes: str | None
    on: date
    decided_by: str
    decision: str | None
    evaluation: str | None
    successor: str | None


_OF: Final = " WHERE me.municipality_id = :m AND me.ref = :key ORDER BY "
_CONSEQUENCES: Final = f"""
SELECT k.kind, k.state, k.text, k.proposal, k.need, k.site, k.cost_cents, k.permit,
  k.fte_hundredths, k.grade, k.temporary, k.post_in_plan, k.one_off_cents, k.annual_cents,
  k.revenue_cents, k.product_group, k.from_year, k.cover, k.assessed_by, k.assessed_on,
  k.countersigned_on, k.countersign_ref
FROM measure me JOIN consequence k ON k.municipality_id = :m AND k.measure_id = me.id
{_OF} CASE k.kind WHEN 'built' THEN 1 WHEN 'staffing' THEN 2 WHEN 'organisational' THEN 3 ELSE 4 END
"""
_PARTICIPATIONS: Final = f"""
SELECT p.format, p.influence_level AS level, p.held_from, p.held_to, p.invited, p.participants,
  p.summary, p.effect_on_plan AS effect,
  (SELECT string_agg(g.group_kind, '|') FROM participation_group g
    WHERE g.municipality_id = :m AND g.participation_id = p.id) AS groups,
  (SELECT string_agg(a.code, '|') FROM participation_area l
    JOIN area a ON a.municipality_id = :m AND a.id = l.area_id
    WHERE l.municipality_id = :m AND l.participation_id = p.id) AS areas
FROM measure me JOIN participation p ON p.municipality_id = :m AND p.measure_id = me.id
{_OF} p.held_from, p.created_at, p.id
"""
_MILESTONES: Final = f"""
SELECT s.no, s.title, s.due, s.done_on, s.evidence_url, s.dropped_on, s.drop_reason
FROM measure me JOIN milestone s ON s.municipality_id = :m AND s.measure_id = me.id
{_OF} s.no
"""
_ENFORCEMENTS: Final = f"""
SELECT l.lever, o.code AS responsible, l.text, {{resistance}} AS resistance
FROM measure me JOIN enforcement l ON l.municipality_id = :m AND l.measure_id = me.id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = l.responsible_id
{_OF} l.created_at, l.id
"""
_COMMITMENTS: Final = f"""
SELECT o.code AS partner, l.committed_on AS "on", l.commitment AS text
FROM measure me JOIN measure_partner l ON l.municipality_id = :m AND l.measure_id = me.id
JOIN org_unit o ON o.municipality_id = :m AND o.id = l.org_unit_id
{_OF} o.code
"""
_PLANS: Final = f"""
SELECT p.purpose, p.due, p.question
FROM measure me JOIN evaluation_plan p ON p.municipality_id = :m AND p.measure_id = me.id
{_OF} p.due, p.purpose
"""
_DISPOSITION: Final = f"""
SELECT c.choice, c.reason, c.changes, c.on_date AS "on", c.decided_by, d.ref AS decision,
  e.ref AS evaluation, s.ref AS successor
FROM measure me JOIN disposition c ON c.municipality_id = :m AND c.measure_id = me.id
LEFT JOIN decision d ON d.municipality_id = :m AND d.id = c.decision_id AND {{decision}}
LEFT JOIN evaluation e ON e.municipality_id = :m AND e.id = c.evaluation_id
LEFT JOIN measure s ON s.municipality_id = :m AND s.id = c.successor_id AND {{successor}}
{_OF} c.id
"""


def consequences(reader: Reader, key: str) -> list[ConsequenceRow]:
    """Give what a measure demands, of all four kinds."""
    return reader.rows(_CONSEQUENCES, ConsequenceRow, key=key)


def participations(reader: Reader, key: str) -> list[ParticipationRow]:
    """Give how people were involved in a measure, the latest last."""
    return reader.rows(_PARTICIPATIONS, ParticipationRow, key=key)


def milestones(reader: Reader, key: str) -> list[MilestoneRow]:
    """Give the dated steps of a measure."""
    return reader.rows(_MILESTONES, MilestoneRow, key=key)


def enforcements(reader: Reader, key: str, *, sees_internal: bool) -> list[EnforcementRow]:
    """Give the levers of a measure; what stands against it is internal."""
    told = "l.resistance" if sees_internal else "CAST(NULL AS TEXT)"
    return reader.rows(_ENFORCEMENTS.format(resistance=told), EnforcementRow, key=key)


def commitments(reader: Reader, key: str) -> list[CommitmentRow]:
    """Give the partners of a measure and what they have promised."""
    return reader.rows(_COMMITMENTS, CommitmentRow, key=key)


def plans(reader: Reader, key: str) -> list[PlanRow]:
    """Give when and with what questions a measure is to be evaluated."""
    return reader.rows(_PLANS, PlanRow, key=key)


def disposition(reader: Reader, key: str, *, sees_internal: bool) -> DispositionRow | None:
    """Give what follows from the evaluation of a measure, where that was decided."""
    sql = _DISPOSITION.format(
        decision="1 = 1" if sees_internal else f"d.{PUBLIC}",
        successor="1 = 1" if sees_internal else f"s.state NOT IN {DRAFTS}",
    )
    return reader.one(sql, DispositionRow, key=key)


def version_and_lead(reader: Reader, key: str) -> tuple[int, str | None]:
    """Give the version of a measure, and the department whose internal words are in it."""
    found = reader.pairs(
        "SELECT me.version, o.code FROM measure me"
        " LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id"
        " WHERE me.municipality_id = :m AND me.ref = :key",
        key=key,
    )
    return int(found[0][0]), found[0][1]
