"""Round 2, Zusammenleben in Saalestadt: open in its report, with what is planned so far."""

from decimal import Decimal

from cycle.demo.course import Course
from cycle.demo.deeds import Deed, deed
from cycle.demo.town import AGS, SCHEME
from cycle.usecases import cycles, findings, goals, measures, participations, recommendations

REPORT = "B-2026-02"  # the draft that opening the round begins

# name, kind, severity, areas, fields, cited, text
FINDINGS = (
    ("f-wartezeit", "need", "act", AGS, "PSY", ("WARTEZEIT", AGS, "2025-12-31"),
     "Wer in einer seelischen Krise ist, wartet sechs Wochen auf ein erstes Gespräch."),
    ("f-spielplatz", "infrastructure", "act", AGS, "BEH", None,
     ("Auf keinem der städtischen Spielplätze können Kinder mit und ohne Behinderung "
      "an allen Geräten gemeinsam spielen.")),
    ("f-armut-sued", "social_structure", "act", "05", "JUG", ("SGB2U15", "05", "2025-12-31"),
     ("In Süd wächst der Anteil der Kinder in Familien mit Leistungen nach dem SGB II, "
      "stadtweit sinkt er leicht.")),
    ("f-pflege", "living_situation", "watch", "", "ALT", None,
     "Pflegende Angehörige kennen die Angebote zur Entlastung kaum."),
)  # fmt: skip

# name, level, goal above, goal of round 1 it takes on, fields, finding, due, criterion, text
GOALS = (
    ("h-start", "guiding", None, "g-start", "JUG BIL", None, None, None,
     "Alle Kinder und Jugendlichen finden ihren Weg"),
    ("h-sprachstand", "intermediate", "h-start", "g-sprachstand", "JUG BIL", None, None, None,
     "Kinder kommen mit ihrer Sprache in der Schule gut zurecht"),
    ("h-sprache", "operational", "h-sprachstand", "g-sprache", "JUG BIL", None, "2031-12-31",
     None, "Anteil auffälliger Sprachbefunde in Neustadt bis 31.12.2031 auf 22 %"),
    ("h-seele", "guiding", None, None, "PSY BEH", None, None, None,
     "Menschen mit seelischen und anderen Behinderungen gehören überall dazu"),
    ("h-krise", "intermediate", "h-seele", None, "PSY", None, None, None,
     "In einer Krise ist rasch jemand da"),
    ("h-wartezeit", "operational", "h-krise", None, "PSY", "f-wartezeit", "2030-12-31",
     None, "Wartezeit auf ein Erstgespräch bis 31.12.2030 auf drei Wochen"),
    ("h-alltag", "intermediate", "h-seele", None, "BEH", None, None, None,
     "Freizeit und Alltag sind ohne Hürden"),
    ("h-spielplatz", "operational", "h-alltag", None, "BEH", "f-spielplatz", "2031-12-31",
     "Familien mit behinderten Kindern bestätigen es bei einem gemeinsamen Rundgang.",
     "In jedem Stadtteil gibt es bis 31.12.2031 einen Spielplatz für alle"),
    ("h-begegnung", "open", None, None, "ALT", None, None, None,
     "Mehr Begegnung zwischen Jung und Alt"),
)  # fmt: skip

OWNERS = {"JUG BIL": "51", "PSY": "53", "PSY BEH": "53", "BEH": "50", "ALT": "50"}

