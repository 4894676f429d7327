"""The screens a planner looks at in the morning: where all stands and what is missing."""

import re
import sqlite3
from argparse import Namespace
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from cli.desk import Desk
from cli.main import main
from cli.show import stages
from cli.show.look import Look
from cli.show.shortened import few, walls
from cli.show.sparks import spark
from cli.show.tables import cut, told
from cycle.i18n import Tongue
from cycle.settings import read
from tests.cli.calls import Cycle
from tests.conftest import FreshUrl

PLAIN = Look(terminal=False, colour=False, width=40, ascii=False)
ASCII = Look(terminal=False, colour=False, width=40, ascii=True)
SCREENS = (
    ("status",), ("board",), ("gaps",), ("gaps", "--all"), ("overdue",), ("agenda",),
    ("journal", "M-2024-003"), ("trace", "B-2024-01"), ("trace", "M-2024-003"),
    ("trace", "0123/2024"), ("measure", "list"), ("measure", "show", "M-2024-003"),
    ("measure", "show", "M-2026-014"), ("measure", "can", "M-2024-009"),
    ("goal", "show", "G-2024-003"), ("round", "show", "Z-2024"), ("round", "show", "Z-2023"),
)  # fmt: skip


def _build_city(url: str) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert main(["demo", "--db", url]) == 0


