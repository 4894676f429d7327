"""Goals, how they came about and the targets that make them checkable."""

from datetime import date
from decimal import Decimal

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
    figure,
    of,
    rule,
    word,
)
from cycle.model.words import AGREEMENTS, GOAL_LEVELS, GOAL_STATES, PATHS, STRANDS, TARGET_KINDS


class Goal(Entity, table=True):
    """A goal of a round: guiding, intermediate or operational, `open` until classified."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        UniqueConstraint("municipality_id", "external_id"),
        rule("parent", "parent_id IS NULL OR parent_id <> id"),
    )
    ref: str = chars(WORD)
    cycle_id: str = of("cycle", "the goals of a round")
    level: str = word(GOAL_LEVELS, "open")
    parent_id: str | None = of("goal", "the goals below one", None)
    skip_reason: str | None = chars(PROSE, None)
    text: str = chars(PROSE)
    number: str | None = chars(WORD, None)
    strand: str | None = word(STRANDS, None)
    target_group: str | None = chars(default=None)
    owner_id: str | None = of("org_unit", default=None)
    status: str = word(GOAL_STATES, "draft")
    lineage_id: str = chars(KEY)
    predecessor_id: str | None = of("goal", "the heir of a goal in the next round", None)
    specific: str | None = chars(PROSE, None)
    realistic: str | None = chars(PROSE, None)
    due: date | None = None
    qualitative_criterion: str | None = chars(PROSE, None)
    rated_on: date | None = None
    rating: str | None = chars(PROSE, None)
    rated_observation_id: str | None = of("observation", default=None)
    added_on: date | None = None  # the day it was written down
    uncovered: bool = False  # no live measure is left
    external_id: str | None = chars(URL, None)


class GoalField(Of, table=True):
    """A goal belongs to a field of action."""

    __tablename__ = "goal_field"
    goal_id: str = end("goal")
    field_id: str = end("field_of_action")


class GoalArea(Of, table=True):
    """A goal is set for an area."""

    __tablename__ = "goal_area"
    goal_id: str = end("goal")
    area_id: str = end("area")


class GoalFinding(Of, table=True):
    """A goal answers a finding."""

    __tablename__ = "goal_finding"
    goal_id: str = end("goal")
    finding_id: str = end("finding", why="the goals that answer a finding, for trace")


class GoalAgreement(Entity, table=True):
    """Who agreed on which wording, and when."""

    __tablename__ = "goal_agreement"
    goal_id: str = of("goal", "the history of understanding behind a goal")
    kind: str = word(AGREEMENTS, "agreed")
    wording: str = chars(PROSE)
    on_date: date
    body_id: str | None = of("body", default=None)
    org_unit_id: str | None = of("org_unit", default=None)
    note: str | None = chars(PROSE, None)


class GoalTarget(Entity, table=True):
    """What a goal wants to reach, until when, measured by a pinned indicator version.

    A revision never overwrites: it writes a new row that `replaces` the old one, with the reason.
    """

    __tablename__ = "goal_target"
    __table_args__ = (
        UniqueConstraint("municipality_id", "replaces_id"),
        rule("revision_reasoned", "replaced_on IS NULL OR replaced_reason IS NOT NULL"),
    )
    goal_id: str = of("goal", "the targets of a goal")
    indicator_version_id: str = of("indicator_version")
    area_id: str | None = of("area", default=None)
    kind: str = word(TARGET_KINDS, "reach")
    target_value: Decimal | None = figure()
    target_date: date | None = None
    tolerance: Decimal | None = figure()
    baseline_id: str | None = of("observation", default=None)
    data_plan: str | None = chars(PROSE, None)
    path: str = word(PATHS, "linear")
    not_comparable_since: date | None = None  # its indicator was redefined; restate it
    reverse_reason: str | None = chars(PROSE, None)
    replaces_id: str | None = of("goal_target", default=None)
    replaced_on: date | None = None
    replaced_reason: str | None = chars(PROSE, None)


class TargetStep(Entity, table=True):
    """A value that a stepped path expects by a day on the way to the target."""

    __tablename__ = "target_step"
    __table_args__ = (UniqueConstraint("municipality_id", "goal_target_id", "due"),)
    goal_target_id: str = of("goal_target")
    due: date
    value: Decimal = figure(...)
