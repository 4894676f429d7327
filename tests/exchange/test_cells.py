from datetime import date
from decimal import Decimal

import pytest

from cycle.exchange import cells
from cycle.exchange.outcome import Wrong


@pytest.mark.parametrize("cell", ["2026-11-02", "02.11.2026", "2.11.2026", "2. 11. 2026"])
def test_it_reads_days(cell: str) -> None:
    assert cells.day(cell) == date(2026, 11, 2)


@pytest.mark.parametrize("cell", ["31.02.2026", "2.11.26", "2026", "morgen", "11/02/2026"])
def test_it_refuses_what_is_no_day(cell: str) -> None:
    with pytest.raises(Wrong) as wrong:
        cells.day(cell)
    assert wrong.value.code == "not_a_date"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("24,0", "24.0"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("-3", "-3"),
        ("−3,5 %", "-3.5"),
        ("1234", "1234"),
    ],
)
def test_it_reads_numbers_as_towns_write_them(cell: str, number: str) -> None:
    assert cells.decimal(cell) == Decimal(number)


def test_a_file_with_commas_between_cells_writes_dots_in_numbers() -> None:
    assert cells.decimal("1.234", dot=True) == Decimal("1.234")
    with pytest.raises(Wrong):
        cells.decimal("1,234", dot=True)


@pytest.mark.parametrize("cell", ["viel", "1,2,3", "1.23,4", "NaN", "1e9", "", "12,"])
def test_it_refuses_what_is_no_number(cell: str) -> None:
    with pytest.raises(Wrong) as wrong:
        cells.decimal(cell)
    assert wrong.value.code == "not_a_number"


def test_it_does_not_guess_whether_a_dot_parts_thousands() -> None:
    with pytest.raises(Wrong) as wrong:
        cells.decimal("1.234")
    assert wrong.value.code == "unclear_number"
    assert wrong.value.values == {"value": "1.234", "thousands": "1234", "fraction": "1,234"}


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1.234,50 €", 123450), ("1.000", 100_000), ("99,9 EUR", 9990), ("12 Euro", 1200)],
)
def test_it_reads_money_as_cents(cell: str, amount: int) -> None:
    assert cells.cents(cell) == amount


def test_it_refuses_parts_of_a_cent_and_of_a_whole() -> None:
    with pytest.raises(Wrong) as wrong:
        cells.cents("1,005")
    assert wrong.value.code == "not_an_amount"
    with pytest.raises(Wrong) as wrong:
        cells.whole("1,5")
    assert wrong.value.code == "not_whole"
    assert cells.whole("15") == 15


def test_it_reads_yes_no_and_lists() -> None:
    assert [cells.yes(cell) for cell in ("Ja", "x", "NEIN", "0")] == [True, True, False, False]
    assert cells.listed("06 | 07||06") == ("06", "07")


def test_it_names_the_near_word() -> None:
    words = {"jährlich": "yearly", "monatlich": "monthly"}
    assert cells.word("JAEHRLICH", words) == "yearly"
    with pytest.raises(Wrong) as wrong:
        cells.word("monatl.", words)
    assert wrong.value.values["near"] == "monatlich"
    with pytest.raises(Wrong) as wrong:
        cells.word("nie", words)
    assert wrong.value.values["words"] == "jährlich, monatlich"


def test_it_takes_off_the_sign_before_formulas_and_no_other() -> None:
    assert [cells.text(cell) for cell in ("'-", "'=1+1", "'s war", " Zahl ")] == [
        "-", "=1+1", "'s war", "Zahl",
    ]  # fmt: skip


def test_it_makes_codes_of_names() -> None:
    assert cells.code_of("Bildung & kulturelle Teilhabe") == "BILDUNG-KULTURELLE-TEILHABE"
    assert len(cells.code_of("Lang " * 30)) <= 40


def test_a_wrong_cell_is_shown_short_and_harmless() -> None:
    assert cells.shown("\x1b[31m" + "x" * 100) == "?[31m" + "x" * 55 + "…"
