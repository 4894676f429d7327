"""The journal as programs follow it: what came after a number, in order, none left out.

Numbers come from a counter of the town that stays locked until the deed is committed: whoever
sees an event has seen, or could have seen, all before it. So a number is all a reader has to keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.reading.door import Reader
from cycle.reading.journal import EventRow, head, paged
from cycle.reading.pages import Page
from cycle.reading.sight import Sight

LOOK: Final = 1000  # events that are looked through at once, in sight or not


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow(EventRow):
    """An event of the journal, and what kind of change it is."""

    type: str  # entity.action, such as measure.proposed


@dataclass(frozen=True, slots=True)
class Changes:
    """What came, and how far was looked: from there it goes on, even where all was out of sight."""

    rows: Sequence[ChangeRow]
    until: int
    head: int  # number of the latest event there was

    @property
    def more(self) -> bool:
        """Tell whether others follow."""
        return self.until < self.head


def changes(reader: Reader, sight: Sight, *, after: int, limit: int) -> Changes:
    """Give what came after an event as somebody sees it, oldest first.

    Raises Invalid for a number the journal has not reached: whoever holds one follows another
    store, or one that was set back, and would miss what comes.
    """
    latest = head(reader)
    if after > latest:
        says = N_("The journal has not come that far; it ends at {head}.")
        wrong = Fault("?after", "beyond_the_journal", says, {"head": latest})
        told = N_("Please check what was given: {fields}.")
        raise Invalid(told, faults=(wrong,), fields="after")
    until = min(after + LOOK, latest)
    found = paged(reader, sight, until=until, page=Page(str(after), limit))
    if len(found) == limit:
        until = found[-1].n
    return Changes([_change(row) for row in found], until, latest)


def _change(row: EventRow) -> ChangeRow:
    told = {each.name: getattr(row, each.name) for each in fields(row)}
    return ChangeRow(**told, type=f"{row.entity}.{row.action}")
