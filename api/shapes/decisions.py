"""What bodies and offices decided, and what is asked of the list of it."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.shapes.base import (
    Day,
    Flag,
    In,
    Keys,
    Line,
    Paged,
    Past,
    Prose,
    Whole,
    Word,
    unsaid,
    word,
)
from cycle.model.words import CONDITIONS, CONSULTATION_ROLES, DECISION_KINDS, OUTCOMES
from cycle.usecases.papers import NO_RESULT

RESULTS = tuple(outcome for outcome in OUTCOMES if outcome not in NO_RESULT)
Kind = Annotated[str, StringConstraints(pattern=f"^({'|'.join(DECISION_KINDS)})$")]
Result = Annotated[str, StringConstraints(pattern=f"^({'|'.join(RESULTS)})$")]
Votes = Annotated[Whole, Field(ge=0, le=10_000)]


class ConditionIn(In):
    """A condition the body set."""

    code: str = word(CONDITIONS)
    text: Prose = ""
    due: Day | None = None


class _Minutes(In):
    kind: str = word(DECISION_KINDS, "resolution")
    body: Line | None = Field(None, description="Short name of the body that decided.")
    paper: Word | None = Field(None, description="Number of the paper that was decided on.")
    paper_name: Line | None = Field(None, description="Its title, where it is new.")
    text: Prose = Field("", description="The text that was adopted.")
    changed_text: Prose | None = Field(None, description="The text as it was changed.")
    votes: list[Votes | None] = Field(
        [], max_length=4, description="For, against, abstentions, excused."
    )
    conditions: list[ConditionIn] = Field([], max_length=50)
    document: Line | None = Field(None, description="Order or contract, where no body decides.")
    department: Word | None = Field(None, description="Code of the unit that signed it.")
    repeals: Word | None = Field(None, description="Key of the decision it repeals.")
    early_start: Flag = Field(default=False, description="It may begin before the decision.")
    role: str | None = word(CONSULTATION_ROLES, None)
    measures: Keys = Field([], description="Keys of measures it is about.")
    goals: Keys = Field([], description="Keys of goals it is about.")
    reports: Keys = Field([], description="Keys of reports it is about.")
    cycles: Keys = Field([], description="Keys of rounds it is about.")

    def words(self) -> dict[str, Any]:
        """Give it as the use case takes it."""
        words = super().words()
        if "conditions" in words:
            words["conditions"] = tuple((c.code, c.text, c.due) for c in self.conditions)
        return words


class DecisionIn(_Minutes):
    """A resolution on a paper, or what an office decided by a document."""

    on: Day
    result: str = word(RESULTS)


class CorrectionIn(_Minutes):
    """The decision as it should have been recorded; what is left out stays as it was."""

    reason: Prose = Field(description="What was wrong.")
    on: Day = unsaid()
    result: Result = unsaid()
    kind: Kind = unsaid()
    early_start: Flag = unsaid("It may begin before the decision.")


class ConfirmationIn(In):
    """The text that was adopted with changes."""

    text: Prose | None = Field(None, description="The changed text, where it is not known yet.")


class MetIn(In):
    """How a condition was met."""

    code: str = word(CONDITIONS)
    note: Prose
    text: Prose | None = Field(None, description="Which one, where several are alike.")


class TermConfirmationIn(In):
    """How the new council confirmed it."""

    note: Prose | None = None


class TermIn(In):
    """A council was elected."""

    elected_on: Day
    name: Line


class Decisions(Paged, Past):
    """Which decisions are listed."""

    measure: Word | None = Field(None, description="Only those on this measure.")


class Open(Past):
    """Which papers are listed that never came back."""

    body: Line | None = Field(None, description="Only of this body.")
