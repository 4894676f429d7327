"""What is written of the parts of a measure."""

from typing import Annotated

from pydantic import Field

from api.shapes.base import (
    Cents,
    Count,
    Day,
    Flag,
    In,
    Keys,
    Line,
    Prose,
    Told,
    Url,
    Whole,
    Word,
    unsaid,
    word,
)
from cycle.model.words import (
    CHOICES,
    COLOURS,
    COURSES,
    COVERS,
    FORMATS,
    FUNDINGS,
    GROUPS,
    INFLUENCE,
    LEVERS,
    NEEDS,
    PURPOSES,
    RAISED,
)

Percent = Annotated[Whole, Field(ge=0, le=100)]
Year = Annotated[Whole, Field(ge=1900, le=2200)]
Group = Annotated[str, word(GROUPS)]


class ConsequenceIn(In):
    """What a measure demands of one kind; what is left out stays as it was, null empties it."""

    state: str = word(("assessed", "none"), "assessed", "`none`: nothing; the text says why.")
    text: Prose | None = Field(None, description="The assessment; needed the first time.")
    need: str | None = word(NEEDS, None, "built")
    site: Line | None = Field(None, description="built: where.")
    cost_cents: Cents | None = Field(None, description="built.")
    permit: Line | None = Field(None, description="built: what is needed.")
    fte_hundredths: Count | None = Field(None, description="staffing: 350 are 3.5 posts.")
    grade: Line | None = Field(None, description="staffing: pay grade.")
    temporary: Flag | None = Field(None, description="staffing: only for a time.")
    post_in_plan: Flag | None = Field(None, description="staffing: the posts are in the plan.")
    one_off_cents: Cents | None = Field(None, description="financial: once.")
    annual_cents: Cents | None = Field(None, description="financial: every year.")
    revenue_cents: Cents | None = Field(None, description="financial: what comes in.")
    product_group: Word | None = Field(None, description="financial: product of the budget.")
    from_year: Year | None = Field(None, description="financial.")
    cover: str | None = word(COVERS, None, "financial: where the money comes from.")


class CountersignatureIn(In):
    """The finance office signs; social planning names the day and the file number."""

    on: Day | None = None
    ref: Line | None = Field(None, description="File number of the finance office.")


class GoalsIn(In):
    """Which goals a measure serves."""

    goal: Word = Field(description="Key of its main goal.")
    side_goals: Keys = Field([], description="Keys of further goals; those tied before stay.")


class ParticipationIn(In):
    """How people were involved, in counts only."""

    format: str = word(FORMATS)
    level: str = word(INFLUENCE, says="How much it could change.")
    groups: list[Group] = Field(min_length=1, max_length=len(GROUPS))
    summary: Told = Field(description="What came of it.")
    effect: Prose | None = Field(None, description="What was changed by it, or why nothing was.")
    held_from: Day | None = None
    held_to: Day | None = None
    invited: Count | None = None
    participants: Count | None = None
    areas: Keys = Field([], description="Codes of areas.")


class MilestoneIn(In):
    """A dated step."""

    title: Told
    due: Day


class DoneIn(In):
    """A step was reached."""

    on: Day | None = None
    evidence_url: Url | None = None


class ReasonIn(In):
    """Why."""

    reason: Told


class _Statement(In):
    percent: Percent | None = None
    text: Prose | None = Field(None, description="Needed unless it is on track or done.")
    delay_reason: Prose | None = None
    forecast_end: Day | None = None


class ProgressIn(_Statement):
    """How far a measure has come (Sachstand)."""

    course: str = word(COURSES)
    as_of: Day | None = Field(None, description="The day it is told for; else today.")


class CorrectionIn(_Statement):
    """What was wrong in the last report; what is left out stays as it was."""

    course: str = unsaid(one_of=COURSES)
    as_of: Day = unsaid("The day it is told for.")


class UnchangedIn(In):
    """Of what nothing has changed: of measures, or of all that a department owes."""

    keys: Keys = Field([], description="Keys of measures.")
    department: Word | None = Field(None, description="Code of a department.")


class BudgetIn(In):
    """The money of one year and one source; what is left out stays as it was."""

    funding: str = word(FUNDINGS, "own", "Whose money.")
    planned: Cents | None = Field(None, description="In cents.")
    approved: Cents | None = Field(None, description="In cents.")
    committed: Cents | None = Field(None, description="In cents.")
    spent: Cents | None = Field(None, description="In cents.")
    grant_ref: Line | None = None
    grant_end: Day | None = None


class EnforcementIn(In):
    """What makes it binding."""

    lever: str = word(LEVERS)
    responsible: Word | None = Field(None, description="Code of the unit that uses it.")
    text: Prose | None = None
    resistance: Prose | None = Field(None, description="What stands against it; never printed.")


class CommitmentIn(In):
    """What a partner has promised."""

    partner: Word = Field(description="Its code.")
    on: Day | None = None
    text: Prose | None = None


class EvaluationPlanIn(In):
    """When and with what question it is to be evaluated."""

    due: Day
    question: Told
    purpose: str = word(PURPOSES, "summative")


class DispositionIn(In):
    """What follows from its evaluation."""

    choice: str = word(CHOICES)
    reason: Told
    decision: Word | None = Field(None, description="Key of the decision it rests on.")
    on: Day | None = None
    changes: Prose | None = Field(None, description="What changes, where it is adapted.")


class WaiverIn(In):
    """An exception from one condition, for the next step."""

    guard: Word = Field(description="The condition, as `blocked_by` names it.")
    reason: Told
    decision: Word | None = None
    second: Word | None = Field(None, description="The second account, where two are needed.")


class LightIn(In):
    """A light set by hand, for a time."""

    colour: str = word(COLOURS)
    reason: Told


class PolicyIn(In):
    """A stricter policy than the town's, for good."""

    to: str = word(RAISED)
    reason: Told
