"""Bodies, papers, consultations and decisions, shaped like OParl."""

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
    whole,
    word,
)
from cycle.model.words import (
    BODY_KINDS,
    CONDITIONS,
    CONSULTATION_ROLES,
    DECISION_KINDS,
    MAJORITIES,
    OUTCOMES,
)


class Body(Entity, table=True):
    """A council, a committee or a steering group."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "short_name"),
        UniqueConstraint("municipality_id", "oparl_id"),
    )
    name: str = chars()
    short_name: str = chars(WORD)
    kind: str = word(BODY_KINDS, "committee")
    oparl_id: str | None = chars(URL, None)


class Paper(Entity, table=True):
    """A document that bodies decide on (Vorlage, Drucksache)."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        UniqueConstraint("municipality_id", "oparl_id"),
    )
    ref: str = chars(WORD)
    name: str = chars(1000)
    paper_type: str | None = chars(default=None)
    dated: date | None = None
    public: bool = False
    url: str | None = chars(URL, None)
    oparl_id: str | None = chars(URL, None)


class Consultation(Entity, table=True):
    """A paper on the agenda of a body; `result_text` keeps the wording as delivered."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "oparl_id"),
        index("ix_consultation_outcome", "outcome", "meeting_date", why="the open decisions"),
        index("ix_consultation_body", "body_id", "meeting_date", why="the agenda of a body"),
    )
    paper_id: str = of("paper", "the bodies a paper passes")
    body_id: str | None = of("body", default=None)
    meeting_date: date | None = None
    order_no: int = whole(0, 0)
    role: str = word(CONSULTATION_ROLES, "unknown")
    role_text: str | None = chars(default=None)
    authoritative: bool | None = None
    public: bool = False
    outcome: str = word(OUTCOMES, "pending")
    majority: str | None = word(MAJORITIES, None)
    result_text: str | None = chars(PROSE, None)
    oparl_id: str | None = chars(URL, None)


class Decision(Entity, table=True):
    """A result that counts; append-only: a repeal or a correction is a new one."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "ref"),
        rule("resolution_heard", "kind <> 'resolution' OR consultation_id IS NOT NULL"),
        rule("amendment_told", "result <> 'adopted_amended' OR changed_text IS NOT NULL"
             " OR amendment_confirmed_on IS NULL"),
    )  # fmt: skip
    ref: str = chars(WORD)
    kind: str = word(DECISION_KINDS, "resolution")
    consultation_id: str | None = of("consultation", "the decision of a consultation", None)
    org_unit_id: str | None = of("org_unit", default=None)
    decided_on: date
    result: str = word(OUTCOMES)
    text: str = chars(PROSE)
    changed_text: str | None = chars(PROSE, None)
    amendment_confirmed_on: date | None = None
    document: str | None = chars(default=None)
    votes_yes: int | None = whole(0)
    votes_no: int | None = whole(0)
    votes_abstain: int | None = whole(0)
    votes_excused: int | None = whole(0)
    repeals_id: str | None = of("decision", "the decision that repeals one", None)
    corrects_id: str | None = of("decision", "the decision that corrects one", None)
    early_start: bool = False


class DecisionSubject(Entity, table=True):
    """What a decision is about."""

    __tablename__ = "decision_subject"
    __table_args__ = (one_of_these("of_one", "measure_id", "goal_id", "report_id", "cycle_id"),)
    decision_id: str = of("decision", "the subjects of a decision")
    measure_id: str | None = of("measure", "the decisions on a measure", None)
    goal_id: str | None = of("goal", "the decisions on a goal", None)
    report_id: str | None = of("report", "the decisions on a report", None)
    cycle_id: str | None = of("cycle", "the decisions on a round", None)


class Condition(Entity, table=True):
    """A condition a body set, such as a budget reservation."""

    __table_args__ = (rule("met_told", "met_on IS NULL OR met_note IS NOT NULL"),)
    decision_id: str = of("decision", "the conditions of a decision")
    code: str = word(CONDITIONS, "other")
    text: str = chars(PROSE)
    due: date | None = None
    met_on: date | None = None
    met_note: str | None = chars(PROSE, None)


class CouncilTerm(Entity, table=True):
    """A council was elected; what the one before decided stays valid and is to be confirmed."""

    __tablename__ = "council_term"
    __table_args__ = (UniqueConstraint("municipality_id", "elected_on"),)
    elected_on: date
    name: str = chars()


class TermConfirmation(Of, table=True):
    """A decision of an earlier council was confirmed in a new term."""

    __tablename__ = "term_confirmation"
    council_term_id: str = end("council_term")
    decision_id: str = end("decision")
    on_date: date
    note: str | None = chars(PROSE, None)
