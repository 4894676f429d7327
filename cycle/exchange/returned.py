"""Rows that were refused go back as they came, with a column that says what is to be mended."""

import csv
import io
from collections.abc import Sequence

from cycle.exchange import tables, workbooks
from cycle.exchange.fitting import RETURNED
from cycle.exchange.outcome import RowFault
from cycle.exchange.workbook_making import Field, Sheet, workbook
from cycle.i18n import Tongue

WIDTH, NOTE_WIDTH = 18, 70  # characters
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width signs are meant


def returned(data: bytes, name: str, faults: Sequence[RowFault], tongue: Tongue) -> bytes:
    """Give the refused rows of a file as the same kind of file; mended, it can be read in again.

    The column with what is to be mended is passed over then. Raises Unavailable where workbooks
    cannot be made.
    """
    table = tables.table(data, name)
    told = _told(faults, tongue)
    head = (*table.headers, RETURNED[0 if tongue.lang == "de" else 1])
    rows = [
        (*(line.cells[header] for header in table.headers), told[line.no])
        for line in table.lines
        if line.no in told
    ]
    if workbooks.is_workbook(data):
        fields = [Field(each, WIDTH, open=True) for each in head[:-1]]
        sheet = Sheet("Tabelle1", (*fields, Field(head[-1], NOTE_WIDTH)), rows)
        return workbook(sheet, (), None, tongue)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_delimiter(data), lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _told(faults: Sequence[RowFault], tongue: Tongue) -> dict[int, str]:
    """Say of each row all that is wrong with it, and how to mend it."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        says = tongue.say(fault.says, **fault.values)
        fix = tongue.say(fault.fix, **fault.values) if fault.fix and "`" not in fault.fix else ""
        place = f"{fault.column}: " if fault.column else ""
        found.setdefault(fault.row, []).append(f"{place}{says} {fix}".strip())
    return {row: " · ".join(said) for row, said in found.items()}


def _delimiter(data: bytes) -> str:
    head = data[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
    return max(tables.DELIMITERS, key=head.count)


def _harmless(cell: str) -> str:
    """Let no spreadsheet take a text for a formula; reading takes the sign off again."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
