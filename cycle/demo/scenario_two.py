"""Scenario 2, as far as today: school leavers, a budget freeze, and what the council took back."""

from cycle.demo.course import EXTERNAL, Course, Report
from cycle.demo.deeds import Deed, deed, move
from cycle.demo.sequels import fund
from cycle.usecases import decisions, waivers

PLANNED = ((2024, 60_000_00, 0), (2025, 180_000_00, 0))
SPENT = ((2024, 60_000_00, 0), (2025, 138_500_00, 0))
CLASSES = "@familienklassen"

COURSES = (
    Course(
        name="absentismus", title="Frühwarnsystem Schulabsentismus", lead="LSA",
        goal="g-abschluss", fields="BIL", begin="2024-10-01", end="2027-07-31", binding=EXTERNAL,
        lever="target_agreement",
        demands=("keine: Es geht um Abläufe.", "keine: Die Schulen melden selbst.",
                 "Meldeweg zwischen Schulen, Landesschulamt und Jugendamt.",
                 "keine: Das Land trägt die Kosten."),
        logged="2024-04-08", targeted="2024-04-10", proposed="2024-08-20",
        paper="Selbstverpflichtung des Landesschulamts vom 30.09.2024", approved="2024-09-30",
        started="2024-10-14",
        steps=(("Meldeweg an allen Schulen", "2025-08-01", "2025-08-18"),
               ("Auswertung des ersten Schuljahrs", "2026-10-31", "")),
        reports=(Report("2025-04-14", "on_track", 30), Report("2025-10-13", "on_track", 50),
                 Report("2026-04-13", "on_track", 60), Report("2026-10-12", "on_track", 75)),
    ),
    Course(
        name="familienklassen", title="Familienklassen an 3 Schulen", lead="51",
        goal="g-abschluss", fields="JUG BIL", begin="2024-09-01", end="2027-07-31",
        demands=("keine: Die Schulen stellen je einen Raum.", "Drei halbe Stellen.",
                 "Eltern sitzen einen Tag in der Woche mit im Unterricht.",
                 "180.000 Euro im Jahr."),
        fte=150, yearly=180_000, first_year=60_000, logged="2024-04-15", targeted="2024-04-17",
        proposed="2024-05-07", paper="0219/2024", approved="2024-06-20", started="2024-09-01",
        sittings=(("JHA", "2024-05-16", "recommended", ()),
                  ("SR", "2024-06-19", "adopted", (28, 9, 1))),
        steps=(("Klassen an drei Schulen", "2024-10-31", "2024-10-21"),),
        reports=(Report("2025-03-03", "on_track", 20), Report("2025-09-01", "on_track", 35)),
    ),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Tell both measures, and how one of them was suspended and given up."""
    return [*(each for course in COURSES for each in course.deeds()), *_given_up()]


def _given_up() -> list[Deed]:
    return [
        deed("2024-06-21", "finance", fund, CLASSES, PLANNED, "planned"),
        deed("2024-06-21", "finance", fund, CLASSES, PLANNED, "approved"),
        deed("2025-10-01", "finance", move, CLASSES, "suspend", code="budget_freeze",
             review_on="2026-03-31", reason="Haushaltssperre für freiwillige Leistungen."),
        deed("2025-11-10", "finance", fund, CLASSES, SPENT, "spent"),
        deed("2026-05-20", "committee_clerk", decisions.add, name="d-aufhebung",
             on="2026-05-20", result="adopted", repeals="@d-familienklassen", body="SR",
             paper="0131/2026", paper_name="Aufhebung des Beschlusses zu den Familienklassen",
             votes=(22, 15, 1, 0), measures=(CLASSES,),
             text="Der Beschluss vom 19.06.2024 wird aufgehoben."),
        deed("2026-05-20", "steering", waivers.grant, CLASSES, "evaluation_owed",
             reason="Nach gut einem Jahr Laufzeit und acht Monaten Pause sind die Familien nicht "
             "mehr zu erreichen; die drei Schulen haben kurz berichtet."),
        deed("2026-05-20", "committee_clerk", move, CLASSES, "cancel", code="budget_withdrawn",
             reason="Der Stadtrat hat die Mittel gestrichen.", decision="@d-aufhebung"),
    ]  # fmt: skip
