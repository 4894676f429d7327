"""What a measure owes before it may move: consequences, milestones, money, involvement, levers."""

from datetime import date

from sqlalchemy import UniqueConstraint

from cycle.model.columns import (
    KEY,
    PROSE,
    URL,
    WORD,
    Entity,
    Of,
    chars,
    end,
    index,
    key_word,
    of,
    one_of_these,
    rule,
    whole,
    word,
)
from cycle.model.words import (
    COLOURS,
    CONSEQUENCE_STATES,
    CONSEQUENCES,
    COURSES,
    COVERS,
    DEADLINE_SOURCES,
    FORMATS,
    FUNDINGS,
    GROUPS,
    INFLUENCE,
    LEVERS,
    LIGHTS,
    NEEDS,
    PURPOSES,
    RELEASES,
    ROLES,
)


class Consequence(Entity, table=True):
    """What a measure demands in buildings, staff, organisation or money; four rows each."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "measure_id", "kind"),
        rule("assessed_told", "state <> 'assessed' OR text IS NOT NULL"),
        rule("countersign_dated", "countersigned_on IS NULL OR kind = 'financial'"),
    )
    measure_id: str = of("measure")
    kind: str = word(CONSEQUENCES)
    state: str = word(CONSEQUENCE_STATES, "open")
    text: str | None = chars(PROSE, None)
    proposal: str | None = chars(PROSE, None)  # the predecessor's text
    need: str | None = word(NEEDS, None)
    site: str | None = chars(default=None)
    cost_cents: int | None = whole(0)
    permit: str | None = chars(default=None)
    fte_hundredths: int | None = whole(0)
    grade: str | None = chars(default=None)
    temporary: bool | None = None
    post_in_plan: bool | None = None
    one_off_cents: int | None = whole(0)
    annual_cents: int | None = whole(0)
    revenue_cents: int | None = whole(0)
    product_group: str | None = chars(WORD, None)
    from_year: int | None = whole(1900, most=2200)
    cover: str | None = word(COVERS, None)
    assessed_by: str | None = word(ROLES, None)
    assessed_on: date | None = None
    countersigned_on: date | None = None
    countersigned_by: str | None = word(ROLES, None)
    countersign_ref: str | None = chars(default=None)


class Milestone(Entity, table=True):
    """A dated step that can be checked."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "measure_id", "no"),
        rule("drop_reasoned", "dropped_on IS NULL OR drop_reason IS NOT NULL"),
    )
    measure_id: str = of("measure")
    no: int = whole(1, 1)
    title: str = chars()
    due: date
    done_on: date | None = None
    dropped_on: date | None = None
    drop_reason: str | None = chars(PROSE, None)
    evidence_url: str | None = chars(URL, None)


