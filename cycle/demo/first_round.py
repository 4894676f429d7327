"""Round 1, Aufwachsen in Saalestadt: its report, what it found, the goals, and its stages."""

from collections.abc import Iterator
from decimal import Decimal

from cycle.demo.deeds import Deed, deed
from cycle.demo.town import AGS, SCHEME
from cycle.store.unit import Unit
from cycle.usecases import (
    cycles,
    decisions,
    findings,
    goals,
    participations,
    recommendations,
    reports,
)

REPORT = "B-2024-01"  # the draft that opening the round begins
GUIDING, MIDDLE, OPERATIONAL = "guiding", "intermediate", "operational"

# name, kind, severity, areas, fields, cited value, text
FINDINGS = (
    ("f-sprache", "living_situation", "act", "06", "JUG BIL", ("SPRACHE", "06", "2023-12-31"),
     ("In Neustadt hat jedes dritte Kind bei der Einschulung einen auffälligen Sprachbefund, "
      "stadtweit ist es gut jedes fünfte.")),
    ("f-abschluss", "living_situation", "act", AGS, "BIL", ("ABGANG", AGS, "2023-07-31"),
     ("Jeder zehnte junge Mensch verlässt die Schule ohne Ersten Schulabschluss; "
      "vor zwei Jahren war es noch jeder elfte.")),
    ("f-armut", "social_structure", "act", "06", "JUG", ("SGB2U15", "06", "2023-12-31"),
     ("Fast ein Drittel der Kinder in Neustadt lebt von Leistungen nach dem SGB II, "
      "im Stadtteil West ist es eines von dreißig.")),
    ("f-krippe", "stock", "act", "06", "JUG", ("KRIPPE", "06", "2023-12-31"),
     ("In Neustadt ist ein Drittel der Kinder unter drei Jahren in Betreuung; "
      "auf einen Platz warten dort die meisten Familien der Stadt.")),
    ("f-gewicht", "living_situation", "act", "05", "JUG", ("GEWICHT", "05", "2023-12-31"),
     "In Süd ist etwa jedes siebte Kind bei der Einschulung übergewichtig."),
    ("f-ganztag", "infrastructure", "act", AGS, "BIL", ("GANZTAG", AGS, "2023-12-31"),
     "Die Plätze im Ganztag reichen für den Rechtsanspruch der Grundschulkinder nicht aus."),
    ("f-vormund", "need", "act", AGS, "JUG", ("VORMUND", AGS, "2023-12-31"),
     "Für Kinder unter Vormundschaft stehen kaum Ehrenamtliche bereit."),
    ("f-hitze", "infrastructure", "watch", AGS, "BIL", None,
     "Viele Höfe von Kitas und Schulen haben keinen Schatten."),
    ("f-fehltage", "living_situation", "act", AGS, "BIL", ("FEHLTAGE", AGS, "2023-07-31"),
     "Jugendliche ab Klasse 7 fehlen im Schnitt mehr als eine Woche im Jahr ohne Entschuldigung."),
    ("f-strasse", "living_situation", "watch", "02", "JUG", None,
     "Am Hauptbahnhof leben junge Menschen ohne Anlaufstelle."),
)  # fmt: skip

