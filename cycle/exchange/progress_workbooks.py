"""The table a department fills in as a workbook: lists to choose from, what is known locked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cycle.exchange.progress_tables import EMPTY, KNOWN
from cycle.exchange.workbook_making import Cell, Field, Sheet, workbook
from cycle.i18n import Tongue
from cycle.machine import words
from cycle.reading.progress_requests import FormRow

_WIDTHS: Final = {
    "title": 40, "last_text": 40, "text": 40, "delay_reason": 30, "state": 16, "last_course": 16,
    "course": 18,
}  # fmt: skip
_KINDS: Final = {
    "planned_end": "day", "expected_end": "day", "last_report": "day", "forecast_end": "day",
    "last_percent": "percent", "percent": "percent",
}  # fmt: skip
_NAMES: Final = {"de": "Sachstand", "en": "Progress"}


def form(
    rows: Sequence[FormRow], department: str, asked_on: date, due: date, tongue: Tongue
) -> bytes:
    """Make the workbook of one department."""
    table = Sheet(
        _NAMES[tongue.lang],
        tuple(_fields(tongue)),
        [[*_known(row, tongue), *[None] * len(EMPTY)] for row in rows],
    )
    return workbook(table, _notes(department, asked_on, due, tongue), asked_on, tongue)


def _fields(tongue: Tongue) -> Iterator[Field]:
    place = 0 if tongue.lang == "de" else 1
    for fills, names in (KNOWN | EMPTY).items():
        head, _, choices = names[place].partition(": ")
        yield Field(
            head, _WIDTHS.get(fills, 15), _KINDS.get(fills, "text"), open=fills in EMPTY,
            choices=tuple(choices.split("/")) if choices else (),
        )  # fmt: skip


def _known(row: FormRow, tongue: Tongue) -> list[Cell]:
    course = row.last_course
    return [
        row.measure,
        row.title,
        words.name("state", row.state, tongue.lang),
        row.planned_end,
        row.forecast_end,
        row.last_report,
        words.name("course", course, tongue.lang) if course else None,
        row.last_text,
        row.last_percent,
    ]


def _notes(department: str, asked_on: date, due: date, tongue: Tongue) -> list[str]:
    return [
        tongue.say(
            "Progress of the measures of department {department}, asked for on {day}.",
            department=department,
            day=asked_on,
        ),
        tongue.say("What is grey is known already and locked; please fill in the white cells."),
        tongue.say(
            "Choose from the list how each measure stands. Where nothing is new, `unchanged` alone"
            " is enough; a row left empty says nothing."
        ),
        tongue.say("Where a measure is delayed or suspended, please say why, and until when."),
        tongue.say("Save the workbook as .xlsx and send it back by {due}.", due=due),
        tongue.say("Social planning takes it in with `cycle import progress FILE`."),
    ]
