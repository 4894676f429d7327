from cycle.model.reports import Finding, FindingArea, FindingField, FindingObservation
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.exchange.files import a_map, brought, count, faults, marks

HEAD = "bericht;nummer;befund;art;gewicht;quelle;raeume;handlungsfelder\n"
LIST = HEAD + (
    "B-2026-01;3.1;Plätze fehlen;Bedarf;handeln;Bericht S. 12;West;BIL\n"
    "B-2026-01;3.2;Wege sind weit;Lebenslage;beobachten;;;Verkehr\n"
)


def prepare(store: Store) -> None:
    brought(store, "areas", "code;name\n06;West\n07;Ost\n")
    brought(store, "indicators", "code;name;unit;source\nKITA-Q;Quote;%;Amt 51\n")
    rows = "KITA-Q;06;31.12.2024;24,0\nKITA-Q;16999000;31.12.2024;30,0\n"
    brought(store, "observations", f"indicator;area;period_end;value\n{rows}")


def test_it_writes_findings_into_their_report(town: Store) -> None:
    prepare(town)
    outcome = brought(town, "findings", LIST)
    assert (marks(outcome), [note.code for note in outcome.notes]) == ((2, 0, 0, 0), ["fields"])
    with town.unit() as unit:
        first = lookup.finding(unit, "F-2026-001")
    assert (first.kind, first.severity, first.source) == ("need", "act", "Bericht S. 12")
    assert (count(town, FindingArea), count(town, FindingField)) == (1, 2)


def test_a_second_edition_changes_only_what_differs(town: Store) -> None:
    prepare(town)
    brought(town, "findings", LIST)
    assert marks(brought(town, "findings", LIST + "\n")) == (0, 0, 2, 0)
    text = LIST.replace("Plätze fehlen", "Es fehlen Plätze").replace(";West;", ";Ost;")
    assert marks(brought(town, "findings", text)) == (0, 1, 1, 0)
    text = "ref;befund\nF-2026-001;Plätze fehlen\n"
    town_map = a_map('[constants]\nbericht = "B-2026-01"\n')
    assert marks(brought(town, "findings", text, mapping=town_map)) == (0, 1, 0, 0)
    assert count(town, Finding) == 2


def test_a_finding_cites_what_was_observed(town: Store) -> None:
    prepare(town)
    head = "bericht;befund;indikator;wert_raum;wert_stichtag\n"
    text = f"{head}B-2026-01;Wenig Plätze;KITA-Q;06;31.12.2024\n"
    assert marks(brought(town, "findings", text)) == (1, 0, 0, 0)
    assert marks(brought(town, "findings", text + "\n")) == (0, 0, 1, 0)
    assert marks(brought(town, "findings", text.replace(";06;", ";;"))) == (0, 1, 0, 0)
    assert count(town, FindingObservation) == 2


def test_what_is_not_known_is_told(town: Store) -> None:
    prepare(town)
    text = (
        "ref;bericht;befund;art;indikator;wert_raum;wert_stichtag\n"
        ";B-2025-01;A;;;;\n;B-2026-01;B;Gefühl;;;\n;B-2026-01;C;;KITA;;31.12.2024\n"
        ";B-2026-01;D;;KITA-Q;99;31.12.2024\n;B-2026-01;E;;KITA-Q;06;31.12.2023\n"
        "F-2026-099;B-2026-01;F;;;;\n;B-2026-01;G;;;;\n;B-2026-01;G;;;;\n"
    )
    outcome = brought(town, "findings", text, skip_errors=True)
    assert [(pointer, code) for pointer, code in faults(outcome)] == [
        ("row 2, column bericht", "not_found"),
        ("row 3, column art", "unknown_word"),
        ("row 4, column indikator", "not_found"),
        ("row 5, column wert_raum", "not_found"),
        ("row 6, column wert_stichtag", "invalid"),
        ("row 7, column ref", "not_found"),
    ]
    assert marks(outcome) == (1, 0, 1, 6)
