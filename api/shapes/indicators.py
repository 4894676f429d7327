"""What is measured, and what was observed."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.shapes.base import Day, Flag, In, Line, Paged, Past, Prose, Whole, Word, unsaid, word
from api.shapes.evaluations import Figure
from cycle.model.words import (
    BASES,
    COMPARABLE,
    EMPTY_STATES,
    FREQUENCIES,
    MEASURE_TYPES,
    POLARITIES,
    RBA_CLASSES,
    VALUE_STATES,
)

Polarity = Annotated[str, StringConstraints(pattern=f"^({'|'.join(POLARITIES)})$")]
Frequency = Annotated[str, StringConstraints(pattern=f"^({'|'.join(FREQUENCIES)})$")]
Kind = Annotated[str, StringConstraints(pattern=f"^({'|'.join(MEASURE_TYPES)})$")]
People = Annotated[Whole, Field(ge=0, le=10**12)]


class _Traits(In):
    field: Word | None = Field(None, description="Code of its field of action.")
    polarity: Polarity = unsaid("Of a new one: context.")
    frequency: Frequency = unsaid("Of a new one: yearly.")
    result_level: Annotated[Whole, Field(ge=0, le=7)] = unsaid(
        "0 context, 1 to 3 output, 4 to 6 outcome, 7 impact; of a new one: 0."
    )
    rba_class: str | None = word(RBA_CLASSES, None)
    publication_lag_days: Annotated[Whole, Field(ge=0, le=10_000)] = unsaid("Of a new one: 270.")
    sensitive: Flag = unsaid("Of a new one: false.")


class IndicatorIn(_Traits):
    """An indicator with its first definition."""

    code: Word
    name: Line
    source: Line = Field(description="Where its values come from.")
    unit_of: Word = Field("%", description="What its values are in.")
    measure_type: Kind = unsaid("Where it is not told: share if in %, else count.")
    definition: Prose | None = Field(None, description="What exactly is counted.")
    numerator: Line | None = None
    denominator: Line | None = None
    valid_from: Day | None = Field(None, description="The first day of this definition.")


class IndicatorPatch(_Traits):
    """What changes in an indicator without a new definition."""

    name: Line = unsaid()


class DefinitionIn(In):
    """A new definition from a day on; targets stay with the old one."""

    definition: Prose = Field(description="What exactly is counted.")
    reason: Prose = Field(description="Why it changes.")
    comparable: str = word(COMPARABLE, "no", "Whether old values are still good.")
    factor: Figure | None = Field(None, description="What an old value is multiplied by.")
    source: Line | None = Field(None, description="Where its values come from.")
    valid_from: Day | None = Field(None, description="Its first day.")


class RecalculationIn(In):
    """Which values are reckoned for areas that came of others."""

    into: Word | None = Field(None, description="Only for this new area.")
    dry_run: Flag = Field(default=False, description="Tell what would be reckoned; write nothing.")


class ObservationIn(In):
    """A value of an indicator in an area and a period, or the sign why there is none.

    The same again is answered with what is stored, another one is kept beside it.
    """

    indicator: Word = Field(description="Its code.")
    area: Word = Field(description="Code of the area.")
    period_end: Day
    period_start: Day | None = Field(None, description="Left out for a key date.")
    value: Figure | None = None
    numerator: People | None = Field(None, description="How many of them.")
    denominator: People | None = Field(None, description="Out of how many.")
    status: str = word((*VALUE_STATES, *EMPTY_STATES), "final")
    breakdown: Line = Field("", description="Of whom, such as sex=w.")
    basis: str = word(BASES, "measured")
    protected_at_source: Flag = Field(
        default=False, description="The source has made it safe to publish."
    )


class Observations(Paged, Past):
    """Which values are listed."""

    indicator: Word | None = Field(None, description="Only of this indicator.")
    area: Word | None = Field(None, description="Only in this area.")
    vintages: bool = Field(default=False, description="Values that were revised too.")
    as_known_on: Day | None = Field(
        None, description="Only what was recorded until then; quicker than `as_of`."
    )
