"""The pictures of the terminal as commands: circle, burn-up, series, bars of areas, calendar."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from cycle.store.store import Store
from cycle.usecases import areas
from tests.cli.calls import Cycle
from tests.cli.drawings import fits as _fits
from tests.makers_measures import Town
from tests.makers_rounds import a_goal, a_target, an_indicator, an_observation

EVERY = ("circle", "round burn-up", "indicator line KITA", "indicator areas KITA", "calendar")
WITHHELD = "confidential_or_unknown"
TODAY = date(2026, 11, 22)


@pytest.fixture
def full(cycle: Cycle, stored: Store, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """Fill a town with a measure that came far, a series, a goal and a withheld value."""
    monkeypatch.setenv("CYCLE_TODAY", TODAY.isoformat())
    Town(stored).a_measure("evaluated")
    with stored.unit() as unit:
        areas.add(unit, "01", "Nord")
        areas.add(unit, "02", "Süd")
        an_indicator(unit)
        an_observation(unit, period_end=date(2024, 12, 31), value=Decimal(49))
        an_observation(unit)
        a_target(unit, a_goal(unit).ref)
        an_observation(unit, area="01", value=Decimal("40.5"))
        an_observation(unit, area="02", value=None, status=WITHHELD)
    return cycle


@pytest.mark.parametrize("words", EVERY)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_picture_fits_the_screen_in_both_languages(
    full: Cycle, words: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (60, 72, 80, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        text = full.done(*words.split(), "--lang", lang)
        _fits(text, width)
        assert "\x1b" not in text
        plain = full.done(*words.split(), "--lang", lang, "--ascii")
        assert plain.isascii()
        assert "?" not in plain
        _fits(plain, width)


@pytest.mark.parametrize("words", EVERY)
def test_every_picture_gives_its_data_in_every_format(full: Cycle, words: str) -> None:
    drawn = full.done(*words.split())
    assert full(*words.split(), "--json").json
    for line in full.done(*words.split(), "--format", "ndjson").splitlines():
        assert json.loads(line)
    assert list(csv.reader(io.StringIO(full.done(*words.split(), "--format", "csv"))))[1:]
    assert full.done(*words.split(), "--format", "md").startswith("| ")
    for form in ("table", "plain"):
        assert full.done(*words.split(), "--format", form) != drawn


@pytest.mark.parametrize("words", EVERY)
def test_a_narrow_screen_gets_the_table(
    full: Cycle, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert full.done(*words.split()) == full.done(*words.split(), "--format", "table")


@pytest.mark.parametrize("words", EVERY)
def test_colours_only_repeat_what_signs_tell(
    full: Cycle, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = full.done(*words.split())
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    shown = full.done(*words.split())
    assert "\x1b[" in shown
    assert _signs(shown) == _signs(plain)


def _signs(text: str) -> set[str]:
    return {sign for sign in text if sign in "✗◆●◎×┊█▓▒░○◇▶▼"}


@pytest.mark.parametrize("words", ["circle", "round burn-up", "calendar"])
def test_a_town_without_anything_has_pictures(light: Cycle, words: str) -> None:
    _fits(light.done(*words.split()))
    _fits(light.done(*words.split(), "--format", "plain") or "-")


def test_a_picture_of_nothing_says_so(full: Cycle, stored: Store) -> None:
    with stored.unit() as unit:
        an_indicator(unit, "LEER")
        an_indicator(unit, "NORD")
        an_observation(unit, indicator="NORD", area="01")
    assert "no values yet" in full.done("indicator", "line", "LEER")
    assert "but in: 01" in full.done("indicator", "line", "NORD")
    assert "No area" in full.done("indicator", "areas", "LEER")
    for form in ("table", "plain", "md", "json"):
        assert full("indicator", "line", "LEER", "--format", form).code == 0
    for words in (("line", "XX"), ("areas", "XX"), ("line", "KITA", "--area", "99")):
        assert full("indicator", *words).code == 3
    assert full("calendar", "--months", "0").code == 2
    assert full("round", "burn-up", "Z-1999").code == 3
    assert full("circle", "--state", "none").code == 2


def test_the_circle_crosses_the_arrow_that_is_broken(full: Cycle) -> None:
    lines = full.done("circle").splitlines()
    crossed = [line for line in lines if "✗" in line]
    assert any("1 open" in line for line in crossed)
    assert any("✗ evaluation → report" in line for line in crossed)
    assert any("◆ Z-2026 is here" in line for line in lines)


def test_a_whole_circle_says_so(light: Cycle) -> None:
    assert "No arrow" in light.done("circle")
