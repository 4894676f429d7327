"""Lists in every format: a table for people, JSON, NDJSON, CSV and Markdown for programs."""

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli.show import tables
from cli.show.labels import cell, head
from cycle.exchange.sheets import safe
from cycle.i18n import N_
from cycle.reading.shapes import plain

if TYPE_CHECKING:
    from cli.desk import Desk


def put(desk: "Desk", noun: str, rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write rows in the format that was asked for, a table where none was."""
    found = [plain(row) for row in rows]
    if desk.format == "json":
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format == "ndjson":
        for each in found:
            desk.put(json.dumps(each, ensure_ascii=False))
    elif desk.format == "csv":
        desk.put(_csv(found, columns))
    elif not found:
        desk.tell(N_("There is nothing to list."))
    else:
        desk.put(as_text(desk, noun, found, columns))


def as_text(
    desk: "Desk", noun: str, found: Sequence[dict[str, Any]], columns: Sequence[str]
) -> str:
    """Write rows for people: as a table, as blocks, or as Markdown."""
    heads = [head(name, desk.tongue) for name in columns]
    cells = [[cell(noun, name, each, columns, desk.tongue) for name in columns] for each in found]
    if desk.format == "md":
        return markdown(heads, cells)
    if desk.format == "plain":
        return tables.blocks(heads, cells)
    return tables.table(heads, cells, desk.look)


def _csv(found: Sequence[dict[str, Any]], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = list(found[0]) if found else list(columns)
    writer.writerow(names)
    for each in found:
        writer.writerow([_cell(each[name]) for name in names])
    return out.getvalue().rstrip("\n")


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        value = "|".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return safe(value)
    return "" if value is None else str(value)


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table as Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in line) + " |"
        for line in lines
    )
