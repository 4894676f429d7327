"""The half-yearly table for the committees: as text, as Markdown, as a sheet for spreadsheets."""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cli.show import tables
from cli.show.labels import head, spoken
from cli.show.rows import markdown
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.half_year import CHANGES
from cycle.reading.half_year import HalfYearRow
from cycle.reading.shapes import plain

if TYPE_CHECKING:
    from cli.desk import Desk

Rows = Sequence[HalfYearRow]
MOST_LINES = 5  # of one cell
SHEET = (
    "change", "key", "title", "department", "paper", "decision", "body", "decided_on",
    "planned_end", "forecast_end", "period_text", "state", "course", "percent", "as_of",
    "unchanged_since", "text", "reason",
)  # fmt: skip


def put(desk: "Desk", rows: Rows, since: date, until: date) -> None:
    """Write the table in the format that was asked for."""
    if desk.format == "json":
        desk.put(json.dumps(plain(rows), ensure_ascii=False, indent=1))
    elif desk.format == "ndjson":
        for row in rows:
            desk.put(json.dumps(plain(row), ensure_ascii=False))
    elif desk.format == "csv":
        desk.put(_sheet(desk, rows))
    elif not rows:
        desk.tell(N_("There is nothing to list."))
    elif desk.format == "md":
        desk.put(markdown(*_whole(desk, rows)))
    elif desk.format == "plain":
        desk.put(tables.blocks(*_whole(desk, rows)))
    else:
        desk.put(_text(desk, rows, since, until))


def _sheet(desk: "Desk", rows: Rows) -> str:
    """Write the sheet a German spreadsheet opens; a program reads JSON."""
    from cycle.exchange.sheets import MARK, sheet

    found = [{**plain(row), "reason": _reason(desk, row)} for row in rows]
    cells = [
        [spoken("half_year", name, each[name], desk.tongue) for name in SHEET] for each in found
    ]
    heads = [head(name, desk.tongue) for name in SHEET]
    text = sheet([heads, *cells]).rstrip("\r\n")
    return text.removeprefix(MARK) if desk.look.ascii else text


def _whole(desk: "Desk", rows: Rows) -> tuple[list[str], list[list[str]]]:
    """Give the columns the committees know: decision, date, where it stands, why."""
    names = ("change", "key", "title", "department", "decision", "due", "state", "reason")
    cells = [
        [
            words.name("change", row.change, desk.tongue.lang), row.key, row.title,
            row.department or "", _decision(desk, row), " ".join(_due(desk, row)),
            ": ".join(_standing(desk, row)), _reason(desk, row),
        ]
        for row in rows
    ]  # fmt: skip
    return [head(name, desk.tongue) for name in names], cells


def _text(desk: "Desk", rows: Rows, since: date, until: date) -> str:
    """Write a table for each kind of change, in as many columns as the screen has."""
    period = desk.say("From {since} to {until}", since=since, until=until)
    groups = [(kind, [row for row in rows if row.change == kind]) for kind in CHANGES]
    return "\n\n".join([period, *(_group(desk, kind, some) for kind, some in groups if some)])


def _group(desk: "Desk", kind: str, rows: Rows) -> str:
    heads = [head(name, desk.tongue) for name in ("key", "title", "due", "state")]
    cells = [
        [
            [row.key, row.department or ""],
            [_flat(row.title), _decision(desk, row)],
            _due(desk, row),
            [*_standing(desk, row), _reason(desk, row)],
        ]
        for row in rows
    ]
    lines = [["\n".join(filter(None, cell)) for cell in row] for row in cells]
    named = words.name("change", kind, desk.tongue.lang)
    heading = desk.look.bold(f"{named} ({len(rows)})")
    return f"{heading}\n{tables.table(heads, lines, desk.look, MOST_LINES)}"


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _decision(desk: "Desk", row: HalfYearRow) -> str:
    told = [row.paper or row.decision, row.body]
    day = desk.tongue.date(row.decided_on) if row.decided_on else None
    return ", ".join(part for part in (*told, day) if part)


def _due(desk: "Desk", row: HalfYearRow) -> list[str]:
    """Tell the planned day, and the one it is expected on where that is another."""
    tongue = desk.tongue
    planned = tongue.date(row.planned_end) if row.planned_end else _flat(row.period_text)
    if not planned and row.ongoing:
        planned = head("is_ongoing", tongue)
    told = [planned] if planned else []
    if row.forecast_end is None or row.forecast_end == row.planned_end:
        return told
    return [*told, f"→ {tongue.date(row.forecast_end)}"]


def _standing(desk: "Desk", row: HalfYearRow) -> list[str]:
    """Tell the state, what the last report says, and its words."""
    lang = desk.tongue.lang
    told = [words.name("state", row.state, lang)]
    if row.course:
        told.append(words.name("course", row.course, lang))
    if row.percent is not None:
        told.append(f"{row.percent}\u00a0%")
    if row.unchanged_since:
        told.append(desk.say("unchanged since {day}", day=row.unchanged_since))
    elif row.as_of:
        told.append(desk.say("report of {day}", day=row.as_of))
    return [" · ".join(told), *filter(None, [_flat(row.text)])]


def _reason(desk: "Desk", row: HalfYearRow) -> str:
    code = words.name("code", row.reason_code, desk.tongue.lang) if row.reason_code else ""
    return ": ".join(part for part in (code, _flat(row.reason)) if part)
