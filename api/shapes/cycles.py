"""What is written of a planning round, and what moves it."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.shapes.base import Day, Flag, In, Keys, Line, Prose, Word, unsaid, word
from cycle.machine.cycles import ROUNDS
from cycle.model.words import STAGES, STRANDS

MOVES = {  # a move of a round, and the words it takes
    "advance": frozenset({"reason", "decision"}),
    "reopen": frozenset({"reason", "stage"}),
    "abandon": frozenset({"reason", "decision", "move_to"}),
}
MOVERS = frozenset(role for t in ROUNDS.transitions if t.name in MOVES for role in t.roles)
OPENERS = frozenset(role for t in ROUNDS.transitions if t.name == "open" for role in t.roles)
TAKERS = frozenset(role for t in ROUNDS.transitions if t.name == "take_over" for role in t.roles)
Stage = Annotated[str, StringConstraints(pattern=f"^({'|'.join(STAGES)})$")]
Strand = Annotated[str, StringConstraints(pattern=f"^({'|'.join(STRANDS)})$")]


class _Begun(In):
    title: Line
    start: Day | None = Field(None, description="Its first day.")
    end: Day | None = None
    fields: Keys = Field([], description="Codes of its fields of action; none means all.")
    strands: list[Strand] = Field([], max_length=len(STRANDS))
    scheme: Word | None = Field(None, description="Code of the division into areas.")


class CycleIn(_Begun):
    """A round to be opened; what is not said of it is as in its predecessor."""

    predecessor: Word | None = Field(None, description="Key of the round before it.")
    report_title: Line | None = Field(None, description="Title of its first report.")


class TakeOverIn(_Begun):
    """A round that began before the system did."""

    stage: str = word(STAGES, "closed")
    source: Line | None = Field(None, description="The plan, report or paper that says so.")
    source_date: Day | None = None
    papers: Keys = Field([], description="Numbers of its papers.")


class CycleMoveIn(In):
    """One move of a round: `advance` to the next stage, `reopen` an earlier one, `abandon` it."""

    name: str = word(MOVES)
    dry_run: Flag = Field(default=False, description="Tell what would happen; change nothing.")
    reason: Prose | None = None
    decision: Word | None = Field(None, description="Key of the decision it rests on.")
    stage: Stage = unsaid("To which stage it is reopened.")
    move_to: Word | None = Field(
        None, description="Key of the round that takes the open measures of one given up."
    )

    @model_validator(mode="after")
    def _as_the_move_takes_it(self) -> "CycleMoveIn":
        if self.model_fields_set - {"name", "dry_run"} - MOVES[self.name]:
            raise PydanticCustomError("foreign_word", "says what this move does not take")
        return self


class LinksIn(In):
    """What a round is tied to; it may be said again."""

    papers: Keys = Field([], description="Numbers of its papers.")
    predecessor: Word | None = Field(None, description="Key of the round before it.")


class StagePlanIn(In):
    """By when a stage is to end."""

    until: Day