class BudgetLine(Entity, table=True):
    """Money of one year and one source, in cents."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("municipality_id", "measure_id", "year", "funding"),)
    measure_id: str = of("measure")
    year: int = whole(1900, ..., most=2200)
    funding: str = word(FUNDINGS, "own")
    planned_cents: int = whole(0, 0)
    approved_cents: int = whole(0, 0)
    committed_cents: int = whole(0, 0)
    spent_cents: int = whole(0, 0)
    grant_ref: str | None = chars(default=None)
    grant_end: date | None = None


class Progress(Entity, table=True):
    """A dated statement of delivery (Sachstand)."""

    __table_args__ = (rule("told", "course = 'on_track' OR course = 'done' OR text IS NOT NULL"),)
    measure_id: str = of("measure", "the reports of a measure, newest last")
    as_of: date
    course: str = word(COURSES)
    percent: int | None = whole(0, most=100)
    text: str | None = chars(PROSE, None)
    delay_reason: str | None = chars(PROSE, None)
    forecast_end: date | None = None
    by_unit_id: str | None = of("org_unit", default=None)


class ProgressRequest(Entity, table=True):
    """A department was asked for the Sachstand of its measures, by a day."""

    __tablename__ = "progress_request"
    org_unit_id: str = of("org_unit", "what a department was asked for")
    asked_on: date
    due: date


class LightOverride(Entity, table=True):
    """A light somebody set by hand, with the reason; it stands beside the computed one."""

    __tablename__ = "light_override"
    measure_id: str = of("measure", "the lights of a measure that were set by hand")
    light: str = word(LIGHTS)
    colour: str = word(COLOURS)
    reason: str = chars(PROSE)
    set_on: date
    expires_on: date  # the first day on which it no longer counts
    by_role: str = word(ROLES)


class Release(Entity, table=True):
    """The planner let something overdue go on to a superior, to steering or to a body."""

    __table_args__ = (index("ix_release_subject", "subject", why="where an item was sent"),)
    rule: str = chars(WORD)  # such as O9
    noun: str = chars(WORD)
    subject: str = chars(KEY)  # the id of what is overdue
    about: str = chars(WORD, "")
    level: str = word(RELEASES)
    body_id: str | None = of("body", default=None)
    released_on: date
    note: str | None = chars(PROSE, None)
    settled_on: date | None = None
    noted_on: date | None = None  # the body took note that it is done


class Participation(Entity, table=True):
    """How people were involved, in counts; of a measure, a goal or a round."""

    __table_args__ = (
        one_of_these("of_one", "measure_id", "goal_id", "cycle_id"),
        rule("period", "held_to IS NULL OR held_to >= held_from"),
    )
    measure_id: str | None = of("measure", "the involvement behind a measure", None)
    goal_id: str | None = of("goal", "the involvement behind a goal", None)
    cycle_id: str | None = of("cycle", "the involvement in a round", None)
    format: str = word(FORMATS)
    influence_level: str = word(INFLUENCE)
    held_from: date
    held_to: date | None = None
    invited: int | None = whole(0)
    participants: int | None = whole(0)
    summary: str = chars(PROSE)
    effect_on_plan: str | None = chars(PROSE, None)


class ParticipationGroup(Of, table=True):
    """Who took part."""

    __tablename__ = "participation_group"
    participation_id: str = end("participation")
    group: str = key_word(GROUPS, "group_kind")


class ParticipationArea(Of, table=True):
    """Where it took place."""

    __tablename__ = "participation_area"
    participation_id: str = end("participation")
    area_id: str = end("area")


class Enforcement(Entity, table=True):
    """The lever by which a measure is carried through."""

    measure_id: str = of("measure", "the levers of a measure")
    lever: str = word(LEVERS)
    responsible_id: str | None = of("org_unit", default=None)
    resistance: str | None = chars(PROSE, None)  # internal, never printed
    text: str | None = chars(PROSE, None)


class EvaluationPlan(Entity, table=True):
    """What is to be evaluated, when, and with which question."""

    __tablename__ = "evaluation_plan"
    measure_id: str = of("measure", "the plan of a measure")
    purpose: str = word(PURPOSES, "summative")
    due: date
    question: str = chars(PROSE)


class Waiver(Entity, table=True):
    """An exception from one guard, for its next passing, shown for ever."""

    __table_args__ = (one_of_these("of_one", "measure_id", "cycle_id"),)
    measure_id: str | None = of("measure", "the exceptions of a measure", None)
    cycle_id: str | None = of("cycle", "the exceptions of a round", None)
    guard: str = chars(WORD)
    reason: str = chars(PROSE)
    granted_on: date
    granted_by: str = word(ROLES)
    second_by: str | None = word(ROLES, None)
    used_on: date | None = None


class Owed(Entity, table=True):
    """A guard that was passed unmet (nachzutragen), until it is settled."""

    __table_args__ = (one_of_these("of_one", "measure_id", "cycle_id"),)
    measure_id: str | None = of("measure", "what a measure still owes", None)
    cycle_id: str | None = of("cycle", "what a round still owes", None)
    guard: str = chars(WORD)
    move: str = chars(WORD)
    since: date
    settled_on: date | None = None


class Deadline(Entity, table=True):
    """Something that must be done by a day."""

    __table_args__ = (one_of_these("of_one", "measure_id", "cycle_id"),)
    measure_id: str | None = of("measure", "the deadlines of a measure", None)
    cycle_id: str | None = of("cycle", "the deadlines of a round", None)
    code: str = chars(WORD)
    text: str | None = chars(PROSE, None)
    due: date
    source: str = word(DEADLINE_SOURCES, "policy")
    condition_id: str | None = of("condition", default=None)
    met_on: date | None = None
