"""Taking rows in, one after the other: each on its own, so that a faulty one leaves no trace."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from cycle.errors import Forbidden, KreislaufError, Unavailable
from cycle.exchange.deeds import told_by
from cycle.exchange.outcome import (
    CHANGED,
    NEW,
    SAME,
    Note,
    Outcome,
    RowFault,
    Wrong,
    told,
)
from cycle.i18n import N_
from cycle.model.columns import Entity
from cycle.model.decisions import Body, Paper
from cycle.model.indicators import IndicatorVersion
from cycle.model.space import Area
from cycle.model.town import OrgUnit
from cycle.store.unit import Unit
from cycle.usecases.rights import need

Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(slots=True)
class Desk:
    """Where one file is worked on: the unit, its batch, and what is to be told at the end."""

    unit: Unit
    outcome: Outcome
    batch: str = ""
    tally: Counter[str] = field(default_factory=Counter)  # what was added along with the rows


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read: what its filled cells mean, and how to say where it stands."""

    values: dict[str, Any]
    place: Callable[[Wrong], RowFault]
    no: int = 0
    header: Callable[[str], str] = str  # how the file calls what a column fills; else nothing


class Taker(Protocol):
    """What takes the rows of one kind of file."""

    def order(self, rows: list[Row]) -> list[Row]:
        """Give the rows in the order in which they can be taken."""

    def take(self, desk: Desk, row: Row) -> str:
        """Write one row and say whether it was new, changed or same; raise Wrong if it cannot."""

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell what else is worth knowing when all rows are in."""


def take_in(desk: Desk, taker: Taker, rows: list[Row], progress: Progress | None) -> None:
    """Write every row in a savepoint of its own; keep the faults of those that cannot be."""
    ordered = taker.order(rows)
    for done, row in enumerate(ordered, 1):
        desk.outcome.faults += map(row.place, _apart(desk, taker, row))
        if progress:
            progress(done, len(ordered))
    desk.outcome.notes += taker.notes(desk)


def _apart(desk: Desk, taker: Taker, row: Row) -> list[Wrong]:
    """Write one row in a savepoint; undo it and give what is wrong where it cannot be."""
    tally, before = desk.tally.copy(), len(desk.unit.told)
    try:
        with desk.unit.apart():
            mark = taker.take(desk, row)
    except Unavailable:
        raise  # not the row's fault
    except Forbidden as error:
        if error.code != "other_department":
            raise  # no row could be written
        faults = told(error)
    except Wrong as wrong:
        faults = [wrong]
    except KreislaufError as error:
        faults = told(error)
    else:
        if desk.outcome.count(mark):
            events = desk.unit.told[before:]
            desk.outcome.rows.append(told_by(desk.unit, row, mark, events, desk.outcome.kind))
        return []
    desk.tally = tally
    desk.outcome.rows_skipped += 1
    return faults


def written(unit: Unit, write: Callable[[], object]) -> str:
    """Run a use case that is a no-op where nothing differs, and say what it did by what it told."""
    before = len(unit.told)
    write()
    actions = [told["action"] for told in unit.told[before:]]
    if not actions:
        return SAME
    return CHANGED if actions[0] in {"changed", "edited", "revised"} else NEW


class Twins:
    """Finds rows of one file that mean the same thing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: dict[Hashable, Row] = {}

    def again(self, key: Hashable, row: Row) -> bool:
        """Say whether an equal row came before; raise Wrong where one says something else."""
        before = self._seen.setdefault(key, row)
        if before is row:
            return False
        if before.values == row.values:
            return True
        raise Wrong(
            "row_twice",
            N_("Row {other} is about the same and says something else."),
            N_("Leave one of the two rows out."),
            other=before.no,
        )


@contextmanager
def at(name: str) -> Iterator[None]:
    """Let what is refused within be told of the cell that fills `name`."""
    try:
        yield
    except Wrong as wrong:
        wrong.at = wrong.at or name
        raise
    except (Forbidden, Unavailable):
        raise
    except KreislaufError as error:
        refused = told(error)[0]
        refused.at = refused.at or name
        raise refused from error


_AMENDERS: Mapping[type[Entity], tuple[str, ...]] = {
    Area: ("planner", "admin"),
    OrgUnit: ("planner", "admin"),
    Body: ("planner", "admin", "committee_clerk"),
    Paper: ("planner", "committee_clerk"),
    IndicatorVersion: ("statistician", "planner"),
}


def amend(unit: Unit, record: Entity, wanted: Mapping[str, object], *, key: str = "") -> str:
    """Bring a record to what a row says, and tell it; what is the same stays untouched.

    Raises Forbidden where the account may not change such records.
    """
    differing = {n: v for n, v in wanted.items() if getattr(record, n) != v}
    if not differing:
        return SAME
    role = need(unit, *_AMENDERS[type(record)])
    for name, value in differing.items():
        setattr(record, name, value)
    unit.tell(record, "edited", key=key, role=role)
    unit.session.flush()
    return CHANGED


def both(*marks: str) -> str:
    """Say of a row that wrote several things what it was in all."""
    return next((mark for mark in marks if mark != SAME), SAME)
