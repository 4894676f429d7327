"""The workbook a department fills in: made, filled in, sent back."""

import re
import sys
from datetime import date
from typing import Any

import pytest

from cycle.errors import Unavailable
from cycle.exchange import imports
from cycle.exchange.outcome import Outcome
from cycle.exchange.progress_workbooks import form
from cycle.exchange.tables import table
from cycle.exchange.templates import template, template_workbook
from cycle.exchange.workbook_making import ready
from cycle.i18n import Tongue
from cycle.model.duties import Progress
from cycle.reading.progress_requests import FormRow, to_fill
from cycle.store.store import Store
from cycle.usecases import lookup, progress
from tests.exchange.books import a_book, a_workbook, part, sent_back
from tests.exchange.files import DAY, count, marks
from tests.makers_duties import a_running_measure

EARLIER, LATER, DUE = date(2026, 9, 1), date(2027, 1, 31), date(2026, 12, 6)
DE, EN = Tongue("de"), Tongue("en")
SHEET, NOTES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
KNOWN = ("Maßnahme", "Titel", "Zustand", "Geplantes Ende", "Erwartetes Ende", "Letzter Bericht",
         "Letzter Stand", "Letzter Text", "Letzte Prozent")  # fmt: skip
A_ROW = FormRow(
    "M-2026-001", "=1+1", "in_progress", LATER, None, EARLIER, "delayed", "https://x.example", 20
)


def told(town: Store, key: str, **words: object) -> None:
    said = {"course": "on_track", "percent": 20} | words
    with town.unit("youth", day=EARLIER) as unit:
        progress.report(unit, key, **said)  # type: ignore[arg-type]


def the_form(town: Store, *keys: str, tongue: Tongue = DE) -> bytes:
    with town.unit("planner") as unit:
        return form(to_fill(unit.reading(), keys), "51", DAY, DUE, tongue)


def taken(town: Store, data: bytes) -> Outcome:
    return imports.run(town, "progress", a_workbook(data), actor="youth", day=DAY)


def reports(town: Store, key: str) -> list[tuple[object, ...]]:
    with town.unit("reader") as unit:
        found = progress.reports(unit, lookup.measure(unit, key))
    return [(each.as_of, *progress.says(each)) for each in found]


