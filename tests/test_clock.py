from datetime import UTC, date, datetime, timedelta

import pytest

from cycle import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_begins_at_midnight_in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 23)


def test_a_fixed_day_stands() -> None:
    assert clock.today(date(2026, 11, 22)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2024, 2, 28, 23, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_summer_and_winter_have_their_own_midnight(instant: datetime, day: date) -> None:
    assert clock.day_of(instant) == day


def test_the_town_hall_clock_shows_the_hour_that_comes_twice() -> None:
    first = clock.local(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    second = clock.local(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert (first.hour, second.hour) == (2, 2)
    assert first.utcoffset() != second.utcoffset()


def test_ticks_go_on() -> None:
    assert clock.ticks() <= clock.ticks()
