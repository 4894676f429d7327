"""What goes wrong in any town, once each: rounds given up, money cut, offices dissolved."""

from decimal import Decimal

from cycle.demo.deeds import Deed, deed, move
from cycle.demo.town import AGS, SCHEME
from cycle.usecases import (
    again,
    budgets,
    cycles,
    decisions,
    departments,
    findings,
    goals,
    indicators,
    measures,
    observations,
    overrides,
    papers,
    participations,
    policy,
    progress,
    releases,
    reports,
    stage_plans,
    terms,
    waivers,
)

GONE, HEIR = "52", "50"  # the office that was dissolved, and the one that took over


def deeds() -> list[Deed]:
    """Tell what did not go as planned, by what it happened to."""
    return [*_rounds(), *_council(), *_offices(), *_money(), *_figures(), *_measures(), *_late()]


def _rounds() -> list[Deed]:
    """Tell of two older rounds: one given up without a next, one only taken over from paper."""
    return [
        deed("2023-10-02", "planner", cycles.open_round, name="z-0", fields=("ALT",),
             title="Älter werden in Saalestadt", start="2023-10-01", end="2026-12-31",
             strands=("sectoral",), scheme=SCHEME, report_title="Altenbericht Saalestadt 2023"),
        deed("2023-10-16", "planner", findings.add, report="B-2023-01", kind="living_situation",
             areas=(AGS,), fields=("ALT",), severity="watch",
             source="Befragung des Seniorenbeirats",
             text="Viele ältere Menschen kennen die Angebote der Stadt nur vom Hörensagen."),
        deed("2023-10-16", "planner", reports.approve, "B-2023-01"),
        deed("2023-11-07", "committee_clerk", reports.present, "B-2023-01", body="SOA",
             on="2023-11-07", paper="0311/2023"),
        deed("2023-11-13", "planner", participations.add, cycle="@z-0", format="advisory_board",
             level="consult", groups=("target_group",), held_from="2023-11-09", participants=22,
             summary="Der Seniorenbeirat fragt nach Besuchen statt nach Broschüren."),
        deed("2024-12-11", "committee_clerk", decisions.add, name="d-z-0", on="2024-12-11",
             result="adopted", body="SR", paper="0433/2024", cycles=("@z-0",), votes=(30, 3, 4),
             paper_name="Altenplanung in der integrierten Planung",
             text="Die Altenplanung wird in der Runde Aufwachsen in Saalestadt weitergeführt."),
        deed("2024-12-12", "steering", cycles.abandon, "@z-0", decision="@d-z-0",
             reason="Eine eigene Runde für ein Handlungsfeld hat sich nicht bewährt."),
        deed("2024-02-05", "committee_clerk", papers.add, "0088/2019",
             "Jugendhilfeplan 2019 bis 2023", paper_type="Beschlussvorlage", dated="2019-03-20",
             public=True),
        deed("2024-02-06", "planner", cycles.take_over, name="z-alt", start="2019-01-01",
             end="2023-12-31", title="Jugendhilfeplan 2019 bis 2023", fields=("JUG",),
             source="Drucksache 0088/2019", source_date="2019-03-20", papers=("0088/2019",)),
        deed("2026-09-09", "steering", waivers.grant, "@z-1", "measure_undecided",
             reason="Über diese Vorhaben entscheidet der Stadtrat mit dem Haushalt 2027."),
        deed("2026-09-14", "planner", stage_plans.plan, "@z-1", stage="evaluation",
             until="2026-10-16"),
    ]  # fmt: skip


def _council() -> list[Deed]:
    """Tell of the election, of stricter and of milder rules."""
    return [
        deed("2024-07-03", "committee_clerk", terms.begin, "2024-06-09", "Stadtrat 2024 bis 2029"),
        deed("2025-03-12", "planner", measures.raise_policy, "@kita-neubau", "strict",
             reason="Das größte Bauvorhaben der Runde wird ohne Ausnahme geprüft."),
        deed("2026-11-16", "admin", policy.set_, "wilson", value=True),
    ]  # fmt: skip


def _offices() -> list[Deed]:
    return [
        deed("2026-04-01", "planner", departments.dissolve, GONE, on="2026-03-31", successor=HEIR),
        deed("2026-09-28", "planner/50", progress.report, "@sprachcafe", course="on_track",
             percent=40),
    ]  # fmt: skip


def _money() -> list[Deed]:
    """Tell of a budget that was cut, and of a grant that ends before the measure does."""
    grant = {"funding": "esf", "grant_ref": "ESF-2025-118", "grant_end": "2027-03-31"}
    return [
        deed("2026-01-12", "finance", budgets.set_line, "@peers", 2026, planned=58_000_00,
             approved=58_000_00, **grant),
        deed("2026-01-12", "finance", budgets.set_line, "@peers", 2027, planned=14_500_00,
             approved=14_500_00, **grant),
        deed("2026-01-12", "finance", budgets.set_line, "@haltestellen", 2026,
             planned=360_000_00, approved=360_000_00),
        deed("2026-10-05", "finance", budgets.set_line, "@haltestellen", 2026,
             approved=120_000_00),
    ]  # fmt: skip


def _figures() -> list[Deed]:
    """Tell of a value that was corrected, and of a definition that was changed."""
    return [
        deed("2025-06-16", "statistician", observations.record, "GANZTAG", area=AGS,
             period_end="2024-12-31", value=Decimal(1_925)),
        deed("2026-09-07", "statistician", indicators.redefine, "KRIPPE", valid_from="2026-01-01",
             definition="Betreute Kinder ab 15 Stunden in der Woche je 100 Kinder unter drei.",
             reason="Das Land zählt Plätze unter 15 Stunden nicht mehr mit."),
    ]  # fmt: skip


def _measures() -> list[Deed]:
    return [
        deed("2026-10-07", "planner", move, "@nachtcafe", "cancel", code="replaced",
             successor=("@krisendienst",), reason="Der Krisendienst ist auch nachts da."),
        deed("2026-10-19", "planner", overrides.set_light, "@hitzeschutz", "delivery", "yellow",
             reason="Die fehlenden Sonnensegel sind bestellt und werden im Winter angebaut."),
        deed("2026-10-19", "department_head", again.log_again, "@beitragsfrei", name="beitrag-neu",
             title="Beitragsfreies letztes Kita-Jahr", cycle="@z-2"),
    ]  # fmt: skip


def _late() -> list[Deed]:
    """Tell of a report nobody presents, a goal without a target, and what was passed on."""
    return [
        deed("2026-08-24", "planner", goals.add, name="g-lernort", cycle="@z-1", owner="51",
             level="operational", parent="@g-schulerfolg", fields=("BIL",),
             text="Jede Schule hat bis 2028 einen Ort zum Lernen am Nachmittag"),
        deed("2026-08-24", "planner", reports.add, name="b-psychiatrie", cycle="@z-1",
             title="Teilfachplan Psychiatrie 2026", kind="sectoral_plan",
             reference_date="2026-06-30"),
        deed("2026-08-31", "planner", reports.approve, "@b-psychiatrie"),
        deed("2026-05-11", "planner", releases.release, "O8", "@schwimmen", level="steering",
             note="Zweimal nachgefragt."),
        deed("2026-06-29", "planner", releases.release, "O9", "@streetwork", level="body",
             note="Für die nächste Sitzung vorgemerkt."),
    ]  # fmt: skip
