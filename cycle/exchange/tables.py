"""Tables as towns write them: CSV of any delimiter, mark and letters, or a sheet of a workbook."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cycle.errors import Invalid
from cycle.exchange import workbooks
from cycle.exchange.cells import shown, text
from cycle.i18n import N_

LARGEST = 100 * 2**20  # bytes; larger deliveries are streamed by importers of their own
DELIMITERS = (";", ",", "\t")
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!", b"<html", b"<?xml")
Numbered = tuple[int, list[str]]  # a row's number and its cells


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number as a spreadsheet counts, and its cells by header."""

    no: int
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()  # cells to the right of the last header


@dataclass(frozen=True, slots=True)
class Written:
    """How a table was written: what is given back is written the same way."""

    delimiter: str = ""  # a workbook has none
    encoding: str = ""
    sheet: str = ""  # of a workbook


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headers as the file writes them."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    written: Written

    @property
    def dot(self) -> bool:
        """Tell whether the file writes decimals with a dot: its cells are parted by commas."""
        return self.written.delimiter == ","


def content(path: str | Path) -> bytes:
    """Read a file, or standard input for `-`; raise Invalid when that cannot be done."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    place = Path(path)
    try:
        if place.stat().st_size > LARGEST:
            raise Invalid(
                N_("{path} is larger than {limit} MB."),
                fix=N_("Divide it into several files."),
                path=str(path),
                limit=LARGEST // 2**20,
            )
        return place.read_bytes()
    except FileNotFoundError as missing:
        raise Invalid(
            N_("There is no file {path}."),
            fix=N_("Check the name and the folder."),
            path=str(path),
        ) from missing
    except IsADirectoryError as folder:
        raise Invalid(
            N_("{path} is a folder."), fix=N_("Name a file in it."), path=str(path)
        ) from folder
    except (OSError, ValueError) as unreadable:
        raise Invalid(
            N_("{path} cannot be read: {why}"),
            fix=N_("Check who may read the file."),
            path=shown(str(path)),
            why=getattr(unreadable, "strerror", None) or str(unreadable),
        ) from unreadable


def table(data: bytes, name: str, sheet: str | None = None) -> Table:
    """Read a table out of a file's bytes; `name` is told when it is none.

    Of a workbook it is the sheet of that name, or the first that is shown.
    """
    written, rows = _read(data, name, sheet)
    no, headers = next(((n, cells) for n, cells in rows if any(cells)), (0, []))
    if not no:
        raise Invalid(
            N_("{file} is empty."),
            fix=N_("`cycle template {kind}` prints the header of a table."),
            file=name,
            kind="KIND",
        )
    while headers and not headers[-1]:
        headers.pop()
    lines = tuple(_line(n, headers, cells) for n, cells in rows if any(cells))
    return Table(tuple(headers), lines, written)


def _read(data: bytes, name: str, sheet: str | None) -> tuple[Written, Iterator[Numbered]]:
    """Tell a workbook from CSV by how it begins; a workbook has no delimiter."""
    if workbooks.is_workbook(data):
        told, found = workbooks.rows(data, name, sheet)
        return Written(sheet=told), ((no, [text(cell) for cell in cells]) for no, cells in found)
    if sheet is not None:
        raise Invalid(
            N_("{file} is no workbook; it has no sheets."),
            fix=N_("Leave --sheet out."),
            file=name,
        )
    if data.lstrip().startswith(_OTHER):
        raise Invalid(
            N_("{file} is no table but a document, a picture or a page."),
            fix=N_("Save the table as “Excel workbook (.xlsx)” or “CSV UTF-8” and take that file."),
            file=name,
        )
    says, encoding = _decoded(data, name)
    delimiter = _delimiter(says)
    return Written(delimiter, encoding), _rows(says, delimiter, name)


def _line(no: int, headers: list[str], cells: list[str]) -> Line:
    padded = cells + [""] * (len(headers) - len(cells))
    beyond = tuple(cell for cell in padded[len(headers) :] if cell)
    return Line(no, dict(zip(headers, padded, strict=False)), beyond)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """Give the text of a file, and the letters it is written in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _by(data, "utf-16", name), "utf-16"
    if b"\0" in data:
        raise _not_text(name)
    try:
        return data.decode("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        return _by(data, "cp1252", name), "cp1252"


def _by(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise _not_text(name) from wrong


def _not_text(name: str) -> Invalid:
    return Invalid(
        N_("{file} is no text: it holds signs that no table has."),
        fix=N_("Save it as “CSV UTF-8” and import that file."),
        file=name,
    )


def _delimiter(written: str) -> str:
    header = next((line for line in written.splitlines() if line.strip()), "")
    bare = "".join(header.split('"')[::2])  # what stands outside quotes
    return max(DELIMITERS, key=bare.count)


def _rows(written: str, delimiter: str, name: str) -> Iterator[Numbered]:
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    no = 0
    while True:
        no += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise Invalid(
                N_("{file}, row {row}: the quotes do not match, or a cell is far too long."),
                fix=N_("Look for a lone quotation mark in this row or above it."),
                file=name,
                row=no,
            ) from broken
        yield no, [text(cell) for cell in cells]
