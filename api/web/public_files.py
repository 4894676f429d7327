"""What the public view shows as files: JSON for programs, tables for spreadsheets."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from starlette.responses import Response

from api.web.frame import Visit
from api.web.shown import HEADERS
from cycle.exchange.sheets import sheet
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading.public_overview import LIGHTS
from cycle.reading.public_values import PublicIndicator, PublicValue
from cycle.reading.shapes import Json, plain

ENDINGS: Final = ("json", "csv")
_MEASURE: Final = (
    N_("Key"), N_("Title"), N_("State"), N_("Round"), N_("Department"), N_("Fields of action"),
    N_("Areas"), N_("Planned start"), N_("Planned end"), N_("Delivery"), N_("Effect"), N_("Data"),
)  # fmt: skip
_INDICATOR: Final = (
    N_("Code"), N_("Indicator"), N_("Field of action"), N_("Unit"), N_("How often"),
    N_("Definition"), N_("Source"),
)  # fmt: skip
_VALUE: Final = (
    N_("Indicator"), N_("Area"), N_("Name"), N_("First day"), N_("Last day"), N_("Value"),
    N_("Unit"), N_("State"),
)  # fmt: skip


def parted(text: str) -> tuple[str, str]:
    """Part a key from the ending of the file it is asked for as: `M-2026-001.csv`."""
    stem, _, ending = text.rpartition(".")
    return (stem, ending) if stem and ending in ENDINGS else (text, "")


def as_json(found: object) -> Response:
    """Answer a program."""
    text = json.dumps(plain(found), ensure_ascii=False)
    return Response(text, 200, {**HEADERS, "Vary": "Accept-Language, Cookie"}, "application/json")


def as_table(
    visit: Visit, name: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> Response:
    """Answer a spreadsheet; no cell of it runs."""
    text = sheet([[visit.say(each) for each in head], *rows])
    headers = {
        **HEADERS,
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Content-Language": visit.lang,
        "Vary": "Accept-Language, Cookie",
    }
    return Response(text.encode(), 200, headers, "text/csv; charset=utf-8")


def table_of_measures(visit: Visit, rows: Iterable[Json]) -> Response:
    """Answer with measures, a line each."""
    return as_table(visit, "measures", _MEASURE, (_measure(visit, row) for row in rows))


def _measure(visit: Visit, row: Json) -> list[str]:
    lit = row["lights"] or {}
    return [
        row["key"], row["title"], words.name("state", row["state"], visit.lang), row["cycle"],
        " ".join(each for each in (row["department"], row["department_name"]) if each),
        ", ".join(row["fields"]), ", ".join(row["areas"]), _day(visit, row["planned_start"]),
        _day(visit, row["planned_end"]),
        *(words.name("light", lit[name], visit.lang) if name in lit else "" for name in LIGHTS),
    ]  # fmt: skip


def table_of_indicators(visit: Visit, rows: Iterable[PublicIndicator]) -> Response:
    """Answer with indicators, a line each."""
    return as_table(visit, "indicators", _INDICATOR, (
        [row.code, row.name, row.field or "", row.unit,
         words.name("frequency", row.frequency, visit.lang), row.definition, row.source]
        for row in rows
    ))  # fmt: skip


def table_of_values(visit: Visit, code: str, rows: Iterable[PublicValue]) -> Response:
    """Answer with the values of an indicator, a line each; a withheld one has none."""
    name = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in code)
    return as_table(visit, name, _VALUE, _values(visit, rows))


def _values(visit: Visit, rows: Iterable[PublicValue]) -> Iterator[list[str]]:
    for row in rows:
        yield [
            row.indicator, row.area, row.name, _day(visit, row.period_start),
            _day(visit, row.period_end), _figure(visit, row.value), row.unit,
            words.name("value_status", row.status, visit.lang),
        ]  # fmt: skip


def _day(visit: Visit, day: date | str | None) -> str:
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return visit.tongue.date(found) if found else ""


def _figure(visit: Visit, value: Decimal | None) -> str:
    """Write a number as the spreadsheets of the language read it: no dots between thousands."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if visit.lang == "de" else text
