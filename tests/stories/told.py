"""What the awkward cases do and read again and again."""

from typing import Any

from cycle.model.measures import Measure
from cycle.reading.journal import events
from cycle.usecases import measures
from tests.makers_measures import Town


def edit(town: Town, key: str, **words: Any) -> Measure:  # noqa: ANN401 - as `measures.edit`
    return town.do(lambda unit: measures.edit(unit, key, **words))


def actions(town: Town, key: str) -> list[str]:
    """Read what the journal tells of a record, the oldest first."""
    found = town.do(lambda unit: events(unit.reading(), key, sees_internal=True))
    return [event.action for event in found]
