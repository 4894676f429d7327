"""From where on changes are asked for."""

from typing import Annotated

from pydantic import Field

from api.shapes.base import Query

Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Changes(Query):
    """Which part of the journal."""

    after: Number = Field(0, description="Number of the last event that is known; 0: all.")
    limit: Annotated[int, Field(ge=1, le=200)] = Field(
        50, description="Events of a page, at most 200."
    )


class Stream(Query):
    """Where the stream begins."""

    after: Number | None = Field(
        None, description="Number of the last event that is known; else it begins with what comes."
    )
