"""Workbooks at the command line: asked with, taken back, printed as empty forms."""

import io
import sys
from pathlib import Path

import pytest

from cli.main import main
from cycle.exchange.tables import table
from tests.cli.calls import Cycle
from tests.cli.test_progress import running
from tests.exchange.books import a_book, a_workbook, sent_back

FILE = "sachstand-51-2026-11-22.xlsx"


@pytest.fixture(autouse=True)
def _in_autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLE_TODAY", "2026-11-22")


def test_a_department_is_asked_and_answers_with_a_workbook(cycle: Cycle) -> None:
    key = running(cycle, "=1+1")
    words = ("progress", "ask", "--xlsx", "books", "--lang", "de", "--json")
    assert [row["file"] for row in cycle(*words).json] == [f"books/{FILE}"]
    path = Path("books") / FILE
    path.write_bytes(sent_back(path.read_bytes(), "planmäßig", None, None, "läuft", 0.45))
    filled = path.read_bytes()
    assert [row["file"] for row in cycle(*words).json] == [f"books/{FILE}".replace(".x", "-2.x")]
    assert path.read_bytes() == filled
    said = cycle("import", "progress", str(path))
    assert said.code == 0, said.err
    (report,) = cycle("progress", "list", key, "--json").json
    assert (report["course"], report["percent"], report["text"]) == ("on_track", 45, "läuft")


def test_where_no_workbook_can_be_made_nobody_is_asked(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    running(cycle, "Lotsen")
    assert cycle("progress", "ask", "--xlsx", "books", "--csv", "books").code == 2
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "xlsxwriter", None)
        said = cycle("progress", "ask", "--xlsx", "books")
        assert (said.code, "pip install 'kreislauf[xlsx]'" in said.err) == (7, True)
        assert cycle("template", "areas", "--format", "xlsx").code == 7
        assert cycle("progress", "asked", "--json").json == []
        assert not Path("books").exists()
        assert cycle("progress", "ask", "--csv", "tables").code == 0


def test_a_sheet_is_named(cycle: Cycle) -> None:
    data = a_book([["code", "name"], ["77", "Nordend"]], sheets=("Deckblatt", "Räume"))
    path = str(a_workbook(data))
    said = cycle("import", "areas", path)
    assert (said.code, "is empty" in said.err) == (2, True)
    said = cycle("import", "areas", path, "--sheet", "Raum")
    assert (said.code, "It has: Deckblatt, Räume." in said.err) == (2, True)
    assert "1 new" in cycle.done("import", "areas", path, "--sheet", "Räume")


def test_an_empty_form_is_printed_as_a_workbook(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["template", "areas", "--format", "xlsx"]) == 0
    assert table(capsysbinary.readouterr().out, "x").headers[:2] == ("code", "name")
    assert main(["template", "areas", "--format", "csv"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"code;name")
    assert main(["template", "areas", "--format", "json"]) == 2
    assert main(["template", "oparl", "--format", "xlsx"]) == 2
    capsysbinary.readouterr()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["template", "areas", "--format", "xlsx"]) == 2
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert b"cycle template areas --format xlsx > areas.xlsx" in err


def test_a_workbook_comes_in_by_standard_input(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_book([["code", "name"], ["77", "Nordend"]])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert "1 new" in cycle.done("import", "areas", "-")
