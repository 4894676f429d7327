"""What is written of papers and of the bodies they pass."""

from typing import Annotated

from pydantic import Field

from api.shapes.base import Day, Flag, In, Keys, Line, Paged, Past, Prose, Url, Whole, Word, word
from cycle.model.words import BODY_KINDS, CONSULTATION_ROLES, MAJORITIES, OUTCOMES


class PaperIn(In):
    """A paper, by the number printed on it; nobody outside sees it unless it is public."""

    ref: Word
    name: Line
    paper_type: Line | None = None
    dated: Day | None = None
    public: Flag = False
    url: Url | None = None
    oparl_id: Url | None = None


class ConsultationIn(In):
    """A paper on the agenda of a body, or what came of it; it may be said again."""

    body: Line | None = Field(None, description="Short name of the body.")
    on: Day | None = Field(None, description="The day of the sitting.")
    role: str | None = word(CONSULTATION_ROLES, None)
    outcome: str = word(OUTCOMES, "pending")
    majority: str | None = word(MAJORITIES, None)
    result_text: Prose | None = Field(None, description="The result in the body's own words.")
    role_text: Line | None = None
    order_no: Annotated[Whole, Field(ge=0, le=100_000)] = 0
    authoritative: Flag | None = None
    public: Flag = False
    measures: Keys = Field([], description="Keys of measures it asks to decide on.")
    oparl_id: Url | None = None


class BodyIn(In):
    """A council, a committee or a steering group."""

    short_name: Word
    name: Line
    kind: str = word(BODY_KINDS, "committee")
    oparl_id: Url | None = None


class Papers(Paged, Past):
    """Which papers are listed."""

    body: Line | None = Field(None, description="Only of this body.")
    search: Line | None = Field(None, description="Only with this word in the title.")


class Listed(Paged, Past):
    """Which part of the list, and of which day."""
