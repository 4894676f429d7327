"""Workbooks as they come in: what is read of them, and which are not opened at all."""

import json
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cycle.errors import Invalid, Unavailable
from cycle.exchange import imports, workbook_reader, workbooks
from cycle.exchange.tables import Table, table
from cycle.exchange.workbook_marks import marks
from cycle.store.store import Store
from tests.exchange.books import a_book, a_workbook, part, with_parts
from tests.exchange.files import a_file, faults
from tests.exchange.files import marks as counts

PLAIN = a_book([["code", "name"], ["06", "West"]])
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
RELS = "xl/_rels/workbook.xml.rels"
FLAGS = PLAIN.index(b"PK\x01\x02") + 8  # what the list of parts tells of the first one


def read(data: bytes, sheet: str | None = None) -> Table:
    return table(data, "list.xlsx", sheet)


def cells(found: Table) -> list[list[str]]:
    return [list(line.cells.values()) for line in found.lines]


def typed(cell: object, shown: str = "") -> str:
    """Give what is read of one cell."""
    formats = {(1, 0): shown} if shown else None
    said: str
    _, (said, _) = rows_of(a_book([["a", "b"], [cell, "x"]], formats=formats))
    return said


def rows_of(data: bytes) -> Any:  # noqa: ANN401 - lists of text
    """Ask the reader as it runs in its own process."""
    return workbook_reader.read(data, None)["rows"]


def says(data: bytes, sheet: str | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        read(data, sheet)
    return str(refused.value)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts:
            book.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "shown", "said"),
    [
        ("=1+1", "", "=1+1"),
        ("1.234,5", "", "1.234,5"),
        (45, "", "45"),
        (-0.0, "", "0"),
        (0.1 + 0.2, "", "0,3"),
        (1234.5, "", "1234,5"),
        (1e22, "", "1" + "0" * 22),
        (0.45, "0%", "45%"),
        (0.29, "0%", "29%"),
        (1, "0%", "100%"),
        (0.125, '[Red]0.0%;"-"', "12,5%"),
        (45, '0" %"', "45"),
        (45, r"0\%", "45"),
        (date(2027, 1, 31), "", "2027-01-31"),
        (datetime(2027, 1, 31, 13, 5), "dd.mm.yyyy hh:mm", "2027-01-31T13:05:00"),  # noqa: DTZ001 - a cell knows no zone
        (time(13, 5), "hh:mm", "13:05:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        (True, "", "ja"),
        (False, "", "nein"),
        (None, "", ""),
        (None, "0%", ""),
    ],
)
def test_a_cell_is_read_as_its_reader_sees_it(cell: object, shown: str, said: str) -> None:
    assert typed(cell, shown) == said


def test_an_error_in_a_cell_is_no_empty_cell() -> None:
    sheet = part(PLAIN, SHEET)
    for cell, said in (('<c r="B2" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
                       ('<c r="B2" t="e"><v/></c>', "#")):  # fmt: skip
        wrong = sheet.replace('<c r="B2" t="s"><v>3</v></c>', cell)
        assert wrong != sheet
        assert rows_of(with_parts(PLAIN, {SHEET: wrong}))[1] == ["06", said]
        assert cells(read(with_parts(PLAIN, {SHEET: wrong}))) == [["06", said]]


def test_cells_that_do_not_tell_their_place_stand_side_by_side() -> None:
    data = a_book([["a", "b", "c"], [None, 0.1, 0.2]], formats={(1, 1): "0%", (1, 2): "0%"})
    sheet = part(data, SHEET)
    bare = sheet.replace('<row r="2"', "<row").replace(' r="C2"', "")
    assert bare.count(' r="') == sheet.count(' r="') - 2
    assert marks(with_parts(data, {SHEET: bare}), "Tabelle1") == {
        (1, 1): "10%", (1, 2): "20%",
    }  # fmt: skip


def test_far_columns_are_counted_in_letters() -> None:
    data = a_book([[*map(str, range(28))], [*[None] * 27, 0.5]], formats={(1, 27): "0%"})
    assert marks(data, "Tabelle1") == {(1, 27): "50%"}


def test_a_workbook_without_styles_or_with_whole_paths_is_read() -> None:
    rels = part(PLAIN, RELS)
    whole = rels.replace('"worksheets/', '"/xl/worksheets/')
    assert whole != rels
    data = with_parts(PLAIN, {RELS: whole})
    assert cells(read(data)) == [["06", "West"]]
    bare = zipped(*((n, part(PLAIN, n).encode()) for n in zipfile.ZipFile(BytesIO(PLAIN)).namelist()
                    if n != "xl/styles.xml"))  # fmt: skip
    assert marks(bare, "Tabelle1") == {}


def test_rows_are_counted_as_the_spreadsheet_does() -> None:
    found = read(a_book([[], ["code", "name"], [], ["06", "West", None, "zu viel"]]))
    assert [(line.no, line.beyond) for line in found.lines] == [(4, ("zu viel",))]
    assert found.dot is False


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named() -> None:
    data = a_book([["code"], ["06"]], sheets=("Verdeckt", "Werte"), hidden=("Verdeckt",))
    assert cells(read(data)) == cells(read(data, "Werte")) == [["06"]]
    assert "is empty" in says(data, "Verdeckt")
    with pytest.raises(Invalid, match="has no sheet werte") as refused:
        read(data, "werte")
    assert refused.value.values["sheets"] == ("Verdeckt", "Werte")
    assert "it has no sheets" in says(b"code\n06\n", "Werte")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PLAIN[:-30], "is broken"),
        (PLAIN[: len(PLAIN) // 2], "is broken"),
        (b"PK\x03\x04", "is broken"),
        (with_parts(PLAIN, {SHEET: "<worksheet><sheetData><row>"}), "is broken"),
        (with_parts(PLAIN, {BOOK: "no xml"}), "is broken"),
        (with_parts(PLAIN, {RELS: "<a/>"}), "is broken"),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "kind .xlsx"),
        (zipped(("xl/workbook.xml", b"<a/>")), "is broken"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kind .xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), "a password"),
        (PLAIN[:FLAGS] + b"\x01" + PLAIN[FLAGS + 1 :], "a password"),
        (a_book([]), "is empty"),
    ],
)  # fmt: skip
def test_it_says_what_is_no_workbook_to_be_read(data: bytes, said: str) -> None:
    assert said in says(data)


