from cycle.model.decisions import Consultation, Decision, Paper
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.exchange.files import brought, count, faults, marks

HEAD = "datum;ergebnis;gremium;vorlage;betreff;text;ja;nein;enthaltungen;massnahmen\n"
LIST = HEAD + (
    "1.3.2026;einstimmig beschlossen;SR;12/26;Lernräume;Der Rat beschließt.;40;0;1;M-2026-001\n"
    "1.2.2026;zur Kenntnis genommen;Jugendhilfeausschuss;12/26;;;;;;\n"
)
OFFICE = "datum;ergebnis;art;dokument;amt\n1.4.2026;adopted;Verfügung;AZ 7;51\n"


def prepare(store: Store) -> None:
    brought(store, "measures", "titel\nLernraum\n")


def test_it_records_what_bodies_resolved(town: Store) -> None:
    prepare(town)
    assert marks(brought(town, "decisions", LIST)) == (2, 0, 0, 0)
    with town.unit() as unit:
        first = lookup.decision(unit, "D-2026-001")
        sitting = unit.get(Consultation, first.consultation_id)
        assert unit.get(Paper, sitting.paper_id).name == "Lernräume"
    assert (first.result, first.votes_yes, first.votes_abstain) == ("adopted", 40, 1)
    assert (sitting.outcome, sitting.majority) == ("adopted", "unanimous")


def test_what_is_recorded_stays_and_is_corrected_by_hand(town: Store) -> None:
    prepare(town)
    brought(town, "decisions", LIST)
    assert marks(brought(town, "decisions", LIST + "\n")) == (0, 0, 2, 0)
    assert faults(brought(town, "decisions", LIST.replace(";40;0;", ";30;10;"))) == [
        ("row 2, column ja", "decision_differs")
    ]
    assert faults(brought(town, "decisions", LIST.replace("einstimmig", "geändert"))) == [
        ("row 2, column ergebnis", "decision_differs")
    ]
    assert count(town, Decision) == 2


def test_an_office_decides_by_a_document(town: Store) -> None:
    assert marks(brought(town, "decisions", OFFICE)) == (1, 0, 0, 0)
    twice = OFFICE + OFFICE.splitlines()[1]
    assert marks(brought(town, "decisions", twice)) == (0, 0, 2, 0)


def test_what_is_not_known_or_missing_is_told(town: Store) -> None:
    text = (
        "datum;ergebnis;gremium;vorlage;art;dokument;amt;massnahmen\n"
        "1.3.2026;gewonnen;SR;1/26;;;;\n1.3.2026;adopted;SRT;1/26;;;;\n"
        "1.3.2026;adopted;SR;1/26;;;;M-2026-099\n1.3.2026;adopted;;1/26;;;;\n"
        "1.3.2027;adopted;SR;1/26;;;;\n1.3.2026;adopted;;;Vertrag;;15;\n"
        "1.3.2026;adopted;;;Vertrag;V 1;;\n1.3.2026;teilweise zugestimmt;SR;1/26;;;;\n"
        "1.3.2026;partly_adopted;SR;1/26;;;;\n"
    )
    outcome = brought(town, "decisions", text, skip_errors=True)
    assert faults(outcome) == [
        ("row 2, column ergebnis", "unknown_word"),
        ("row 3, column gremium", "not_found"),
        ("row 4, column massnahmen", "not_found"),
        ("row 5, column gremium", "missing"),
        ("row 6, column datum", "in_future"),
        ("row 7, column amt", "not_found"),
        ("row 8, column amt", "missing"),
        ("row 10", "row_twice"),
    ]
    assert marks(outcome) == (1, 0, 0, 8)
