"""Those who follow from outside: webhooks, their secrets, and what is on its way to them."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from cycle.model.columns import (
    LINE,
    URL,
    WORD,
    Entity,
    Of,
    chars,
    end,
    index,
    moment,
    number,
    of,
    whole,
    word,
)
from cycle.model.words import DELIVERIES

KINDS = 2 * WORD + 1  # characters of a type of event, such as measure.logged


class Webhook(Entity, table=True):
    """An address that is told of events, in the name of an account: it gets what that may see."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "name"),
        index("ix_webhook_account", "account_id", why="the webhooks of an account"),
    )
    name: str = chars(WORD)
    url: str = chars(URL)
    account_id: str = of("account")
    after: int = whole(0, 0)  # number of the last event before it began to follow
    disabled_at: datetime | None = moment()
    disabled_reason: str | None = chars(WORD, None)  # asked, gone


class WebhookType(Of, table=True):
    """One type of event a webhook wants, such as measure.*; without any it wants all."""

    __tablename__ = "webhook_type"
    webhook_id: str = end("webhook")
    type: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs={"info": {"limit": KINDS}})


class WebhookSecret(Of, table=True):
    """A secret deliveries are signed with; while one is replaced both sign."""

    __tablename__ = "webhook_secret"
    webhook_id: str = end("webhook")
    no: int = number()
    secret: str = chars(LINE)  # whsec_…
    until: datetime | None = moment()  # signs no more from then on


class Delivery(Of, table=True):
    """One event on its way to one webhook."""

    __table_args__ = (
        index("ix_delivery_due", "state", "next_at", why="what is to be sent now"),
        index("ix_delivery_subject", "webhook_id", "subject", "n", why="order within a subject"),
    )
    webhook_id: str = end("webhook")
    n: int = number()
    subject: str = chars(WORD)
    type: str = chars(KINDS)
    state: str = word(DELIVERIES, "waiting")
    attempts: int = whole(0, 0)
    next_at: datetime = moment(...)
    leased_until: datetime | None = moment()
    last_status: int | None = whole(100, most=999)
    last_error: str | None = chars(WORD, None)  # refused, timeout, redirect, …: no inner details
    done_at: datetime | None = moment()
