"""How bars of areas and the calendar are drawn, and what all pictures are drawn with."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cli.show.area_bars import bars_text
from cli.show.canvas import Canvas, coloured
from cli.show.deadlines import calendar_text
from cli.show.scales import figure, scale, short
from cycle.reading.deadlines import DayRow
from tests.cli.drawings import desk as _desk
from tests.cli.drawings import fits as _fits

WITHHELD = "confidential_or_unknown"
TODAY = date(2026, 11, 22)
Told = Any  # JSON, or the words of a call


def _bars(*values: float | None, town: float | None = None, **changes: Told) -> dict[str, Any]:
    def row(n: int, value: float | None) -> dict[str, Any]:
        status = "final" if value is not None else WITHHELD
        return {"area": f"{n:02d}", "name": f"Gebiet {n}", "level": 1, "value": value,
                "period_end": "2025-12-31", "status": status, "definition": 1}  # fmt: skip

    indicator = {"code": "KITA", "name": "Quote", "unit": "%", "polarity": "higher_better",
                 "measure_type": "share"} | changes  # fmt: skip
    return {
        "indicator": indicator, "on": "2026-11-22", "areas": [row(*each) for each in
        enumerate(values, start=1)], "town": None if town is None else
        {**row(0, town), "name": "ganze Stadt"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [(5.0,), (0.0, 0.0), (3.0, 3.0), (4.0, -3.0), (-1.0, -9.0), (1e15, 1.0), (None, None),
     (1e-7, 0.0), (7.0, None)],
)  # fmt: skip
@pytest.mark.parametrize("town", [None, 2.0, -2.0])
def test_bars_of_any_size_are_drawn(values: tuple[float | None, ...], town: float | None) -> None:
    for desk in (_desk(), _desk("de", plain=True), _desk(width=60)):
        text = bars_text(desk, _bars(*values, town=town))
        _fits(text, desk.look.width)
        assert text.count("Gebiet ") == len(values)


def test_a_withheld_area_has_no_bar_and_says_so() -> None:
    last = bars_text(_desk(), _bars(5.0, None, town=3.0)).splitlines()[-1]
    assert "×" in last
    assert "withheld or unknown" in last
    assert "█" not in last


def test_bars_are_as_long_as_their_values() -> None:
    lines = bars_text(_desk(), _bars(40.0, 20.0)).splitlines()[-2:]
    one, half = (line.count("█") for line in lines)
    assert one in range(2 * half - 1, 2 * half + 2)


def test_a_sum_is_no_comparison_and_another_day_is_told() -> None:
    found = _bars(5.0, 6.0, 7.0, town=18.0, measure_type="count", unit="Plätze")
    found["areas"][2].update(period_end="2024-12-31", status="provisional")
    text = bars_text(_desk(), found)
    assert "┊" not in text
    assert "ganze Stadt: 18" in text
    assert "Better when" in text
    assert "Better when" not in bars_text(_desk(), _bars(5.0, polarity="context"))
    assert "provisional, 2024-12-31" in text


def _due(days: int, **changes: Told) -> DayRow:
    words: dict[str, Any] = {
        "kind": "deadline", "rule": "O9", "noun": "measure", "key": "M-2026-001",
        "title": "Ein sehr langer Titel, der ganz gewiss in keine Zeile mehr passt",
        "about": "1 “Bau”", "department": "51", "cycle": "Z-2026", "count": None, "command": "",
    }  # fmt: skip
    return DayRow(on=TODAY + timedelta(days=days), **words | changes)


def test_a_calendar_marks_its_days_and_lists_them() -> None:
    rows = [
        _due(0), _due(3), _due(3, rule="O11", about="Frist (a)"),
        _due(3, rule="O11", about="Frist (b)"),
        _due(17, kind="sitting", rule=None, key="SR", title="Stadtrat", count=2, department=None),
        _due(17), _due(20, kind="progress_request", rule=None, key="51", title="Jugend", count=1),
    ]  # fmt: skip
    text = calendar_text(_desk(), rows, TODAY, date(2027, 1, 31))
    _fits(text)
    assert "22●" in text
    assert "25●" in text
    assert " 9◆" in text
    assert "2 × Frist" in text
    assert "milestone 1 “Bau” (51): Ein sehr langer" in text
    assert "sitting, 2 papers on the agenda: Stadtrat" in text
    assert "progress asked, 1 measure open: Jugend" in text
    plain = calendar_text(_desk("de", plain=True), rows, TODAY, date(2027, 1, 31))
    assert "25*" in plain
    assert " 9#" in plain


def test_a_long_calendar_tells_how_much_more_there_is() -> None:
    for each in (1, 2, 3, 5):
        rows = [_due(n // each, key=f"M-2026-{n:03d}") for n in range(60)]
        text = calendar_text(_desk(), rows, TODAY, date(2027, 1, 31))
        listed = sum(line.startswith("  ●") for line in text.splitlines())
        assert f"and {60 - listed} more" in text
        assert not text.splitlines()[-2].startswith(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))


def test_a_quiet_calendar_marks_today_and_says_that_nothing_is_due() -> None:
    text = calendar_text(_desk(), [], TODAY, date(2026, 11, 30))
    assert "22◄" in text
    assert "Nothing falls due." in text
    narrow = calendar_text(_desk(width=60), [], TODAY, date(2028, 10, 31))
    _fits(narrow, 60)
    assert "October 2028" in narrow


def test_a_canvas_loses_what_lies_outside_and_signs_hide_dots() -> None:
    canvas = Canvas(4, 2)
    canvas.put(-1, 0, "abcdefg")
    canvas.put(0, 9, "x")
    canvas.line((-1, 1), (9, 1))
    assert canvas.text().splitlines()[0] == "bcde"
    assert len(canvas.text().splitlines()[1]) == 4
    assert not canvas.free(-1, 0, 1)
    assert not canvas.free(0, 0, 9)
    assert coloured("█", {"█": "good"}, _desk().look) == "█"
    assert "\x1b[" in coloured("█", {"█": "good"}, _desk(colour=True).look)


def test_a_scale_has_round_steps_and_reaches_its_values() -> None:
    for values in ((0.0, 7.0), (-3.0, 4.0), (2.0, 2.0), (0.001, 0.002), (1e9, 4e9), ()):
        found = scale(values, 5)
        assert found.ticks[0] <= min(values, default=0)
        assert found.ticks[-1] >= max(values, default=0)
        assert 2 <= len(found.ticks) <= 8
    assert all(float(tick).is_integer() for tick in scale([0, 3], 5, whole=True).ticks)


def test_numbers_stay_short() -> None:
    de, en = _desk("de"), _desk()
    assert short(en, 1234.0, 0) == "1,234"
    assert short(en, Decimal(12345678901)) == "12.3 bn"
    assert short(en, -12_345_678.0, 0) == "-12.3 m"
    assert short(en, 123_456.789) == "123 k"
    assert short(en, 1e300) == "1.0e+300"
    assert short(en, 123e12, 0) == "1.2e+14"
    assert short(en, Decimal("0.00000001")) == "1.0e-08"
    assert figure(de, 33.33, "%") == "33,3"
    assert figure(de, 2400.0, "Plätze") == "2.400"
    assert figure(de, 2.345678, "Tage") == "2,35"
