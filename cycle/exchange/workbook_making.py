"""Workbooks to fill in: text stays text, the headings stay in sight, what is known is locked."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from cycle.exchange.workbooks import no_extra
from cycle.i18n import N_, Tongue

DAYS: Final = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
_FIRST: Final = date(1901, 1, 1)  # spreadsheets count earlier days wrong or not at all
_PAPER: Final = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
_HEAD: Final = _PAPER | {"bold": True, "bg_color": "#D9E1F2"}
_KNOWN: Final = _PAPER | {"bg_color": "#F2F2F2"}
_OPEN: Final = _PAPER | {"locked": False}
_NUMBERS: Final = {"number": "General", "percent": 9, "text": 49}  # every spreadsheet knows them
_NOTES: Final = {"de": "Hinweise", "en": "Notes"}

Cell = str | date | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: its heading, how wide it is, and what its cells hold."""

    head: str
    width: int
    kind: str = "text"  # or day, percent, number
    open: bool = False  # to be filled in
    choices: tuple[str, ...] = ()


def ready() -> None:
    """Raise Unavailable where no workbook can be made."""
    _writer()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in; without rows it is an empty form and nothing is locked."""

    name: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Cell]] = ()


def workbook(table: Sheet, notes: Sequence[str], made_on: date | None, tongue: Tongue) -> bytes:
    """Make a workbook of a sheet to fill in, and one that says how where there are notes."""
    out = io.BytesIO()
    book = _writer().Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.combine(made_on or _FIRST, time())})
    _write(book, table, tongue)
    if notes:
        _explain(book, notes, tongue)
    book.close()
    return out.getvalue()


def _write(book: Any, table: Sheet, tongue: Tongue) -> None:  # noqa: ANN401 - as _writer
    sheet = book.add_worksheet(table.name)
    formats = [_format(book, field, tongue) for field in table.fields]
    head = book.add_format(_HEAD)
    for column, (field, paper) in enumerate(zip(table.fields, formats, strict=True)):
        sheet.set_column(column, column, field.width, None if table.rows else paper)
        sheet.write_string(0, column, field.head, head)
        if field.open and table.rows:
            _guard(sheet, column, len(table.rows), field, tongue)
    for no, row in enumerate(table.rows, 1):
        for column, (cell, paper) in enumerate(zip(row, formats, strict=True)):
            _put(sheet, (no, column), cell, paper, tongue)
    sheet.freeze_panes(1, 1 if table.rows else 0)
    if table.rows:
        sheet.protect("", {"format_columns": True, "format_rows": True})
    _print(sheet)


def _writer() -> Any:  # noqa: ANN401 - the package tells no types
    try:
        import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 # tells no types; an extra
    except ModuleNotFoundError as absent:
        raise no_extra() from absent
    return xlsxwriter


def _format(book: Any, field: Field, tongue: Tongue) -> Any:  # noqa: ANN401 - as _writer
    number = DAYS[tongue.lang] if field.kind == "day" else _NUMBERS[field.kind]
    return book.add_format((_OPEN if field.open else _KNOWN) | {"num_format": number})


def _put(sheet: Any, at: tuple[int, int], cell: Cell, paper: Any, tongue: Tongue) -> None:  # noqa: ANN401 - as _writer
    """Write one cell; a text that looks like a formula or an address stays a text."""
    if cell is None or cell == "":
        sheet.write_blank(*at, None, paper)
    elif isinstance(cell, int):
        sheet.write_number(*at, cell / 100, paper)
    elif isinstance(cell, str):
        sheet.write_string(*at, cell, paper)
    elif cell < _FIRST:
        sheet.write_string(*at, tongue.date(cell), paper)
    else:
        sheet.write_datetime(*at, cell, paper)


def _guard(sheet: Any, column: int, last: int, field: Field, tongue: Tongue) -> None:  # noqa: ANN401 - as _writer
    """Let the cells of a column take only what can be read."""
    rule: dict[str, object] = {}
    if field.choices:
        rule = {"validate": "list", "source": list(field.choices),
                "error_message": tongue.say(N_("Please choose a word of the list."))}  # fmt: skip
    elif field.kind == "day":
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST,
                "error_message": tongue.say(N_("Please write a day, such as {day}."),
                                            day=date(2027, 1, 31))}  # fmt: skip
    elif field.kind == "percent":
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
                "error_message": tongue.say(N_("Please write 0 % to 100 %."))}  # fmt: skip
    if rule:
        sheet.data_validation(1, column, last, column, rule | {"error_title": field.head})


def _print(sheet: Any) -> None:  # noqa: ANN401 - as _writer
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _explain(book: Any, lines: Sequence[str], tongue: Tongue) -> None:  # noqa: ANN401 - as _writer
    sheet = book.add_worksheet(_NOTES[tongue.lang])
    paper = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 90)
    for no, line in enumerate(lines):
        sheet.write_string(no, 0, line, paper)
    _print(sheet)
