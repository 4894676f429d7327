"""`cycle progress`: how far measures have come (Sachstand)."""

import re
from argparse import ArgumentTypeError, Namespace
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cli import choices
from cli.deeds import changes, in_version, report
from cli.desk import Desk
from cli.flags import AS_OF, FILTERS, MEASURE, TEXT, required
from cli.frame import Verb, arg, many, one_of
from cli.keys import known
from cli.lists import in_sight, lists, put_rows
from cli.values import day, whole
from cycle.errors import Invalid, KreislaufError
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from pathlib import Path

    from cycle.reading.progress_requests import FormRow
    from cycle.store.unit import Unit
    from cycle.usecases.progress_requests import Asked

Said = list[tuple[str, date]]  # key of a measure, and since when nothing changed
Refused = tuple[tuple[str, KreislaufError], ...]
FAILED = 1  # exit code where some measures take words of their own
_HALF = re.compile(r"(\d{4})-([12])")


def half(text: str, tongue: Tongue) -> tuple[date, date]:
    """Read 2026-1 or 2026-2."""
    found = _HALF.fullmatch(text.strip())
    if found is None or found[1] == "0000":
        says = N_("{text} is no half-year; write it like 2026-2.")
        raise ArgumentTypeError(tongue.say(says, text=text))
    from cycle.reading.half_year import of

    return of(int(found[1]), int(found[2]))


def _unchanged(desk: Desk, args: Namespace) -> int | None:
    if bool(args.keys) == bool(args.department):
        raise Invalid(
            N_("Name either measures or a department."),
            fix=N_("`cycle progress unchanged --department 51` means all its open measures."),
        )
    said, refused = desk.perform(lambda unit: _say_unchanged(desk, unit, args))
    for key, since in said:
        told = desk.tongue.date(since)
        report(desk, key, None, N_("{key}: unchanged since {day}."), makes=False, day=told)
    for key, why in refused:
        desk.tell(N_("{key}: {says}"), key=key, says=_why(desk, why))
    return FAILED if refused else None


def _say_unchanged(desk: Desk, unit: "Unit", args: Namespace) -> tuple[Said, Refused]:
    from cycle.model.measures import Measure
    from cycle.usecases import progress, progress_requests

    if args.department:
        done = progress_requests.unchanged(unit, args.department)
        told, refused = list(done.told), done.refused
    else:
        keys = [known(unit, "measure", each) for each in args.keys]
        with in_version(desk, unit, "measure", *keys):
            told, refused = progress.unchanged(unit, keys), ()
    said = [(unit.get(Measure, p.measure_id).ref, progress.since(unit, p)) for p in told]
    return said, refused


