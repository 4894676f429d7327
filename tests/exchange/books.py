"""Small workbooks, and ones that are sent back filled in."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped] # tells no types
from python_calamine import CalamineWorkbook


def a_book(
    rows: Sequence[Sequence[Any]],
    *,
    formats: Mapping[tuple[int, int], str] | None = None,
    sheets: Sequence[str] = ("Tabelle1",),
    hidden: Sequence[str] = (),
) -> bytes:
    """Make a workbook; `rows` stand in its last sheet, text stays text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name in sheets:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        elif not hidden or name == sheets[-1]:
            sheet.activate()
    for no, row in enumerate(rows):
        for column, cell in enumerate(row):
            shown = (formats or {}).get((no, column))
            paper = book.add_format({"num_format": shown}) if shown else None
            if isinstance(cell, str):
                sheet.write_string(no, column, cell, paper)
            elif isinstance(cell, date):
                sheet.write_datetime(no, column, cell, paper or day)
            elif cell is not None:
                sheet.write(no, column, cell, paper)
    book.close()
    return out.getvalue()


def a_workbook(data: bytes, name: str = "list.xlsx") -> Path:
    path = Path(name)
    path.write_bytes(data)
    return path


def sent_back(data: bytes, *cells: Any) -> bytes:  # noqa: ANN401 - whatever is typed
    """Fill the last cells of every row below the headings, and save it as another program would."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        head, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    known = [row[: -len(cells)] + [None] * len(cells) for row in rows]
    filled = [[cell or None for cell in row[: -len(cells)]] + list(cells) for row in known]
    last = len(head) - 1
    formats = {(no, 8): "0%" for no in range(1, len(rows) + 1)}
    formats |= {(no, last): "0%" for no in range(1, len(rows) + 1)}
    return a_book([head, *filled], formats=formats)


def answered(data: bytes, answers: Mapping[str, Sequence[Any]]) -> bytes:
    """Fill in the rows of those measures, each with what a department says of it."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        head, *rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for row in rows:
        said = answers.get(str(row[0]), ())
        row[len(head) - len(said) :] = said
    filled = [[None if cell == "" else cell for cell in row] for row in rows]
    percent = (head.index("Letzte Prozent"), len(head) - 1)
    formats = {(no, column): "0%" for no in range(1, len(rows) + 1) for column in percent}
    return a_book([head, *filled], formats=formats)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """Put parts into a workbook in place of those it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, parts.get(each, old.read(each)))
    return out.getvalue()
