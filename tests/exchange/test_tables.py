from pathlib import Path

import pytest

from cycle.errors import Invalid
from cycle.exchange import tables
from cycle.exchange.tables import Table, content, table
from tests.exchange.files import a_file


def read(text: str, encoding: str = "utf-8") -> Table:
    return table(text.encode(encoding), "list.csv")


def cells(found: Table) -> list[tuple[str, ...]]:
    return [tuple(line.cells.values()) for line in found.lines]


def says(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        table(data, "list.csv")
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_it_finds_out_what_parts_the_cells(delimiter: str) -> None:
    found = read(delimiter.join(["Code", '"Name, kurz; lang"']) + f"\n06{delimiter}West\n")
    assert found.headers == ("Code", "Name, kurz; lang")
    assert cells(found) == [("06", "West")]
    assert found.dot is (delimiter == ",")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_reads_the_letters_towns_write(encoding: str) -> None:
    assert cells(read("Straße;Größe\nÄhre;„viel“\n", encoding)) == [("Ähre", "„viel“")]


def test_it_counts_rows_as_a_spreadsheet_does() -> None:
    found = read('\n\nCode;Text\n\n06;"zwei\nZeilen"\n;;\n07; West \n')
    assert [(line.no, *line.cells.values()) for line in found.lines] == [
        (5, "06", "zwei\nZeilen"),
        (7, "07", "West"),
    ]


def test_short_rows_are_filled_and_long_ones_told() -> None:
    found = read("a;b;;\n1\n1;2;;3\n")
    assert cells(found) == [("1", ""), ("1", "2")]
    assert [line.beyond for line in found.lines] == [(), ("3",)]


def test_one_column_needs_no_delimiter() -> None:
    assert cells(read("Name\nWest\n")) == [("West",)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n ; \n", "is empty"),
        (b"a;b\n1;\x00\n", "is no text"),
        (b"a;b\n\x81\x8d\n", "is no text"),
        (b"\xff\xfea", "is no text"),
        (b"PK\x03\x04rest", "is broken"),
        (b'a;b\n1;"open\n2;3\n', "row 2: the quotes do not match"),
        (b"a;b\n1;" + b"x" * 200_000, "row 2"),
    ],
)
def test_it_says_what_is_no_table(data: bytes, said: str) -> None:
    assert said in says(data)


def test_it_reads_a_file_and_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_file("a;b\n")
    with path.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert content("-") == content(path) == b"a;b\n"


def test_it_refuses_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST", 2)
    with pytest.raises(Invalid, match="is larger than"):
        content(a_file("a;b\n"))


def test_it_says_why_a_file_cannot_be_read() -> None:
    a_file("a;b\n")
    Path("folder").mkdir()
    for path, said in (
        ("nowhere.csv", "There is no file"),
        ("folder", "is a folder"),
        ("li\0st", "cannot be read"),
        ("list.csv/deeper", "cannot be read"),
    ):
        with pytest.raises(Invalid, match=said):
            content(path)