COURSES = (
    Course(
        name="krisendienst", title="Krisendienst am Abend und am Wochenende", lead="53",
        goal="h-wartezeit", fields="PSY", cycle="z-2", begin="2028-01-01", partners="WVA",
        demands=("keine: Das Büro des Dienstes reicht.", "Drei Stellen im Schichtdienst.",
                 "Absprachen mit Klinik, Polizei und Rettungsdienst.", "290.000 Euro im Jahr."),
        fte=300, yearly=290_000, logged="2026-10-05", targeted="2026-10-07",
        proposed="2026-11-03", paper="0263/2026", evaluation_due="2030-06-30",
    ),
    Course(
        name="dolmetschen", title="Dolmetschdienst für Gespräche in der Psychiatrie", lead="50",
        goal="h-wartezeit", fields="PSY", cycle="z-2", begin="2028-01-01", end="2030-12-31",
        demands=("keine: Gedolmetscht wird vor Ort oder am Telefon.",
                 "keine: Es arbeiten Honorarkräfte.", "Ein Vertrag mit dem Träger B.",
                 "48.000 Euro im Jahr."),
        yearly=48_000, partners="TRB", logged="2026-10-06", targeted="2026-10-08",
        proposed="2026-11-10", paper="0270/2026",
    ),
    Course(
        name="spielplaetze", title="Ein Spielplatz für alle in jedem Stadtteil", lead="65",
        goal="h-spielplatz", fields="BEH", areas="01 02 03 04 05 06", cycle="z-2",
        begin="2028-03-01", end="2031-10-31", logged="2026-10-12", targeted="2026-10-14",
    ),
    Course(
        name="tagesstruktur", title="Offene Werkstatt für Menschen mit seelischer Erkrankung",
        lead="WVA", goal="h-wartezeit", fields="PSY", areas="05", cycle="z-2",
        begin="2028-06-01", end="2030-12-31", binding="voluntary_commitment",
        logged="2026-10-13", targeted="2026-10-15",
    ),
    Course(
        name="erziehungsberatung", title="Erziehungsberatung per Video am Abend", lead="51",
        goal="", fields="JUG", cycle="z-2", begin="2028-01-01", logged="2026-10-20",
    ),
    Course(
        name="uebergang", title="Übergangswohnungen für Familien ohne Wohnung", lead="50",
        goal="", fields="JUG", areas="05 06", cycle="z-2", logged="2026-10-26",
    ),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Open the round, begin its report, its goals and its first measures."""
    return [*_report(), *_goals(), *_measures()]


def _report() -> list[Deed]:
    return [
        deed("2026-09-14", "planner", cycles.open_round, name="z-2", predecessor="@z-1",
             title="Zusammenleben in Saalestadt", start="2028-01-01", end="2031-12-31",
             fields=("JUG", "BIL", "ALT", "BEH", "PSY"), scheme=SCHEME,
             strands=("sectoral", "area_development", "reporting"),
             report_title="Sozialbericht Saalestadt 2026"),
        *(deed("2026-09-28", "planner", findings.add, name=name, report=REPORT, text=text,
               kind=kind, severity=severity, areas=tuple(areas.split()),
               fields=tuple(fields.split()), observations=(cited,) if cited else (),
               source=None if cited else "Gespräche mit Verbänden 2026")
          for name, kind, severity, areas, fields, cited, text in FINDINGS),
        deed("2026-09-28", "planner", recommendations.add, name="r-sued", addressee="StP",
             finding="@f-armut-sued", text="Für Süd eine eigene Stadtteilplanung beginnen."),
    ]  # fmt: skip


def _goals() -> list[Deed]:
    return [
        *(deed("2026-09-30", "planner", goals.add, name=name, cycle="@z-2", text=text,
               level=level, parent=f"@{above}" if above else None,
               predecessor=f"@{before}" if before else None, fields=tuple(fields.split()),
               findings=(f"@{finding}",) if finding else (), due=due, criterion=criterion,
               owner=OWNERS[fields])
          for name, level, above, before, fields, finding, due, criterion, text in GOALS),
        deed("2026-09-30", "planner", goals.target, "@h-sprache", indicator="SPRACHE", area="06",
             value=Decimal(22), date="2031-12-31", baseline="2025-12-31"),
        deed("2026-09-30", "planner", goals.target, "@h-wartezeit", indicator="WARTEZEIT",
             area=AGS, value=Decimal(3), date="2030-12-31", baseline="2025-12-31"),
        deed("2026-10-01", "planner", participations.add, goal="@h-wartezeit",
             format="focus_group", level="consult", groups=("target_group", "professionals"),
             held_from="2026-09-29", participants=14,
             summary="Betroffene wünschen sich jemanden, der abends ans Telefon geht."),
    ]  # fmt: skip


def _measures() -> list[Deed]:
    return [
        *(each for course in COURSES for each in course.deeds()),
        deed("2026-11-02", "planner", measures.log, name="angehoerige", cycle="@z-2",
             title="Treffpunkt für pflegende Angehörige", fields=("ALT",), origin="motion",
             origin_note="Antrag des Seniorenbeirats vom 15.10.2026"),
    ]  # fmt: skip
