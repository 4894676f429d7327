"""Workbooks (.xlsx) as Excel and LibreOffice write them: looked through before they are opened."""

import importlib.util
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from cycle.errors import Invalid, Unavailable
from cycle.i18n import N_

MOST_PARTS: Final = 200
MOST_INFLATED: Final = 100 * 2**20  # bytes
MOST_RATIO: Final = 100  # how many times smaller a part may have been packed
LONGEST: Final = 120  # seconds
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how a workbook of today and one of old begins
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_RUN: Final = "import sys; from cycle.exchange.workbook_reader import main; main(sys.argv[1:])"
_READER: Final = ("-P", "-c", _RUN)  # -P: nothing of the folder one stands in runs
_ANEW: Final = N_("Open it, save it as “Excel workbook (.xlsx)” and import that file.")


def is_workbook(data: bytes) -> bool:
    """Tell a workbook by how it begins, whatever its name says."""
    return data.startswith((ZIP, OLE))


def rows(data: bytes, name: str, sheet: str | None) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Give a sheet's name and its rows with their numbers; Invalid where it cannot be read."""
    _check(data, name)
    if importlib.util.find_spec("python_calamine") is None:
        raise no_extra()
    answer = _answer(data, name, sheet)
    if "sheets" in answer:
        raise Invalid(
            N_("{file} has no sheet {sheet}."),
            fix=N_("It has: {sheets}."),
            file=name,
            sheet=sheet or "",
            sheets=tuple(answer["sheets"]),
        )
    if "rows" not in answer:
        raise _broken(name)
    return str(answer["sheet"]), enumerate(answer["rows"], 1)


def no_extra() -> Unavailable:
    """Tell that the extra for workbooks is not installed."""
    return Unavailable(
        N_("What reads and writes workbooks is not installed."),
        code="extra_missing",
        fix=N_("Install it with `pip install 'kreislauf[xlsx]'`, or take CSV."),
    )


def _answer(data: bytes, name: str, sheet: str | None) -> dict[str, Any]:
    """Ask the reader, which may take only so much room and time."""
    words = () if sheet is None else (sheet,)
    try:
        said = subprocess.run(  # noqa: S603 - our own module; the file goes to its standard input
            [sys.executable, *_READER, *words], input=data, capture_output=True, check=True,
            timeout=LONGEST,
        )  # fmt: skip
    except (subprocess.SubprocessError, ValueError) as gone:
        raise Invalid(
            N_("{file} takes more room or time than a table does; it was not read."),
            fix=N_("Divide it into several files, or save the sheet as “CSV UTF-8”."),
            file=name,
        ) from gone
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def _check(data: bytes, name: str) -> None:
    """Look through the parts of a workbook without unpacking any."""
    if data.startswith(OLE):
        raise _locked(name) if _LOCKED in data else _other(name)
    try:
        with ZipFile(io.BytesIO(data)) as file:
            parts = file.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as broken:
        raise _broken(name) from broken
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(name)
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _other(name)
    if _harmful(parts):
        raise Invalid(
            N_("{file} is packed as no spreadsheet packs its files; it was not opened."),
            fix=N_("Ask who sent it, or save the sheet as “CSV UTF-8” and import that file."),
            file=name,
        )


def _harmful(parts: list[ZipInfo]) -> bool:
    return (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_INFLATED
        or any(part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts)
        or any(".." in part.filename.replace("\\", "/").split("/") for part in parts)
    )


def _broken(name: str) -> Invalid:
    return Invalid(
        N_("{file} is broken or was not copied whole."), fix=N_("Have it sent again."), file=name
    )


def _locked(name: str) -> Invalid:
    return Invalid(
        N_("{file} is locked with a password."),
        fix=N_("Save it without a password and import that file."),
        file=name,
    )


def _other(name: str) -> Invalid:
    return Invalid(N_("{file} is no workbook of the kind .xlsx."), fix=_ANEW, file=name)
