"""What is written of reports, their findings, and what is advised."""

from typing import Any

from pydantic import Field

from api.shapes.base import Day, In, Keys, Line, Paged, Past, Prose, Told, Url, Word, unsaid, word
from cycle.model.words import (
    ANSWERS,
    FINDING_KINDS,
    OUTCOMES,
    REPORT_KINDS,
    RESPONSES,
    SEVERITIES,
)

STEPS = ("approve", "present", "publish")


class ReportIn(In):
    """A report of a round."""

    title: Line
    cycle: Word | None = Field(None, description="Key of the round; else the open one.")
    kind: str = word(REPORT_KINDS, "social_report")
    reference_date: Day | None = None
    url: Url | None = None


class ReportMove(In):
    """The next step of a report."""

    name: str = word(STEPS)
    body: Word | None = Field(None, description="present: short name of the body.")
    on: Day | None = Field(None, description="present: the day.")
    paper: Word | None = Field(None, description="present: number of the paper.")
    outcome: str | None = word(OUTCOMES, None)
    url: Url | None = Field(None, description="publish: where it can be read.")


class Reports(Paged, Past):
    """Which reports are listed."""

    cycle: Word | None = None


class Cited(In):
    """The value a finding cites."""

    indicator: Word
    area: Word
    period_end: Day


class FindingText(In):
    """What may be written of a finding beside its text."""

    kind: str = word(FINDING_KINDS, "need")
    severity: str = word(SEVERITIES, "act")
    source: Line | None = Field(None, description="What it rests on, where no value is cited.")
    areas: Keys = Field([], description="Codes of its areas.")
    fields: Keys = Field([], description="Codes of its fields of action.")
    observations: list[Cited] = Field([], max_length=100)

    def words(self) -> dict[str, Any]:
        """Give what was said; cited values as the use case takes them."""
        found = super().words()
        if "observations" in found:
            cited = self.observations
            found["observations"] = tuple((c.indicator, c.area, c.period_end) for c in cited)
        return found


class FindingIn(FindingText):
    """A finding of a report."""

    report: Word
    text: Told
    external_id: Line | None = None


class FindingPatch(FindingText):
    """What changes of a finding (JSON Merge Patch); areas, fields and values are added."""

    text: Told = unsaid("The finding in words.")
    kind: str = unsaid("", FINDING_KINDS)
    severity: str = unsaid("", SEVERITIES)


class ResponseIn(In):
    """How a finding is answered."""

    response: str = word(RESPONSES)
    reason: Prose | None = None
    goal: Word | None = None


class Findings(Paged, Past):
    """Which findings are listed."""

    cycle: Word | None = None
    area: Word | None = None
    field: Word | None = None
    open_only: bool = Field(default=False, description="Only those without an answer.")


class RecommendationIn(In):
    """What is advised."""

    text: Told
    finding: Word | None = None
    evaluation: Word | None = None
    addressee: Word | None = Field(None, description="Code of the unit that is to act.")


class AnswerIn(In):
    """The answer to it."""

    response: str = word(ANSWERS)
    reason: Told
    goal: Word | None = None
    measure: Word | None = None


class Recommendations(Paged, Past):
    """Which recommendations are listed."""

    open_only: bool = Field(default=False, description="Only those without an answer.")
