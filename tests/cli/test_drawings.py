"""How circle, round and series are drawn: any number, any length, any sign."""

from collections.abc import Sequence
from typing import Any

import pytest

from cli.show.burn_up import burn_up_text
from cli.show.circle import circle_text
from cli.show.series import line_text
from tests.cli.drawings import desk as _desk
from tests.cli.drawings import fits as _fits

WITHHELD = "confidential_or_unknown"
Told = Any  # JSON, or the words of a call


def _circle(count: int) -> dict[str, Any]:
    stage = {"count": count, "states": {"proposed": count}, "rounds": ["Z-2026"] * 3}
    names = ("report", "goal", "measure", "evaluation")
    return {
        "municipality": {"name": "Saalestadt"}, "today": "2026-11-22", "as_of": None,
        "cycle": None, "stages": [{"stage": name, **stage} for name in names],
        "off": {"rejected": count}, "arrows": [
            {"from": name, "to": "goal", "open": count, "ends": []} for name in names
        ],
    }  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 12_345, 9_999_999])
def test_no_number_of_the_circle_is_cut(count: int) -> None:
    for desk in (_desk(), _desk("de", plain=True)):
        text = circle_text(desk, _circle(count))
        _fits(text)
        assert text.count(str(count)) >= 4


def _months(rows: Sequence[tuple[int | None, int]]) -> dict[str, Any]:
    names = ("approved", "begun", "implemented", "evaluated", "reported")
    months = [
        {"month": f"{2026 + i // 12}-{i % 12 + 1:02d}", "until": f"{2026 + i // 12}-12-31",
         "all": all_, **dict.fromkeys(names, all_ and all_ // 2), "planned": planned}
        for i, (all_, planned) in enumerate(rows)
    ]  # fmt: skip
    here = {"key": "Z-2026", "title": "Runde", "round": 1, "stage": "measure"}
    return {"cycle": here, "today": "2026-11-22", "months": months}


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 0)],
        [(3, 3)] * 12,
        [(0, 0), (1_000_000, 5), (None, 2_000_000)],
        [(n, n) for n in range(130)],
        [(5, 1)] * 60 + [(None, 9)] * 400,
    ],
)
def test_a_round_of_any_length_and_size_is_drawn(rows: list[tuple[int | None, int]]) -> None:
    for desk in (_desk(), _desk(plain=True), _desk("de", 200)):
        text = burn_up_text(desk, _months(rows))
        _fits(text, desk.look.width)
        assert "in all" in text or "alle" in text
        assert len(text.splitlines()) <= 40


def test_today_is_marked_in_a_round_that_goes_on() -> None:
    assert "today" in burn_up_text(_desk(), _months([(1, 0)] * 3 + [(None, 1)] * 3))
    assert "today" not in burn_up_text(_desk(), _months([(1, 0)] * 3))


def _series(*values: float | None, **changes: Told) -> dict[str, Any]:
    rows = [
        {"period_start": f"{2020 + i}-12-31", "period_end": f"{2020 + i}-12-31", "value": value,
         "status": "final" if value is not None else WITHHELD, "basis": "measured",
         "definition": 1, "vintage": 1, "recorded_on": "2026-01-01"}
        for i, value in enumerate(values)
    ]  # fmt: skip
    indicator = {"code": "KITA", "name": "Quote\x1b[2J", "unit": "%", "polarity": "context",
                 "frequency": "yearly", "result_level": 4}  # fmt: skip
    return {
        "indicator": indicator, "area": {"code": "01", "name": "Nord"}, "areas": ["01"],
        "values": rows, "breaks": [], "targets": [],
    } | changes  # fmt: skip


def _chart(text: str) -> list[str]:
    return [line for line in text.split("\n\n")[1].splitlines() if "│" in line]


@pytest.mark.parametrize(
    "values",
    [(5.0,), (0.0,), (3.0, 3.0, 3.0), (-4.5, -10.0, -1.0), (-1.0, 0.0, 1.0), (1e12, 2e12),
     (1e15, 3e15), (0.00001, 0.00002), (1e-9,), (12_345.0, 98_765.0), tuple(range(30))],
)  # fmt: skip
def test_values_of_any_size_are_drawn(values: tuple[float, ...]) -> None:
    text = line_text(_desk(), _series(*values))
    _fits(text)
    assert sum(line.count("●") for line in _chart(text)) == len(values)
    _fits(line_text(_desk("de", plain=True), _series(*values)))


