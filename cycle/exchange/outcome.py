"""What an import tells when it is done: how many rows, every fault with its place, and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cycle.errors import Fault, Invalid, KreislaufError
from cycle.i18n import Tongue

NEW, CHANGED, SAME = "new", "changed", "same"  # what a row turned out to be
KEPT = 500  # rows of which it is told what they did


@dataclass(frozen=True, slots=True)
class RowFault(Fault):
    """One wrong cell or row of a file, and how to mend it."""

    fix: str = ""  # template, filled with the same values
    row: int = 0  # as a spreadsheet counts, the header is row 1; 0 where there are no rows
    column: str = ""  # as the file calls it
    file: str = ""  # of a folder

    @property
    def place(self) -> tuple[str, int, str]:
        """Sort faults as the reader meets them."""
        return self.file, self.row, self.column

    def hint(self, tongue: Tongue) -> str:
        """Say how to mend it, where that is no command of the terminal."""
        return hint(self.fix, self.values, tongue)


def hint(fix: str, values: Mapping[str, object], tongue: Tongue) -> str:
    """Say how to mend something to who has no terminal; nothing where it takes a command."""
    return tongue.say(fix, **values) if fix and "`" not in fix else ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling that is no fault, such as words that no table knows."""

    code: str
    says: str  # template
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes in one column."""

    fills: str
    header: str  # as the file calls it
    was: object  # None where nothing stood, or where that is not told
    now: object


@dataclass(frozen=True, slots=True)
class RowTold:
    """What one row turned out to be: new or changed, and of what."""

    no: int
    mark: str
    key: str  # of the record
    values: Mapping[str, object]  # what its cells mean, by what they fill
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What became of a file: rows by what they turned out to be, faults and notes."""

    kind: str
    rows_new: int = 0
    rows_changed: int = 0
    rows_same: int = 0
    rows_skipped: int = 0  # rows with a fault
    faults: list[RowFault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    rows: list[RowTold] = field(default_factory=list)  # the first of them that do something
    batch: str | None = None  # id of the ImportBatch
    already: bool = False  # this very file was imported before
    dry_run: bool = False
    written: bool = False  # something went into the store

    @property
    def rows_ok(self) -> int:
        """Rows without a fault."""
        return self.rows_new + self.rows_changed + self.rows_same

    def count(self, mark: str) -> bool:
        """Count a row as new, changed or same; tell whether it is to be told what it did."""
        setattr(self, f"rows_{mark}", getattr(self, f"rows_{mark}") + 1)
        return mark != SAME and len(self.rows) < KEPT


class Wrong(Exception):
    """A cell that cannot be read; `field` names the column by what it fills, if known."""

    def __init__(
        self, code: str, says: str, fix: str = "", /, *, at: str = "", **values: object
    ) -> None:
        """Keep the templates and the values that fill them."""
        super().__init__(says)
        self.code, self.says, self.fix, self.at, self.values = code, says, fix, at, values


class WrongRow(Exception):
    """A row with faults, all of them."""

    def __init__(self, faults: list[RowFault]) -> None:
        """Keep every fault."""
        super().__init__()
        self.faults = faults


def told(error: KreislaufError) -> list[Wrong]:
    """Turn what a use case refused into what is wrong with the row it came from."""
    if isinstance(error, Invalid) and error.faults:
        return [
            _wrong(f.code, f.says, error.fix, {**error.values, **f.values}, f.pointer)
            for f in error.faults
        ]
    return [_wrong(error.code, error.says, error.fix, error.values)]


def _wrong(code: str, says: str, fix: str, values: Mapping[str, object], at: str = "") -> Wrong:
    wrong = Wrong(code, says, fix, at=at)
    wrong.values = dict(values)
    return wrong
