"""What is written of a goal, its targets, and who agreed."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from api.shapes.base import (
    NUMBER,
    Day,
    In,
    Keys,
    Line,
    Paged,
    Past,
    Prose,
    Told,
    Word,
    unsaid,
    word,
)
from cycle.model.words import AGREEMENTS, GOAL_LEVELS, STRANDS, TARGET_KINDS

Figure = Annotated[Decimal, Field(max_digits=30, decimal_places=12), NUMBER]
RATED = ("achieved", "missed", "dropped")


class Wording(In):
    """What may be written of a goal beside its text."""

    level: str = word(GOAL_LEVELS, "open")
    parent: Word | None = Field(None, description="Key of the goal above it.")
    owner: Word | None = Field(None, description="Code of the department that answers for it.")
    due: Day | None = None
    criterion: Prose | None = Field(
        None, description="What shows that it is reached, where nothing is counted."
    )
    target_group: Line | None = None
    strand: str | None = word(STRANDS, None)
    number: Word | None = None
    skip_reason: Prose | None = Field(None, description="Why no intermediate goal stands between.")
    findings: Keys = Field([], description="Keys of the findings it answers.")
    fields: Keys = Field([], description="Codes of its fields of action.")
    areas: Keys = Field([], description="Codes of its areas.")


class GoalIn(Wording):
    """A goal to be written into a round; only its text is needed."""

    text: Told
    cycle: Word | None = Field(None, description="Key of the round; else the open one.")
    predecessor: Word | None = Field(None, description="The goal of an earlier round.")


class GoalPatch(Wording):
    """What changes of a goal (JSON Merge Patch); findings, fields and areas are added."""

    text: Told = unsaid("The goal in words.")
    level: str = unsaid("", GOAL_LEVELS)


class StepIn(In):
    """By which day which value is expected."""

    due: Day
    value: Figure


class Aim(In):
    """What may be said of a target."""

    value: Figure | None = None
    date: Day | None = Field(None, description="The day it is to be reached.")
    baseline: Day | None = Field(None, description="End of the period of the value it starts from.")
    tolerance: Figure | None = None
    reverse_reason: Prose | None = None
    data_plan: Prose | None = None
    path: list[StepIn] = Field([], max_length=50, description="Values expected on the way.")

    def words(self) -> dict[str, Any]:
        """Give what was said; steps as the use case takes them."""
        found = {name: value for name, value in super().words().items() if value is not None}
        if "path" in found:
            found["path"] = tuple((step.due, step.value) for step in self.path)
        return found


class TargetIn(Aim):
    """A target to be set."""

    indicator: Word
    area: Word | None = Field(None, description="Code of the area; else the whole town.")
    kind: str = word(TARGET_KINDS, "reach")


class RevisionIn(Aim):
    """A revision of what a goal promises, with its reason; the old one stays to be seen."""

    reason: Told
    text: Prose | None = None
    due: Day | None = None
    criterion: Prose | None = None
    indicator: Word | None = Field(None, description="Where there are several targets.")
    area: Word | None = None


class RestatementIn(Aim):
    """A target anew, as definition or area have changed."""

    reason: Told
    indicator: Word | None = None
    area: Word | None = None
    into: Word | None = Field(None, description="Code of the area that came of its own.")


class AgreementIn(In):
    """Who agreed."""

    on: Day | None = None
    kind: str = word(AGREEMENTS, "agreed")
    body: Word | None = None
    department: Word | None = None
    note: Prose | None = None


class AdoptionIn(In):
    """That it was adopted."""

    decision: Word | None = None
    on: Day | None = None
    body: Word | None = None
    department: Word | None = None
    note: Prose | None = None


class RatingIn(In):
    """Whether it was achieved, said at the end."""

    status: str = word(RATED)
    text: Prose | None = None
    observation: Day | None = Field(None, description="End of the period of the last value.")
    indicator: Word | None = None


class LevelIn(In):
    """The level a goal is given."""

    level: str = word(GOAL_LEVELS)
    parent: Word | None = None
    skip_reason: Prose | None = None


class Goals(Paged, Past):
    """Which goals are listed."""

    cycle: Word | None = None
    area: Word | None = None
    field: Word | None = None
