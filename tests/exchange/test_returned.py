"""Refused rows go back as the same kind of file, and can be read in when they are mended."""

import pytest

from cycle.errors import Invalid
from cycle.exchange import imports, tables, workbooks
from cycle.exchange.outcome import Change, RowFault
from cycle.exchange.returned import returned, sheet_named
from cycle.i18n import Tongue
from cycle.store.store import Store
from tests.exchange.books import a_book
from tests.exchange.files import marks

NOTE = "Hinweis zum Einlesen"
GERMAN = Tongue("de")
LATE = (RowFault("row 3, column name", "missing", "Nothing is given here.", {},
                 "Fill this cell.", 3, "name"),)  # fmt: skip
SAID = "name: Hier ist nichts angegeben. Füllen Sie diese Zelle aus."


def test_a_workbook_goes_back_with_its_sheet_and_only_the_refused_rows() -> None:
    data = a_book([["code", "name"], ["06", "West"], ["07", None], ["=1+1", "Ost"]],
                  sheets=("Erläuterung", "Räume 2027"), hidden=("Erläuterung",))  # fmt: skip
    back = returned(data, "list.xlsx", LATE, GERMAN)
    assert workbooks.is_workbook(back)
    found = tables.table(back, "back.xlsx")
    assert found.written.sheet == "Räume 2027"
    assert found.headers == ("code", "name", NOTE)
    assert [line.cells for line in found.lines] == [{"code": "07", "name": "", NOTE: SAID}]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "cp1252"), ("\t", "utf-16")]
)
def test_a_table_goes_back_with_its_delimiter_and_its_letters(
    delimiter: str, encoding: str
) -> None:
    rows = (("code", "name", "scheme"), ("06", "Süd", "a"), ("07", "", "ö"))
    text = "\n".join(delimiter.join(row) for row in rows)
    back = returned(text.encode(encoding), "list.csv", LATE, GERMAN)
    assert back.decode(encoding).splitlines() == [
        delimiter.join(("code", "name", "scheme", NOTE)),
        delimiter.join(("07", "", "ö", SAID)),
    ]


def test_signs_that_the_letters_of_the_file_lack_do_not_hinder_the_note() -> None:
    fault = RowFault("row 2", "x", "{what} is wrong.", {"what": "→"}, row=2)
    back = returned("name\nSüd\n".encode("cp1252"), "list.csv", (fault,), GERMAN)
    assert back.decode("utf-8-sig").splitlines()[1] == "Süd;→ is wrong."


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@sum", "=HYPERLINK(1)"])
def test_no_cell_that_goes_back_runs_and_each_reads_as_it_was(cell: str) -> None:
    fault = RowFault("row 2", "x", "{what} is wrong.", {"what": cell}, row=2)
    back = returned(f"name;code\n{cell};1\n".encode(), "list.csv", (fault,), GERMAN)
    assert f"'{cell};1" in back.decode("utf-8-sig")
    (line,) = tables.table(back, "back.csv").lines
    assert (line.cells["name"], line.cells["code"]) == (cell, "1")


def test_cells_beyond_the_last_column_come_back_too() -> None:
    fault = RowFault("row 2", "cells_beyond", "There are cells right of the last column.", row=2)
    back = returned(b"code;name\n07;Ost;zu;viel\n", "list.csv", (fault,), GERMAN)
    head, row = back.decode("utf-8-sig").splitlines()
    assert head == f"code;name;{NOTE};;"
    assert row == "07;Ost;Rechts von der letzten Spalte stehen noch Zellen.;zu;viel"


def test_rows_that_come_back_a_second_time_have_one_note() -> None:
    once = returned(b"code;name\n06;x\n07;\n", "list.csv", LATE, GERMAN)
    again = (RowFault("row 2", "x", "Nothing is given here.", row=2, column="name"),)
    twice = returned(once, "list.csv", again, GERMAN)
    assert tables.table(twice, "back.csv").headers == ("code", "name", NOTE)
    (line,) = tables.table(twice, "back.csv").lines
    assert line.cells[NOTE] == "name: Hier ist nichts angegeben."


def test_a_sheet_with_a_name_no_spreadsheet_takes_gets_one() -> None:
    assert sheet_named("a/b") == "a_b"
    assert sheet_named("''") == "Tabelle1"
    assert sheet_named("x" * 40) == "x" * 31


def test_what_was_refused_is_mended_and_read_in(town: Store) -> None:
    data = b"code;name;parent\n06;West;16999000\n07;;16999000\n"
    first = imports.run(town, "areas", "list.csv", data=data, skip_errors=True)
    assert marks(first) == (1, 0, 0, 1)
    back = returned(data, "list.csv", first.faults, GERMAN)
    mended = back.replace(b"07;;", b"07;Ost;")
    again = imports.run(town, "areas", "back.csv", data=mended)
    assert (marks(again), again.written) == ((1, 0, 0, 0), True)


def test_a_dry_run_tells_of_each_row_what_it_would_do(town: Store) -> None:
    imports.run(town, "areas", "list.csv", data=b"code;name;level\n06;West;1\n")
    data = b"code;bezeichnung;level\n06;Nordwest;1\n07;Ost;1\n"
    dry = imports.run(town, "areas", "new.csv", data=data, dry_run=True)
    changed, new = dry.rows
    assert (changed.no, changed.mark, changed.key) == (2, "changed", "06")
    assert changed.changes == (Change("name", "bezeichnung", "West", "Nordwest"),)
    assert (new.no, new.mark, new.key, new.values["name"]) == (3, "new", "07", "Ost")
    real = imports.run(town, "areas", "new.csv", data=data)
    assert real.rows == dry.rows


def test_a_row_that_changes_whom_something_belongs_to_tells_codes_not_ids(town: Store) -> None:
    data = b"titel;federfuehrung;rechtsgrundlage\nLesepaten;50;\n"
    imports.run(town, "measures", "list.csv", data=data, actor="planner")
    data = b"titel;federfuehrung;rechtsgrundlage\nLesepaten;51;SGB VIII\n"
    dry = imports.run(town, "measures", "new.csv", data=data, dry_run=True, actor="planner")
    assert {(c.header, c.was, c.now) for c in dry.rows[0].changes} == {
        ("federfuehrung", "50", "51"), ("rechtsgrundlage", None, "SGB VIII"),
    }  # fmt: skip


@pytest.mark.parametrize("head", [b"%PDF-1.7\n1 0 obj", b"<!DOCTYPE html>", b"\x89PNG\r\n"])
def test_what_is_no_table_is_told_so_by_how_it_begins(town: Store, head: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        imports.run(town, "areas", "list.csv", data=head)
    assert "no table but a document" in refused.value.says