@pytest.fixture
def city(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> Cycle:
    """Call the command on a demo city of its own, on a screen of eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("CYCLE_LANG", "en")
    return Cycle(capsys, fresh_url("sqlite", _build_city))


@pytest.fixture
def desk() -> Desk:
    return Desk(Namespace(), read({}, {}), Tongue("en"))


def _part(text: str, heading: str) -> list[str]:
    (found,) = [part for part in text.split("\n\n") if part.startswith(heading)]
    return found.splitlines()


@pytest.mark.parametrize("signs", [(), ("--ascii",)], ids=["signs", "ascii"])
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_screen_fits_its_width(
    city: Cycle, monkeypatch: pytest.MonkeyPatch, width: int, lang: str, signs: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for words in SCREENS:
        text = city.done(*words, "--lang", lang, *signs)
        wide = [line for line in text.splitlines() if len(line) > width]
        # A command is there to be copied: no word of it is broken.
        assert [line for line in wide if "cycle " not in line and "--" not in line] == [], words
        assert text.isascii() or not signs, words


@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_colours_change_no_word_of_a_screen(
    city: Cycle, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    plain = city.done(*words)
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    drawn = city.done(*words)
    assert "\x1b[" in drawn
    assert "\x1b[2" not in drawn  # nothing is dim
    letters = re.sub("\x1b\\[[0-9;]*m", "", drawn)
    # A table has a rule of dashes under its heads where nothing is bold.
    told = [word for word in plain.split() if not re.fullmatch("-{3,}", word)]
    assert sorted(letters.split()) == sorted(told)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_status_shows_the_circle_the_departments_and_half_a_year(city: Cycle, lang: str) -> None:
    text = city.done("status", "--lang", lang)
    assert len(text.splitlines()) <= 40
    circle = text.splitlines()[3]
    assert circle.startswith("  ◆ ")
    assert [int(n) for n in re.findall(r"\d+", circle)] == [10, 9, 29, 4, 4]
    (row,) = [line for line in text.splitlines() if line.startswith("  51 ")]
    assert row.split()[-13:] == ["5", "·", "1", "·", "1", "2", "1", "·", "·", "2", "6", "18", "7"]
    assert "  6   7   4   2  13   7" in text


def test_status_names_the_columns_it_had_to_shorten(city: Cycle) -> None:
    text = city.done("status")
    assert "Dra Tar Pro Def App Inp Sus Imp Eva Rep Off All" in text
    assert "Dra draft 10 · Tar tied to a goal 9" in text
    assert "Off rejected 1, cancelled 14, superseded 2" in text


def test_on_a_wide_screen_nothing_is_shortened(
    city: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    text = city.done("status")
    (heads,) = [line for line in text.splitlines() if line.startswith("  Department ")]
    assert "before the committees" in heads
    assert "superseded All" in heads
    assert "51 Fachdienst Jugend und Bildung " in text
    assert "  draft 10 · tied to a goal 9" in text


def test_on_a_narrow_screen_departments_are_told_by_state(
    city: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = city.done("status")
    assert "by state" in text
    assert "Dra" not in text
    assert "and 6 more departments" in text


def test_a_town_without_measures_shows_no_empty_parts(light: Cycle) -> None:
    text = light.done("status", "--lang", "en")
    assert "◆ report 0 → goals 0" in text
    assert "Steps of measures" not in text
    assert "Department" not in text
    light.done("measure", "log", "Sprache", "--lead", "51")
    assert "Steps of measures" in light.done("status", "--lang", "en")


def test_a_measure_shows_its_chain_from_report_to_evaluation(city: Cycle) -> None:
    text = city.done("measure", "show", "M-2024-003")
    assert text.splitlines()[0] == "M-2024-003 Sprachförderkräfte in 4 Kitas"
    assert "→ ◆ report" in text.splitlines()[2]
    lines = _part(text, "From the report to the evaluation")
    keys = [re.sub(r"^[ ├└◆│]*", "", line).split()[0] for line in lines[1:]]
    assert keys == [
        "B-2024-01", "F-2024-001", "G-2024-001", "G-2024-002", "G-2024-003", "M-2024-003",
        "D-2024-002", "D-2024-003", "M-2028-001", "E-2026-003", "F-2026-011", "R-2026-006",
        "R-2026-007",
    ]  # fmt: skip
    assert lines[6].startswith("      └ ◆ M-2024-003")


def test_a_measure_says_what_is_missing_who_has_it_and_the_command(city: Cycle) -> None:
    text = city.done("measure", "show", "M-2026-014")
    lines = _part(text, "What is missing before the next step")
    assert lines[1] == "  Propose to the committees"
    assert "        cycle consequence set M-2026-014 built --text TEXT" in lines
    assert any("Planning office: Plan the evaluation" in line for line in lines)
    steps = _part(text, "Next steps")
    assert steps[1] == "  ✓ Cancel: `cycle measure cancel M-2026-014`"
    assert not any("propose" in line for line in steps)


def test_nothing_of_a_measure_is_lost_on_its_screen(city: Cycle) -> None:
    text = city.done("measure", "show", "M-2024-003")
    for fact in ("TRB, WVA", "BIL, JUG", "sectoral planning", "2026-07-31", "main goal",
                 "assessed, countersigned", "M-2028-001", "Only 36 %",
                 "Not so: Whole town"):  # fmt: skip
        assert fact in text, fact
    plain = city.done("measure", "show", "M-2024-003", "--format", "plain")
    assert re.search("Across departments +no\n", plain)
    assert "From the report" not in plain


def test_a_measure_tells_what_was_written_about_it(light: Cycle) -> None:
    says = "Zweimal die Woche\nin allen Kitas"
    key = light.done("measure", "log", "Lesepaten", "--description", says)
    assert f"\n\n{says}\n" in light.done("measure", "show", key)
    assert light("measure", "show", key, "--json").json["description"] == says


def test_an_indicator_is_told_from_its_baseline_to_its_target(city: Cycle) -> None:
    lines = _part(city.done("measure", "show", "M-2026-014"), "What it is to move")
    assert lines[1].startswith("  G-2024-013 · GEWICHT · ")
    assert lines[2] == "    baseline 14.7 %, 2023 → target 10.0 % by 2027-12-31"
    assert lines[3] == "    █▅▁  14.7 (2023) → 13.8 (2024) → 12.8 (2025)"


def test_a_withheld_value_is_told_as_withheld(city: Cycle) -> None:
    store = sqlite3.connect(city.url.removeprefix("sqlite:///"))
    store.execute(
        "UPDATE observation SET value = NULL, status = 'confidential_or_unknown'"
        " WHERE period_end = '2024-12-31' AND indicator_version_id IN (SELECT v.id FROM"
        " indicator_version v JOIN indicator i ON i.id = v.indicator_id WHERE i.code = 'GEWICHT')"
    )
    store.commit()
    store.close()
    (line,) = _part(city.done("measure", "show", "M-2026-014"), "What it is to move")[3:]
    assert line == "    █·▁  14.7 (2023) → withheld or unknown (2024) → 12.8 (2025)"


def test_a_measure_off_the_circle_stands_nowhere_on_it(city: Cycle) -> None:
    text = city.done("measure", "show", "M-2024-012")
    assert text.splitlines()[1].startswith("cancelled")
    assert text.splitlines()[2] == "  report → goals → measures → evaluation → report"


def test_a_round_shows_what_its_stage_lacks_without_walls_of_keys(city: Cycle) -> None:
    text = city.done("round", "show", "Z-2024")
    assert text.splitlines()[1] == "stage evaluation since 2026-09-10"
    assert "◆ evaluation 4" in text.splitlines()[2]
    lines = _part(text, "What is missing before the next stage")
    assert max(line.count("M-20") for line in lines) <= 3
    assert "cycle disposition set M-2024-001" in "\n".join(lines)
    assert "  M-2024-001, M-2024-004, M-2024-005, … and 23 more" in text
    assert "  2026-10-16 End of the stage evaluation" in text
    assert "stage_evaluation" not in text
    assert "`cycle round show Z-2024 --format plain` names them all." in text
    whole = city.done("round", "show", "Z-2024", "--format", "plain")
    assert whole.count("M-2026-021") >= 2


def test_a_closed_round_has_come_round(city: Cycle) -> None:
    assert "→ ◆ report" in city.done("round", "show", "Z-2023").splitlines()[2]


def test_a_chain_is_drawn_with_branches_and_long_texts_lose_their_middle(city: Cycle) -> None:
    text = city.done("trace", "M-2024-003")
    became = _part(text, "What became of it?")
    assert became[1].startswith("├ M-2028-001 ")
    assert became[2].startswith("└ E-2026-003 ")
    assert became[4].startswith("  ├ F-2026-011 ")
    assert became[5].endswith("… (goal, 2026-11-16)")
    plain = city.done("trace", "M-2024-003", "--format", "plain")
    assert len(plain.splitlines()) > len(text.splitlines())
    drawn = city.done("trace", "M-2024-003", "--ascii")
    assert "\n+ M-2028-001 " in drawn
    assert "\n` E-2026-003 " in drawn


def test_the_journal_says_from_where_to_where_it_went(city: Cycle) -> None:
    text = city.done("journal", "M-2024-003", "--lang", "de")
    assert "Kämmerei 20 (finance): M-2024-003 Auswirkung mitgezeichnet:\n" in text
    flat = re.sub(r"\n +", " ", text)
    assert "Sitzungsdienst (committee_clerk): M-2024-003 in Beratung → beschlossen" in flat
    assert "Meilenstein angelegt: 2 Alle Stellen besetzt" in flat
    assert city.done("journal", "M-2024-003", "--format", "md").startswith("| No. |")


def test_what_was_blacked_out_says_so_in_the_journal(light: Cycle) -> None:
    key = light.done("measure", "log", "Sprache", "--lead", "51")
    light.done("account", "add", "lenkung", "--role", "steering")
    n = light("journal", key, "--json").json[0]["n"]
    light.done("journal", "blackout", str(n), "--reason", "Name im Text", "--second", "lenkung")
    assert "Name im Text)" in light.done("journal", key)


def test_many_keys_become_few(desk: Desk) -> None:
    keys = [f"M-2026-{n:03}" for n in range(1, 6)]
    assert few(desk, keys[:4]) == "M-2026-001, M-2026-002, M-2026-003, M-2026-004"
    assert few(desk, keys) == "M-2026-001, M-2026-002, M-2026-003, … and 2 more"
    said = f"Still open: {', '.join(keys)}. Decide."
    assert (
        walls(desk, said) == "Still open: M-2026-001, M-2026-002, M-2026-003, … and 2 more. Decide."
    )
    assert walls(desk, "Two: M-2026-001, M-2026-002.") == "Two: M-2026-001, M-2026-002."


def test_columns_stand_for_figures() -> None:
    assert spark([]) == ""
    assert spark([5, 5]) == "▁▁"
    assert spark([0, 7, None, 3.5]) == "▁█·▅"
    assert spark([0, 0], from_zero=True) == "▁▁"
    assert spark([6, 12], from_zero=True) == "▅█"


def test_a_place_on_the_circle() -> None:
    assert stages.of_round("closed") == stages.of_measure("reported") == stages.AGAIN
    assert stages.of_measure("rejected") is None
    assert stages.counted({"draft": 2, "suspended": 1, "rejected": 4})["measure"] == 1


def test_a_text_is_cut_and_broken_in_ascii_as_well() -> None:
    assert cut("Sprach\nförderung", PLAIN, 10) == "Sprach fö…"
    assert cut("Sprach\nförderung", ASCII, 10) == "Sprach..."
    assert cut("kurz", PLAIN, 4) == "kurz"
    assert max(map(len, told("größere Übungsräume für Mädchen " * 3, ASCII, 4, 2))) <= 40
