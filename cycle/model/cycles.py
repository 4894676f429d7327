"""Rounds of the steering cycle, their stages and the papers tied to them."""

from datetime import date

from sqlalchemy import UniqueConstraint

from cycle.model.columns import (
    KEY,
    PROSE,
    WORD,
    Entity,
    Of,
    chars,
    end,
    index,
    key_word,
    of,
    rule,
    whole,
    word,
)
from cycle.model.words import ROLES, STAGES, STRANDS


class Cycle(Entity, table=True):
    """One round report, goal, measure, evaluation; the next one names it as predecessor."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        UniqueConstraint("municipality_id", "predecessor_id"),
        rule("period", "period_end IS NULL OR period_end > period_start"),
        rule("first_round", "(predecessor_id IS NULL) OR round > 1"),
        index("ix_cycle_stage", "stage", why="the open rounds, for status and for new records"),
    )
    ref: str = chars(WORD)
    title: str = chars()
    round: int = whole(1, 1)
    stage: str = word(STAGES, "report")
    period_start: date
    period_end: date | None = None
    predecessor_id: str | None = of("cycle", default=None)
    lineage_id: str = chars(KEY)
    area_scheme_id: str | None = of("area_scheme", default=None)
    guiding_principles: str | None = chars(PROSE, None)
    taken_over: bool = False
    source: str | None = chars(default=None)  # of a round taken over
    source_date: date | None = None
    closed_on: date | None = None
    to_confirm: bool = False  # reopened: later work is to be confirmed


class CycleField(Of, table=True):
    """A round deals with a field of action."""

    __tablename__ = "cycle_field"
    cycle_id: str = end("cycle")
    field_id: str = end("field_of_action", why="rounds of the same field must not overlap")


class CycleStrand(Of, table=True):
    """A round covers a strand of planning."""

    __tablename__ = "cycle_strand"
    cycle_id: str = end("cycle")
    strand: str = key_word(STRANDS)


class CyclePaper(Of, table=True):
    """A paper of the council that belongs to a round."""

    __tablename__ = "cycle_paper"
    cycle_id: str = end("cycle")
    paper_id: str = end("paper", why="the round of a paper, for trace")


class StageEntry(Entity, table=True):
    """The round entered a stage; stages may be entered again."""

    __tablename__ = "stage_entry"
    cycle_id: str = of("cycle", "the history of a round's stages")
    stage: str = word(STAGES)
    entered_on: date
    left_on: date | None = None
    by_role: str = word(ROLES)
    reason: str | None = chars(PROSE, None)
