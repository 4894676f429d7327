"""Scenario 3, first part: visits to older people, in two quarters, then as one for the town."""

from decimal import Decimal
from fractions import Fraction

from cycle.demo.course import EXTERNAL, Course, Report
from cycle.demo.deeds import Deed, deed
from cycle.demo.town import AGS
from cycle.usecases import (
    decisions,
    evaluations,
    findings,
    goals,
    measures,
    milestones,
    moves,
    participations,
    progress,
    reports,
)

PAIR = ("@hausbesuche-sued", "@quartierslotsen")
ONE = "@hausbesuche"
SHARES = (Fraction(3, 5), Fraction(2, 5))

# name, level, goal above, text
GOALS = (
    ("g-alter", "guiding", None, "Ältere Menschen leben selbstbestimmt in ihrem Viertel"),
    ("g-nachbarn", "intermediate", "g-alter", "Wer allein lebt, bleibt in Kontakt"),
    ("g-allein", "operational", "g-nachbarn",
     "15 % der allein lebenden Menschen ab 65 Jahren bis 31.12.2028 erreicht"),
)  # fmt: skip

COURSES = (
    Course(
        name="hausbesuche-sued", title="Hausbesuche Süd", lead="50", goal="g-allein",
        fields="ALT", areas="05", begin="2025-09-01", end="2026-09-30",
        binding="committee_resolution",
        demands=("keine: Besucht wird zu Hause.", "Eine Stelle, befristet.",
                 "Absprache mit den Hausarztpraxen in Süd.", "72.000 Euro im Jahr."),
        fte=100, yearly=72_000, logged="2025-03-05", targeted="2025-03-07",
        proposed="2025-05-27", paper="0177/2025", approved="2025-06-11", started="2025-09-01",
        sittings=(("SOA", "2025-06-10", "adopted", (12, 0, 1)),),
        steps=(("Fünfzig Besuche", "2025-12-31", "2025-12-19"),),
        reports=(Report("2025-11-15", "on_track", 25),),
    ),
    Course(
        name="quartierslotsen", title="Quartierslotsen Ost", lead="WVA", goal="g-allein",
        fields="ALT", areas="04", begin="2025-09-01", end="2026-09-30", binding=EXTERNAL,
        lever="contract",
        demands=("keine: Das Begegnungszentrum besteht.", "keine: Der Verband stellt ein.",
                 "Sprechzeiten im Begegnungszentrum.", "48.000 Euro im Jahr als Zuschuss."),
        yearly=48_000, logged="2025-04-07", targeted="2025-04-09", proposed="2025-06-03",
        paper="Zusage des Wohlfahrtsverbands A vom 18.06.2025", approved="2025-06-20",
        started="2025-09-01",
        steps=(("Zehn Lotsen geschult", "2025-12-31", "2025-12-12"),),
        reports=(Report("2025-11-15", "on_track", 30),),
    ),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Tell the report, the goals that answer it, both measures and how they became one."""
    return [
        *_report(), *_goals(), *(each for course in COURSES for each in course.deeds()), *_merged(),
    ]  # fmt: skip


def _report() -> list[Deed]:
    return [
        deed("2025-01-20", "planner", reports.add, name="b-alter", cycle="@z-1",
             title="Bericht zur Lage der älteren Menschen 2024", kind="sectoral_plan",
             reference_date="2024-12-31"),
        deed("2025-02-10", "planner", findings.add, name="f-allein", report="@b-alter",
             kind="living_situation", areas=("05", AGS), fields=("ALT",),
             observations=(("ALLEIN65", AGS, "2024-12-31"),),
             text="Fünftausend Menschen ab 65 Jahren leben allein, die meisten in Süd. "
             "Beratung erreicht nur jeden fünfundzwanzigsten von ihnen."),
        deed("2025-02-10", "planner", reports.approve, "@b-alter"),
        deed("2025-02-11", "committee_clerk", reports.present, "@b-alter", body="SOA",
             on="2025-02-11", paper="0019/2025"),
    ]  # fmt: skip


def _goals() -> list[Deed]:
    return [
        *(deed("2025-02-12", "planner", goals.add, name=name, text=text, level=level,
               parent=f"@{above}" if above else None, fields=("ALT",), owner="50", cycle="@z-1",
               findings=("@f-allein",) if level == "operational" else (),
               due="2028-12-31" if level == "operational" else None)
          for name, level, above, text in GOALS),
        deed("2025-02-12", "planner", goals.target, "@g-allein", indicator="ALLEIN65", area=AGS,
             value=Decimal(15), date="2028-12-31", baseline="2024-12-31"),
        deed("2025-02-17", "planner", participations.add, goal="@g-allein", format="hearing",
             level="consult", groups=("target_group", "independent_providers"),
             held_from="2025-02-13", participants=26, areas=("04", "05"),
             summary="Der Seniorenbeirat wünscht sich Besuche statt weiterer Faltblätter."),
        *(deed("2025-02-24", "planner", goals.adopt, f"@{name}", on="2025-02-24", body="LIP")
          for name, *_ in GOALS),
    ]  # fmt: skip


def _merged() -> list[Deed]:
    office = "planner/50"
    return [
        deed("2026-05-11", office, measures.log, name="hausbesuche", cycle="@z-1", lead="50",
             title="Präventive Hausbesuche ab 75 Jahren", goal="@g-allein", fields=("ALT",),
             citywide=True, partners=("WVA",), binding="committee_resolution",
             mandate="voluntary", planned_start="2026-07-01", planned_end="2026-09-30",
             description="Hausbesuche und Quartierslotsen arbeiten als ein Angebot, zuerst in Süd "
             "und Ost, später in der ganzen Stadt."),
        deed("2026-05-11", office, evaluations.plan, ONE, due="2027-06-30",
             question="Wen erreichen die Besuche, den beide Angebote allein nicht erreichten?"),
        deed("2026-06-16", "committee_clerk", decisions.add, name="d-hausbesuche",
             on="2026-06-16", result="adopted", body="SOA", paper="0149/2026",
             paper_name="Zusammenlegung der Hausbesuche", votes=(12, 0, 1),
             measures=(*PAIR, ONE), text="Beide Angebote werden zusammengelegt."),
        deed("2026-07-01", "planner", moves.supersede, PAIR, (ONE,), SHARES,
             decision="@d-hausbesuche"),
        deed("2026-07-06", office, milestones.add, ONE, "Fahrdienst", due="2026-10-15"),
        deed("2026-08-31", office, progress.report, ONE, course="delayed", percent=40,
             text="Der Fahrdienst wird neu ausgeschrieben.", forecast_end="2027-01-31",
             delay_reason="Auf die erste Ausschreibung kam kein Angebot."),
    ]  # fmt: skip
