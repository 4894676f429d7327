"""`cycle watch`: every deed as it happens; in a pipe a line of JSON each, and none left out."""

import json
import sys
from argparse import ArgumentTypeError, Namespace
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cli.desk import Desk
from cli.frame import Verb, arg, many
from cli.journal import since
from cli.show.look import look
from cycle.errors import Conflict, Invalid
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cycle.reading.changes import ChangeRow, Changes
    from cycle.reading.door import Reader
    from cycle.reading.following import Following

EACH = 1.0  # seconds between two looks
AT_ONCE = 200  # deeds that are read at once


def place(text: str, tongue: Tongue) -> int | timedelta | date:
    """Read the number of a deed, or a time as the journal takes it."""
    if text.strip().isascii() and text.strip().isdigit():
        return int(text)
    try:
        return since(text, tongue)
    except ArgumentTypeError:
        says = N_("{text} is no time and no deed; write it like 7d, 2026-11-22 or 1304.")
        raise ArgumentTypeError(tongue.say(says, text=text)) from None


def event_type(text: str, tongue: Tongue) -> str:
    """Read a type of events, such as measure.proposed or measure.*."""
    from cycle.reading.event_types import is_type

    if is_type(text):
        return text
    says = N_("{type} is no type of event; write one like measure.logged or measure.*.")
    raise ArgumentTypeError(tongue.say(says, type=text))


def _watch(desk: Desk, args: Namespace) -> None:
    from cli.naps import Naps
    from cycle.reading.following import Following
    from cycle.reading.waiting import named

    _choose_format(desk)
    with closing(Following(desk.url)) as store, Naps() as naps:
        with store.look() as reader:
            after = _begin(desk, reader, args.since)
            key = named(reader, args.key, desk.sight(reader)) if args.key else None
        if desk.look.terminal and desk.format is None:
            desk.tell(N_("Every deed is shown as it happens; Ctrl-C ends it."))
        while True:
            found = _next(desk, store, after)
            if found:
                _put(desk, [each for each in found.rows if _meant(each, key, args.types)])
                after = found.until
            if not (found and found.more):
                naps.rest(EACH)


def _choose_format(desk: Desk) -> None:
    """Let programs have a line of JSON a deed; what begins with a heading cannot go on for ever."""
    if desk.format in ("csv", "md"):
        raise Invalid(
            N_("What never ends is no table: --format {form} cannot be followed."),
            fix=N_("Take --json: a deed a line."), form=desk.format,
        )  # fmt: skip
    if desk.json or (desk.format is None and not sys.stdout.isatty()):
        desk.format = "ndjson"


def _begin(desk: Desk, reader: "Reader", first: int | timedelta | date | None) -> int:
    """Tell behind which deed it begins; Invalid for one the journal has not reached."""
    from cycle.reading.following import before
    from cycle.reading.journal import head

    latest = head(reader)
    if isinstance(first, int):
        if first > latest:
            says = N_("The journal has not come to {n} yet; it ends at {head}.")
            raise Invalid(says, fix=N_("`cycle watch --since {head}` begins there."), n=first,
                          head=latest)  # fmt: skip
        return first
    if isinstance(first, timedelta):
        first = desk.now(reader) - first
    return before(reader, first) if first else latest


def _next(desk: Desk, store: "Following", after: int) -> "Changes | None":
    """Give what came since; None where nothing did, or the store is too busy to tell."""
    from cycle.reading.changes import changes
    from cycle.reading.journal import head

    def look(reader: "Reader") -> "Changes | None":
        if (latest := head(reader)) == after:
            return None
        if latest < after:
            raise Conflict(
                N_("The store was set back: its journal ends at {head} now."), code="set_back",
                fix=N_("Begin anew: `cycle watch --since {head}`."), head=latest,
            )  # fmt: skip
        return changes(reader, desk.sight(reader), after=after, limit=AT_ONCE)

    return store.ask(look)


def _meant(row: "ChangeRow", key: str | None, types: "Sequence[str] | None") -> bool:
    from cycle.reading.event_types import fits

    if key not in (None, row.key):
        return False
    return not types or any(fits(each, row.type) for each in types)


def _put(desk: Desk, rows: "Sequence[ChangeRow]") -> None:
    if not rows:
        return
    if desk.format == "ndjson":
        from cycle.reading.shapes import plain

        for each in rows:
            desk.put(json.dumps(plain(each), ensure_ascii=False, separators=(",", ":")))
    else:
        from cli.show.journal import journal_text

        desk.look = look(plain_signs=desk.look.ascii)  # it may be wider by now
        desk.put(desk.look.paint(journal_text(desk, rows)))
    sys.stdout.flush()


VERBS = (
    Verb(
        "", N_("every deed as it happens; in a pipe a line of JSON each"), _watch,
        (
            arg("key", N_("only of this record"), nargs="?", metavar="KEY"),
            many("--type", "types",
                 N_("only of this type, such as measure.proposed or measure.*; may be repeated"),
                 event_type, metavar="TYPE"),
            arg("--since",
                N_("begin there: behind the deed of this number, or with a day; else with what"
                   " comes"),
                place, metavar="TIME"),
        ),
    ),
)  # fmt: skip
