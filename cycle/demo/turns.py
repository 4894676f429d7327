"""The turns that measures of round 1 took beside their ordinary way, and its later reports."""

from decimal import Decimal

from cycle.demo import measures_2024, measures_2025, measures_2026, measures_late_2025
from cycle.demo.deeds import Deed, deed, move
from cycle.demo.sequels import acknowledge, answer, lead_back
from cycle.demo.town import AGS
from cycle.usecases import (
    decisions,
    evaluations,
    findings,
    measures,
    papers,
    progress,
    recommendations,
    reports,
)

SOURCE = "evaluation.saalestadt.example"
COURSES = (
    *measures_2024.COURSES,
    *measures_2025.COURSES,
    *measures_late_2025.COURSES,
    *measures_2026.COURSES,
)

# measure, foreign id, first and last day, concluded, overall, cited value, text, advice
JUDGED = (
    ("lesepaten", "2025-0031", "2024-06-03", "2025-06-30", "2025-08-25", "effective",
     ("SPRACHE", "06", "33.10", "2024-12-31"),
     "Die Kinder kommen regelmäßig, die Bibliotheken führen das Angebot selbst weiter.", ()),
    ("berufe", "2025-0036", "2024-09-02", "2025-08-29", "2025-09-15", "not_effective",
     ("ABGANG", AGS, "11.06", "2025-07-31"),
     "Die Besuche erreichten vor allem Jugendliche, die ohnehin einen Abschluss machen.",
     ("Angebote an Jugendliche richten, die den Unterricht meiden.",)),
    ("sprechstunde", "2026-0071", "2024-10-01", "2026-03-31", "2026-08-17", "not_effective",
     ("GEWICHT", "05", "12.8", "2025-12-31"),
     "Die Sprechstunde wurde wenig genutzt; Familien gingen weiter in die Praxen.",
     ("Statt einer Sprechstunde Beratung in den Kitas anbieten.",
      "Den Raum im Stadtteilbüro anderen Diensten öffnen.")),
    ("schulsozialarbeit", "2026-0079", "2024-08-01", "2026-07-31", "2026-09-28",
     "partly_effective", ("FEHLTAGE", AGS, "5.7", "2025-07-31"),
     "Konflikte werden früher gelöst; die Fehltage sinken langsam.",
     ("Die Stellen an Schulen mit vielen Fehltagen verstärken.",)),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Tell the measures on their ordinary way, and each turn they took."""
    ordinary = [each for course in COURSES for each in course.deeds()]
    return [*ordinary, *_taken_over(), *_left(), *_waiting(), *_reports(), *_judged(), *_back()]


def _taken_over() -> list[Deed]:
    office = "planner/53"
    return [
        deed("2024-01-29", office, measures.log, name="hebammen", cycle="@z-1", lead="53",
             title="Familienhebammen für alle Stadtteile", goal="@g-armut", fields=("JUG",),
             citywide=True, is_ongoing=True, period_text="laufend", origin="running",
             mandate="statutory", legal_basis="§ 16 SGB VIII"),
        deed("2024-01-29", "planner", move, "@hebammen", "take_over", to="in_progress",
             source="Bestandsliste des Fachdienstes Gesundheit", source_date="2023-12-15",
             start="2019-01-01"),
        *(deed(on, office, progress.report, "@hebammen", course="on_track", percent=50)
          for on in ("2024-07-29", "2025-01-27", "2025-07-28", "2026-01-26", "2026-07-27")),
    ]  # fmt: skip


def _left() -> list[Deed]:
    return [
        deed("2024-06-20", "committee_clerk", move, "@beitragsfrei", "reject",
             reason="Dem Stadtrat waren die Kosten zu hoch."),
        deed("2025-01-20", "committee_clerk", move, "@aussengelaende", "cancel", code="replaced",
             successor=("@bewegungsbaustelle",),
             reason="Sechs Kitas statt drei, in einem gemeinsamen Vorhaben."),
        deed("2025-11-24", "planner/65", move, "@elternhalt", "cancel", code="no_need",
             reason="Die Schulen richten die Haltestellen selbst ein."),
    ]  # fmt: skip


def _waiting() -> list[Deed]:
    return [
        deed("2026-05-21", "committee_clerk", move, "@kita-neubau", "defer",
             decision="@d-kita-neubau"),
        deed("2026-06-15", "department_head", move, "@streetwork", "suspend",
             code="staff_missing", review_on="2026-10-30",
             reason="Beide Stellen sind seit Mai unbesetzt."),
        deed("2026-04-07", "committee_clerk", papers.add, "0118/2026",
             "Räume für den Ganztag an acht Grundschulen", paper_type="Beschlussvorlage",
             dated="2026-04-07", public=True),
        deed("2026-05-20", "committee_clerk", decisions.add, name="d-ganztagsraeume",
             on="2026-05-20", result="adopted", body="SR", paper="0118/2026",
             measures=("@ganztagsraeume",), votes=(31, 6, 1, 0),
             conditions=(("budget_reservation", "Vorbehalt des Haushalts 2027", "2027-03-31"),),
             text="Der Stadtrat stimmt unter Vorbehalt des Haushalts 2027 zu."),
        deed("2026-05-21", "committee_clerk", move, "@ganztagsraeume", "approve"),
        deed("2026-08-24", "planner/65", progress.report, "@ganztagsraeume", course="delayed",
             percent=0, text="Begonnen wird, sobald der Haushalt 2027 beschlossen ist.",
             delay_reason="Der Haushalt 2027 steht noch aus.", forecast_end="2028-06-30"),
    ]  # fmt: skip


def _reports() -> list[Deed]:
    return [
        deed("2025-10-06", "planner", reports.add, name="b-fortschritt", cycle="@z-1",
             title="Fortschrittsbericht 2025", kind="progress_report", reference_date="2025-09-30"),
        deed("2025-10-20", "planner", acknowledge, "@lesepaten"),
        deed("2025-10-20", "planner", acknowledge, "@berufe"),
        deed("2025-10-20", "planner", reports.approve, "@b-fortschritt"),
        deed("2025-11-04", "committee_clerk", reports.present, "@b-fortschritt", body="SOA",
             on="2025-11-04", paper="0297/2025"),
        deed("2026-02-23", "planner", reports.add, name="b-bildung", cycle="@z-1",
             title="Bildungsbericht 2025", kind="education_report", reference_date="2025-12-31"),
        deed("2026-03-02", "planner", findings.add, name="f-hort", report="@b-bildung",
             kind="infrastructure", fields=("BIL",), areas=("05",), severity="act",
             observations=(("GANZTAG", AGS, "2025-12-31"),),
             text="In Süd fehlen die meisten Hortplätze; drei von zehn Anträgen werden abgelehnt."),
        deed("2026-03-02", "planner", findings.add, name="f-schwimmen", report="@b-bildung",
             kind="stock", fields=("BIL",), severity="watch", source="Umfrage der Schulen 2025",
             text="Wie viele Kinder sicher schwimmen, weiß seit 2022 niemand mehr."),
        deed("2026-03-02", "planner", recommendations.add, name="r-hort", finding="@f-hort",
             addressee="51", text="Hortplätze nach Stadtteilen ausweisen und in Süd beginnen."),
        deed("2026-03-03", "planner", reports.approve, "@b-bildung"),
        deed("2026-04-15", "committee_clerk", reports.present, "@b-bildung", body="SR",
             on="2026-04-15", paper="0109/2026"),
    ]  # fmt: skip


def _judged() -> list[Deed]:
    return [
        deed(
            concluded, "evaluator", evaluations.conclude, name=f"e-{name}", measures=(f"@{name}",),
            period_start=first, period_end=last, concluded_on=concluded, overall=overall,
            text=text, method="Kennzahlen, Befragung der Beteiligten",
            evaluator_kind="external", source=SOURCE, external_id=number,
            ratings={"effectiveness": 1 if overall == "not_effective" else 3, "relevance": 3},
            results=({"indicator": indicator, "area": area, "value": Decimal(value),
                      "period_end": period, "attribution": "unclear"},),
            recommendations=advice,
        )
        for name, number, first, last, concluded, overall, (indicator, area, value, period), text,
        advice in JUDGED
    ]  # fmt: skip


def _back() -> list[Deed]:
    return [
        deed("2025-11-10", "steering", lead_back, "@lesepaten", "complete",
             "Die Bibliotheken führen das Angebot aus eigenen Mitteln weiter."),
        deed("2025-11-10", "steering", answer, "@e-berufe",
             ("partly", "Das Frühwarnsystem nimmt diese Jugendlichen in den Blick.")),
        deed("2025-11-10", "steering", lead_back, "@berufe", "stop",
             "Die Wirkung rechtfertigt den Aufwand nicht."),
        deed("2026-10-12", "planner", acknowledge, "@schulsozialarbeit"),
        deed("2026-11-16", "steering", answer, "@e-schulsozialarbeit",
             ("accepted", "Die Verteilung richtet sich künftig nach den Fehltagen.")),
        deed("2026-11-16", "steering", lead_back, "@schulsozialarbeit", "continue",
             "Bewährt und an den Schulen fest verankert."),
    ]  # fmt: skip
