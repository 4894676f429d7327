"""Indicators, their versions, what was observed and what was imported."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint

from cycle.model.columns import (
    PROSE,
    WORD,
    Entity,
    chars,
    figure,
    index,
    moment,
    of,
    rule,
    whole,
    word,
)
from cycle.model.words import (
    BASES,
    COMPARABLE,
    EMPTY_STATES,
    FREQUENCIES,
    IMPORT_SOURCES,
    MEASURE_TYPES,
    POLARITIES,
    RBA_CLASSES,
    VALUE_STATES,
)

_NO_VALUE = ", ".join(f"'{s}'" for s in EMPTY_STATES)


class Indicator(Entity, table=True):
    """A measured variable that stands for a state."""

    __table_args__ = (UniqueConstraint("municipality_id", "code"),)
    code: str = chars(WORD)
    name: str = chars()
    field_id: str | None = of("field_of_action", default=None)
    polarity: str = word(POLARITIES, "context")
    result_level: int = whole(0, 0, most=7)
    measure_type: str = word(MEASURE_TYPES, "count")
    unit: str = chars(WORD)
    rba_class: str | None = word(RBA_CLASSES, None)
    frequency: str = word(FREQUENCIES, "yearly")
    publication_lag_days: int = whole(0, 270)
    sensitive: bool = False


class IndicatorVersion(Entity, table=True):
    """A definition of an indicator; exactly one, without `valid_to`, is current."""

    __tablename__ = "indicator_version"
    __table_args__ = (UniqueConstraint("municipality_id", "indicator_id", "no"),)
    indicator_id: str = of("indicator")
    no: int = whole(1, 1)
    definition: str = chars(PROSE)
    numerator: str | None = chars(default=None)
    denominator: str | None = chars(default=None)
    source: str = chars()
    valid_from: date
    valid_to: date | None = None
    comparable: str = word(COMPARABLE, "yes")
    factor: Decimal | None = figure()
    change_reason: str | None = chars(PROSE, None)


class ImportBatch(Entity, table=True):
    """One file that was read in; the same file again changes nothing."""

    __tablename__ = "import_batch"
    __table_args__ = (UniqueConstraint("municipality_id", "kind", "sha256"),)
    source: str = word(IMPORT_SOURCES)
    kind: str = chars(WORD)
    file_name: str = chars()
    sha256: str = chars(64)
    rows_ok: int = whole(0, 0)
    rows_skipped: int = whole(0, 0)
    recorded_at: datetime = moment()


class Observation(Entity, table=True):
    """A value of an indicator version in an area and a period; a revision is a new vintage."""

    __table_args__ = (
        UniqueConstraint(
            "municipality_id", "indicator_version_id", "area_id", "period_start", "period_end",
            "breakdown", "vintage", name="uq_observation_cell",
        ),
        rule("period", "period_end >= period_start"),
        rule("value_or_sign", f"(value IS NULL) = (status IN ({_NO_VALUE}))"),
        index(
            "ix_observation_area", "area_id", "period_end",
            why="the latest values of an area, for gaps and for ratings",
        ),
    )  # fmt: skip
    indicator_version_id: str = of("indicator_version")
    area_id: str = of("area")
    period_start: date
    period_end: date
    breakdown: str = chars(default="")
    value: Decimal | None = figure()
    numerator: int | None = whole(0)
    denominator: int | None = whole(0)
    status: str = word((*VALUE_STATES, *EMPTY_STATES), "final")
    vintage: int = whole(1, 1)
    recorded_at: datetime = moment()
    recorded_on: date
    basis: str = word(BASES, "measured")
    protected_at_source: bool = False
    import_batch_id: str | None = of("import_batch", default=None)
