"""Ways in besides the terminal: tokens of programs, deputies, answers kept for repeated calls."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from cycle.model.columns import (
    LINE,
    WORD,
    Entity,
    Of,
    chars,
    end,
    index,
    key_word,
    moment,
    of,
    rule,
    whole,
    word,
)
from cycle.model.words import OPENERS, ROLES

ANSWER = 2_000_000  # characters of an answer that is kept


class Token(Entity, table=True):
    """A key a program shows: the account it acts as; of its secret only the hash is kept."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        UniqueConstraint("municipality_id", "name"),
    )
    code: str = chars(WORD)  # the part of the token that names it, no secret
    name: str = chars(WORD)
    account_id: str = of("account", "the tokens of an account")
    secret_hash: str = chars(64)
    read_only: bool = False
    expires_at: datetime | None = moment()
    revoked_at: datetime | None = moment()


class TokenRole(Of, table=True):
    """One role a token is narrowed to."""

    __tablename__ = "token_role"
    token_id: str = end("token")
    role: str = key_word(ROLES)


class TokenUnit(Of, table=True):
    """One department a token is narrowed to."""

    __tablename__ = "token_unit"
    token_id: str = end("token")
    org_unit_id: str = end("org_unit")


class TokenUse(Of, table=True):
    """When a token was last shown, to the minute; no deed, so that the journal stays readable."""

    __tablename__ = "token_use"
    token_id: str = end("token")
    last_used_at: datetime = moment(...)


class Deputy(Entity, table=True):
    """An account acts for another one for a time (Vertretung); the journal names both."""

    __table_args__ = (
        index("ix_deputy_account", "account_id", "for_account_id", why="whom an account acts for"),
        rule("ordered", "to_day >= from_day"),
    )  # fmt: skip
    account_id: str = of("account")
    for_account_id: str = of("account")
    from_day: date
    to_day: date
    ended_on: date | None = None


class PublicView(Entity, table=True):
    """What is published stands open to everyone: one account proposed it, another confirmed it."""

    __tablename__ = "public_view"
    __table_args__ = (
        rule("two_accounts", "opened_by_id IS NULL OR opened_by_id <> proposed_by_id"),
        rule("opened_whole", "(opened_on IS NULL) = (opened_by_id IS NULL)"),
        rule("closed_whole", "(closed_on IS NULL) = (closed_by_id IS NULL)"),
    )
    proposed_on: date
    proposed_as: str = word(OPENERS)
    proposed_by_id: str = of("account")
    opened_on: date | None = None
    opened_by_id: str | None = of("account", default=None)
    closed_on: date | None = None
    closed_by_id: str | None = of("account", default=None)
    reason: str | None = chars(LINE, None)  # why it was closed


class KeptAnswer(Of, table=True):
    """The answer to a call that named an Idempotency-Key, written together with its effect."""

    __tablename__ = "kept_answer"
    __table_args__ = (index("ix_kept_answer_at", "at", why="what may be forgotten"),)
    account_id: str = end("account")
    key: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs={"info": {"limit": LINE}})
    fingerprint: str = chars(64)  # of method, path and body
    status: int = whole(100, ..., most=599)
    headers: str = chars(LINE * 10)  # JSON
    body: str = chars(ANSWER)
    at: datetime = moment(...)
