from datetime import date

import pytest

from cycle.exchange.outcome import Wrong
from cycle.exchange.periods import Period, begins, ends, period


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bis 2028", Period(None, date(2028, 12, 31))),
        ("bis zum 30.06.2028", Period(None, date(2028, 6, 30))),
        ("bis Ende 2028", Period(None, date(2028, 12, 31))),
        ("2021 ff.", Period(date(2021, 1, 1), None, ongoing=True)),
        ("ab 2022ff", Period(date(2022, 1, 1), None, ongoing=True)),
        ("laufend", Period(ongoing=True)),
        ("Daueraufgabe", Period(ongoing=True)),
        ("2021", Period(date(2021, 1, 1), date(2021, 12, 31))),
        ("2. Quartal 2021", Period(date(2021, 4, 1), date(2021, 6, 30))),
        ("IV. Quartal 2021", Period(date(2021, 10, 1), date(2021, 12, 31))),
        ("Q1 2024", Period(date(2024, 1, 1), date(2024, 3, 31))),
        ("2. Halbjahr 2022", Period(date(2022, 7, 1), date(2022, 12, 31))),
        ("Schuljahr 2022/23", Period(date(2022, 8, 1), date(2023, 7, 31))),
        ("Schuljahr 2022/2023", Period(date(2022, 8, 1), date(2023, 7, 31))),
        ("ab Schuljahr 2027/28", Period(date(2027, 8, 1), None)),
        ("bis Beginn Schuljahr 2022/23", Period(None, date(2022, 8, 1))),
        ("März 2023", Period(date(2023, 3, 1), date(2023, 3, 31))),
        ("02/2024", Period(date(2024, 2, 1), date(2024, 2, 29))),
        ("2021 - 2023", Period(date(2021, 1, 1), date(2023, 12, 31))),
        ("2021–2023", Period(date(2021, 1, 1), date(2023, 12, 31))),
        ("von März 2023 bis Juni 2024", Period(date(2023, 3, 1), date(2024, 6, 30))),
        ("seit 2019", Period(date(2019, 1, 1), None)),
    ],
)
def test_it_reads_periods_as_plans_write_them(words: str, found: Period) -> None:
    assert period(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "bis Beginn Schuljahr 2022/23; anschließend laufende Implementierung",
        "mittelfristig",
        "2023 - 2021",
        "Schuljahr 2022/25",
        "bis auf Weiteres",
        "sobald ff.",
        "bald - später",
    ],
)
def test_what_says_more_than_days_can_hold_stays_words(words: str) -> None:
    assert period(words) is None


def test_a_year_begins_and_ends() -> None:
    assert (begins("2027"), ends("2027")) == (date(2027, 1, 1), date(2027, 12, 31))
    with pytest.raises(Wrong):
        begins("bald")
