from datetime import date

import pytest

from cycle.errors import Forbidden
from cycle.exchange import imports
from cycle.model.duties import Consequence
from cycle.model.goals import Goal
from cycle.model.measures import Measure, MeasureGoal, MeasurePartner
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import goals, lookup, measures
from tests.exchange.files import a_file, a_map, brought, count, faults, journal, marks

PLAN = (
    "Handlungsfeld;Ziel-Nr.;Ziel;Maßnahme-Nr.;Maßnahme;Vorlage\n"
    "Wohnen;1;Wohnraum reicht.;1.1;Das Amt erwirbt Belegungsrechte, damit Familien wohnen.;12/26\n"
    "Wohnen;1;Wohnraum reicht.;1.2;Ein Tauschportal entsteht.;12/26\n"
    "Bildung;1;Alle lesen.;1.1;Lesepatinnen werden gewonnen.;12/26\n"
)
OWN = "titel;handlungsfelder;raeume;federfuehrung;beteiligte;beginn;ende;hauptziel\n"


def every(unit: Unit) -> list[Measure]:
    return sorted(lookup.every(unit, Measure), key=lambda measure: measure.ref)


def test_a_plan_brings_its_goals_and_fields_along(town: Store) -> None:
    outcome = brought(town, "measures", PLAN)
    assert marks(outcome) == (3, 0, 0, 0)
    assert {note.code: note.values["count"] for note in outcome.notes} == {
        "goals": 2,
        "fields": 1,
        "titles": 3,
    }
    with town.unit() as unit:
        first = every(unit)[0]
        goal = lookup.by(unit, MeasureGoal, measure_id=first.id)
        assert goal is not None
        assert unit.get(Goal, goal.goal_id).text == "Wohnraum reicht."
        assert lookup.by(unit, FieldOfAction, code="WOHNEN") is not None
    assert first.title == "Das Amt erwirbt Belegungsrechte"
    assert first.description == "Das Amt erwirbt Belegungsrechte, damit Familien wohnen."
    assert (first.title_confirmed, first.number, first.external_id) == (
        False,
        "1.1",
        "12/26|Wohnen|1.1",
    )


def test_what_a_plan_brings_is_a_draft_taken_over_without_state_and_lead(town: Store) -> None:
    brought(town, "measures", PLAN)
    with town.unit() as unit:
        found = every(unit)
    assert {(m.state, m.moves, m.taken_over, m.source, m.lead_id) for m in found} == {
        ("draft", 0, True, "12/26", None)
    }


def test_a_second_edition_changes_only_what_differs(town: Store) -> None:
    brought(town, "measures", PLAN)
    assert marks(brought(town, "measures", PLAN + "\n")) == (0, 0, 3, 0)
    told = journal(town)
    changed = PLAN.replace("Ein Tauschportal entsteht.", "Ein Portal für den Tausch entsteht.")
    outcome = brought(town, "measures", changed.replace("Alle lesen.", "Alle können lesen."))
    assert marks(outcome) == (0, 2, 1, 0)
    assert journal(town) - told == 3
    with town.unit() as unit:
        second = every(unit)[1]
    assert (second.title, second.title_confirmed) == ("Ein Portal für den Tausch entsteht", False)
    assert (count(town, Measure), count(town, Goal)) == (3, 2)


def test_a_title_that_a_person_confirmed_stays(town: Store) -> None:
    brought(town, "measures", PLAN)
    with town.unit() as unit:
        measures.edit(unit, every(unit)[1].ref, title="Tauschportal")
    brought(town, "measures", PLAN.replace("entsteht", "wächst"))
    with town.unit() as unit:
        second = every(unit)[1]
    assert (second.title, second.title_confirmed) == ("Tauschportal", True)
    assert second.description == "Ein Tauschportal wächst."


def test_rows_of_one_number_are_measures_of_their_own(town: Store) -> None:
    text = "nummer;massnahme;vorlage\n1;Erste Sache;12/26\n1;Zweite Sache;12/26\n"
    assert marks(brought(town, "measures", text)) == (2, 0, 0, 0)
    assert marks(brought(town, "measures", text + "\n")) == (0, 0, 2, 0)


def test_without_a_paper_a_row_is_known_by_its_words(town: Store) -> None:
    text = "nummer;titel;zielgruppe\n1;Erste Sache;Kinder\n"
    brought(town, "measures", text)
    assert marks(brought(town, "measures", text.replace("Kinder", "Eltern"))) == (0, 1, 0, 0)
    assert marks(brought(town, "measures", text.replace("Erste", "Andere"))) == (1, 0, 0, 0)
    with town.unit() as unit:
        assert not any(measure.taken_over for measure in every(unit))