# name, level, goal above, fields, areas, finding, text
GOALS = (
    ("g-start", GUIDING, None, "JUG BIL", "", None,
     "Alle Kinder starten mit gleichen Chancen"),
    ("g-sprachstand", MIDDLE, "g-start", "JUG BIL", "06", None,
     "Sprachstand vor Schuleintritt: mehr Kinder sprechen altersgerecht, wenn die Schule beginnt"),
    ("g-sprache", OPERATIONAL, "g-sprachstand", "JUG BIL", "06", "f-sprache",
     "Anteil auffälliger Sprachbefunde in Neustadt bis 31.12.2027 auf 25 %"),
    ("g-schulerfolg", MIDDLE, "g-start", "BIL", "", None,
     "Alle Jugendlichen verlassen die Schule mit einem Abschluss"),
    ("g-abschluss", OPERATIONAL, "g-schulerfolg", "BIL", "", "f-abschluss",
     "Anteil der Abgänge ohne Ersten Schulabschluss bis 31.07.2028 auf 7,5 %"),
    ("g-fehltage", OPERATIONAL, "g-schulerfolg", "BIL", "", "f-fehltage",
     "Unentschuldigte Fehltage ab Klasse 7 bis 31.07.2028 auf vier je Jugendlichen"),
    ("g-ganztag", OPERATIONAL, "g-schulerfolg", "BIL", "", "f-ganztag",
     "2.400 Ganztagsplätze an Grundschulen bis 31.12.2027"),
    ("g-familien", MIDDLE, "g-start", "JUG", "06", None,
     "Familien finden Hilfe früh und in ihrer Nähe"),
    ("g-armut", OPERATIONAL, "g-familien", "JUG", "06", "f-armut",
     "Anteil der Kinder mit Leistungen nach dem SGB II in Neustadt bis 31.12.2027 auf 29 %"),
    ("g-krippe", OPERATIONAL, "g-familien", "JUG", "06", "f-krippe",
     "Betreuungsquote unter drei Jahren in Neustadt bis 31.12.2027 auf 42 %"),
    ("g-gesund", GUIDING, None, "JUG BIL", "", None,
     "Kinder wachsen gesund und sicher auf"),
    ("g-bewegung", MIDDLE, "g-gesund", "JUG BIL", "", None,
     "Kinder bewegen sich jeden Tag an Orten, die ihnen guttun"),
    ("g-gewicht", OPERATIONAL, "g-bewegung", "JUG", "05", "f-gewicht",
     "Anteil übergewichtiger Kinder bei der Einschulung in Süd bis 31.12.2027 auf 10 %"),
    ("g-hitze", OPERATIONAL, "g-bewegung", "BIL", "", "f-hitze",
     "Jede Kita und jede Grundschule hat bis 31.12.2027 einen schattigen Hof"),
    ("g-schutz", MIDDLE, "g-gesund", "JUG", "", None,
     "Kinder, die nicht bei ihren Eltern leben, haben verlässliche Erwachsene"),
    ("g-vormund", OPERATIONAL, "g-schutz", "JUG", "", "f-vormund",
     "30 % der Vormundschaften bis 31.12.2027 in ehrenamtlicher Hand"),
    ("g-anlauf", OPERATIONAL, "g-schutz", "JUG", "02", "f-strasse",
     "Junge Menschen ohne Wohnung finden bis 31.12.2027 an jedem Werktag eine Anlaufstelle"),
)  # fmt: skip

# goal, indicator, area, baseline, target value, target date
TARGETS = (
    ("g-sprache", "SPRACHE", "06", "2023-12-31", "25", "2027-12-31"),
    ("g-abschluss", "ABGANG", AGS, "2023-07-31", "7.5", "2028-07-31"),
    ("g-fehltage", "FEHLTAGE", AGS, "2023-07-31", "4", "2028-07-31"),
    ("g-ganztag", "GANZTAG", AGS, "2023-12-31", "2400", "2027-12-31"),
    ("g-armut", "SGB2U15", "06", "2023-12-31", "29", "2027-12-31"),
    ("g-krippe", "KRIPPE", "06", "2023-12-31", "42", "2027-12-31"),
    ("g-gewicht", "GEWICHT", "05", "2023-12-31", "10", "2027-12-31"),
    ("g-vormund", "VORMUND", AGS, "2023-12-31", "30", "2027-12-31"),
)
# goal → by which days which values are expected on the way
PATHS = {"g-ganztag": (("2024-12-31", Decimal(1_950)), ("2025-12-31", Decimal(2_100)),
                       ("2026-12-31", Decimal(2_250)))}  # fmt: skip
CRITERIA = {
    "g-hitze": "Ein Rundgang im Sommer findet auf jedem Hof Schatten für alle Kinder.",
    "g-anlauf": "Streetwork und Jobcenter bestätigen es in ihrem Jahresgespräch.",
}
DUE = {goal: until for goal, *_, until in TARGETS} | dict.fromkeys(CRITERIA, "2027-12-31")

# goal, format, level, groups, areas, day, invited, participants, summary
INVOLVED = (
    ("g-armut", "area_conference", "co_decide", ("residents", "independent_providers"), ("06",),
     "2024-01-26", 200, 64, "Familien wollen eine Anlaufstelle, die auch abends offen ist."),
    ("g-krippe", "survey", "consult", ("target_group", "independent_providers"), ("06",),
     "2024-01-22", 640, 271, "Eltern suchen Plätze in Fußweite und längere Randzeiten."),
    ("g-gewicht", "planning_workshop", "consult", ("residents", "independent_providers"),
     ("05", "06"), "2024-01-24", 60, 33, "Gewünscht sind Sport ohne Verein und ein Frühstück."),
    ("g-abschluss", "youth_forum", "consult", ("youth", "independent_providers"), (),
     "2024-01-25", 120, 57, "Jugendliche wollen jemanden, der morgens nach ihnen fragt."),
    ("g-ganztag", "survey", "consult", ("target_group",), (),
     "2024-01-22", 2_900, 1_204, "Eltern brauchen Betreuung bis 16.30 Uhr und in den Ferien."),
    ("g-hitze", "focus_group", "consult", ("target_group", "independent_providers"), (),
     "2024-01-23", 30, 18, "Die Kitas nennen Sonnensegel und Bäume als Erstes."),
    ("g-anlauf", "interview", "consult", ("youth", "independent_providers"), ("02",),
     "2024-01-23", 20, 11, "Gewünscht sind ein Schließfach, eine Dusche und jemand, der zuhört."),
)  # fmt: skip


