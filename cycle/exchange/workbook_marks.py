"""What a sheet shows and its plain cells do not tell: percentages (0.45 as 45 %) and errors.

Runs beside `workbook_reader`, in a process that may take little room and time: what XML can do to
harm ends there, and its parser fetches nothing.
"""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, iterparse, parse
from zipfile import ZipFile

Place = tuple[int, int]  # row and column, the first is 0
_PERCENT: Final = {"9", "10"}  # the formats every workbook knows
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.')  # signs of a format that are shown as they are
_ERROR: Final = re.compile(rb"""\bt\s*=\s*["']e["']""")
_REF: Final = re.compile(r"([A-Z]+)([0-9]+)")


def figure(value: float) -> str:
    """Write a number with a comma, of fifteen digits as spreadsheets count them."""
    plain = f"{Decimal(f'{value:.15g}'):f}".replace(".", ",")
    return "0" if plain == "-0" else plain


def marks(data: bytes, sheet: str) -> dict[Place, str]:
    """Give the text of every cell of a sheet that is a percentage or an error."""
    with ZipFile(io.BytesIO(data)) as book:
        percent, part = set(_percent_styles(book)), book.read(_part(book, sheet))
    if not percent and not _ERROR.search(part):
        return {}  # most sheets are as plain as that, and a large one takes seconds to go through
    return {place: says for place, cell in _cells(part) if (says := _shown(cell, percent))}


def _shown(cell: Element, percent: set[str]) -> str:
    value = next((each.text or "" for each in cell if _local(each.tag) == "v"), "")
    if cell.get("t") == "e":
        return value or "#"
    if value and cell.get("t", "n") == "n" and cell.get("s", "0") in percent:
        return f"{figure(float(value) * 100)}%"
    return ""


def _cells(part: bytes) -> Iterator[tuple[Place, Element]]:
    """Go through the cells; one that does not tell its place stands right of the one before."""
    row, column = 0, -1
    found = iterparse(io.BytesIO(part), ("start", "end"))  # noqa: S314 - see above
    for event, each in found:
        named = _local(each.tag)
        if event == "start" and named == "row":
            row, column = int(each.get("r", row + 1)), -1
        elif event == "end" and named == "c":
            column = _column(each.get("r", ""), column)
            yield (row - 1, column), each
        elif event == "end" and named == "row":
            each.clear()


def _column(ref: str, before: int) -> int:
    found = _REF.fullmatch(ref)
    if found is None:
        return before + 1
    count = 0
    for letter in found[1]:
        count = count * 26 + ord(letter) - 64
    return count - 1


def _percent_styles(book: ZipFile) -> Iterator[str]:
    """Give the numbers of the styles that show a percentage."""
    if "xl/styles.xml" not in book.namelist():
        return
    root = _root(book, "xl/styles.xml")
    percent = _PERCENT | {
        each.get("numFmtId", "")
        for each in root.iter()
        if _local(each.tag) == "numFmt" and "%" in _QUOTED.sub("", each.get("formatCode", ""))
    }
    used = (xf for each in root if _local(each.tag) == "cellXfs" for xf in each)
    for no, style in enumerate(used):
        if style.get("numFmtId") in percent:
            yield str(no)


def _part(book: ZipFile, sheet: str) -> str:
    """Find the part of the file that holds a sheet; raise KeyError where there is none."""
    named = {
        each.get("name"): next(v for k, v in each.items() if _local(k) == "id")
        for each in _root(book, "xl/workbook.xml").iter()
        if _local(each.tag) == "sheet"
    }
    parts = {
        each.get("Id"): each.get("Target", "") for each in _root(book, "xl/_rels/workbook.xml.rels")
    }
    target = parts[named[sheet]]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _root(book: ZipFile, part: str) -> Element:
    with book.open(part) as stream:
        return parse(stream).getroot()  # noqa: S314 - see above


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
