"""Scenario 1: early language support, from its finding to its successor in the next round."""

from decimal import Decimal

from cycle.demo.deeds import Deed, deed, move
from cycle.demo.sequels import acknowledge, answer, draft, fund, lead_back, respond
from cycle.usecases import (
    commitments,
    consequences,
    decisions,
    evaluations,
    measures,
    milestones,
    papers,
    participations,
    progress,
)

M = "@sprache"
OFFICE = "department_head"
PAPER = "0123/2024"
YEARLY, FROM_LAND = 231_000_00, 92_400_00  # cents

# day, course, percent, text
REPORTS = (
    ("2025-01-31", "on_track", 20, None),
    ("2025-07-31", "on_track", 50, None),
    ("2026-01-30", "on_track", 75, "Eine Stelle war von Oktober bis Dezember 2025 unbesetzt."),
    ("2026-07-31", "done", 100, "Alle vier Kitas haben bis zum letzten Tag gefördert."),
)

# year, share of the town and of the Land in cents; the Land pays 40 percent
MONEY = (
    (2024, 57_750_00, 38_500_00),
    (2025, 138_600_00, 92_400_00),
    (2026, 80_850_00, 53_900_00),
)


def deeds() -> list[Deed]:
    """Tell the whole way of the measure, day by day."""
    return [*_logged(), *_worked_out(), *_involved(), *_decided(), *_delivered(), *_judged()]


def _logged() -> list[Deed]:
    return [
        deed(
            "2024-02-05", OFFICE, measures.log, name="sprache", cycle="@z-1", lead="51",
            title="Sprachförderkräfte in 4 Kitas", goal="@g-sprache", findings=("@f-sprache",),
            description="Vier Kitas in Neustadt erhalten je eine Fachkraft, die den Alltag der "
            "Kinder sprachlich begleitet und die Teams berät.",
            areas=("06",), fields=("JUG", "BIL"), partners=("WVA", "TRB"), origin="finding",
            strand="sectoral", target_group="Kinder von drei bis sechs Jahren",
            prevention_level="selective", mandate="voluntary", priority=1,
            planned_start="2024-08-01", planned_end="2026-07-31",
        ),
        deed("2024-02-05", OFFICE, move, M, "target"),
    ]  # fmt: skip


def _worked_out() -> list[Deed]:
    return [
        deed("2024-02-06", OFFICE, consequences.assess, M, ("built",), state="none",
             text="Räume vorhanden"),
        deed("2024-02-06", OFFICE, consequences.assess, M, ("staffing",), temporary=True,
             text="3,5 Stellen für Fachkräfte, befristet bis 31.07.2026.", fte_hundredths=350,
             grade="S8b"),
        deed("2024-02-06", OFFICE, consequences.assess, M, ("organisational",),
             text="Kooperationsvereinbarung mit den beiden Trägern der vier Kitas."),
        deed("2024-02-06", OFFICE, consequences.assess, M, ("financial",),
             text="231.000 Euro im Jahr für Personal, 40 % davon trägt das Land.",
             annual_cents=YEARLY, revenue_cents=FROM_LAND, product_group="36.50.01",
             from_year=2024, cover="budgeted"),
        deed("2024-02-14", OFFICE, evaluations.plan, M, due="2026-10-31",
             question="Sprechen die Kinder der vier Kitas bei der Einschulung besser?"),
        deed("2024-02-15", OFFICE, fund, M, MONEY, "planned"),
        deed("2024-02-19", "finance", consequences.countersign, M),
    ]  # fmt: skip


def _involved() -> list[Deed]:
    return [
        deed(
            "2024-02-12", OFFICE, participations.add, measure=M, format="survey", level="consult",
            groups=("target_group",), held_from="2024-01-15", held_to="2024-02-02", invited=1_150,
            participants=412, areas=("06",),
            summary="Eltern wünschen sich Förderung im Alltag der Gruppe statt Einzelstunden.",
            effect="Die Fachkräfte arbeiten in den Gruppen mit.",
        ),
        deed(
            "2024-02-12", OFFICE, participations.add, measure=M, format="area_conference",
            level="co_decide", groups=("residents", "independent_providers", "professionals"),
            held_from="2024-02-10", participants=38, areas=("06",),
            summary="Träger, Kitas und Familien haben die vier Standorte gemeinsam ausgesucht.",
            effect="Eine Kita an der Grenze zu Mitte wurde durch eine in Neustadt ersetzt.",
        ),
        deed("2024-02-13", OFFICE, commitments.add, M, "WVA", on="2024-02-13",
             text="Der Verband stellt die Fachkräfte für zwei Kitas an."),
        deed("2024-02-13", OFFICE, commitments.add, M, "TRB", on="2024-02-13",
             text="Der Träger stellt die Fachkräfte für zwei Kitas an."),
    ]  # fmt: skip