def test_it_reads_the_four_columns_of_a_concept(town: Store) -> None:
    text = (
        "Maßnahme;Hauptverantwortung;Beteiligte;Zeitraum\n"
        "Sprachförderung;Landesamt für Schule;Jugend und Bildung, Verein Süd;2021 ff.\n"
        "Lernraum;51;Verein Süd|Verein Nord;bis 2028\n"
        "Mensa;Landesamt für Schule;;sobald möglich\n"
    )
    outcome = brought(town, "measures", text)
    assert marks(outcome) == (3, 0, 0, 0)
    assert {note.code: note.values["count"] for note in outcome.notes} == {"units": 3}
    with town.unit() as unit:
        first, second, third = every(unit)
        partners = lookup.every(unit, MeasurePartner, measure_id=first.id)
        assert {unit.get(OrgUnit, p.org_unit_id).name for p in partners} == {
            "Jugend und Bildung",
            "Verein Süd",
        }
        assert unit.get(OrgUnit, second.lead_id).code == "51"
    assert (first.planned_start, first.is_ongoing) == (date(2021, 1, 1), True)
    assert (second.planned_end, second.period_text) == (date(2028, 12, 31), "bis 2028")
    assert (third.planned_end, third.period_text) == (None, "sobald möglich")
    assert marks(brought(town, "measures", text + "\n")) == (0, 0, 3, 0)


def test_it_reads_our_own_columns(town: Store) -> None:
    brought(town, "areas", "code;name\n06;West\n")
    with town.unit("planner") as unit:
        goal = goals.add(unit, text="Alle lesen").ref
        other = goals.add(unit, text="Alle rechnen").ref
    row = f"Lesen;BIL|Jugendhilfe;West|stadtweit;Jugend und Bildung;40|53;2027;31.7.2028;{goal}"
    text = f"{OWN}{row}\n"
    assert marks(brought(town, "measures", text)) == (1, 0, 0, 0)
    assert marks(brought(town, "measures", text + "\n")) == (0, 0, 1, 0)
    with town.unit() as unit:
        found = every(unit)[0]
    assert (found.title_confirmed, found.citywide) == (True, True)
    assert (found.planned_start, found.planned_end) == (date(2027, 1, 1), date(2028, 7, 31))
    moved = text.replace(goal, other).replace("40|53", "40").replace("Jugend und Bildung", "40")
    assert marks(brought(town, "measures", moved)) == (0, 1, 0, 0)
    assert marks(brought(town, "measures", moved + "\n")) == (0, 0, 1, 0)


def test_a_key_names_the_measure_that_is_meant(town: Store) -> None:
    brought(town, "measures", "titel\nLesepatinnen\n")
    text = "ref;titel;zeitraum_text\nM-2026-001;Lesepaten;laufend\nM-2026-091;Andere;\n"
    outcome = brought(town, "measures", text, skip_errors=True)
    assert faults(outcome) == [("row 3, column ref", "not_found")]
    assert marks(outcome) == (0, 1, 0, 1)


def test_what_is_not_known_is_told_and_not_added(town: Store) -> None:
    text = OWN + (
        "A;;99;;;;;\nB;;;15;;;;\nC;;;;15;;;\nD;;;;;bald;;\nE;;;;;;;G-2026-009\n;BIL;;;;;;\n"
    )
    outcome = brought(town, "measures", text)
    assert faults(outcome) == [
        ("row 2, column raeume", "not_found"),
        ("row 3, column federfuehrung", "not_found"),
        ("row 4, column beteiligte", "not_found"),
        ("row 5, column beginn", "not_a_date"),
        ("row 6, column hauptziel", "not_found"),
        ("row 7, column titel", "missing"),
    ]
    assert count(town, Measure) == 0


def test_a_department_does_not_add_fields_of_action(town: Store) -> None:
    with pytest.raises(Forbidden):
        brought(town, "measures", PLAN, actor="youth")


def test_a_row_of_another_department_is_refused_alone(town: Store) -> None:
    text = "titel;federfuehrung\nLesepaten;51\nSchulhof;40\n"
    outcome = brought(town, "measures", text, actor="youth", skip_errors=True)
    assert faults(outcome) == [("row 3", "other_department")]
    assert marks(outcome) == (1, 0, 0, 1)


