"""Signing in at the web pages: passwords, sessions, tries that went wrong; traffic, no deeds."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from cycle.model.columns import LINE, WORD, Of, chars, end, index, moment, of, whole

_SIGN = {"info": {"limit": 64}}  # a hash as hex


class AccountPassword(Of, table=True):
    """The password of a local account, as its Argon2id hash."""

    __tablename__ = "account_password"
    account_id: str = end("account")
    hash: str = chars(LINE)
    changed_at: datetime = moment(...)


class WebSession(Of, table=True):
    """Somebody signed in at a browser, until idle too long or the day is over."""

    __tablename__ = "web_session"
    __table_args__ = (index("ix_web_session_ends_at", "ends_at", why="what may be forgotten"),)
    token_hash: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs=_SIGN)
    account_id: str = of("account", "the sessions of an account")
    csrf: str = chars(64)
    began_at: datetime = moment(...)
    seen_at: datetime = moment(...)
    ends_at: datetime = moment(...)
    vouched: str | None = chars(LINE * 10, None)  # JSON: roles, departments by the town's sign-in
    acts_for_id: str | None = of("account", default=None)


class SignInTry(Of, table=True):
    """How often a sign-in failed for one name or from one address, in one quarter of an hour."""

    __tablename__ = "sign_in_try"
    whose: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs=_SIGN)
    since: datetime = moment(...)
    count: int = whole(1, ...)


class KeptUpload(Of, table=True):
    """A file somebody sent to be read in, between its preview and its writing."""

    __tablename__ = "kept_upload"
    __table_args__ = (index("ix_kept_upload_at", "at", why="what may be forgotten"),)
    id: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs=_SIGN)
    account_id: str = of("account")
    kind: str = chars(WORD)
    name: str = chars(LINE)
    content: str = chars(7_500_000)  # base64 of at most 5 MB
    at: datetime = moment(...)
