"""The town itself: its units, fields of action, accounts and counters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from cycle.ids import new_id
from cycle.model.columns import (
    PROSE,
    URL,
    WORD,
    Entity,
    Of,
    chars,
    end,
    key_word,
    moment,
    of,
    rule,
    table_of,
    whole,
    word,
)
from cycle.model.words import ACCOUNT_KINDS, PRESETS, ROLES, UNIT_KINDS


class Municipality(SQLModel, table=True):
    """A town, its official keys and its policy; every other row belongs to one."""

    __table_args__ = (
        rule("ags_digits", "length(ags) = 8"),
        rule("ars_digits", "ars IS NULL OR length(ars) = 12"),
    )
    id: str = Field(default_factory=new_id, primary_key=True, sa_type=Text)
    name: str = chars()
    ags: str = chars(8)
    ars: str | None = chars(12, None)
    time_zone: str = chars(WORD, "Europe/Berlin")
    fictional: bool = False
    preset: str = word(PRESETS, "light")
    policy: str | None = chars(PROSE, None)  # JSON: what the town set otherwise than its preset
    youth_office: bool = True  # the town is its own youth-welfare authority
    day: date | None = None  # a demo store carries its own day
    started_on: date  # the take-over window counts from here
    created_at: datetime = moment()
    version: int = whole(1, 1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Compare and raise `version` at every change."""
        return {"version_id_col": table_of(cls).c.version}


class OrgUnit(Entity, table=True):
    """A department, a provider or an authority that answers for measures; never a person."""

    __tablename__ = "org_unit"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)
    code: str = chars(WORD)
    name: str = chars()
    kind: str = word(UNIT_KINDS, "department")
    parent_id: str | None = of("org_unit", default=None)
    active_from: date | None = None
    active_to: date | None = None
    external_id: str | None = chars(URL, None)


class FieldOfAction(Entity, table=True):
    """A field such as youth welfare or education (Handlungsfeld)."""

    __tablename__ = "field_of_action"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)
    code: str = chars(WORD)
    name: str = chars()
    youth_welfare: bool = False


class Account(Entity, table=True):
    """Who may act: a login name and roles; no person's name is kept."""

    __table_args__ = (UniqueConstraint("municipality_id", "name"),)
    name: str = chars(WORD)
    kind: str = word(ACCOUNT_KINDS, "person")
    disabled_at: datetime | None = moment()


class AccountRole(Of, table=True):
    """One role of an account."""

    __tablename__ = "account_role"
    account_id: str = end("account")
    role: str = key_word(ROLES)


class AccountUnit(Of, table=True):
    """One department an account speaks for."""

    __tablename__ = "account_unit"
    account_id: str = end("account")
    org_unit_id: str = end("org_unit")


class Counter(Of, table=True):
    """The last number given out under a name; `mark` holds the journal's head hash."""

    name: str = Field(primary_key=True, sa_type=Text, sa_column_kwargs={"info": {"limit": WORD}})
    value: int = whole(0, 0)
    mark: str = chars(64, "")
