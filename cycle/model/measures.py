"""Measures and what they are tied to."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from cycle.model.columns import (
    KEY,
    PROSE,
    URL,
    WORD,
    Entity,
    Of,
    chars,
    end,
    figure,
    index,
    of,
    rule,
    whole,
    word,
)
from cycle.model.words import (
    BINDINGS,
    CODES,
    CONTRIBUTIONS,
    LINKS,
    MANDATES,
    MEASURE_STATES,
    ORIGINS,
    PREVENTION,
    RAISED,
    STRANDS,
)


class MeasureFields(SQLModel):
    """What a person writes of a measure."""

    title: str = chars(90)
    description: str | None = chars(PROSE, None)
    number: str | None = chars(WORD, None)
    origin: str | None = word(ORIGINS, None)
    origin_note: str | None = chars(default=None)
    strand: str | None = word(STRANDS, None)
    target_group: str | None = chars(default=None)
    prevention_level: str | None = word(PREVENTION, None)
    mandate: str | None = word(MANDATES, None)
    legal_basis: str | None = chars(default=None)
    binding: str = word(BINDINGS, "council_resolution")
    priority: int = whole(1, 3, most=3)
    planned_start: date | None = None
    planned_end: date | None = None
    period_text: str | None = chars(default=None)
    is_ongoing: bool = False
    citywide: bool = False


class Measure(MeasureFields, Entity, table=True):
    """A planned action; `state` is moved by the machine only."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        UniqueConstraint("municipality_id", "external_id"),
        rule("planned_period", "planned_end IS NULL OR planned_start IS NULL"
             " OR planned_end >= planned_start"),
        rule("actual_period", "actual_end IS NULL OR actual_start IS NOT NULL"),
        rule("final_reasoned",
             "state NOT IN ('cancelled', 'suspended') OR reason_code IS NOT NULL"),
        index("ix_measure_state", "state", "lead_id", why="counts by state and department"),
        index("ix_measure_since", "state", "state_since", "ref", why="the oldest of each state"),
        index("ix_measure_lead", "lead_id", "ref", why="the measures of a department"),
        index("ix_measure_cycle", "cycle_id", "state", why="what a round still has open"),
    )  # fmt: skip
    ref: str = chars(WORD)
    cycle_id: str = of("cycle")
    lineage_id: str = chars(KEY)
    title_confirmed: bool = True  # false: an import cut it from a sentence
    taken_over: bool = False
    source: str | None = chars(default=None)  # of a state taken over
    source_date: date | None = None
    lead_id: str | None = of("org_unit", default=None)
    state: str = word(MEASURE_STATES, "draft")
    state_since: date | None = None  # the day it came to stand there
    raised_to: str | None = word(RAISED, None)  # stricter than the town's policy
    moves: int = whole(0, 0)  # transitions after log
    first_planned_end: date | None = None
    forecast_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    suspended_on: date | None = None
    days_suspended: int = whole(0, 0)
    review_on: date | None = None
    next_evaluation_due: date | None = None
    disposition_due: date | None = None
    reason_code: str | None = word(CODES, None)
    reason: str | None = chars(PROSE, None)
    costs_cents: int | None = whole(0)  # spent until it was cancelled
    proposed_by_id: str | None = of("account", default=None)
    proposed_on: date | None = None
    dossier_hash: str | None = chars(64, None)
    dossier_changed: bool = False
    external_id: str | None = chars(URL, None)


class Dossier(Entity, table=True):
    """What a measure was when it was given to the committees: frozen text and its hash."""

    __table_args__ = (UniqueConstraint("municipality_id", "measure_id", "no"),)
    measure_id: str = of("measure")
    no: int = whole(1, 1)
    frozen_on: date
    content: str = chars(200_000)
    sha256: str = chars(64)


class MeasureField(Of, table=True):
    """A measure belongs to a field of action."""

    __tablename__ = "measure_field"
    measure_id: str = end("measure")
    field_id: str = end("field_of_action", why="the measures of a field")


class MeasureArea(Of, table=True):
    """A measure works in an area."""

    __tablename__ = "measure_area"
    measure_id: str = end("measure")
    area_id: str = end("area", why="the measures of an area")


class MeasurePartner(Of, table=True):
    """A partner unit and the day its commitment was recorded."""

    __tablename__ = "measure_partner"
    measure_id: str = end("measure")
    org_unit_id: str = end("org_unit")
    committed_on: date | None = None
    commitment: str | None = chars(PROSE, None)


class MeasureGoal(Of, table=True):
    """A measure serves a goal, one of them as its main goal."""

    __tablename__ = "measure_goal"
    __table_args__ = (
        index("ix_measure_goal_goal", "goal_id", why="the measures behind a goal, for trace"),
    )
    measure_id: str = end("measure")
    goal_id: str = end("goal")
    contribution: str = word(CONTRIBUTIONS, "main")


class MeasureFinding(Of, table=True):
    """A measure answers a finding without a goal between."""

    __tablename__ = "measure_finding"
    measure_id: str = end("measure")
    finding_id: str = end("finding", why="the measures that answer a finding, for trace")


class MeasureLink(Of, table=True):
    """From a measure to what came of it: the lineage over all rounds."""

    __tablename__ = "measure_link"
    __table_args__ = (rule("forward", "predecessor_id <> successor_id"),)
    predecessor_id: str = end("measure")
    successor_id: str = end("measure", why="where a measure comes from")
    kind: str = word(LINKS)
    share: Decimal | None = figure()
    on_date: date
