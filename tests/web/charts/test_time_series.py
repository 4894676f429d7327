from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from api.web.charts.series import Break, SeriesData, Target, Value, joined, known, series_data, ways
from api.web.charts.time_series import time_series
from cycle.i18n import Tongue
from tests.web.charts.invented import HOSTILE, a_series, series
from tests.web.charts.looking import everything, faults, pictures, words

DE, EN = Tongue("de"), Tongue("en")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(series)
def test_whatever_the_figures_no_words_collide_or_leave_the_picture(data: SeriesData) -> None:
    drawn = time_series(data, DE)
    assert len(pictures(drawn)) == 2
    assert faults(drawn) == []


def test_a_withheld_value_appears_nowhere_but_as_withheld() -> None:
    drawn = time_series(a_series(), DE)
    assert "777" not in everything(drawn)
    assert ("31.12.2023", "gesperrt", "", "") in drawn.table.rows
    assert "1 Wert gesperrt" in drawn.summary
    assert any(word == "gesperrt" for _, word in drawn.legend)


def test_a_withheld_value_does_not_stretch_the_scale() -> None:
    plain = [v for v in a_series().values if v.status != "confidential_or_unknown"]
    hidden, without = (time_series(a_series(values=own), EN) for own in (a_series().values, plain))
    scales = [
        {text for text, box in words(pictures(drawn)[0]) if box.right < 60}
        for drawn in (hidden, without)
    ]
    assert scales[0] == scales[1]


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    german, english = (time_series(a_series(), tongue) for tongue in (DE, EN))
    assert german.table.rows[0][:2] == ("31.12.2021", "33,3")
    assert english.table.rows[0][:2] == ("2021-12-31", "33.3")
    assert "33,3\u00a0%" in german.summary


def test_a_value_of_few_cases_stands_in_brackets_and_a_note_says_why() -> None:
    drawn = time_series(a_series(), DE)
    assert "(29,4)" in [text for text, _ in words(pictures(drawn)[0])]
    assert any("Klammern" in note for note in drawn.notes)


def test_no_line_runs_over_a_break_a_gap_or_a_withheld_value() -> None:
    own = tuple(Value(date(2018 + i, 12, 31), Decimal(i), part=i > 2) for i in range(6))
    assert len(list(joined(a_series(values=own)))) == 4
    assert len(list(joined(a_series(values=own[:2] + own[5:])))) == 1
    assert [a[0].year for a, _ in joined(a_series())] == [2021, 2024]


def test_a_break_is_marked_in_the_picture_the_table_and_the_notes() -> None:
    drawn = time_series(
        a_series(breaks=(Break(date(2023, 7, 1), "boundaries", "Eingemeindet"),)), DE
    )
    assert "Bruch" in [text for text, _ in words(pictures(drawn)[0])]
    assert "01.07.2023" in [row[0] for row in drawn.table.rows]
    assert any("Eingemeindet" in note for note in drawn.notes)


def test_a_path_by_steps_goes_as_a_stair() -> None:
    start, end = (date(2023, 1, 1), Decimal(10)), date(2026, 1, 1)
    step = (date(2024, 1, 1), Decimal(8))
    stair = Target("G", "reach", Decimal(6), end, start, (step,))
    assert [point[1] for point in next(ways(stair))] == [10, 10, 8, 8, 6]
    drawn = time_series(a_series(targets=(stair,)), DE)
    assert ("01.01.2024", "", "8,0", "Zwischenziel, G") in drawn.table.rows


def test_a_band_has_two_edges_and_a_target_without_baseline_only_its_day() -> None:
    band = Target("G", "keep_band", Decimal(28), date(2027, 1, 1), None, (), Decimal(2))
    assert [[value for _, value in way] for way in ways(band)] == [[26], [30]]
    lone = Target("G", "reach", Decimal(28), date(2027, 1, 1))
    assert list(ways(lone)) == [[(date(2027, 1, 1), Decimal(28))]]


def test_exactly_nothing_is_a_zero_and_no_withheld_value() -> None:
    assert known(Value(date(2024, 1, 1), None, "nil")) == 0
    assert known(Value(date(2024, 1, 1), Decimal(5), "pending")) is None


def test_typed_text_can_neither_break_the_picture_nor_steer_it() -> None:
    drawn = time_series(a_series(name=HOSTILE, unit=HOSTILE, area=HOSTILE), DE)
    assert "<script" not in drawn.svg
    assert "\x1b" not in everything(drawn)
    assert len(pictures(drawn)) == 2


def test_a_picture_names_itself_in_one_sentence_and_carries_no_style() -> None:
    drawn = time_series(a_series(), DE)
    for picture in pictures(drawn):
        assert picture.get("aria-label") == drawn.summary
        assert not [each for each in picture.iter() if each.get("style")]


@pytest.mark.parametrize("own", [(), (Value(date(2024, 1, 1), None, "confidential_or_unknown"),)])
def test_a_series_without_any_number_says_so(own: tuple[Value, ...]) -> None:
    drawn = time_series(a_series(values=own, targets=()), EN)
    assert faults(drawn) == []
    assert "no values that can be shown" in drawn.summary


def test_many_values_are_a_line_with_few_numbers() -> None:
    own = tuple(
        Value(date(2019 + i // 12, i % 12 + 1, 28), Decimal(500 + i * 37 % 91)) for i in range(84)
    )
    drawn = time_series(a_series(values=own, targets=(), frequency="monthly"), DE)
    numbers = [text for text, box in words(pictures(drawn)[0]) if box.x > 60 and len(text) == 5]
    assert 0 < len(numbers) <= 4
    assert len(drawn.table.rows) == 84


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    assert "Die Skala beginnt nicht bei null." in time_series(a_series(), DE).notes
    low = a_series(
        values=(Value(date(2024, 1, 1), Decimal(1)), Value(date(2025, 1, 1), Decimal(40)))
    )
    assert "Die Skala beginnt nicht bei null." not in time_series(low, DE).notes


def test_a_series_of_the_reading_room_is_taken_with_its_breaks_and_parts() -> None:
    value = {"status": "final", "basis": "measured", "definition": 1}
    found = {
        "indicator": {"name": "I", "unit": "%", "frequency": "yearly", "polarity": "context"},
        "area": {"name": "Nord"},
        "values": [
            {**value, "period_end": "2022-12-31", "value": 5},
            {**value, "period_end": "2024-12-31", "value": 6, "definition": 2},
            {**value, "period_end": "2025-12-31", "value": 9, "definition": 2,
             "status": "confidential_or_unknown"},
        ],
        "breaks": [
            {"on": "2023-01-01", "kind": "definition", "definition": 2, "reason": None},
            {"on": "2024-01-01", "kind": "boundaries", "definition": None, "reason": None},
        ],
        "targets": [
            {"goal": "G", "kind": "reach", "target_value": 3, "target_date": "2027-12-31",
             "baseline_value": 5, "baseline_date": "2022-12-31", "steps": [], "tolerance": None},
            {"goal": "H", "kind": "reduce_gap", "target_value": 3, "target_date": "2027-12-31"},
        ],
    }  # fmt: skip
    data = series_data(found)
    assert [each.part for each in data.values] == [0, 3, 3]
    assert data.values[2].value is None
    assert [each.goal for each in data.targets] == ["G"]
