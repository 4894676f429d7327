"""The journal: who did what, in one gapless chain a town, and what is still to be sent out."""

from datetime import date, datetime

from cycle.model.columns import (
    KEY,
    PROSE,
    WORD,
    Of,
    chars,
    index,
    moment,
    number,
    of,
    whole,
    word,
)
from cycle.model.words import ROLES


class Event(Of, table=True):
    """One deed: number, moment, actor, record, move, hash of its payload, hash of the chain."""

    __table_args__ = (
        index("ix_event_key", "key", "n", why="the history of one record"),
        index("ix_event_day", "day", "n", why="the journal since a day"),
        index("ix_event_step", "entity", "day", "from_state", "to_state", why="steps by month"),
    )
    n: int = number()
    at: datetime = moment(...)
    day: date
    account_id: str = of("account")
    role: str = word(ROLES)
    for_unit_id: str | None = of("org_unit", default=None)
    for_account_id: str | None = of("account", default=None)  # the one a deputy acts for
    request_id: str | None = chars(WORD, None)  # of the call that brought it, where one did
    entity: str = chars(WORD)
    entity_id: str = chars(KEY)
    key: str = chars(WORD)
    action: str = chars(WORD)
    from_state: str | None = chars(WORD, None)
    to_state: str | None = chars(WORD, None)
    payload_hash: str = chars(64)
    prev_hash: str = chars(64)
    hash: str = chars(64)


class EventPayload(Of, table=True):
    """What changed, kept apart with its salt so that it can be blacked out."""

    __tablename__ = "event_payload"
    n: int = number()
    salt: str | None = chars(64, None)
    content: str | None = chars(1_000_000, None)
    # JSON: every row the deed wrote, so that the store of any day can be rebuilt
    rows: str | None = chars(100_000_000, None)
    blacked_out_on: date | None = None
    blacked_out_reason: str | None = chars(PROSE, None)


class Outbox(Of, table=True):
    """An event that is still to be sent to those who follow."""

    n: int = number()
    type: str = chars(2 * WORD + 1)  # entity.action
    at: datetime = moment(...)
    attempts: int = whole(0, 0)
