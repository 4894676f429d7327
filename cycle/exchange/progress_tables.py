"""The table a department fills in: what is known of its measures, and columns left empty."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from cycle.exchange.sheets import sheet
from cycle.i18n import Tongue
from cycle.machine import words
from cycle.reading.progress_requests import FormRow

KNOWN: Final = {  # what stands there already → its heading in German and in English
    "measure": ("Maßnahme", "Measure"),
    "title": ("Titel", "Title"),
    "state": ("Zustand", "State"),
    "planned_end": ("Geplantes Ende", "Planned end"),
    "expected_end": ("Erwartetes Ende", "Expected end"),
    "last_report": ("Letzter Bericht", "Last report"),
    "last_course": ("Letzter Stand", "Last course"),
    "last_text": ("Letzter Text", "Last text"),
    "last_percent": ("Letzte Prozent", "Last percent"),
}
EMPTY: Final = {  # what the department writes
    "course": (
        "Stand: planmäßig/verzögert/ausgesetzt/fertig/unverändert",
        "Course: on track/delayed/suspended/done/unchanged",
    ),
    "forecast_end": ("Verzögert bis", "Delayed until"),
    "delay_reason": ("Grund", "Reason"),
    "text": ("Text", "Text"),
    "percent": ("Prozent", "Percent"),
}
_NAMES: Final = {"de": "sachstand", "en": "progress"}
_UNFIT: Final = re.compile(r"[^0-9A-Za-zÄÖÜäöüß_-]+")


def form(rows: Sequence[FormRow], tongue: Tongue) -> str:
    """Write the table of one department."""
    place = 0 if tongue.lang == "de" else 1
    heads = [names[place] for names in (*KNOWN.values(), *EMPTY.values())]
    return sheet([heads, *([*_known(row, tongue), *[""] * len(EMPTY)] for row in rows)])


def _known(row: FormRow, tongue: Tongue) -> list[str]:
    return [
        row.measure,
        row.title,
        words.name("state", row.state, tongue.lang),
        _day(row.planned_end, tongue),
        _day(row.forecast_end, tongue),
        _day(row.last_report, tongue),
        words.name("course", row.last_course, tongue.lang) if row.last_course else "",
        row.last_text or "",
        "" if row.last_percent is None else str(row.last_percent),
    ]


def _day(day: date | None, tongue: Tongue) -> str:
    return tongue.date(day) if day else ""


def stem(department: str, asked_on: date, tongue: Tongue) -> str:
    """Name the file of a department, whatever signs its code holds."""
    return f"{_NAMES[tongue.lang]}-{_UNFIT.sub('_', department)}-{asked_on.isoformat()}"
