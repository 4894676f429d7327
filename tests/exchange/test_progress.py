"""The table a department fills in: made, filled in, taken back."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from cycle.errors import Forbidden, Invalid
from cycle.exchange.outcome import Outcome, Wrong
from cycle.exchange.progress import statement
from cycle.exchange.progress_tables import form, stem
from cycle.exchange.sheets import folder, safe, save, sheet
from cycle.exchange.templates import template
from cycle.i18n import Tongue
from cycle.model.duties import Progress
from cycle.reading.progress_requests import FormRow, to_fill
from cycle.store.store import Store
from cycle.usecases import lookup, measures, progress
from tests.exchange.files import DAY, brought, count, faults, journal, marks
from tests.makers import arranged
from tests.makers_duties import a_running_measure

EARLIER, LATER = date(2026, 9, 1), date(2027, 1, 31)
HEAD = "Maßnahme;Letzter Bericht;Stand;Verzögert bis;Grund;Text;Prozent\n"
DE, EN = Tongue("de"), Tongue("en")


def told(town: Store, key: str, day: date = EARLIER, **words: object) -> None:
    said = {"course": "on_track", "percent": 20} | words
    with town.unit("youth", day=day) as unit:
        progress.report(unit, key, **said)  # type: ignore[arg-type]


def reports(town: Store, key: str) -> list[tuple[object, ...]]:
    with town.unit("reader") as unit:
        found = progress.reports(unit, lookup.measure(unit, key))
    return [(each.as_of, *progress.says(each)) for each in found]


def taken(town: Store, text: str, **asked: object) -> Outcome:
    words = {"actor": "youth", "day": DAY} | asked
    return brought(town, "progress", text, **words)


def the_form(town: Store, *keys: str, tongue: Tongue = DE) -> str:
    with town.unit("planner") as unit:
        return form(to_fill(unit.reading(), keys), tongue).removeprefix("\ufeff")


def filled(text: str, *cells: str) -> str:
    """Fill the last cells of every row below the headings."""
    head, *rows = text.splitlines()
    return "\n".join([head, *(row.removesuffix(";;;;") + ";".join(cells) for row in rows)]) + "\n"


def test_the_table_tells_in_german_what_is_known(town: Store) -> None:
    key = a_running_measure(town, title="Familienklassen", planned_end=date(2027, 6, 30))
    told(town, key, course="delayed", text="Stellen fehlen", forecast_end=LATER)
    head, row = the_form(town, key).splitlines()
    assert head == (
        "Maßnahme;Titel;Zustand;Geplantes Ende;Erwartetes Ende;Letzter Bericht;Letzter Stand;"
        "Letzter Text;Letzte Prozent;Stand: planmäßig/verzögert/ausgesetzt/fertig/unverändert;"
        "Verzögert bis;Grund;Text;Prozent"
    )
    assert row == (
        f"{key};Familienklassen;in Umsetzung;30.06.2027;31.01.2027;01.09.2026;verzögert;"
        "Stellen fehlen;20;;;;;"
    )


def test_the_table_speaks_english_where_that_is_spoken(town: Store) -> None:
    key = a_running_measure(town, title="Families")
    head, row = the_form(town, key, tongue=EN).splitlines()
    assert head.startswith("Measure;Title;State;Planned end;")
    assert row == f"{key};Families;under way;;;;;;;;;;;"


def test_the_table_comes_back_in_either_language(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key)
    text = filled(the_form(town, key), "Planmäßig", "", "", "", "45 %")
    assert marks(taken(town, text)) == (1, 0, 0, 0)
    other = a_running_measure(town)
    text = filled(the_form(town, other, tongue=EN), "delayed", "2027-01-31", "", "Frost", "5")
    assert marks(taken(town, text)) == (1, 0, 0, 0)
    assert reports(town, key)[-1] == (DAY, "on_track", 45, None, None, None)
    assert reports(town, other) == [(DAY, "delayed", 5, "Frost", None, LATER)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("läuft planmäßig", "", "", "", ""), ("on_track", None, None, None, None)),
        (("verzögert", "31.1.2027", "Frost", "", ""), ("delayed", None, "Frost", "Frost", LATER)),
        (("Verzögert bis 31.01.2027", "", "", "Bau", ""), ("delayed", None, "Bau", None, LATER)),
        (("delayed until 2027-01-31", "31.01.2027", "", "Bau", ""),
         ("delayed", None, "Bau", None, LATER)),
        (("AUSGESETZT", "", "", "Sperre", "30,0"), ("suspended", 30, "Sperre", None, None)),
        (("fertig", "", "", "", "100"), ("done", 100, None, None, None)),
        (("unverändert", "", "", "", ""), ("on_track", 20, None, None, None)),
        (("unchanged", "", "", "", ""), ("on_track", 20, None, None, None)),
    ],
)  # fmt: skip
def test_words_days_and_numbers_are_understood_as_typed(
    town: Store, cells: tuple[str, ...], said: tuple[object, ...]
) -> None:
    key = a_running_measure(town)
    told(town, key)
    assert marks(taken(town, f"{HEAD}{key};01.09.2026;{';'.join(cells)}\n")) == (1, 0, 0, 0)
    assert reports(town, key)[-1] == (DAY, *said)


def test_a_row_left_empty_says_nothing(town: Store) -> None:
    key = a_running_measure(town)
    outcome = taken(town, the_form(town, key))
    assert (marks(outcome), [n.code for n in outcome.notes]) == ((0, 0, 1, 0), ["silent"])
    assert outcome.notes[0].values == {"count": 1}
    assert count(town, Progress) == 0


def test_half_filled_rows_are_refused_with_the_cell(town: Store) -> None:
    late, silent = a_running_measure(town, planned_end=EARLIER), a_running_measure(town)
    rows = (
        f"{silent};;;;;etwas;\n"  # no course
        f"{late};;planmäßig;;;;\n"  # past its end without a reason
        f"{silent};;verzögert;;;;\n"  # row 4 is about the same measure as row 2
    )
    assert faults(taken(town, HEAD + rows)) == [
        ("row 2, column Stand", "course_missing"),
        ("row 3, column Grund", "missing"),
        ("row 4", "row_twice"),
    ]
    alone = taken(town, f"{HEAD}{silent};;verzögert;31.08.2026;;;\n")
    assert faults(alone) == [
        ("row 2, column Text", "missing"), ("row 2, column Verzögert bis", "past"),
    ]  # fmt: skip
    assert count(town, Progress) == 0


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ("vielleicht;;;;", "Stand", "unknown_word"),
        ("verzögert bis bald;;;x;", "Stand", "not_a_date"),
        ("verzögert;31.02.2027;;x;", "Verzögert bis", "not_a_date"),
        ("planmäßig;;;;viel", "Prozent", "not_a_number"),
        ("planmäßig;;;;101", "Prozent", "out_of_range"),
        ("planmäßig;31.01.2027;;;", "Stand", "contradiction"),
        ("fertig;31.01.2027;;;", "Stand", "contradiction"),
        ("unverändert;;;neu;", "Stand", "contradiction"),
        ("verzögert bis 31.01.2027;28.02.2027;;x;", "Stand", "contradiction"),
    ],
)
def test_wrong_words_are_refused_where_they_stand(
    town: Store, cells: str, column: str, code: str
) -> None:
    key = a_running_measure(town)
    outcome = taken(town, f"{HEAD}{key};;{cells}\n")
    assert faults(outcome) == [(f"row 2, column {column}", code)]
    assert count(town, Progress) == 0


def test_a_near_word_is_named() -> None:
    with pytest.raises(Wrong) as wrong:
        statement({"course": "verzögrt"})
    assert (wrong.value.at, wrong.value.values["near"]) == ("course", "verzögert")
    assert statement({}) is None


def test_nothing_changed_takes_a_report_to_repeat(town: Store) -> None:
    key = a_running_measure(town)
    outcome = taken(town, f"{HEAD}{key};;unverändert;;;;\n")
    assert [code for _, code in faults(outcome)] == ["progress_missing"]


def test_a_measure_nobody_knows_and_one_that_is_closed_are_refused(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner") as unit:
        measure = lookup.measure(unit, key)
        measure.state = "superseded"
        unit.tell(measure, "superseded", move=("in_progress", "superseded"))
    rows = f"M-2026-999;;planmäßig;;;;\n{key};;planmäßig;;;;\n"
    assert faults(taken(town, HEAD + rows)) == [
        ("row 2, column Maßnahme", "not_found"), ("row 3", "closed"),
    ]  # fmt: skip


def test_a_row_older_than_the_last_report_is_refused(town: Store) -> None:
    first, second, third = (a_running_measure(town) for _ in range(3))
    told(town, first)
    text = filled(the_form(town, first, second, third), "planmäßig", "", "", "", "50")
    told(town, first, date(2026, 10, 1), percent=30)
    told(town, second, date(2026, 10, 1), percent=30)
    outcome = taken(town, text, skip_errors=True)
    assert faults(outcome) == [
        ("row 2, column Letzter Bericht", "progress_newer"),
        ("row 3, column Letzter Bericht", "progress_newer"),
    ]
    assert outcome.faults[0].values["day"] == date(2026, 10, 1)
    assert marks(outcome) == (1, 0, 0, 2)
    assert len(reports(town, third)) == 1


def test_a_report_put_right_since_is_newer_too(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key, DAY, course="delayed", text="Frost")
    text = filled(the_form(town, key), "planmäßig", "", "", "", "50")
    with town.unit("youth", day=DAY) as unit:
        progress.correct(unit, key, text="Streik")
    assert [code for _, code in faults(taken(town, text))] == ["progress_newer"]


def test_a_row_that_stands_twice_is_reported_once(town: Store) -> None:
    key = a_running_measure(town)
    assert marks(taken(town, HEAD + f"{key};;planmäßig;;;;\n" * 2)) == (1, 0, 1, 0)
    assert len(reports(town, key)) == 1


def test_a_list_of_ones_own_needs_no_last_report(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key)
    assert marks(taken(town, f"measure;course\n{key};done\n")) == (1, 0, 0, 0)
    assert marks(taken(town, f"measure;course\n\n{key};done\n")) == (0, 0, 1, 0)


def test_the_same_file_again_changes_nothing(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key)
    text = filled(the_form(town, key), "unverändert", "", "", "", "")
    taken(town, text)
    before = journal(town)
    again = taken(town, text)
    assert (again.already, again.written, journal(town)) == (True, False, before)
    assert len(reports(town, key)) == 2


def test_what_was_reported_from_a_table_is_the_same_when_it_comes_once_more(town: Store) -> None:
    first, second, third = (a_running_measure(town) for _ in range(3))
    for key in (first, second):
        told(town, key)
    head, a, b, c = the_form(town, first, second, third).splitlines()
    rows = [
        a.removesuffix(";;;;") + "unverändert;;;;", b.removesuffix(";;;;") + "fertig;;;;100",
        c,
    ]  # fmt: skip
    text = "\n".join([head, *rows]) + "\n"
    assert marks(taken(town, text)) == (2, 0, 1, 0)
    later = text.replace(c, c.removesuffix(";;;;") + "planmäßig;;;;10")
    assert marks(taken(town, later, day=LATER)) == (1, 0, 2, 0)
    assert [len(reports(town, key)) for key in (first, second, third)] == [2, 2, 1]


def test_a_dry_run_tells_the_same_and_writes_nothing(town: Store) -> None:
    key = a_running_measure(town)
    before = journal(town)
    outcome = taken(town, f"{HEAD}{key};;planmäßig;;;;\n", dry_run=True)
    assert (marks(outcome), outcome.written, journal(town)) == ((1, 0, 0, 0), False, before)


def test_no_department_reports_on_the_measures_of_another(town: Store) -> None:
    own, other = a_running_measure(town), a_running_measure(town, lead="40")
    rows = f"{own};;planmäßig;;;;\n{other};;planmäßig;;;;\n"
    refused = [("row 3, column Maßnahme", "other_department")]
    assert faults(taken(town, HEAD + rows)) == refused
    assert faults(taken(town, HEAD + rows, actor="planner", for_unit="51")) == refused
    with pytest.raises(Forbidden):
        taken(town, HEAD + rows, actor="reader")
    assert marks(taken(town, HEAD + rows, actor="planner")) == (2, 0, 0, 0)


def test_what_no_department_leads_is_for_social_planning(town: Store) -> None:
    with town.unit("planner") as unit:
        key = measures.log(unit, title="Aus der Liste", by_import=True).ref
    outcome = taken(town, f"{HEAD}{key};;planmäßig;;;;\n")
    assert faults(outcome) == [("row 2, column Maßnahme", "not_found")]  # a draft of nobody's
    with town.unit("planner") as unit:
        unit.session.execute(sa.text("UPDATE measure SET state = 'in_progress'"))
        arranged(unit)
    outcome = taken(town, f"{HEAD}{key};;planmäßig;;;;\n")
    assert faults(outcome) == [("row 2, column Maßnahme", "other_department")]
    assert outcome.faults[0].says == "No department leads {key} yet."
    assert marks(taken(town, f"{HEAD}{key};;planmäßig;;;;\n", actor="planner")) == (1, 0, 0, 0)


def test_no_cell_runs_as_a_formula_and_the_text_comes_back_as_it_was(town: Store) -> None:
    evil = '=HYPERLINK("http://x";"y")'
    key = a_running_measure(town, title="@SUM(A1)")
    told(town, key, course="delayed", text=evil)
    text = the_form(town, key)
    assert '"\'=HYPERLINK(""http://x"";""y"")"' in text
    assert ";'@SUM(A1);" in text
    assert marks(taken(town, filled(text, "planmäßig", "", "", "'- läuft", ""))) == (1, 0, 0, 0)
    assert reports(town, key)[-1][3] == "- läuft"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])  # noqa: RUF001 - full-width signs are meant
def test_every_sign_that_starts_a_formula_is_made_safe(sign: str) -> None:
    assert safe(f"{sign}1") == f"'{sign}1"
    assert safe(f"1{sign}") == f"1{sign}"


def test_a_sheet_is_what_german_spreadsheets_open() -> None:
    assert sheet([["Text"], ["a;b"]]) == '\ufeffText\r\n"a;b"\r\n'


def test_a_table_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    place = folder(tmp_path / "new" / "tables")
    assert [save(place, "sachstand", b"x").name for _ in range(2)] == [
        "sachstand.csv", "sachstand-2.csv",
    ]  # fmt: skip
    with pytest.raises(Invalid):
        folder(place / "sachstand.csv")
    with pytest.raises(Invalid):
        save(tmp_path / "gone", "sachstand", b"x")
    for no in range(3, 1000):
        (place / f"sachstand-{no}.csv").touch()
    with pytest.raises(Invalid):
        save(place, "sachstand", b"x")


def test_no_code_of_a_department_leads_out_of_the_folder() -> None:
    assert stem("../51", DAY, DE) == "sachstand-_51-2026-11-22"
    assert stem("StP", DAY, EN) == "progress-StP-2026-11-22"


def test_the_template_names_every_column() -> None:
    assert template("progress").startswith("measure;title;state;")


def test_a_measure_without_any_day_leaves_its_cells_empty() -> None:
    row = FormRow("M-2026-001", "T", "approved", None, None, None, None, None, None)
    assert form([row], DE).splitlines()[1].count(";") == 13
