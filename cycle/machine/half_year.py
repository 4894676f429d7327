"""What half a year did to a measure: *neu, geändert, unverändert, erledigt*."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

CHANGES: Final = ("new", "changed", "unchanged", "settled")
FINAL: Final = frozenset({"reported", "rejected", "cancelled", "superseded"})
SETTLED: Final = FINAL | {"implemented", "evaluated"}


@dataclass(frozen=True, slots=True)
class Move:
    """A measure came to stand somewhere else; `before` is None where it was logged."""

    day: date
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A report on a measure: its day, and all it says."""

    as_of: date
    says: Hashable


def state_on(day: date, moves: Sequence[Move]) -> str | None:
    """Tell where a measure stood at the end of a day; None before it was logged."""
    made = [move for move in moves if move.day <= day]
    return made[-1].after if made else None


def change(
    moves: Sequence[Move], told: Sequence[Statement], since: date, until: date
) -> str | None:
    """Tell what became of a measure between two days, both included.

    `moves` and `told` are in their order. None where the measure was logged later, or was off
    the circle before.
    """
    now, made = state_on(until, moves), [m for m in moves if since <= m.day <= until]
    if now is None or (now in FINAL and not made):
        return None
    changes = [move for move in made if move.before != move.after]
    if now in SETTLED and any(move.after in SETTLED for move in changes):
        return "settled"
    if any(move.before is None or move.after == "approved" for move in changes):
        return "new"
    return "changed" if changes or _news(told, since, until) else "unchanged"


def _news(told: Sequence[Statement], since: date, until: date) -> bool:
    """Tell whether a report of these days says something else than the one before it."""
    pairs = zip([None, *told], told, strict=False)
    return any(
        since <= now.as_of <= until and (before is None or before.says != now.says)
        for before, now in pairs
    )


def unchanged_since(told: Sequence[Statement]) -> date | None:
    """Give the day of the first report that says what the last one says; None without any."""
    since = None
    for now in reversed(told):
        if now.says != told[-1].says:
            break
        since = now.as_of
    return since
