"""What moves several measures at once, puts some in the place of others, or logs one anew."""

import re
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.shapes.base import Day, Flag, In, Keys, Paged, Past, Word, unsaid, word
from api.shapes.measures import MOVES, STATE, MoveIn, Title, Written
from cycle.model.words import MANDATES
from cycle.usecases.bulk import ALONE

TOGETHER = tuple(name for name in MOVES if name not in ALONE)
PICKS = ("cycle", "department", "field", "state", "mandate")
_PART: Final = r"^[1-9][0-9]{0,5}/[1-9][0-9]{0,5}$"
_PLACES: Final = 9


def _part(share: object) -> str:
    """Read a part of the whole, as Fraction takes it: one sentence where it is neither form."""
    text = "" if isinstance(share, bool) else str(share)
    if isinstance(share, str) and re.fullmatch(_PART, text, re.ASCII):
        return text
    if isinstance(share, (int, float)) and text and 0 < share <= 1:
        exact = Decimal(text)
        if -int(exact.as_tuple().exponent) <= _PLACES:
            return f"{exact:f}"
    raise PydanticCustomError("share", "is no part of the whole")


Share = Annotated[
    str,
    BeforeValidator(_part),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                   {"type": "string", "pattern": _PART}]}
    ),
]  # fmt: skip


class MoveAllIn(MoveIn):
    """One move of the measures named, or of all that are picked; and what the move asks."""

    name: str = word(TOGETHER)
    keys: Annotated[list[Word], Field(min_length=1, max_length=500)] = unsaid("Keys of measures.")
    cycle: Word | None = Field(None, description="All of this round.")
    department: Word | None = Field(None, description="All of this department.")
    field: Word | None = Field(None, description="All of this field of action.")
    state: str | None = word(STATE, None, "All in this state.")
    mandate: str | None = word(MANDATES, None, "All that are statutory or voluntary.")
    atomic: Flag = Field(default=False, description="Move none where one is refused.")


class LineageIn(In):
    """What takes the place of a measure: several become one, or one becomes several."""

    into: Annotated[list[Word], Field(min_length=1, max_length=100)] = Field(
        description="Keys of what comes of it."
    )
    sources: Keys = Field([], description="Keys of further measures that become one with it.")
    shares: list[Share] = Field(
        [], max_length=100,
        description="The parts of the whole, one a measure of the many side: 0.6 or `1/3`.",
    )  # fmt: skip
    decision: Word | None = Field(None, description="Key of the decision it rests on.")


class AgainIn(Written):
    """What differs from the measure that was turned down."""

    title: Title = unsaid("Its title.")
    cycle: Word = unsaid("Key of the round; else the open one.")


class DossierOf(Past):
    """Which dossier."""

    no: Annotated[int, Field(ge=1, le=10**6)] | None = Field(
        None, description="Its number; else the latest."
    )


class History(Paged):
    """Which deeds."""

    since: Day | None = Field(None, description="Only of this day and later.")
