"""`cycle board`: the circle as columns on any screen, for people and for programs."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from cli.show import terminal
from cli.show.look import Look
from cycle.store.store import Store
from tests.cli.calls import Cycle
from tests.reading.rows import TODAY, City, building
from tests.reading.test_board import follows

FORMS = ("table", "plain", "md")
# What stands in the columns of the stages on a screen of eighty signs.
STAGES = """\
The circle on 2026-11-22: report → goals → measures → evaluation → report

                                                                reported back
report (1)      goals (0)       measures (4)    evaluation (0)  (1)
--------------  --------------  --------------  --------------  --------------
up to 3 days                    up to 40 days                   up to 1 day
                                1 overdue
M-2026-001                      Delivery ■1                     M-2026-006
Treffpunkt im                   Effect ▲1                       Lesepaten
Stadtteil                       Data ●1                         1 day
51 · 3 days                                                     ○○○
○○○                             M-2026-002
                                Erziehungsbe-
                                ratungsstellen
                                für alle…
                                51 · 40 days
                                ■▲○ overdue

                                M-2026-003
                                Erziehungsbe-
                                ratungsstellen
                                für alle…
                                51 · 20 days
                                ○○●

                                M-2026-004
                                Erziehungsbe-
                                ratungsstellen
                                für alle…
                                51 · 10 days
                                ○○○

                                and 1 more

Off the circle: rejected 1

