"""`cycle board`: the circle as columns, what stands in each and how long."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from cli.desk import Desk
from cli.flags import FILTERS, WATCH
from cli.frame import Verb, arg, one_of
from cli.lists import in_sight, put_rows
from cli.values import whole
from cycle.i18n import N_

Found = dict[str, Any]
_BY = ("state", "stage", "prevention", "target_group", "department", "field")
_MARKDOWN = "name column count oldest_days overdue delivery effect data"


def _board(desk: Desk, args: Namespace) -> None:
    from cycle.reading.board import FEW, board

    with desk.reading() as reader:
        found = board(
            reader, today=desk.today(reader), filters=in_sight(desk, reader, args),
            by=args.by or "state", limit=FEW if args.limit is None else args.limit,
            sees_internal=desk.sees_internal(reader),
        )  # fmt: skip
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format == "ndjson":
        for each in found.get("columns") or found["rows"]:
            desk.put(json.dumps(each, ensure_ascii=False))
    elif desk.format == "csv":
        put_rows(desk, "board", [_numbers(*each) for each in _cells(found)], "")
    else:
        _show(desk, found)


def _show(desk: Desk, found: Found) -> None:
    from cli.show.board import board_text, named

    if desk.format == "md":
        rows = [named(desk, found["by"], *each) for each in _cells(found)]
        shown = [name for name in _MARKDOWN.split() if not rows or name in rows[0]]
        put_rows(desk, "board", rows, " ".join(shown))
    else:
        desk.put(board_text(desk, found))


def _cells(found: Found) -> Iterator[tuple[Found | None, Found]]:
    """Give every column, or every column of every row, by itself."""
    for column in found.get("columns", ()):
        yield None, column
    for row in found.get("rows", ()):
        yield from ((row, column) for column in row["columns"])


def _numbers(row: Found | None, column: Found) -> Found:
    part = {"name": row["name"], "label": row["label"]} if row else {}
    lights = {
        f"{light}_{colour}": count
        for light, colours in column["lights"].items()
        for colour, count in colours.items()
    }
    counts = {name: column[name] for name in ("count", "oldest_days", "overdue")}
    return {**part, "column": column["name"], "stage": column["stage"], **counts, **lights}


VERBS = (
    Verb(
        "", N_("the circle as columns: what stands where, how long, under which lights"), _board,
        (
            one_of("--by", _BY, N_("state, stage, prevention, target-group, department or field"),
                   metavar="WORD"),
            arg("--limit", N_("how many measures a column shows"), whole, metavar="N"),
            *FILTERS, WATCH,
        ),
    ),
)  # fmt: skip
