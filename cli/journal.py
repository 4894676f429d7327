"""`cycle journal`: who did what, and whether the record is whole."""

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cli.deeds import RECORDED, report
from cli.desk import Desk
from cli.flags import REASON, WATCH_LATEST, required
from cli.frame import Verb, arg, switch
from cli.lists import put_rows
from cli.values import day, whole
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from cycle.reading.journal import EventRow
    from cycle.store.unit import Unit

_SPAN = re.compile(r"(\d{1,4})([dwm])")
_DAYS = {"d": 1, "w": 7, "m": 30}
LATEST = 200  # deeds that are shown again and again: more than a screen has lines
BROKEN = 1  # exit code where the chain does not hold


def since(text: str, tongue: Tongue) -> timedelta | date:
    """Read 7d, 4w, 6m or a day."""
    if span := _SPAN.fullmatch(text.strip()):
        return timedelta(days=int(span[1]) * _DAYS[span[2]])
    try:
        return day(text, tongue)
    except ArgumentTypeError:
        says = N_("{text} is no time; write it like 7d, 4w, 6m or 2026-11-22.")
        raise ArgumentTypeError(tongue.say(says, text=text)) from None


def _journal(desk: Desk, args: Namespace) -> int | None:
    if args.verify:
        return _verify(desk)
    from cycle.reading import journal

    with desk.reading() as reader:
        first = args.since
        if isinstance(first, timedelta):
            first = desk.today(reader) - first
        found = journal.events(
            reader, key=args.key, since=first, limit=LATEST if args.watch else None,
            sees_internal=desk.sees_internal(reader),
            sees_accounts=desk.sees_accounts(reader),
        )  # fmt: skip
    _put(desk, found)
    return None


def _put(desk: Desk, found: Sequence["EventRow"]) -> None:
    if desk.format in ("json", "ndjson", "csv") or not found:
        put_rows(desk, "journal", found, "n")
        return
    from cli.show.journal import journal_text, told

    if desk.format == "md":
        put_rows(desk, "journal", [told(desk, each) for each in found], "n day who key action")
    else:
        desk.put(desk.look.paint(journal_text(desk, found)))


def _verify(desk: Desk) -> int:
    from cycle.reading import journal

    with desk.reading() as reader:
        faults = journal.verify(reader)
    if desk.format in ("json", "ndjson", "csv"):
        put_rows(desk, "journal", faults, "n")
    else:
        for fault in faults:
            desk.put(desk.say(journal.SAYS[fault.code], n=fault.n))
    if not faults:
        desk.tell(N_("The journal is whole: no event was changed, removed or put in."))
    return BROKEN if faults else 0


def _black_out(desk: Desk, args: Namespace) -> None:
    def deed(unit: "Unit") -> None:
        from cycle.usecases import journal

        journal.black_out(unit, args.n, reason=args.reason, second=args.second)

    desk.perform(deed)
    report(desk, str(args.n), None, RECORDED, makes=False)


VERBS = (
    Verb(
        "", N_("who did what, the latest last"), _journal,
        (
            arg("key", N_("only of this record"), nargs="?", metavar="KEY"),
            arg("--since", N_("only since then: 7d, 4w, 6m or a day"), since, metavar="TIME"),
            switch("--verify", N_("check that no event was changed, removed or put in")),
            WATCH_LATEST,
        ),
    ),
    Verb(
        "blackout", N_("black out what an event says; that it was stays to be seen"), _black_out,
        (
            arg("n", N_("number of the event"), whole, metavar="N"), required(REASON),
            required(arg("--second", N_("the second account that agrees"), metavar="ACCOUNT")),
        ),
    ),
)  # fmt: skip