Three signs beside one another: Delivery, Effect, Data.
○ grey/nothing to say · ● green/on track · ▲ yellow/at risk · ■ red/critical
"""


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _fill(city: City) -> None:
    city.measure(state="draft", state_since=_ago(3), title="Treffpunkt im Stadtteil")
    for days in (40, 20, 10, 5):  # M-2026-002 to -005
        city.measure(
            state="in_progress", state_since=_ago(days), prevention_level="selective",
            title="Erziehungsberatungsstellen für alle Familien",
        )  # fmt: skip
    city.measure(state="reported", state_since=_ago(1), lead=None, title="Lesepaten")
    city.measure(state="rejected", state_since=_ago(9))


@pytest.fixture
def full(cycle: Cycle, stored: Store, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """Call the command on a town with measures on the whole circle, on the day of the tests."""
    with building(stored) as city:
        _fill(city)
    follows(
        stored,
        ("M-2026-002", "light:delivery", "red", _ago(9), 1),
        ("M-2026-002", "light:effect", "yellow", _ago(9), 1),
        ("M-2026-003", "light:data", "green", _ago(9), 1),
        ("M-2026-002", "overdue", "O8", TODAY, 1),
    )
    monkeypatch.setenv("CYCLE_TODAY", TODAY.isoformat())
    return cycle


def _widest(text: str) -> int:
    return max(len(line) for line in text.splitlines())


def test_the_circle_stands_in_columns_of_eighty_signs(full: Cycle) -> None:
    assert full.done("board", "--by", "stage", "--lang", "en") + "\n" == STAGES


def test_a_narrow_screen_gets_the_columns_one_below_another(
    full: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = full.done("board", "--by", "stage", "--limit", "1", "--lang", "en")
    assert text.split("\n\n")[3].splitlines() == [
        "measures (4)",
        "  up to 40 days · 1 overdue · Delivery",
        "  ■1 · Effect ▲1 · Data ●1",
        "  M-2026-002 Erziehungsberatungsstellen",
        "  für alle Familien",
        "    51 · 40 days · ■▲○ overdue",
        "  and 3 more",
    ]
    assert text.split("\n\n")[2] == "goals (0)"


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("width", [40, 59, 60, 80, 100, 200])
@pytest.mark.parametrize("by", ["state", "stage", "prevention", "department", "field"])
def test_every_board_fits_its_screen_and_cuts_no_heading(
    full: Cycle, monkeypatch: pytest.MonkeyPatch, by: str, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for more in ((), ("--ascii",), ("--format", "plain")):
        text = full.done("board", "--by", by, "--lang", lang, *more)
        assert _widest(text) <= width
        assert "\x1b" not in text
        assert more != ("--ascii",) or text.isascii()
        headings = set(text.replace(":", "").split())
        said = {"zurückgeführt"} if lang == "de" else {"reported", "back"}
        assert said <= headings or "--ascii" in more


def test_a_wide_screen_has_all_states_beside_one_another(
    full: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bands() -> int:
        return full.done("board", "--lang", "en").count("--------------  ----")

    monkeypatch.setenv("COLUMNS", "160")
    wide = full.done("board", "--lang", "en").splitlines()
    assert "draft (1)" in wide[3]  # right above what it heads
    assert "suspended (0)" in wide[3]
    monkeypatch.setenv("COLUMNS", "80")
    assert bands() == 2 * 2  # two bands of five columns, found twice in each rule
    lines = full.done("board", "--lang", "en").splitlines()
    assert sum(line.startswith("----") for line in lines) == 2


def test_prevention_is_a_matrix_with_the_worst_lights(full: Cycle) -> None:
    text = full.done("board", "--by", "prevention", "--lang", "en").splitlines()
    assert text[2].split() == [
        "Prevention", "All", "report", "goals", "measures", "evaluation", "reported", "back",
    ]  # fmt: skip
    assert text[4].split() == ["for", "groups", "at", "risk", "4", "4", "■▲●"]
    assert text[5].split() == ["not", "stated", "2", "1", "○○○", "1", "○○○"]
    plain = full.done("board", "--by", "prevention", "--lang", "en", "--format", "plain")
    assert plain.split("\n\n")[1].splitlines() == [
        "Prevention: for groups at risk", "All: 4", "measures: 4 ■▲●",
    ]  # fmt: skip
    assert "51 Jugend und Bildung" in full.done("board", "--by", "department")


def test_a_town_without_measures_says_so(cycle: Cycle) -> None:
    assert "There are no measures." in cycle.done("board", "--by", "field", "--lang", "en")
    assert "draft (0)" in cycle.done("board", "--lang", "en")
    assert cycle("board", "--by", "field", "--format", "csv").out.strip() == ""
    assert cycle("board", "--by", "field", "--json").json["rows"] == []


def test_programs_get_the_board_in_every_format(full: Cycle) -> None:
    found = full("board", "--json").json
    assert list(found) == ["today", "by", "columns", "off"]
    assert found["columns"][5]["count"] == 4
    lines = full.done("board", "--format", "ndjson", "--limit", "0").splitlines()
    assert [json.loads(line)["name"] for line in lines][:2] == ["draft", "targeted"]
    rows = list(csv.DictReader(io.StringIO(full.done("board", "--format", "csv"))))
    assert (rows[5]["column"], rows[5]["stage"], rows[5]["count"]) == (
        "in_progress",
        "measure",
        "4",
    )
    assert (rows[5]["oldest_days"], rows[5]["delivery_red"], rows[1]["oldest_days"]) == (
        "40", "1", "",
    )  # fmt: skip
    parts = full.done("board", "--by", "prevention", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(parts)))
    assert (first["name"], first["column"], first["count"]) == ("selective", "report", "0")
    by_part = full.done("board", "--by", "prevention", "--format", "ndjson").splitlines()
    assert json.loads(by_part[0])["name"] == "selective"


def test_a_document_gets_the_board_as_a_table(full: Cycle) -> None:
    lines = full.done("board", "--format", "md", "--lang", "en").splitlines()
    assert lines[0] == "| Column | Count | Oldest, in days | Overdue | Delivery | Effect | Data |"
    assert "| under way | 4 | 40 | 1 | ■1 | ▲1 | ●1 |" in lines
    parts = full.done("board", "--by", "prevention", "--format", "md", "--lang", "en")
    assert parts.splitlines()[2] == "| for groups at risk | report | 0 |  | 0 |  |  |  |"


def test_the_filters_and_the_limit_count_at_the_command_line(full: Cycle) -> None:
    found = full("board", "--state", "in-progress", "--limit", "2", "--json").json["columns"]
    assert [len(column["cards"]) for column in found] == [0, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    assert full("board", "--by", "colour").code == 2
    refused = full("board", "--limit", "-1", "--lang", "en")
    assert (refused.code, refused.out) == (2, "")
    assert "--limit must be at least 0." in refused.err


def test_a_late_measure_is_called_so_in_german_too(full: Cycle) -> None:
    assert "■▲○ überfällig" in full.done("board", "--lang", "de")


def test_a_reader_sees_no_draft(full: Cycle) -> None:
    for form in (*FORMS, "json", "csv", "ndjson"):
        for by in ("state", "stage", "prevention"):
            said = full("board", "--by", by, "--format", form, "--actor", "reader")
            assert said.code == 0
            assert "M-2026-001" not in said.out
            assert "draft" not in said.out


def test_a_terminal_gets_the_same_columns_with_quiet_colours(
    full: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = full.done("board", "--by", "stage", "--lang", "en")
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    drawn = full.done("board", "--by", "stage", "--lang", "en")
    assert "\x1b[38;5;160m■" in drawn
    for word in ("measures (4)", "M-2026-002", "up to 40 days", "Off the circle: rejected 1"):
        assert word in plain
        assert word.split()[0] in drawn
    grey = Look(terminal=True, colour=False, width=80, ascii=False)
    assert terminal.columns([["Bericht", "(1)"], ["Ziele"]], [["●1"], ["a", "b"]], 9, grey) == (
        "Bericht\n(1)        Ziele\n●1         a\n           b"
    )
