"""What is written of areas, departments and fields of action."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from api.shapes.base import NUMBER, Day, Flag, In, Keys, Line, Paged, Past, Whole, Word, word
from cycle.model.words import SCHEME_PURPOSES, SUCCESSIONS, UNIT_KINDS

Share = Annotated[Decimal, Field(gt=0, le=1, max_digits=13, decimal_places=12), NUMBER]


class AreaIn(In):
    """An area; without a division it belongs to the one in use, and is valid as long as it."""

    code: Word
    name: Line
    scheme: Word | None = Field(None, description="Code of the division.")
    level: Annotated[Whole, Field(ge=0, le=20)] = Field(1, description="0 is the whole town.")
    parent: Word | None = Field(None, description="Code of the area above it.")
    valid_from: Day | None = None
    valid_to: Day | None = None


class SchemeIn(In):
    """A division of the town into areas."""

    code: Word
    name: Line
    purpose: str = word(SCHEME_PURPOSES, "planning")
    valid_from: Day
    valid_to: Day | None = None


class PartIn(In):
    """An area that takes on people of another one."""

    area: Word = Field(description="Its code.")
    share: Share = Field(description="The share of the people it takes on.")


class SuccessionIn(In):
    """What becomes of an area whose boundaries change."""

    on: Day = Field(description="The first day of the new boundaries.")
    parts: list[PartIn] = Field(min_length=1, max_length=200)
    kind: str | None = word(SUCCESSIONS, None)

    def words(self) -> dict[str, Any]:
        """Give it as the use case takes it."""
        parts = [(part.area, Fraction(part.share)) for part in self.parts]
        return {**super().words(), "parts": parts}


class DepartmentIn(In):
    """A department, a provider or an authority; never a person."""

    code: Word
    name: Line
    kind: str = word(UNIT_KINDS, "department")
    parent: Word | None = Field(None, description="Code of the unit above it.")
    active_from: Day | None = None
    external_id: Line | None = None


class DissolutionIn(In):
    """The last day of a unit."""

    on: Day
    successor: Word | None = Field(None, description="Code of the unit that takes over all of it.")
    dry_run: Flag = Field(default=False, description="Tell what it answers for; change nothing.")


class HandOverIn(In):
    """What another unit answers for from now on."""

    to: Word = Field(description="Code of the unit that takes over.")
    keys: Keys = Field([], description="Keys of measures, goals, recommendations; none is all.")


class FieldIn(In):
    """A field of action."""

    code: Word
    name: Line
    youth_welfare: Flag = Field(
        default=False, description="The Jugendhilfeausschuss has its say in it."
    )


class Areas(Paged, Past):
    """Which areas are listed."""

    all: bool = Field(default=False, description="Former and future ones too.")
