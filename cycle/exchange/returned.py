"""Rows that were refused go back as they came, with a column that says what is to be mended."""

import csv
import io
import re
from collections.abc import Sequence

from cycle.exchange import tables
from cycle.exchange.fitting import RETURNED
from cycle.exchange.outcome import RowFault
from cycle.exchange.sheets import safe
from cycle.exchange.workbook_making import Field, Sheet, workbook
from cycle.i18n import Tongue

WIDTH, NOTE_WIDTH = 18, 70  # characters


def returned(data: bytes, name: str, faults: Sequence[RowFault], tongue: Tongue) -> bytes:
    """Give the refused rows of a file as the same kind of file; mended, it can be read in again.

    The column with what is to be mended is passed over then. Raises Unavailable where workbooks
    cannot be made.
    """
    table = tables.table(data, name)
    told, note = _told(faults, tongue), RETURNED[0 if tongue.lang == "de" else 1]
    headers = [each for each in table.headers if each not in RETURNED]  # returned once before
    refused = [line for line in table.lines if line.no in told]
    beyond = max((len(line.beyond) for line in refused), default=0)
    head = (*headers, note, *[""] * beyond)
    rows = [
        (*(line.cells[header] for header in headers), told[line.no],
         *line.beyond, *[""] * (beyond - len(line.beyond)))
        for line in refused
    ]  # fmt: skip
    if table.written.sheet:
        widths = [NOTE_WIDTH if each == note else WIDTH for each in head]
        fields = tuple(Field(h, w, open=True) for h, w in zip(head, widths, strict=True))
        return workbook(Sheet(sheet_named(table.written.sheet), fields, rows), (), None, tongue)
    return _as_csv([head, *rows], table.written)


def sheet_named(name: str) -> str:
    """Keep the name of a sheet, but for signs that spreadsheets do not take there."""
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ")[:31] or "Tabelle1"


def _as_csv(rows: Sequence[Sequence[str]], written: tables.Written) -> bytes:
    """Write rows with the delimiter and the letters of the file they came in."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=written.delimiter, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    try:
        return out.getvalue().encode(written.encoding)
    except UnicodeEncodeError:  # what is to be mended has signs that these letters lack
        return out.getvalue().encode("utf-8-sig")


def _told(faults: Sequence[RowFault], tongue: Tongue) -> dict[int, str]:
    """Say of each row all that is wrong with it, and how to mend it."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        says = tongue.say(fault.says, **fault.values)
        place = f"{fault.column}: " if fault.column else ""
        found.setdefault(fault.row, []).append(f"{place}{says} {fault.hint(tongue)}".strip())
    return {row: " · ".join(said) for row, said in found.items()}
