"""`cycle import`: reads files as towns write them."""

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from cli.frame import Verb, arg, switch
from cli.show.bars import bar
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.exchange.outcome import Outcome, RowFault

MOST_FAULTS = 50
INVALID = 2  # exit code where rows are wrong and nothing was written


def _import(desk: Desk, args: Namespace) -> int:
    from cycle.exchange import imports
    from cycle.store.store import Store

    store = Store.open(desk.url)
    try:
        with bar(desk, N_("Reading {file}").replace("{file}", args.file)) as tick:
            outcome = imports.run(
                store, args.kind, args.file, mapping=args.map, sheet=args.sheet,
                dry_run=bool(args.dry_run), skip_errors=bool(args.skip_errors),
                actor=desk.settings.actor, for_unit=desk.for_unit, day=desk.settings.today,
                progress=tick,
            )  # fmt: skip
    finally:
        store.close()
    if desk.json:
        desk.put(json.dumps(_as_json(desk, outcome), ensure_ascii=False, indent=1))
    else:
        _tell(desk, outcome)
    return INVALID if outcome.faults and not args.skip_errors else 0


def _tell(desk: Desk, outcome: "Outcome") -> None:
    """Say how many rows there were, and what is wrong with the others."""
    from cli.show.labels import head

    for fault in outcome.faults[:MOST_FAULTS]:
        says, fix = _fault(desk, fault)
        desk.tell(N_("{place}: {says} → {fix}") if fix else N_("{place}: {says}"),
                  place=_place(desk, fault), says=says, fix=fix)  # fmt: skip
    if (more := len(outcome.faults) - MOST_FAULTS) > 0:
        desk.tell(N_("… and {more} more; --json lists them all."), more=more)
    for note in () if outcome.already else outcome.notes:  # the verdict says it already
        desk.tell(note.says, **note.values)
    desk.put(
        desk.say(
            "{kind}: {new} new, {changed} changed, {same} as before, {skipped} skipped.",
            kind=head(outcome.kind, desk.tongue),
            new=outcome.rows_new,
            changed=outcome.rows_changed,
            same=outcome.rows_same,
            skipped=outcome.rows_skipped,
        )
    )
    desk.tell(_verdict(outcome))


def _verdict(outcome: "Outcome") -> str:
    if outcome.already:
        return N_("This very file was imported before; nothing was changed.")
    if outcome.dry_run:
        return N_("This was a dry run; nothing was written.")
    if outcome.written and (outcome.rows_new or outcome.rows_changed):
        return N_("It is written.")
    if outcome.faults:
        return N_("Nothing was written; mend the rows, or leave them out with --skip-errors.")
    return N_("Nothing was new; nothing was written.")


def _place(desk: Desk, fault: "RowFault") -> str:
    """Name the place as a spreadsheet does."""
    parts = [fault.file] if fault.file else []
    if fault.row:
        parts.append(desk.say("row {row}", row=fault.row))
    if fault.column:
        parts.append(desk.say("column {column}", column=fault.column))
    return ", ".join(parts) or fault.pointer


def _fault(desk: Desk, fault: "RowFault") -> tuple[str, str]:
    fix = desk.say(fault.fix, **fault.values) if fault.fix else ""
    return desk.say(fault.says, **fault.values), fix


def _as_json(desk: Desk, outcome: "Outcome") -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "rows": {
            "new": outcome.rows_new, "changed": outcome.rows_changed,
            "same": outcome.rows_same, "skipped": outcome.rows_skipped,
        },
        "dry_run": outcome.dry_run,
        "already": outcome.already,
        "written": outcome.written,
        "errors": [
            {
                "pointer": _place(desk, fault), "row": fault.row, "column": fault.column,
                "code": fault.code, "says": _fault(desk, fault)[0], "fix": _fault(desk, fault)[1],
            }
            for fault in outcome.faults
        ],
        "notes": [
            {"code": n.code, "says": desk.say(n.says, **n.values), **_listed(n.values)}
            for n in outcome.notes
        ],
    }  # fmt: skip


def _listed(values: Any) -> dict[str, Any]:  # noqa: ANN401 - what a note is filled with
    from cycle.reading.shapes import plain

    return {"values": plain(dict(values))}


VERBS = (
    Verb(
        "", N_("read a file: all of it or nothing"), _import,
        (
            arg("kind", N_("areas, indicators, observations, goals, measures, papers as oparl, …"),
                metavar="KIND"),
            arg("file", N_("a CSV file or a workbook (.xlsx), a folder for oparl;"
                           " - reads standard input"),
                metavar="FILE"),
            arg("--sheet", N_("the sheet of a workbook; the first if not told"), metavar="NAME"),
            arg("--map", N_("a map of its columns; `cycle template mapping` prints one"),
                metavar="MAP.toml"),
            switch("--dry-run", N_("the same without writing")),
            switch("--skip-errors", N_("write the rows that are right, leave out the others")),
        ),
    ),
)  # fmt: skip