def _decided() -> list[Deed]:
    return [
        deed("2024-02-20", OFFICE, move, M, "propose"),
        deed("2024-02-20", "committee_clerk", papers.add, PAPER,
             "Sprachförderkräfte in vier Kitas", paper_type="Beschlussvorlage",
             dated="2024-02-20", public=True),
        deed("2024-03-14", "committee_clerk", decisions.add, on="2024-03-14", result="adopted",
             body="JHA", paper=PAPER, measures=(M,), name="d-sprache-jha", votes=(13, 0, 2, 0),
             text="Der Ausschuss stimmt der Vorlage zu."),
        deed("2024-04-24", "committee_clerk", decisions.add, on="2024-04-24", result="adopted",
             body="SR", paper=PAPER, measures=(M,), name="d-sprache", votes=(31, 4, 2),
             text="Die Förderung in vier Kitas wird bis 31.07.2026 finanziert."),
        deed("2024-04-25", "committee_clerk", move, M, "approve"),
        deed("2024-05-06", "finance", fund, M, MONEY, "approved"),
        deed("2024-05-13", OFFICE, milestones.add, M, "Vereinbarung mit den Trägern geschlossen",
             due="2024-07-01"),
        deed("2024-05-13", OFFICE, milestones.add, M, "Alle Stellen besetzt", due="2024-10-01"),
        deed("2024-05-13", OFFICE, milestones.add, M, "Teams der vier Kitas geschult",
             due="2025-03-31"),
    ]  # fmt: skip


def _delivered() -> list[Deed]:
    return [
        deed("2024-06-24", OFFICE, milestones.done, M, 1, on="2024-06-21"),
        deed("2024-08-01", OFFICE, move, M, "start", on="2024-08-01"),
        deed("2024-10-07", OFFICE, milestones.done, M, 2, on="2024-10-01"),
        deed("2025-03-24", OFFICE, milestones.done, M, 3, on="2025-03-20"),
        *(deed(on, OFFICE, progress.report, M, course=course, percent=percent, text=text)
          for on, course, percent, text in REPORTS),
        deed("2026-07-31", OFFICE, move, M, "finish", on="2026-07-31"),
        deed("2026-09-21", "finance", fund, M, MONEY, "spent"),
    ]  # fmt: skip


def _judged() -> list[Deed]:
    result = {
        "goal": "@g-sprache", "indicator": "SPRACHE", "area": "06", "value": Decimal("30.34"),
        "period_end": "2026-09-30", "attribution": "contribution",
        "text": "Der Anteil sank bis 2025 und stieg 2026 wieder an.",
    }  # fmt: skip
    return [
        deed(
            "2026-10-30", "evaluator", evaluations.conclude, name="e-sprache", measures=(M,),
            purpose="summative", evaluator_kind="external", period_start="2024-08-01",
            period_end="2026-07-31", concluded_on="2026-10-30", overall="partly_effective",
            text="Die geförderten Kinder holen auf. Weil nur vier Kitas dabei waren, ist das im "
            "ganzen Stadtteil noch nicht sicher zu sehen.",
            method="Vergleich der Befunde in geförderten und nicht geförderten Kitas, Gespräche.",
            ratings={"effectiveness": 3, "efficiency": 3, "sustainability": 2}, result_level=5,
            results=(result,), source="evaluation.saalestadt.example", external_id="2026-0087",
            recommendations=("Eltern einbeziehen, damit zu Hause weiter geübt wird.",
                             "Eine fünfte Kita mit vielen mehrsprachigen Kindern aufnehmen."),
        ),
        deed("2026-11-04", "planner", acknowledge, M),
        deed("2026-11-09", "steering", answer, "@e-sprache",
             ("accepted", "Ein Elternmodul wird Teil der Fortsetzung."),
             ("accepted", "Ab 2028 sind fünf Kitas vorgesehen.")),
        deed("2026-11-09", "steering", lead_back, M, "adapt", "Wirksam, aber zu klein angelegt.",
             "Elternmodul ergänzen, fünf statt vier Kitas"),
        deed("2026-11-12", OFFICE, draft, M, title="Sprachförderkräfte mit Elternmodul in 5 Kitas",
             planned_start="2028-01-01", planned_end="2031-07-31"),
        deed("2026-11-16", "planner", respond, M, "@h-sprache"),
    ]  # fmt: skip