def test_what_is_packed_to_do_harm_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_more(*parts: tuple[str, bytes]) -> bytes:
        return zipped(("xl/workbook.xml", b"<a/>"), *parts)

    many = [(f"xl/{no}.xml", b"") for no in range(199)]
    assert "is broken" in says(with_more(*many))  # 200 parts are looked into
    assert "was not opened" in says(with_more(*many, ("xl/one-more.xml", b"")))
    assert "was not opened" in says(with_more(("xl/bomb.xml", b"0" * 2**20)))
    for name in ("xl/../../evil.xml", "..\\evil.xml"):
        assert "was not opened" in says(with_more((name, b"x")))
    assert "is broken" in says(with_more(("xl/..evil.xml", b"x")))
    monkeypatch.setattr(workbooks, "MOST_INFLATED", 13)
    assert "is broken" in says(with_more(("a", b"123456789")))
    assert "was not opened" in says(with_more(("a", b"1234567890")))


def test_a_part_may_be_packed_a_hundred_times_smaller_and_no_more() -> None:
    part_ = zipfile.ZipInfo("xl/workbook.xml")
    part_.compress_size = 10
    for size, harmful in ((1000, False), (1001, True)):
        part_.file_size = size
        assert workbooks._harmful([part_]) is harmful


def test_a_cell_at_the_end_of_the_world_takes_only_the_reader_down() -> None:
    sheet = part(PLAIN, SHEET)
    far = sheet.replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "more room or time" in says(with_parts(PLAIN, {SHEET: far}))


def test_entities_that_swell_take_nothing_down() -> None:
    swell = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    evil = f'<!DOCTYPE a [<!ENTITY l0 "lol">{swell}]><workbook>&l11;</workbook>'
    assert says(with_parts(PLAIN, {BOOK: evil}))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unavailable) as refused:
        read(PLAIN)
    assert (refused.value.code, "kreislauf[xlsx]" in refused.value.fix) == ("extra_missing", True)
    assert cells(read(b"code;name\n06;West\n")) == [["06", "West"]]


def test_nothing_of_the_folder_one_stands_in_runs() -> None:
    Path("json.py").write_text("raise SystemExit('caught')", "utf-8")
    assert cells(read(PLAIN)) == [["06", "West"]]


def test_the_reader_limits_itself_and_prints_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    monkeypatch.setattr(workbook_reader, "LIMITS", {"RLIMIT_CORE": 0})

    def told(*words: str) -> Any:  # noqa: ANN401 - any JSON
        path = a_workbook(PLAIN)
        with path.open() as stream:
            monkeypatch.setattr("sys.stdin", stream)
            workbook_reader.main(words)
        return json.loads(capsys.readouterr().out)

    try:
        assert told()["rows"] == [["code", "name"], ["06", "West"]]
        assert told("Werte") == {"sheets": ["Tabelle1"]}
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    assert workbook_reader.read(PLAIN[:40], None) == {"broken": True}


def test_reading_the_store_loads_nothing_of_workbooks() -> None:
    code = "import sys, cycle.exchange.imports, cycle.exchange.templates; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "cycle.exchange.workbooks" in told
    assert {"xlsxwriter", "python_calamine"} & set(told) == set()


def test_every_table_may_be_a_workbook_whatever_its_name_says(town: Store) -> None:
    areas = a_workbook(a_book([["code", "name"], ["77", "Nordend"]]), "areas.csv")
    assert counts(imports.run(town, "areas", areas, actor="planner")) == (1, 0, 0, 0)
    assert imports.run(town, "areas", areas, actor="planner").already
    named = imports.run(town, "areas", areas, sheet="Tabelle1", actor="planner")
    assert (named.already, counts(named)) == (False, (0, 0, 1, 0))
    text = a_file("code;name\n77;Nordend\n", "areas.xlsx")
    assert counts(imports.run(town, "areas", text, actor="planner")) == (0, 0, 1, 0)


def test_a_fault_is_told_with_the_row_of_the_sheet(town: Store) -> None:
    rows: list[list[object]] = [["code", "name"], [], ["77", "Nordend"], ["78", None]]
    found = imports.run(town, "areas", a_workbook(a_book(rows)), actor="planner")
    assert faults(found) == [("row 4, column name", "missing")]
