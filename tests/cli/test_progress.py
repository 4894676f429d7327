"""The half-year at the command line: ask, fill in, take back, show what became of it."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.calls import Cycle

DAY = "2026-11-22"
FORMS = ("table", "plain", "json", "ndjson", "csv", "md")


@pytest.fixture(autouse=True)
def _in_autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLE_TODAY", DAY)


def running(cycle: Cycle, title: str, lead: str = "51", *words: str) -> str:
    key = cycle.done("measure", "log", title, "--lead", lead, *words)
    cycle.done("measure", "take-over", key, "--state", "in_progress", "--source", "Liste",
               "--source-date", "2026-01-10", "--start", "2025")  # fmt: skip
    return key


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("CYCLE_TODAY", day)


def _answer(path: Path, answers: dict[str, str]) -> None:
    """Fill the empty cells of a table as a department does."""
    text = path.read_text("utf-8-sig")
    for key, cells in answers.items():
        text = "\n".join(
            line.removesuffix(";;;;") + cells if line.startswith(key) else line
            for line in text.splitlines()
        )
    path.write_text(text, "utf-8-sig")


def test_the_half_year_as_a_planner_goes_through_it(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-03-02")
    late = running(cycle, "Familienzentrum", "65", "--planned-end", "2026-09-30")
    still, done = running(cycle, "Lotsen"), running(cycle, "Ferienspiele")
    for key in (still, done):
        cycle.done("progress", "report", key, "--course", "on_track", "--percent", "20")
    on(monkeypatch, DAY)
    said = cycle("progress", "ask", "--csv", "tables", "--lang", "de")
    assert said.code == 0, said.err
    assert sorted(path.name for path in Path("tables").iterdir()) == [
        "sachstand-51-2026-11-22.csv", "sachstand-65-2026-11-22.csv",
    ]  # fmt: skip
    answers = {
        late: "verzögert;31.01.2027;Aufzug fehlt;;60",
        still: "unverändert;;;;",
        done: "fertig;;;;100",
    }
    for code in ("51", "65"):
        path = Path("tables") / f"sachstand-{code}-2026-11-22.csv"
        _answer(path, answers)
        said = cycle("import", "progress", str(path))
        assert said.code == 0, said.err
    rows = cycle("progress", "asked", "--json").json
    assert [(row["department"], row["measures"], row["answered"]) for row in rows] == [
        ("51", 2, 2), ("65", 1, 1),
    ]  # fmt: skip
    cycle.done("measure", "finish", done, "--on", DAY)
    told = cycle("progress", "table", "--json").json
    assert [(row["change"], row["key"]) for row in told] == [
        ("changed", late), ("unchanged", still), ("settled", done),
    ]  # fmt: skip
    assert (told[0]["forecast_end"], told[0]["reason"]) == ("2027-01-31", "Aufzug fehlt")
    assert told[1]["unchanged_since"] == "2026-03-02"
    (line,) = [x for x in cycle.done("progress", "table", "--format", "md").splitlines()
               if still in x]  # fmt: skip
    assert line.endswith("20\u00a0% · unchanged since 2026-03-02 |  |")


@pytest.fixture
def reported(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> str:
    key = running(cycle, "Familienzentrum im alten Bürgeramt", "51", "--planned-end", "2026-09-30")
    cycle.done("decision", "add", "--body", "SR", "--paper", "12/2026", "--on", "2026-04-24",
               "--result", "adopted", "--measure", key)  # fmt: skip
    cycle.done("progress", "report", key, "--course", "delayed", "--text", "Aufzug\nfehlt",
               "--delay-reason", "Lieferung", "--percent", "60", "--forecast-end",
               "2027-01-31")  # fmt: skip
    running(cycle, "Lotsen", "50", "--ongoing")
    return key


def test_the_text_tells_all_within_eighty_columns(cycle: Cycle, reported: str) -> None:
    text = cycle.done("progress", "table", "--lang", "de")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert "neu (2)" in lines
    flat = " ".join(text.split())
    for words in ("30.09.2026", "→ 31.01.2027", "12/2026, SR", "24.04.2026", "verzögert ·", "60 %",
                  "Aufzug fehlt", "Lieferung", "Daueraufgabe"):  # fmt: skip
        assert words in flat, words


def test_the_sheet_opens_in_a_german_spreadsheet(cycle: Cycle, reported: str) -> None:
    text = cycle.done("progress", "table", "--format", "csv", "--lang", "de")
    assert text.startswith("\ufeff")
    heads, first, second = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert len(heads) == len(first)
    assert first == [
        "neu", reported, "Familienzentrum im alten Bürgeramt", "51", "12/2026", "D-2026-001", "SR",
        "24.04.2026", "30.09.2026", "31.01.2027", "", "in Umsetzung", "verzögert", "60",
        "22.11.2026", "", "Aufzug\nfehlt", "Lieferung",
    ]  # fmt: skip
    assert second[2:4] == ["Lotsen", "50"]
    plain = cycle.done("progress", "table", "--format", "csv", "--ascii")
    assert plain.startswith("Change;")


def test_markdown_and_blocks_hold_a_line_a_measure(cycle: Cycle, reported: str) -> None:
    lines = cycle.done("progress", "table", "--format", "md", "--lang", "de").splitlines()
    assert len(lines) == 4
    assert f"| neu | {reported} | Familienzentrum im alten Bürgeramt | 51 |" in lines[2]
    assert "| 30.09.2026 → 31.01.2027 |" in lines[2]
    assert lines[2].endswith(" 22.11.2026: Aufzug fehlt | Lieferung |")
    assert reported in cycle.done("progress", "table", "--format", "plain")


def test_programs_get_a_list(cycle: Cycle, reported: str) -> None:
    lines = cycle.done("progress", "table", "--format", "ndjson").splitlines()
    assert [json.loads(line)["change"] for line in lines] == ["new", "new"]
    assert cycle("progress", "table", "--json").json[0]["key"] == reported


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_half_year_is_told_in_every_format(cycle: Cycle, form: str) -> None:
    said = cycle("progress", "table", "--half", "2020-1", "--format", form)
    assert said.code == 0
    if form == "json":
        assert said.json == []
    elif form in {"table", "plain", "md"}:
        assert "nothing to list" in said.err


def test_the_period_is_a_half_year_or_days_of_ones_own(cycle: Cycle, reported: str) -> None:
    def keys(*words: str) -> int:
        return len(cycle("progress", "table", *words, "--json").json)

    assert (keys("--half", "2026-2"), keys("--half", "2026-1")) == (2, 0)
    assert keys("--since", "2026-11-22", "--until", "22.11.2026") == 2
    assert keys("--until", "2026-11-21") == 0
    assert keys("--since", "2026-11-23") == 2  # logged the day before: unchanged since
    assert keys("--department", "50") == 1
    for words in (("--half", "2026-3"), ("--half", "0000-1"), ("--half", "2026-1", "--since", DAY),
                  ("--since", "2026-12-01", "--until", "2026-11-30")):  # fmt: skip
        assert cycle("progress", "table", *words).code == 2, words


def test_a_reason_in_words_stands_behind_its_code(cycle: Cycle, reported: str) -> None:
    cycle.done("measure", "suspend", reported, "--code", "budget_freeze", "--reason",
               "Haushaltssperre vom 1.10.", "--review-on", "2027-03-31")  # fmt: skip
    text = cycle.done("progress", "table", "--format", "md", "--lang", "de")
    assert "Haushaltssperre: Haushaltssperre vom 1.10. |" in text


def test_a_decision_without_a_paper_is_named_by_its_key(cycle: Cycle, reported: str) -> None:
    cycle.done("decision", "add", "--kind", "administrative", "--document", "Verfügung",
               "--department", "51", "--on", "2026-05-02", "--result", "adopted", "--measure",
               reported)  # fmt: skip
    assert "| D-2026-002, 2026-05-02 |" in cycle.done("progress", "table", "--format", "md")


def test_asking_without_a_folder_makes_no_table(cycle: Cycle, reported: str) -> None:
    rows = cycle("progress", "ask", "--department", "51", "--due", "2026-12-01", "--json").json
    assert rows == [
        {
            "department": "51", "asked_on": DAY, "due": "2026-12-01", "again": False,
            "measures": [reported], "file": None,
        }
    ]  # fmt: skip
    cycle.done("progress", "report", reported, "--course", "done")
    (again,) = cycle("progress", "ask", "--csv", "tables", "--department", "51", "--json").json
    assert (again["again"], again["file"], list(Path("tables").iterdir())) == (True, None, [])


def test_where_no_table_can_be_written_nobody_is_asked(cycle: Cycle, reported: str) -> None:
    Path("file").touch()
    assert cycle("progress", "ask", "--csv", "file").code == 2
    assert cycle("progress", "asked", "--json").json == []
    assert cycle("progress", "ask", "--due", "2026-11-21").code == 2
    assert cycle("progress", "ask", "--actor", "youth").code == 4


def test_a_department_says_that_nothing_changed(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-03-02")
    key, silent = running(cycle, "Lotsen"), running(cycle, "Neu")
    slipped = running(cycle, "Spät")
    cycle.done("progress", "report", key, "--course", "on_track")
    cycle.done("progress", "report", slipped, "--course", "delayed", "--text", "Frost",
               "--forecast-end", "2026-10-31")  # fmt: skip
    on(monkeypatch, DAY)
    said = cycle("progress", "unchanged", "--department", "51")
    assert said.code == 1
    assert f"{key}: unchanged since 2026-03-02." in said.err
    assert f"{silent}: {silent} has no report yet" in said.err
    assert f"{slipped}: {slipped} was to end on 2026-10-31, which is past" in said.err
    said = cycle("progress", "unchanged", key, "--lang", "de")
    assert (said.code, "02.03.2026" in said.err) == (0, True)
    assert cycle("progress", "unchanged").code == 2
    assert cycle("progress", "unchanged", key, "--department", "51").code == 2


def test_a_report_is_put_right(
    cycle: Cycle, reported: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle.done("progress", "correct", reported, "--percent", "65")
    rows = cycle("progress", "list", reported, "--json").json
    assert [(row["percent"], row["course"]) for row in rows] == [(65, "delayed")]
    on(monkeypatch, "2026-11-30")
    said = cycle("progress", "correct", reported, "--percent", "70")
    assert said.code == 5
    assert f"cycle progress report {reported} --course delayed" in said.err


def test_the_template_of_a_table_is_printed(cycle: Cycle) -> None:
    assert cycle.done("template", "progress").startswith("measure;title;")
