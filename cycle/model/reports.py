"""Reports, the findings in them and what they recommend."""

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
    of,
    one_of_these,
    rule,
    word,
)
from cycle.model.words import (
    ANSWERS,
    FINDING_KINDS,
    REPORT_KINDS,
    REPORT_STATES,
    RESPONSES,
    SEVERITIES,
)


class Report(Entity, table=True):
    """A social or education report of a round."""

    __table_args__ = (UniqueConstraint("municipality_id", "ref"),)
    ref: str = chars(WORD)
    cycle_id: str = of("cycle", "the reports of a round, for C2")
    kind: str = word(REPORT_KINDS, "social_report")
    title: str = chars()
    reference_date: date
    status: str = word(REPORT_STATES, "draft")
    approved_on: date | None = None
    presented_on: date | None = None
    published_on: date | None = None
    paper_id: str | None = of("paper", "what became of the report of a paper", None)
    url: str | None = chars(URL, None)


class Finding(Entity, table=True):
    """An interpreted statement; one that an evaluation drafted waits for the next report."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        rule("report_or_waiting", "report_id IS NOT NULL OR origin_evaluation_id IS NOT NULL"),
        rule(
            "response_reasoned",
            "response IS NULL OR response = 'goal' OR response_reason IS NOT NULL",
        ),
    )
    ref: str = chars(WORD)
    report_id: str | None = of("report", "the findings of a report", None)
    kind: str = word(FINDING_KINDS, "need")
    text: str = chars(PROSE)
    severity: str = word(SEVERITIES, "act")
    source: str | None = chars(default=None)
    response: str | None = word(RESPONSES, None)
    response_reason: str | None = chars(PROSE, None)
    responded_on: date | None = None
    acknowledged_on: date | None = None
    origin_evaluation_id: str | None = of("evaluation", "the feedback of an evaluation", None)
    origin_measure_id: str | None = of("measure", "the feedback finding of a measure", None)
    origin_finding_id: str | None = of("finding", "where an owed finding was copied to", None)
    external_id: str | None = chars(URL, None)


class FindingArea(Of, table=True):
    """A finding speaks of an area."""

    __tablename__ = "finding_area"
    finding_id: str = end("finding")
    area_id: str = end("area", why="the findings of an area")


class FindingField(Of, table=True):
    """A finding belongs to a field of action."""

    __tablename__ = "finding_field"
    finding_id: str = end("finding")
    field_id: str = end("field_of_action")


class FindingObservation(Of, table=True):
    """A finding cites an observation."""

    __tablename__ = "finding_observation"
    finding_id: str = end("finding")
    observation_id: str = end("observation")


class Recommendation(Entity, table=True):
    """What a report or an evaluation advises, and how it was answered."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        one_of_these("from_one", "finding_id", "evaluation_id"),
        rule("answer_reasoned", "response IS NULL OR reason IS NOT NULL"),
        index("ix_recommendation_response", "response", why="the unanswered ones, for gaps"),
    )
    ref: str = chars(WORD)
    finding_id: str | None = of("finding", "the recommendations of a finding", None)
    evaluation_id: str | None = of("evaluation", "the recommendations of an evaluation", None)
    cycle_id: str | None = of("cycle", "what a round owes", None)
    text: str = chars(PROSE)
    addressee_id: str | None = of("org_unit", default=None)
    given_on: date | None = None  # the day it was given
    response: str | None = word(ANSWERS, None)
    reason: str | None = chars(PROSE, None)
    answered_on: date | None = None
