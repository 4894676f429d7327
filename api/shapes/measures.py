"""What is written of a measure, what moves it, and what is asked of the list of them."""

from typing import Annotated

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
from cycle.machine.measures import MEASURES, STATES
from cycle.model.words import BINDINGS, CHOICES, CODES, MANDATES, ORIGINS, PREVENTION, STRANDS

Title = Annotated[str, StringConstraints(min_length=1, max_length=90)]
STATE = tuple(s.name for s in STATES)
MOVES = sorted({t.name for t in MEASURES.transitions} - {"log", "supersede"})


class Written(In):
    """What may be written of a measure at any time; what is left out stays as it is."""

    lead: Word | None = Field(None, description="Code of the department that answers for it.")
    goal: Word | None = Field(None, description="Key of its main goal.")
    side_goals: Keys = Field([], description="Keys of further goals.")
    areas: Keys = Field([], description="Codes of the areas it works in.")
    citywide: Flag = Field(default=False, description="It works in the whole town.")
    fields: Keys = Field([], description="Codes of its fields of action.")
    findings: Keys = Field([], description="Keys of the findings it answers.")
    partners: Keys = Field([], description="Codes of units that take part.")
    description: Prose | None = None
    number: Word | None = Field(None, description="Its number in the plan.")
    origin: str | None = word(ORIGINS, None)
    origin_note: Line | None = None
    strand: str | None = word(STRANDS, None)
    target_group: Line | None = None
    prevention_level: str | None = word(PREVENTION, None)
    mandate: str | None = word(MANDATES, None)
    legal_basis: Line | None = None
    binding: str = word(BINDINGS, "council_resolution")
    priority: Annotated[Whole, Field(ge=1, le=3)] = Field(3, description="1 key, 2 high, 3 normal.")
    planned_start: Day | None = None
    planned_end: Day | None = None
    period_text: Line | None = Field(None, description="The time in words, as a school year.")
    is_ongoing: Flag = Field(default=False, description="It has no end.")


class MeasureIn(Written):
    """A measure to be logged; only its title is needed."""

    title: Title
    cycle: Word | None = Field(None, description="Key of the round; else the open one.")


class MeasurePatch(Written):
    """What changes of a measure (JSON Merge Patch)."""

    title: Title = unsaid("Its title.")
    reason: Prose | None = Field(
        None, description="Why a planned date changes once the measure was approved."
    )


class MoveIn(In):
    """One move of a measure and what it asks: see `offers` of the measure."""

    name: str = word(MOVES)
    dry_run: Flag = Field(default=False, description="Tell what would happen; change nothing.")
    reason: Prose | None = None
    code: str | None = word(CODES, None, "The reason, from the list.")
    on: Day | None = None
    review_on: Day | None = None
    forecast_end: Day | None = None
    decision: Word | None = Field(None, description="Key of the decision it rests on.")
    successor: Keys = Field([], description="Keys of what replaces it.")
    source: Line | None = None
    source_date: Day | None = None
    start: Day | None = None
    state: str | None = word(STATE, None, "The target of take_over.")
    disposition: str | None = word(CHOICES, None)
    changes: Prose | None = None


class Filters(Paged, Past):
    """Which measures are listed."""

    cycle: Word | None = None
    department: Word | None = None
    area: Word | None = None
    field: Word | None = None
    state: str | None = word(STATE, None)
    goal: Word | None = None
    prevention: str | None = word(PREVENTION, None)
    mandate: str | None = word(MANDATES, None)
    late: bool = Field(default=False, description="Only those with something overdue.")
    mine: bool = Field(default=False, description="Only those of the caller's departments.")
