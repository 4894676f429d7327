"""What is known of Saalestadt in figures: indicators and their values, by year and area."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from cycle.demo.deeds import Deed, deed
from cycle.demo.town import AGS, AREAS, FOUNDED
from cycle.store.unit import Unit
from cycle.usecases import indicators, observations

Share: TypeAlias = tuple[int, int]  # how many of how many
Value: TypeAlias = int | str | Share  # a count, a mean as it is written, a share

# code, name, unit, polarity, type, result level, field, frequency, definition
INDICATORS = (
    ("BEV", "Bevölkerung am Hauptwohnsitz", "Personen", "context", "count", 0, None, "yearly",
     "Personen mit Hauptwohnsitz am Stichtag, nach dem Melderegister."),
    ("SGB2U15", "Kinder unter 15 Jahren mit Leistungen nach dem SGB II", "%", "lower_better",
     "share", 6, "JUG", "yearly", "Anteil an allen Kindern unter 15 Jahren im selben Gebiet."),
    ("SPRACHE", "Auffälliger Sprachbefund bei der Einschulungsuntersuchung", "%", "lower_better",
     "share", 5, "BIL", "yearly", "Anteil an allen untersuchten Kindern eines Jahrgangs."),
    ("GEWICHT", "Übergewicht bei der Einschulungsuntersuchung", "%", "lower_better", "share", 5,
     "JUG", "yearly", "Anteil an allen untersuchten Kindern eines Jahrgangs."),
    ("KRIPPE", "Betreuungsquote der Kinder unter drei Jahren", "%", "higher_better", "share", 4,
     "JUG", "yearly", "Betreute Kinder in Kitas und Tagespflege je 100 Kinder unter drei Jahren."),
    ("ABGANG", "Abgänge ohne Ersten Schulabschluss", "%", "lower_better", "share", 6, "BIL",
     "school_year", "Anteil an allen Abgängen der allgemeinbildenden Schulen eines Schuljahrs."),
    ("FEHLTAGE", "Unentschuldigte Fehltage ab Klasse 7", "Tage", "lower_better", "mean", 4, "BIL",
     "school_year", "Fehltage je Jugendlichen in einem Schuljahr, nach den Klassenbüchern."),
    ("GANZTAG", "Ganztagsplätze an Grundschulen", "Plätze", "higher_better", "count", 2, "BIL",
     "yearly", "Genehmigte Plätze in Horten und Ganztagsschulen am Jahresende."),
    ("VORMUND", "Vormundschaften in ehrenamtlicher Hand", "%", "higher_better", "share", 4, "JUG",
     "yearly", "Anteil an allen Vormundschaften, die das Familiengericht eingerichtet hat."),
    ("SCHWIMMEN", "Sichere Schwimmerinnen und Schwimmer nach Klasse 4", "%", "higher_better",
     "share", 4, "BIL", "school_year", "Anteil an allen Kindern am Ende der vierten Klasse."),
    ("ALLEIN65", "Erreichte unter den allein lebenden Menschen ab 65 Jahren", "%",
     "higher_better", "share", 4, "ALT", "half_yearly",
     "Personen mit mindestens einem Hausbesuch oder Beratungsgespräch."),
    ("WARTEZEIT", "Wartezeit auf ein Erstgespräch im sozialpsychiatrischen Dienst", "Wochen",
     "lower_better", "mean", 3, "PSY", "yearly", "Mittlere Wartezeit aller Anfragen eines Jahres."),
    ("BEWO", "Menschen mit seelischer Erkrankung im betreuten Wohnen", "Personen",
     "higher_better", "count", 4, "PSY", "yearly", "Personen mit einem Platz am Jahresende."),
    ("STUFENLOS", "Haltestellen ohne Stufen", "Haltestellen", "higher_better", "count", 4, "BEH",
     "yearly", "Haltestellen, an denen niemand Hilfe beim Einsteigen braucht, am Jahresende."),
)  # fmt: skip

# indicator, last day of the period, values of Nord, Mitte, West, Ost, Süd, Neustadt
BY_AREA: tuple[tuple[str, str, tuple[Value, ...]], ...] = (
    ("BEV", "2021-12-31", (23_110, 24_380, 9_210, 12_480, 14_190, 24_290)),
    ("BEV", "2022-12-31", (23_240, 24_560, 9_180, 12_550, 14_230, 24_520)),
    ("BEV", "2023-12-31", (23_320, 24_650, 9_150, 12_590, 14_260, 24_700)),
    ("BEV", "2024-12-31", (23_410, 24_780, 9_120, 12_640, 14_300, 24_860)),
    ("BEV", "2025-12-31", (23_480, 24_870, 9_090, 12_700, 14_350, 25_010)),
    ("SGB2U15", "2021-12-31", ((338, 3_150), (262, 2_755), (45, 1_270), (108, 1_600),
                               (331, 1_880), (1_321, 3_910))),
    ("SGB2U15", "2022-12-31", ((327, 3_135), (258, 2_740), (43, 1_260), (101, 1_595),
                               (340, 1_890), (1_302, 3_910))),
    ("SGB2U15", "2023-12-31", ((312, 3_120), (251, 2_725), (41, 1_255), (97, 1_590),
                               (349, 1_905), (1_278, 3_905))),
    ("SGB2U15", "2024-12-31", ((301, 3_105), (247, 2_710), (38, 1_240), (92, 1_585),
                               (355, 1_920), (1_256, 3_890))),
    ("SGB2U15", "2025-12-31", ((296, 3_080), (239, 2_690), (36, 1_230), (95, 1_575),
                               (362, 1_925), (1_241, 3_870))),
    ("SPRACHE", "2023-12-31", ((30, 190), (28, 172), (5, 78), (12, 102), (41, 150), (96, 288))),
    ("SPRACHE", "2024-12-31", ((31, 186), (26, 170), (6, 80), (11, 99), (43, 152), (93, 281))),
    ("SPRACHE", "2025-12-31", ((29, 184), (27, 168), (4, 77), (12, 101), (44, 149), (81, 276))),
    ("GEWICHT", "2023-12-31", ((17, 190), (14, 172), (5, 78), (9, 102), (22, 150), (41, 288))),
    ("GEWICHT", "2024-12-31", ((16, 186), (13, 170), (5, 80), (8, 99), (21, 152), (40, 281))),
    ("GEWICHT", "2025-12-31", ((16, 184), (14, 168), (4, 77), (9, 101), (19, 149), (39, 276))),
    ("KRIPPE", "2023-12-31", ((262, 640), (246, 560), (112, 230), (135, 300), (140, 390),
                              (257, 780))),
    ("KRIPPE", "2024-12-31", ((268, 632), (250, 552), (110, 226), (136, 297), (145, 388),
                              (270, 774))),
    ("KRIPPE", "2025-12-31", ((271, 625), (249, 547), (109, 222), (138, 295), (150, 385),
                              (284, 769))),
)  # fmt: skip

# indicator, area, last day of the period, value
SINGLE: tuple[tuple[str, str, str, Value], ...] = (
    ("ABGANG", AGS, "2021-07-31", (78, 872)),
    ("ABGANG", AGS, "2022-07-31", (84, 861)),
    ("ABGANG", AGS, "2023-07-31", (91, 884)),
    ("ABGANG", AGS, "2024-07-31", (97, 902)),
    ("ABGANG", AGS, "2025-07-31", (99, 895)),
    ("FEHLTAGE", AGS, "2023-07-31", "6.1"),
    ("FEHLTAGE", AGS, "2024-07-31", "6.0"),
    ("FEHLTAGE", AGS, "2025-07-31", "5.7"),
    ("SPRACHE", "06", "2026-09-30", (88, 290)),
    ("GANZTAG", AGS, "2023-12-31", 1_840),
    ("GANZTAG", AGS, "2024-12-31", 1_910),
    ("GANZTAG", AGS, "2025-12-31", 2_060),
    ("VORMUND", AGS, "2023-12-31", (14, 118)),
    ("VORMUND", AGS, "2024-12-31", (15, 121)),
    ("SCHWIMMEN", AGS, "2022-07-31", (512, 842)),
    ("ALLEIN65", AGS, "2024-12-31", (212, 5_180)),
    ("ALLEIN65", AGS, "2025-12-31", (341, 5_246)),
    ("ALLEIN65", AGS, "2026-06-30", (463, 5_306)),
    ("WARTEZEIT", AGS, "2024-12-31", "5.5"),
    ("WARTEZEIT", AGS, "2025-12-31", "6.0"),
    ("BEWO", AGS, "2023-12-31", 341),
    ("BEWO", AGS, "2024-12-31", 352),
    ("BEWO", AGS, "2025-12-31", 364),
    ("STUFENLOS", AGS, "2023-12-31", 112),
    ("STUFENLOS", AGS, "2024-12-31", 118),
    ("STUFENLOS", AGS, "2025-12-31", 122),
)

# the day on which the statistics office delivers, and the periods it delivers then
DELIVERIES = (
    ("2024-01-15", ("2021-07-31", "2022-07-31", "2023-07-31",
                    "2021-12-31", "2022-12-31", "2023-12-31")),
    ("2024-10-14", ("2024-07-31",)),
    ("2025-02-10", ("2024-12-31",)),
    ("2025-10-13", ("2025-07-31",)),
    ("2026-02-16", ("2025-12-31",)),
    ("2026-07-20", ("2026-06-30",)),
    ("2026-10-12", ("2026-09-30",)),
)  # fmt: skip

Row: TypeAlias = tuple[str, str, str, Value]


def deeds() -> list[Deed]:
    """Describe the indicators, then deliver their values when they can be known."""
    return [
        deed(FOUNDED, "statistician", describe),
        *(
            deed(on, "statistician", deliver, tuple(row for row in rows() if row[2] in periods))
            for on, periods in DELIVERIES
        ),
    ]


def rows() -> list[Row]:
    """Give every value by indicator, area and period; the town's is the sum of its areas."""
    return [*SINGLE, *(row for line in BY_AREA for row in _by_area(*line))]


