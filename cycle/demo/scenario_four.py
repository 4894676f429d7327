"""Scenario 4, as far as today: taking part with a disability, and a place to live in a crisis."""

from decimal import Decimal

from cycle.demo.course import Course
from cycle.demo.deeds import Deed, deed
from cycle.demo.town import AGS
from cycle.usecases import consequences, evaluations, findings, goals, participations, reports

SHARED_FLATS = "@wohnverbund"  # its financial consequence is open: it cannot be proposed

# name, level, goal above, field, finding, day, text
GOALS = (
    ("g-teilhabe", "guiding", None, "BEH PSY", None, None,
     "Menschen mit Behinderung leben mitten in der Stadt"),
    ("g-wege", "intermediate", "g-teilhabe", "BEH", None, None,
     "Wege, Häuser und Worte stehen allen offen"),
    ("g-barriere", "operational", "g-wege", "BEH", "f-barriere", "2028-12-31",
     "160 Haltestellen ohne Stufen bis 31.12.2028"),
    ("g-zuhause", "intermediate", "g-teilhabe", "PSY", None, None,
     "Wer seelisch erkrankt ist, behält ein Zuhause"),
    ("g-wohnen", "operational", "g-zuhause", "PSY", "f-wohnen", "2028-12-31",
     "420 Plätze im betreuten Wohnen bis 31.12.2028"),
)  # fmt: skip
OWNERS = {"BEH": "50", "PSY": "53", "BEH PSY": "53"}

# goal, indicator, target value
TARGETS = (("g-barriere", "STUFENLOS", 160), ("g-wohnen", "BEWO", 420))

# name, kind, cited value, text
FINDINGS = (
    ("f-barriere", "infrastructure", ("STUFENLOS", AGS, "2024-12-31"),
     "An mehr als der Hälfte der Haltestellen kommt niemand mit Rollstuhl allein in die Bahn."),
    ("f-wohnen", "need", ("BEWO", AGS, "2024-12-31"),
     "Auf einen Platz im betreuten Wohnen warten seelisch erkrankte Menschen über ein Jahr."),
)  # fmt: skip

COURSES = (
    Course(
        name="wohnverbund", title="Wohnverbund für Menschen mit seelischer Erkrankung in Süd",
        lead="53", goal="g-wohnen", fields="PSY", areas="05", begin="2026-10-01",
        end="2028-12-31", target_group="Menschen mit seelischer Erkrankung",
        prevention="indicated", logged="2025-11-03", targeted="2025-11-05",
    ),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Tell the report, the goals that answer it, and the measure that waits for its money."""
    return [*_report(), *_goals(), *(e for each in COURSES for e in each.deeds()), *_worked_out()]


def _report() -> list[Deed]:
    return [
        deed("2025-03-17", "planner", reports.add, name="b-teilhabe", cycle="@z-1",
             title="Teilhabebericht 2024", kind="sectoral_plan", reference_date="2024-12-31"),
        *(deed("2025-03-17", "planner", findings.add, name=name, report="@b-teilhabe", kind=kind,
               areas=(AGS,), fields=("BEH" if name == "f-barriere" else "PSY",),
               observations=(cited,), text=text)
          for name, kind, cited, text in FINDINGS),
        deed("2025-03-17", "planner", reports.approve, "@b-teilhabe"),
        deed("2025-03-18", "committee_clerk", reports.present, "@b-teilhabe", body="SOA",
             on="2025-03-18", paper="0068/2025"),
    ]  # fmt: skip


def _goals() -> list[Deed]:
    return [
        *(deed("2025-03-24", "planner", goals.add, name=name, text=text, level=level,
               parent=f"@{above}" if above else None, fields=tuple(fields.split()),
               owner=OWNERS[fields], cycle="@z-1", findings=(f"@{found}",) if found else (),
               due=due)
          for name, level, above, fields, found, due, text in GOALS),
        *(deed("2025-03-24", "planner", goals.target, f"@{goal}", indicator=indicator, area=AGS,
               value=Decimal(value), date="2028-12-31", baseline="2024-12-31")
          for goal, indicator, value in TARGETS),
        deed("2025-03-24", "planner", participations.add, goal="@g-barriere", format="hearing",
             level="consult", groups=("target_group", "independent_providers"),
             held_from="2025-03-20", participants=19,
             summary="Der Beirat zählt zuerst die Haltestellen an Ämtern und Praxen auf."),
        deed("2025-08-18", "planner/TRB", participations.add, measure="@peers",
             format="focus_group", level="co_decide", groups=("target_group", "professionals"),
             held_from="2025-08-14", participants=9, areas=("05", "06"),
             summary="Wer selbst eine Krise erlebt hat, will andere daraus begleiten."),
        *(deed("2025-03-24", "planner", goals.adopt, f"@{name}", on="2025-03-24", body="LIP")
          for name, *_ in GOALS),
    ]  # fmt: skip


def _worked_out() -> list[Deed]:
    on, office = "2025-11-05", "planner/53"
    return [
        deed(on, office, consequences.assess, SHARED_FLATS, ("built",), state="none",
             text="Gewohnt wird in gemieteten Wohnungen."),
        deed(on, office, consequences.assess, SHARED_FLATS, ("staffing",), fte_hundredths=250,
             text="Zweieinhalb Stellen beim künftigen Träger."),
        deed(on, office, consequences.assess, SHARED_FLATS, ("organisational",),
             text="Absprache mit Klinik, Träger und Wohnungsgesellschaften."),
        deed(on, office, evaluations.plan, SHARED_FLATS, due="2028-12-31",
             question="Bleiben die Menschen wohnen, und geht es ihnen besser?"),
    ]  # fmt: skip
