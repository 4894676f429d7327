"""What tests of a measure's duties begin with: a measure, one under way, one given up."""

from datetime import date
from typing import Any

from cycle.machine.facts import Ask
from cycle.store.store import Store
from cycle.usecases import measures, moves

BEGUN = date(2025, 2, 1)
SOURCE = Ask(source="Maßnahmenliste", source_date=date(2026, 1, 15), start=BEGUN)


def a_measure(town: Store, **changes: Any) -> str:  # noqa: ANN401 - the words of `log`
    """Let social planning log a measure of department 51."""
    with town.unit("planner") as unit:
        written = {"title": "Sprachförderkräfte in vier Kitas", "lead": "51"} | changes
        return measures.log(unit, **written).ref


def take_over(town: Store, key: str, state: str = "in_progress", start: date = BEGUN) -> None:
    """Let a measure stand in a state it had before the system came."""
    with town.unit("planner") as unit:
        ask = Ask(source=SOURCE.source, source_date=SOURCE.source_date, start=start, state=state)
        moves.move(unit, key, "take_over", ask, to=state)


def a_running_measure(
    town: Store,
    state: str = "in_progress",
    **changes: Any,  # noqa: ANN401 - the words of `log`
) -> str:
    """Log a measure that began on 1 February 2025."""
    key = a_measure(town, **changes)
    take_over(town, key, state)
    return key


def a_cancelled_measure(town: Store) -> str:
    """Log a measure by mistake and give it up."""
    key = a_measure(town)
    with town.unit("planner") as unit:
        moves.move(unit, key, "cancel", Ask(code="entered_in_error"))
    return key