def the_papers(styles: str) -> list[str]:
    """Give the styles of cells, in their order."""
    listed = styles.split("<cellXfs")[1].split("</cellXfs", maxsplit=1)[0]
    return re.findall(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", listed)


@pytest.mark.parametrize(
    ("tongue", "cells", "said"),
    [
        (DE, ("planmäßig", None, None, None, 0.45), ("on_track", 45, None, None, None)),
        (EN, ("on track", None, None, None, 1), ("on_track", 100, None, None, None)),
        (DE, ("verzögert", LATER, "Frost", "=HYPERLINK()", 0.29),
         ("delayed", 29, "=HYPERLINK()", "Frost", LATER)),
        (EN, ("delayed", "2027-01-31", None, "Frost", "45 %"),
         ("delayed", 45, "Frost", None, LATER)),
        (DE, ("unverändert", None, None, None, None),
         ("delayed", 20, "@SUM(A1)\nStellen", None, LATER)),
        (EN, ("unchanged", None, None, None, None),
         ("delayed", 20, "@SUM(A1)\nStellen", None, LATER)),
    ],
)  # fmt: skip
def test_a_workbook_comes_back_filled_in(
    town: Store, tongue: Tongue, cells: tuple[Any, ...], said: tuple[object, ...]
) -> None:
    key = a_running_measure(town, title="=1+1", planned_end=date(2027, 6, 30))
    told(town, key, course="delayed", text="@SUM(A1)\nStellen", forecast_end=LATER)
    made = the_form(town, key, tongue=tongue)
    assert marks(taken(town, sent_back(made, *cells))) == (1, 0, 0, 0)
    assert reports(town, key)[-1] == (DAY, *said)


def test_a_workbook_sent_back_empty_says_nothing(town: Store) -> None:
    key = a_running_measure(town)
    outcome = taken(town, the_form(town, key))
    assert (marks(outcome), [n.code for n in outcome.notes]) == ((0, 0, 1, 0), ["silent"])
    assert count(town, Progress) == 0


def test_a_workbook_that_is_older_than_a_report_is_refused(town: Store) -> None:
    key = a_running_measure(town)
    made = the_form(town, key)
    told(town, key)
    outcome = taken(town, sent_back(made, "planmäßig", None, None, None, 0.5))
    assert [fault.code for fault in outcome.faults] == ["progress_newer"]


def test_the_workbook_tells_in_its_language_what_is_known() -> None:
    (line,) = table(form([A_ROW], "51", DAY, DUE, DE), "x").lines
    assert tuple(line.cells) == (*KNOWN, "Stand", "Verzögert bis", "Grund", "Text", "Prozent")
    assert tuple(line.cells.values()) == (
        "M-2026-001", "=1+1", "in Umsetzung", "2027-01-31", "", "2026-09-01", "verzögert",
        "https://x.example", "20%", "", "", "", "", "",
    )  # fmt: skip
    (line,) = table(form([A_ROW], "51", DAY, DUE, EN), "x").lines
    assert list(line.cells)[:3] == ["Measure", "Title", "State"]
    assert [line.cells["State"], line.cells["Last course"]] == ["under way", "delayed"]


def test_a_title_is_never_a_formula_nor_an_address_a_link() -> None:
    sheet = part(form([A_ROW], "51", DAY, DUE, DE), SHEET)
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in part(form([A_ROW], "51", DAY, DUE, DE), "xl/sharedStrings.xml")


def test_what_is_known_is_locked_and_what_is_empty_open() -> None:
    data = form([A_ROW], "51", DAY, DUE, DE)
    sheet, styles = part(data, SHEET), part(data, "xl/styles.xml")
    assert '<sheetProtection sheet="1"' in sheet
    assert "password" not in sheet
    papers = the_papers(styles)
    for column, letter in enumerate("ABCDEFGHIJKLMN"):
        (style,) = re.findall(rf'<c r="{letter}2" s="(\d+)"', sheet)
        assert ('locked="0"' in papers[int(style)]) is (column >= len(KNOWN)), letter


def test_the_headings_stay_in_sight() -> None:
    sheet = part(form([A_ROW], "51", DAY, DUE, DE), SHEET)
    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet
    assert 'state="frozen"' in sheet
    assert 'min="2" max="2" width="40' in sheet


@pytest.mark.parametrize(
    ("tongue", "words", "day"),
    [
        (DE, "planmäßig,verzögert,ausgesetzt,fertig,unverändert", "dd.mm.yyyy"),
        (EN, "on track,delayed,suspended,done,unchanged", "yyyy-mm-dd"),
    ],
)
def test_cells_take_only_what_can_be_read(tongue: Tongue, words: str, day: str) -> None:
    data = form([A_ROW, A_ROW], "51", DAY, DUE, tongue)
    sheet = part(data, SHEET)
    rules = re.findall(r'<dataValidation type="(\w+)".*?sqref="(\w+:\w+)"', sheet)
    assert rules == [("list", "J2:J3"), ("date", "K2:K3"), ("decimal", "N2:N3")]
    assert f'<formula1>"{words}"</formula1>' in sheet
    styles = part(data, "xl/styles.xml")
    assert f'formatCode="{day}"' in styles
    assert 'numFmtId="9"' in styles


def test_a_second_sheet_says_how_to_fill_it_in_and_until_when() -> None:
    data = form([A_ROW], "51", DAY, DUE, EN)
    assert 'name="Notes"' in part(data, "xl/workbook.xml")
    assert part(data, NOTES).count("<row ") == 6
    strings = part(data, "xl/sharedStrings.xml")
    assert "of department 51, asked for on 2026-11-22." in strings
    assert "send it back by 2026-12-06." in strings
    german = form([A_ROW], "51", DAY, DUE, DE)
    assert 'name="Hinweise"' in part(german, "xl/workbook.xml")
    assert "06.12.2026" in part(german, "xl/sharedStrings.xml")


def test_the_same_rows_make_the_same_workbook() -> None:
    assert form([A_ROW], "51", DAY, DUE, DE) == form([A_ROW], "51", DAY, DUE, DE)


@pytest.mark.parametrize(
    ("day", "cell"), [(date(1900, 12, 31), "31.12.1900"), (date(1901, 1, 1), "1901-01-01")]
)
def test_days_a_spreadsheet_cannot_count_stand_there_as_text(day: date, cell: str) -> None:
    row = FormRow("M-2026-001", "T", "approved", day, None, None, None, None, 0)
    (line,) = table(form([row], "51", DAY, DUE, DE), "x").lines
    assert (line.cells["Geplantes Ende"], line.cells["Letzte Prozent"]) == (cell, "0%")


@pytest.mark.parametrize("kind", [kind for kind in imports.KINDS if kind != imports.OPARL])
def test_every_table_has_a_template_as_a_workbook(kind: str) -> None:
    data = template_workbook(kind, DE)
    found = table(data, "x")
    assert (";".join(found.headers) + "\n", found.lines) == (template(kind), ())
    sheet = part(data, SHEET)
    assert "sheetProtection" not in sheet
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet


def test_codes_typed_into_a_template_keep_their_zeros_and_days_are_days() -> None:
    data = template_workbook("observations", DE)
    sheet, styles = part(data, SHEET), part(data, "xl/styles.xml")
    papers = the_papers(styles)
    shown = [
        re.findall(r'numFmtId="(\d+)"', papers[int(no)])[0]
        for no in re.findall(r'<col .*?style="(\d+)"', sheet)
    ]
    assert shown[0] == "49"  # text
    assert int(shown[2]) > 163  # a format of our own: the day
    assert shown[5] == "0"  # whatever number


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    ready()
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Unavailable) as refused:
        ready()
    assert "kreislauf[xlsx]" in refused.value.fix


def test_a_department_may_build_a_workbook_of_its_own(town: Store) -> None:
    key = a_running_measure(town)
    rows: list[list[object]] = [["Maßnahme", "Stand", "Prozent"], [key, "planmäßig", 45]]
    assert marks(taken(town, a_book(rows))) == (1, 0, 0, 0)
    assert reports(town, key) == [(DAY, "on_track", 45, None, None, None)]