def test_a_withheld_value_is_a_cross_on_the_axis_and_a_gap_in_the_line() -> None:
    text = line_text(_desk(), _series(5.0, None, 7.0))
    axis = next(line for line in text.splitlines() if "└" in line)
    assert axis.count("×") == 1
    assert "× withheld or unknown" in text
    assert not any("\u2800" < sign < "\u2900" for sign in text)
    joined = line_text(_desk(), _series(5.0, 6.0, 7.0))
    assert any("\u2800" < sign < "\u2900" for sign in joined)


def test_only_withheld_values_leave_an_empty_chart() -> None:
    text = line_text(_desk(), _series(None, None))
    assert text.count("×") == 3
    assert "●" not in text


def test_values_less_sure_have_signs_of_their_own() -> None:
    found = _series(1.0, 2.0, 3.0, 4.0, None)
    for row, status, basis in zip(
        found["values"], ("provisional", "estimated", "final", "uncertain", "nil"),
        ("measured", "measured", "interpolated", "measured", "measured"), strict=True,
    ):  # fmt: skip
        row.update(status=status, basis=basis)
    text = line_text(_desk(), found)
    for told in ("○ provisional", "◇ estimated", "◇ interpolated", "? uncertain"):
        assert told in text
    assert "● 0.0" in text or "0.0" in text


def test_a_break_parts_the_line_and_is_told() -> None:
    broken = {"on": "2021-01-01", "kind": "definition", "definition": 2, "comparable": "no",
              "factor": None, "reason": "Gesetz"}  # fmt: skip
    moved = {"on": "2035-01-01", "kind": "boundaries", "definition": None, "comparable": "no",
             "factor": None, "reason": None}  # fmt: skip
    found = _series(1.0, 2.0, breaks=[broken, moved])
    found["values"][1]["definition"] = 2
    text = line_text(_desk(), found)
    assert "┊ 2021-01-01: counted otherwise from here on (Gesetz)" in text
    assert "other boundaries" in text
    assert not any("\u2800" < sign < "\u2900" for sign in text)
    assert any("┊" in line for line in _chart(text))


def test_years_without_a_value_stay_a_gap() -> None:
    found = _series(1.0, 2.0)
    found["values"][1]["period_end"] = "2025-12-31"
    assert not any("\u2800" < sign < "\u2900" for sign in line_text(_desk(), found))
    found["indicator"]["frequency"] = "irregular"
    assert any("\u2800" < sign < "\u2900" for sign in line_text(_desk(), found))


def _target(kind: str, **changes: Told) -> dict[str, Any]:
    return {
        "goal": "G-2026-001", "area": None, "kind": kind, "target_value": 10,
        "target_date": "2028-12-31", "tolerance": None, "path": "linear", "steps": [],
        "baseline_value": 5, "baseline_date": "2020-12-31", "definition": 1,
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("target", "ends"),
    [
        (_target("reach"), 1),
        (_target("reach", steps=[{"due": "2024-12-31", "value": 7}]), 1),
        (_target("reach", baseline_value=None, baseline_date=None), 1),
        (_target("at_least"), 1),
        (_target("at_most", baseline_date=None), 1),
        (_target("keep_band", tolerance=2), 2),
        (_target("reduce_gap"), 0),
        (_target("reach", target_value=None), 0),
        (_target("reach", target_date=None), 0),
    ],
)
def test_the_way_to_a_target_ends_in_its_sign(target: dict[str, Any], ends: int) -> None:
    text = line_text(_desk(), _series(5.0, 6.0, targets=[target]))
    assert sum(line.count("◎") for line in _chart(text)) == ends
    told = target["target_value"] is not None and target["target_date"] is not None
    assert ("◎ G-2026-001" in text) is told
    assert ("10.0 ± 2.0 %" in text) is bool(target["tolerance"])
    plain = line_text(_desk(plain=True), _series(5.0, 6.0, targets=[target]))
    assert ("10.0 +/- 2.0 %" in plain) is bool(target["tolerance"])
    assert plain.isascii()


def test_days_on_the_edge_of_the_calendar_are_drawn() -> None:
    for day in ("0001-01-01", "9999-12-31", "2024-02-29"):
        found = _series(1.0)
        found["values"][0]["period_end"] = day
        _fits(line_text(_desk(), found))
