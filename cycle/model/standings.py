"""What follows from the records: states, lights and open ends, and how many of them there are.

Both tables are written with the deed that changes them and can be reckoned anew at any time from
the records; `cycle db check` does so and compares.
"""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from cycle.model.columns import KEY, WORD, Of, index, of, whole


def _key(limit: int = WORD) -> Any:  # noqa: ANN401 - a SQLModel field
    return Field(
        default="", primary_key=True, sa_type=Text, sa_column_kwargs={"info": {"limit": limit}}
    )


class Standing(Of, table=True):
    """One thing that follows from a record, from a day on: a state, a light, an open end."""

    __table_args__ = (
        index(
            "ix_standing_topic", "topic", "name", "day", "subject", why="what is open, oldest first"
        ),
        index("ix_standing_since", "topic", "since", why="what falls due between two days"),
    )
    noun: str = _key()
    subject: str = _key(KEY)
    topic: str = _key()
    name: str = _key()
    about: str = _key(2 * WORD)  # which one, where a record has several
    day: date = Field(primary_key=True)  # from this day on
    n: int = whole(-1, 1, most=1)  # -1: until this day
    since: date | None = None
    unit_id: str | None = of("org_unit", default=None)
    cycle_id: str | None = of("cycle", default=None)


class Tally(Of, table=True):
    """How many of one thing begin on a day, by department and round."""

    topic: str = _key()
    name: str = _key()
    unit: str = _key(KEY)  # the id of the department, empty where there is none
    cycle: str = _key(KEY)  # the id of the round, empty where there is none
    day: date = Field(primary_key=True)
    n: int = Field(default=0, sa_type=BigInteger)