def deeds() -> list[Deed]:
    """Lead the round from its report to its evaluation, at the days of 2023 to 2026."""
    return [*_report(), *_goals(), *_adoption(), *_stages()]


def _report() -> Iterator[Deed]:
    yield deed(
        "2024-01-03", "planner", cycles.open_round, name="z-1", title="Aufwachsen in Saalestadt",
        start="2024-01-01", end="2027-12-31", fields=("JUG", "BIL"), scheme=SCHEME,
        strands=("sectoral", "area_development", "reporting"),
        report_title="Sozial- und Bildungsbericht Saalestadt 2023",
    )  # fmt: skip
    for name, kind, severity, areas, fields, cited, text in FINDINGS:
        yield deed(
            "2024-01-16", "planner", findings.add, name=name, report=REPORT, text=text,
            kind=kind, severity=severity, areas=(areas,), fields=tuple(fields.split()),
            observations=(cited,) if cited else (),
        )  # fmt: skip
    yield deed(
        "2024-01-16", "planner", recommendations.add, name="r-daten", finding="@f-ganztag",
        addressee="65", text="Bedarf an Ganztagsplätzen je Grundschule jährlich fortschreiben.",
    )  # fmt: skip
    yield deed("2024-01-17", "planner", reports.approve, REPORT)
    yield deed("2024-01-18", "committee_clerk", reports.present, REPORT, body="JHA",
               on="2024-01-18", paper="0012/2024")  # fmt: skip
    yield deed("2024-01-19", "planner", cycles.advance, "@z-1")
    yield deed("2024-01-22", "planner", reports.publish, REPORT)


def _goals() -> Iterator[Deed]:
    for name, level, above, fields, areas, finding, text in GOALS:
        yield deed(
            "2024-01-22", "planner", goals.add, name=name, text=text, level=level,
            parent=f"@{above}" if above else None, fields=tuple(fields.split()),
            areas=tuple(areas.split()), findings=(f"@{finding}",) if finding else (),
            cycle="@z-1", owner="51", criterion=CRITERIA.get(name), due=DUE.get(name),
        )  # fmt: skip
    for goal, indicator, area, baseline, value, until in TARGETS:
        yield deed(
            "2024-01-23", "planner", goals.target, f"@{goal}", indicator=indicator, area=area,
            value=Decimal(value), date=until, baseline=baseline, path=PATHS.get(goal),
        )  # fmt: skip
    for goal, form, influence, groups, places, held, invited, came, summary in INVOLVED:
        yield deed(
            "2024-01-29", "planner", participations.add, goal=f"@{goal}", format=form,
            level=influence, groups=groups, areas=places, held_from=held, invited=invited,
            participants=came, summary=summary,
        )  # fmt: skip


def _adoption() -> Iterator[Deed]:
    named = tuple(f"@{name}" for name, *_ in GOALS)
    aims = tuple(f"@{name}" for name, level, *_ in GOALS if level == OPERATIONAL)
    for goal in aims:
        yield deed("2024-01-29", "planner", goals.agree, goal, on="2024-01-29", body="LIP")
    yield deed(
        "2024-01-31", "committee_clerk", decisions.add, name="d-ziele", on="2024-01-31",
        result="adopted", goals=named, cycles=("@z-1",), body="SR", paper="0024/2024",
        paper_name="Leitziele und Handlungsziele 2024 bis 2027", votes=(35, 2, 1, 0),
        text="Der Stadtrat beschließt die Ziele der Planungsrunde.",
    )  # fmt: skip
    yield deed("2024-01-31", "planner", adopt, named, "@d-ziele")
    yield deed("2024-02-01", "steering", cycles.advance, "@z-1")


def adopt(unit: Unit, keys: tuple[str, ...], decision: str) -> None:
    """Note that the council adopted these goals, from the highest to the lowest."""
    for key in keys:
        goals.adopt(unit, key, decision=decision)


def _stages() -> Iterator[Deed]:
    yield deed(
        "2024-01-30", "planner", participations.add, cycle="@z-1", format="open_process",
        level="consult", groups=("residents",), held_from="2024-01-08", participants=146,
        areas=("02",), summary="Offene Abende in der Stadtbibliothek zu den Leitzielen.",
    )  # fmt: skip
    yield deed("2026-09-10", "planner", cycles.advance, "@z-1")
