"""Reads one sheet of a workbook in a process of its own, which may take little room and time.

`workbooks` runs `main` there, the file on its standard input, and gets JSON: `{"sheet": "…",
"rows": [["text", …], …]}`, or `{"sheets": […]}` where no sheet has the name asked for, or
`{"broken": true}`. A file made to do harm takes this process down and nothing else.
"""

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as BadStream  # noqa: N812 - an exception with a small name

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook
from python_calamine import SheetTypeEnum as Type
from python_calamine import SheetVisibleEnum as Visible

from cycle.exchange.workbook_marks import Place, figure, marks

LIMITS: Final = {"RLIMIT_AS": 2**30, "RLIMIT_CPU": 60, "RLIMIT_CORE": 0}  # bytes, seconds


def main(words: Sequence[str]) -> None:
    """Read the workbook on standard input and print what it holds."""
    _limit()
    json.dump(read(sys.stdin.buffer.read(), words[0] if words else None), sys.stdout)


def _limit() -> None:
    with suppress(ImportError, ValueError):  # a system without limits, or with tighter ones
        import resource  # noqa: PLC0415 - only where there is such a thing

        for name, most in LIMITS.items():
            which = getattr(resource, name)
            resource.setrlimit(which, (most, resource.getrlimit(which)[1]))


def read(data: bytes, wanted: str | None) -> dict[str, object]:
    """Give the cells of a sheet as text; the first one that is shown where none is asked for."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            name = _first(book) if wanted is None else wanted
            if name not in book.sheet_names:
                return {"sheets": book.sheet_names}
            rows = _rows(book.get_sheet_by_name(name), marks(data, name))
            return {"sheet": name, "rows": rows}
    except (CalamineError, ParseError, BadZipFile, BadStream, LookupError, ValueError, EOFError):
        return {"broken": True}


def _first(book: CalamineWorkbook) -> str:
    found = book.sheets_metadata
    shown = [s.name for s in found if s.typ == Type.WorkSheet and s.visible == Visible.Visible]
    return next(iter([*shown, *book.sheet_names]), "")


def _rows(sheet: CalamineSheet, marked: Mapping[Place, str]) -> list[list[str]]:
    rows = [
        [_SAYS[type(cell)](cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), says in marked.items():
        rows[row][column] = says
    return rows


def _moment(value: datetime) -> str:
    """Write a day; its time only where there is one."""
    return value.isoformat() if value.time() != time() else value.date().isoformat()


_SAYS: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    int: str,
    float: figure,
    bool: lambda value: "ja" if value else "nein",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}
