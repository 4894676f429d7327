from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from cli import values
from cycle.i18n import Tongue

DE, EN = Tongue("de"), Tongue("en")


@pytest.mark.parametrize("text", ["2026-11-22", "22.11.2026", " 22.11.2026 "])
def test_a_day_is_written_in_either_way(text: str) -> None:
    assert values.day(text, DE) == values.day(text, EN) == date(2026, 11, 22)


def test_a_year_stands_for_its_first_day() -> None:
    assert values.first_day("2024", DE) == date(2024, 1, 1)
    assert values.first_day("1.8.2024", DE) == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("25", "25", "25"), ("25,5", "25.5", "25.5"), ("25.5", "25.5", "25.5"),
        ("1.234,5", "1234.5", "1234.5"), ("1,234.5", "1234.5", "1234.5"),
        ("-0,25", "-0.25", "-0.25"), ("0.125", "0.125", "0.125"), ("33,333", "33.333", None),
        ("33.333", None, "33.333"), ("1.234.567", "1234567", None), ("12 %", "12", "12"),
    ],
)  # fmt: skip
def test_a_number_that_may_mean_two_things_is_refused(
    text: str, german: str | None, english: str | None
) -> None:
    for tongue, wanted in ((DE, german), (EN, english)):
        if wanted is None:
            with pytest.raises(ArgumentTypeError):
                values.number(text, tongue)
        else:
            assert values.number(text, tongue) == Decimal(wanted)


@pytest.mark.parametrize(
    ("text", "cents"), [("231000", 23_100_000), ("1.234,56", 123_456), ("1.234,56 €", 123_456)]
)
def test_money_becomes_cents(text: str, cents: int) -> None:
    assert values.money(text, DE) == cents


def test_posts_become_hundredths() -> None:
    assert values.hundredths("3,5", DE) == 350


@pytest.mark.parametrize("text", ["0.6", "0,6", "60%", "60 %", "3/5"])
def test_a_share_is_written_in_many_ways(text: str) -> None:
    assert values.share(text, DE) == Fraction(3, 5)


def test_votes_are_counted_from_yes_to_excused() -> None:
    assert values.votes("31:4:2", DE) == (31, 4, 2, 0)
    assert values.votes("31:4", DE) == (31, 4, 0, 0)
    assert values.votes("31:4:2:1", DE) == (31, 4, 2, 1)


def test_a_pair_keeps_its_words() -> None:
    assert values.pair("budget_reservation= vorbehaltlich ", DE) == (
        "budget_reservation",
        "vorbehaltlich",
    )


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (values.day, "2026-13-01"), (values.day, "31.02.2026"), (values.day, "heute"),
        (values.whole, "3.5"), (values.number, "many"), (values.number, "NaN"),
        (values.number, "1e999x"), (values.number, ""), (values.money, "1,234"),
        (values.money, "0,001"), (values.share, "half"), (values.share, "1/0"),
        (values.share, "%"), (values.votes, "31"), (values.votes, "a:b"),
        (values.votes, "1:2:3:4:5"), (values.pair, "x"), (values.pair, "=3"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_how_to_write_it(
    read: Callable[[str, Tongue], object], text: str
) -> None:
    with pytest.raises(ArgumentTypeError) as wrong:
        read(text, EN)
    assert "write" in str(wrong.value)
