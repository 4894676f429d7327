"""Evaluations, what they found and what is to follow."""

from datetime import date

from sqlalchemy import UniqueConstraint

from cycle.model.columns import (
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
    rule,
    whole,
    word,
)
from cycle.model.words import (
    ATTRIBUTIONS,
    CHOICES,
    CRITERIA,
    EVALUATION_STATES,
    EVALUATORS,
    OVERALL,
    PURPOSES,
    ROLES,
)


class Evaluation(Entity, table=True):
    """What was found of one or several measures; final ones are corrected by new ones only."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        index(
            "uq_evaluation_source", "source", "external_id", "revision", unique=True,
            why="an integration's evaluation is found by its own number, before any rule",
        ),
        rule("period", "period_end >= period_start"),
        rule("final_dated", "status <> 'final' OR concluded_on IS NOT NULL"),
        rule("source_named", "(source IS NULL) = (external_id IS NULL)"),
    )  # fmt: skip
    ref: str = chars(WORD)
    purpose: str = word(PURPOSES, "summative")
    evaluator_kind: str = word(EVALUATORS, "internal")
    evaluator_unit_id: str | None = of("org_unit", default=None)
    period_start: date
    period_end: date
    concluded_on: date | None = None
    method: str | None = chars(PROSE, None)
    text: str | None = chars(PROSE, None)
    status: str = word(EVALUATION_STATES, "draft")
    result_level: int | None = whole(1, most=7)
    overall: str | None = word(OVERALL, None)
    source: str | None = chars(default=None)
    external_id: str | None = chars(default=None)
    revision: int = whole(1, 1)
    content_hash: str | None = chars(64, None)
    report_url: str | None = chars(URL, None)
    corrects_id: str | None = of("evaluation", default=None)
    late: bool = False  # arrived after the measure was closed


class EvaluationMeasure(Of, table=True):
    """An evaluation covers a measure, with a judgement of its own where it has several."""

    __tablename__ = "evaluation_measure"
    evaluation_id: str = end("evaluation")
    measure_id: str = end("measure", why="the evaluations of a measure")
    overall: str | None = word(OVERALL, None)
    text: str | None = chars(PROSE, None)


class CriterionRating(Of, table=True):
    """A rating from 1 to 4 by one criterion of OECD-DAC 2019."""

    __tablename__ = "criterion_rating"
    evaluation_id: str = end("evaluation")
    criterion: str = key_word(CRITERIA)
    rating: int = whole(1, ..., most=4)
    text: str | None = chars(PROSE, None)


class IndicatorResult(Entity, table=True):
    """What the evaluation says of one target of a goal."""

    __tablename__ = "indicator_result"
    __table_args__ = (
        UniqueConstraint(
            "municipality_id", "evaluation_id", "goal_target_id", name="uq_indicator_result_target"
        ),
        rule("told", "observation_id IS NOT NULL OR text IS NOT NULL"),
    )
    evaluation_id: str = of("evaluation")
    goal_target_id: str = of("goal_target", "the results of a target")
    observation_id: str | None = of("observation", default=None)
    attribution: str = word(ATTRIBUTIONS, "unclear")
    text: str | None = chars(PROSE, None)


class Disposition(Entity, table=True):
    """What follows from the evaluation of a measure (Folgeentscheidung)."""

    __table_args__ = (UniqueConstraint("municipality_id", "measure_id"),)
    measure_id: str = of("measure")
    evaluation_id: str | None = of("evaluation", default=None)
    choice: str = word(CHOICES)
    reason: str = chars(PROSE)
    decided_by: str = word(ROLES)
    decision_id: str | None = of("decision", default=None)
    on_date: date
    changes: str | None = chars(PROSE, None)  # what `adapt` changes
    successor_id: str | None = of("measure", default=None)
