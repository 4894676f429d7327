"""What is written of a webhook, and what is asked of its deliveries."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from api.shapes.base import In, Line, Query, Url, Word, word
from cycle.reading.webhooks import STATES, WebhookRow
from cycle.usecases.webhook_faults import MOST_HOURS
from cycle.usecases.webhooks import KEEP_HOURS

Types = Annotated[list[Line], Field(max_length=200)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
_TYPES = "Such as measure.logged or measure.*; none: all."


class WebhookIn(In):
    """An address that is to be told of what happens."""

    name: Word
    url: Url = Field(description="https://…")
    account: Word | None = Field(None, description="With whose eyes; else the caller's.")
    types: Types = Field([], description=_TYPES)


class WebhookPatch(In):
    """What changes of a webhook."""

    url: Url = Field("", description="https://…")
    account: Word = Field("-", description="With whose eyes.")
    types: Types = Field([], description=_TYPES)


class RotationIn(In):
    """How a new secret takes the place of the old one."""

    keep_hours: Annotated[int, Field(strict=True, ge=0, le=MOST_HOURS)] = Field(
        KEEP_HOURS, description="The old one signs along for so many hours."
    )


class ReplayIn(In):
    """What is to be sent again."""

    n: Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)] | None = Field(
        None, description="Number of the event; else all that were given up."
    )


class Deliveries(Query):
    """Which deliveries are listed, the latest event first."""

    state: str | None = word(STATES, None)
    before: Number | None = Field(None, description="Only of events before this one.")
    limit: Annotated[int, Field(ge=1, le=200)] = Field(50, description="At most 200.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookMade(WebhookRow):
    """A webhook with the secret that signs: told once, and not again to a repeated call."""

    secret: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many deliveries set out again."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came back of a sample; the log of the server tells more."""

    name: str
    status: int | None
    taken: bool
    error: str | None
