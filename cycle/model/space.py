"""Where: schemes of small areas and the areas in them, each with its validity."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint

from cycle.model.columns import WORD, Entity, Of, chars, end, figure, of, rule, whole, word
from cycle.model.words import SCHEME_PURPOSES, SUCCESSIONS

OUTLINE = 200_000  # characters of an outline


class AreaScheme(Entity, table=True):
    """A division of the town into areas, valid for a time."""

    __tablename__ = "area_scheme"
    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        rule("validity", "valid_to IS NULL OR valid_to >= valid_from"),
    )
    code: str = chars(WORD)
    name: str = chars()
    purpose: str = word(SCHEME_PURPOSES, "planning")
    valid_from: date
    valid_to: date | None = None


class Area(Entity, table=True):
    """A small area used for planning; level 0 is the whole town."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "scheme_id", "code", "valid_from"),
        rule("validity", "valid_to IS NULL OR valid_to >= valid_from"),
        rule("parent", "parent_id IS NULL OR parent_id <> id"),
    )
    scheme_id: str = of("area_scheme")
    code: str = chars(WORD)
    name: str = chars()
    level: int = whole(0, 1)
    parent_id: str | None = of("area", default=None)
    valid_from: date
    valid_to: date | None = None


class AreaShape(Of, table=True):
    """Where an area lies: its outline, drawn anew as a whole or not at all."""

    __tablename__ = "area_shape"
    area_id: str = end("area")
    outline: str = chars(OUTLINE)  # JSON: polygons of rings of points, each x before y
    points: int = whole(4, ...)
    sha256: str = chars(64)
    drawn_on: date


class AreaSuccession(Entity, table=True):
    """Which area took on which part of another one's people when boundaries changed."""

    __tablename__ = "area_succession"
    __table_args__ = (
        UniqueConstraint(
            "municipality_id", "from_area_id", "to_area_id", "on_date", name="uq_area_succession"
        ),
        rule("other", "from_area_id <> to_area_id"),
    )
    from_area_id: str = of("area")
    to_area_id: str = of("area", "what an area is made of, to recalculate its series")
    on_date: date
    share: Decimal = figure(...)  # of the people of the old area, 0 to 1
    kind: str = word(SUCCESSIONS)
