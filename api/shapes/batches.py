"""How a batch is to be taken."""

from pydantic import Field

from api.shapes.base import Query


class Batch(Query):
    """Questions about the whole of it."""

    atomic: bool = Field(default=False, description="All lines or none, in one transaction.")
    dry_run: bool = Field(default=False, description="Tell what would happen; write nothing.")
