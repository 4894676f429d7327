"""CSV as German spreadsheets open it: a mark for UTF-8, semicolons, and no cell that runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from cycle.errors import Invalid
from cycle.i18n import N_

MARK = "\ufeff"  # tells a spreadsheet that the file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width signs start a formula too


def safe(cell: str) -> str:
    """Put a sign before what a spreadsheet would run; an import takes it off again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def sheet(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV, the first of them the headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return MARK + out.getvalue()


def folder(path: str | Path) -> Path:
    """Give a folder to write into, made where it is not there; Invalid where that cannot be."""
    place = Path(path)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as refused:
        raise _closed(place, refused) from refused
    return place


def save(place: Path, stem: str, made: bytes, ending: str = "csv") -> Path:
    """Write a table into a folder; one that is there may be filled in and is never written over."""
    names = [f"{stem}.{ending}", *(f"{stem}-{no}.{ending}" for no in range(2, 1000))]
    for name in names:
        try:
            with (place / name).open("xb") as file:
                file.write(made)
        except FileExistsError:
            continue
        except (OSError, ValueError) as refused:
            raise _closed(place, refused) from refused
        return place / name
    raise _closed(place, FileExistsError(names[-1]))


def _closed(place: Path, refused: Exception) -> Invalid:
    return Invalid(
        N_("Nothing can be written into {folder}: {why}"),
        fix=N_("Name a folder of your own."),
        folder=str(place),
        why=getattr(refused, "strerror", None) or str(refused),
    )
