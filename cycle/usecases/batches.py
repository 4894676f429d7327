"""What became of the lines of a batch, and batches that are only tried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cycle.errors import Conflict, Forbidden, Invalid, KreislaufError, NotFound, Refused
from cycle.i18n import N_
from cycle.store.unit import Unit

OF_A_LINE = (Conflict, Forbidden, Invalid, NotFound, Refused)  # a store that fails ends the batch


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line; of a dry run, what would."""

    key: str | None  # None where it was refused
    status: str  # new, known or refused
    error: KreislaufError | None = None
    moved: tuple[str, ...] = ()  # keys of the measures it carried on


class _Undone(Exception):
    """Takes back what was only tried, and brings what would have become of it."""

    def __init__(self, found: list[Line]) -> None:
        super().__init__()
        self.found = found


def tried(
    unit: Unit, attempt: Callable[[], list[Line]], *, all_or_nothing: bool, dry_run: bool
) -> list[Line]:
    """Make the attempt; take it back where it is a dry run, or one line stops all."""
    if not (all_or_nothing or dry_run):
        return attempt()
    try:
        found = _on_trial(unit, attempt, dry_run=dry_run)
    except _Undone as undone:
        unit.session.expire_all()  # what statements for many changed stands outside the savepoint
        found = undone.found
    return _held_back(found) if all_or_nothing else found


def _on_trial(unit: Unit, attempt: Callable[[], list[Line]], *, dry_run: bool) -> list[Line]:
    with unit.apart():
        found = attempt()
        if dry_run or any(line.error for line in found):
            raise _Undone(found)
    return found


def _held_back(found: Sequence[Line]) -> list[Line]:
    """Say of lines that were right that another one stopped them."""
    first = next((no for no, line in enumerate(found, 1) if line.error), None)
    if first is None:
        return list(found)
    other = Conflict(
        N_("Line {line} was refused, so nothing of this batch was recorded."),
        code="batch_refused",
        fix=N_("Put that line right and send all again."),
        line=first,
    )
    return [Line(None, "refused", other) if line.status == "new" else line for line in found]
