import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from cycle.reading.shapes import plain


@dataclass(frozen=True)
class _Row:
    key: str
    day: date
    codes: tuple[str, ...]
    value: Decimal | None


def test_a_row_becomes_what_json_can_hold() -> None:
    row = _Row("M-2026-001", date(2026, 11, 22), ("06", "51"), None)
    shown = {"key": "M-2026-001", "day": "2026-11-22", "codes": ["06", "51"], "value": None}
    assert plain(row) == shown
    assert json.loads(json.dumps(plain([row]))) == [shown]


def test_a_moment_ends_in_z_wherever_it_was_told() -> None:
    berlin = timezone(timedelta(hours=1))
    assert plain(datetime(2026, 11, 22, 14, 5, tzinfo=berlin)) == "2026-11-22T13:05:00Z"
    assert plain(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "2026-11-22T13:05:00Z"


def test_decimals_are_numbers_and_whole_ones_stay_whole() -> None:
    assert plain({"a": Decimal("33.33"), "b": Decimal("25.00"), 3: [None, True, "x"]}) == {
        "a": 33.33,
        "b": 25,
        "3": [None, True, "x"],
    }
    assert isinstance(plain(Decimal("25.00")), int)