def describe(unit: Unit) -> None:
    """Write down what each indicator means."""
    for code, name, unit_of, polarity, kind, level, field, frequency, definition in INDICATORS:
        indicators.add(
            unit, code, name, unit_of=unit_of, polarity=polarity, measure_type=kind, field=field,
            result_level=level, frequency=frequency, definition=definition,
            source="Statistikstelle Saalestadt",
        )  # fmt: skip


def deliver(unit: Unit, values: Sequence[tuple[str, str, date, Value]]) -> None:
    """Write down the values of one delivery."""
    for code, area, period_end, value in values:
        observations.record(unit, code, area=area, period_end=period_end, **_as_written(value))


def _by_area(code: str, period_end: str, values: Sequence[Value]) -> list[Row]:
    areas = [
        (code, area, period_end, value) for (area, _), value in zip(AREAS, values, strict=True)
    ]
    return [*areas, (code, AGS, period_end, _sum(values))]


def _sum(values: Sequence[Value]) -> Value:
    counts = [value for value in values if isinstance(value, int)]
    shares = [value for value in values if isinstance(value, tuple)]
    return sum(counts) or (sum(part for part, _ in shares), sum(whole for _, whole in shares))


def _as_written(value: Value) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {"numerator": value[0], "denominator": value[1]}
    return {"value": Decimal(value)}
