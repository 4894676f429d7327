"""What an evaluator hands in, by a form or by a machine."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.shapes.base import NUMBER, Day, In, Keys, Line, Paged, Past, Prose, Url, Whole, Word, word
from cycle.model.words import (
    ATTRIBUTIONS,
    CRITERIA,
    EVALUATION_STATES,
    EVALUATORS,
    OVERALL,
    PURPOSES,
)

Rating = Annotated[Whole, Field(ge=1, le=4)]
Figure = Annotated[Decimal, Field(max_digits=30, decimal_places=12), NUMBER]
_HANDED = [state for state in EVALUATION_STATES if state != "corrected"]


class ResultIn(In):
    """What is said of one target of a goal: the value of a period, or a sentence."""

    goal: Word | None = Field(None, description="Key of the goal; else the main goal.")
    indicator: Word | None = Field(None, description="Its code; else the goal's only one.")
    area: Word | None = None
    value: Figure | None = Field(None, description="The value; left out, the stored one counts.")
    period_end: Day | None = None
    text: Prose | None = None
    attribution: str = word(ATTRIBUTIONS, "unclear")


class EvaluationIn(In):
    """An evaluation of one or several measures.

    `source` and `external_id` make it safe to send again: the same content is answered with what
    is stored, other content with 409 `evaluation_differs`.
    """

    measure: Word | None = Field(None, description="Key of the measure it covers.")
    measures: Keys = Field([], description="Keys, where it covers several.")
    source: Line | None = Field(None, description="The system it comes from.")
    external_id: Line | None = Field(None, description="Its number there.")
    purpose: str = word(PURPOSES, "summative")
    evaluator_kind: str = word(EVALUATORS, "internal")
    department: Word | None = Field(None, description="Code of the unit that evaluated.")
    period_start: Day | None = None
    period_end: Day | None = None
    concluded_on: Day | None = None
    status: str = word(_HANDED, "final")
    overall: str | None = word(OVERALL, None)
    ratings: dict[Word, Rating] = Field(
        {}, description=f"1 to 4 by criterion: {', '.join(CRITERIA)}."
    )
    results: list[ResultIn] = Field([], max_length=100)
    recommendations: list[Prose] = Field([], max_length=100)
    method: Prose | None = None
    text: Prose | None = Field(None, description="The reasoning; not_assessable needs one.")
    result_level: Annotated[Whole, Field(ge=1, le=7)] | None = None
    report_url: Url | None = None
    corrects: Word | None = Field(None, description="Key of the evaluation it puts right.")

    @model_validator(mode="after")
    def _of_something(self) -> "EvaluationIn":
        if not self.measure and not self.measures:
            raise PydanticCustomError("missing", "names no measure")
        return self

    def handed(self) -> dict[str, object]:
        """Give it as the use case takes it."""
        words = self.words()
        one = words.pop("measure", None)
        words["measures"] = (*words.get("measures", ()), *([one] if one else []))
        return words


class Evaluations(Paged, Past):
    """Which evaluations are listed."""

    measure: Word | None = Field(None, description="Only those of this measure.")
