"""The tables: what a person writes and what is stored; no behaviour."""

from sqlmodel import SQLModel

from cycle.model import (  # noqa: F401 - importing them fills the metadata
    access,
    cycles,
    decisions,
    duties,
    evaluations,
    goals,
    indicators,
    journal,
    measures,
    reports,
    sessions,
    space,
    standings,
    town,
    webhooks,
)
from cycle.model.columns import finish

METADATA = SQLModel.metadata
finish(METADATA)