def _why(desk: Desk, why: KreislaufError) -> str:
    faults = getattr(why, "faults", ())
    return " ".join(
        desk.say(each.says, **{**why.values, **each.values}) for each in (faults or (why,))
    )


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One department that was asked, and the table made for it."""

    department: str
    asked_on: date
    due: date
    again: bool
    measures: tuple[str, ...]
    file: str | None


def _ask(desk: Desk, args: Namespace) -> None:
    place = _place(args)

    def deed(unit: "Unit") -> "list[tuple[Asked, list[FormRow]]]":
        from cycle.reading.progress_requests import to_fill
        from cycle.usecases.progress_requests import ask

        asked = ask(unit, args.departments, args.due)
        return [(each, to_fill(unit.reading(), each.measures)) for each in asked]

    found = [
        AskedRow(a.department, a.asked_on, a.due, a.again, a.measures,
                 _table(desk, place, a, rows, workbook=bool(args.xlsx)))
        for a, rows in desk.perform(deed)
    ]  # fmt: skip
    made = any(each.file for each in found)
    put_rows(desk, "progress", found, "department due measures file" if made
             else "department asked_on due again measures")  # fmt: skip


def _place(args: Namespace) -> "Path | None":
    """Find the folder for the tables before anybody is asked; None where none are wanted."""
    from cycle.exchange import sheets, workbook_making

    if args.csv and args.xlsx:
        raise Invalid(
            N_("A department gets one table: CSV or a workbook."),
            fix=N_("Name --csv or --xlsx."),
        )
    if args.xlsx:
        workbook_making.ready()
    wanted = args.csv or args.xlsx
    return sheets.folder(wanted) if wanted else None


def _table(
    desk: Desk, place: "Path | None", asked: "Asked", rows: "list[FormRow]", *, workbook: bool
) -> str | None:
    """Make the table of one department; none where it has told all."""
    from cycle.exchange import progress_tables, progress_workbooks, sheets

    if place is None or not rows:
        return None
    stem = progress_tables.stem(asked.department, asked.asked_on, desk.tongue)
    if workbook:
        made = progress_workbooks.form(
            rows, asked.department, asked.asked_on, asked.due, desk.tongue
        )
        return str(sheets.save(place, stem, made, "xlsx"))
    return str(sheets.save(place, stem, progress_tables.form(rows, desk.tongue).encode()))


def _asked(desk: Desk, args: Namespace) -> None:
    from cycle.reading.progress_requests import listed

    with desk.reading() as reader:
        found = listed(reader, department=args.department)
    put_rows(desk, "progress", found, "department asked_on due measures answered unanswered")


def _half_year(desk: Desk, args: Namespace) -> None:
    from cli.show.half_year import put
    from cycle.reading.half_year import half as half_of
    from cycle.reading.half_year import table

    if args.half and (args.since or args.until):
        raise Invalid(
            N_("A half-year and days of your own do not go together."),
            fix=N_("Name --half, or --since and --until."),
        )
    with desk.reading() as reader:
        first, last = args.half or half_of(args.until or desk.today(reader))
        since, until = args.since or first, args.until or last
        found = table(
            reader, since, until, in_sight(desk, reader, args),
            sees_internal=desk.sees_internal(reader),
        )  # fmt: skip
    put(desk, found, since, until)


_WORDS = (
    arg("--percent", N_("how much is done, 0 to 100"), whole, metavar="N"),
    TEXT,
    arg("--delay-reason", N_("why it is late"), metavar="TEXT"),
    arg("--forecast-end", N_("when it is expected to end"), day, metavar="DATE"),
)
_COURSE = one_of("--course", choices.of("course"), N_("on_track, delayed, …"))
_AS_OF = arg("--as-of", N_("the day it is told for"), day, metavar="DATE")

VERBS = (
    Verb(
        "report", N_("report how far a measure has come"), changes("progress.report", "measure"),
        (MEASURE, required(_COURSE), _AS_OF, *_WORDS),
    ),
    Verb(
        "correct", N_("put the last report right, within seven days"),
        changes("progress.correct", "measure"), (MEASURE, _COURSE, _AS_OF, *_WORDS),
    ),
    Verb(
        "unchanged", N_("say that nothing has changed since the last report"), _unchanged,
        (
            arg("keys", N_("keys of the measures"), nargs="*", metavar="MEASURE"),
            arg("--department", N_("all open measures of this department"), metavar="CODE"),
        ),
    ),
    Verb(
        "ask", N_("ask departments for their Sachstand, a table for each"), _ask,
        (
            many("--department", "departments",
                 N_("only this department; may be repeated"), metavar="CODE"),
            arg("--due", N_("when the answer is expected; in a fortnight if not told"), day,
                metavar="DATE"),
            arg("--csv", N_("folder for the tables, one a department"), metavar="FOLDER"),
            arg("--xlsx", N_("the same as workbooks, with lists to choose from"),
                metavar="FOLDER"),
        ),
    ),
    Verb(
        "asked", N_("who was asked, and who has not answered"), _asked,
        (AS_OF, arg("--department", N_("only of this department"), metavar="CODE")),
    ),
    Verb(
        "table", N_("the half-yearly table: new, changed, unchanged, settled"), _half_year,
        (
            arg("--half", N_("the half-year, such as 2026-2; the running one if not told"), half,
                metavar="HALF"),
            arg("--since", N_("its first day, where it is no half-year"), day, metavar="DATE"),
            arg("--until", N_("its last day"), day, metavar="DATE"),
            *FILTERS,
        ),
    ),
    Verb(
        "list", N_("list what was reported of a measure"),
        lists("progress", "progress", "as_of course percent forecast_end text", "measure",
              guarded=True),
        (arg("measure", N_("key of the measure"), metavar="MEASURE"),),
    ),
)  # fmt: skip