def test_a_goal_has_one_wording_and_needs_one(town: Store) -> None:
    text = PLAN.replace("Wohnen;1;Wohnraum reicht.;1.2", "Wohnen;1;Wohnraum genügt.;1.2")
    assert faults(brought(town, "measures", text)) == [("row 3, column Ziel", "goal_differs")]
    text = PLAN.replace("Alle lesen.", "")
    assert faults(brought(town, "measures", text)) == [("row 4, column Ziel", "missing")]


def test_a_later_list_may_name_goals_by_their_number_alone(town: Store) -> None:
    brought(town, "measures", PLAN)
    text = "handlungsfelder;ziel_nummer;nummer;titel;vorlage\nWohnen;1;1.3;Wohnungstausch;12/26\n"
    assert marks(brought(town, "measures", text)) == (1, 0, 0, 0)
    assert count(town, Goal) == 2


def consequences(store: Store) -> dict[str, Consequence]:
    with store.unit() as unit:
        return {row.kind: row for row in lookup.every(unit, Consequence)}


def test_it_assesses_the_consequences_a_list_tells(town: Store) -> None:
    text = (
        "titel;konsequenz_baulich;konsequenz_personell;konsequenz_finanziell;vzae;kosten_jaehrlich"
        "\nLernraum;keine;Eine Fachkraft;Personal;0,5;35.000,00\n"
    )
    assert marks(brought(town, "measures", text)) == (1, 0, 0, 0)
    found = consequences(town)
    assert (found["built"].state, found["organisational"].state) == ("none", "open")
    assert found["staffing"].fte_hundredths == 50
    assert found["financial"].annual_cents == 3_500_000
    assert marks(brought(town, "measures", text + "\n")) == (0, 0, 1, 0)
    assert marks(brought(town, "measures", text.replace("35.000", "36.000"))) == (0, 1, 0, 0)
    outcome = brought(town, "measures", "titel;vzae\nAnderes;1\nLernraum;1\n", skip_errors=True)
    assert faults(outcome) == [("row 2, column konsequenz_personell", "missing")]
    assert consequences(town)["staffing"].fte_hundredths == 100


def test_a_state_is_taken_over_with_its_source_only(town: Store) -> None:
    text = "titel;status;vorlage;quelle_datum;beginn\nLernraum;in Umsetzung;12/26;1.3.2026;2025\n"
    bare = text.replace("1.3.2026", "")
    assert faults(brought(town, "measures", bare)) == [
        ("row 2, column status", "state_not_imported")
    ]
    assert marks(brought(town, "measures", text)) == (1, 0, 0, 0)
    with town.unit() as unit:
        found = every(unit)[0]
    assert (found.state, found.taken_over, found.source) == ("in_progress", True, "12/26")
    assert marks(brought(town, "measures", text + "\n")) == (0, 0, 1, 0)
    moved = text.replace("in Umsetzung", "umgesetzt")
    assert faults(brought(town, "measures", moved)) == [
        ("row 2, column status", "state_not_imported")
    ]
    assert marks(brought(town, "measures", "titel;status\nNeu;Entwurf\n")) == (1, 0, 0, 0)


def test_what_it_does_not_read_it_says(town: Store) -> None:
    text = (
        "titel;beschluss_nr;beschluss_datum;evaluation_faellig\nLernraum;1/26;1.3.2026;1.3.2028\n"
    )
    assert [note.code for note in brought(town, "measures", text).notes] == [
        "decisions",
        "evaluations",
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_map_brings_any_plan_into_shape(town: Store, encoding: str) -> None:
    town_map = a_map(
        'ignore = ["Lfd. Nr."]\n[columns]\nmassnahme = "Vorhaben"\nhandlungsfelder = "Thema"\n'
        'nummer = "Ordnung"\n[constants]\nvorlage = "77/25"\n[values.handlungsfelder]\n'
        '"Frühe Bildung" = "BIL"\n'
    )
    text = "Lfd. Nr.,Thema,Ordnung,Vorhaben\n1,Frühe Bildung,A1,Übergänge gestalten\n"
    path = a_file(text, encoding=encoding)
    assert marks(imports.run(town, "measures", path, mapping=town_map)) == (1, 0, 0, 0)
    with town.unit() as unit:
        assert every(unit)[0].external_id == "77/25|BIL|A1"
