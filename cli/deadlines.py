"""`cycle calendar`: the months ahead, and what has its day in them."""

from argparse import Namespace

from cli.desk import Desk
from cli.flags import FILTERS, WATCH
from cli.frame import Verb, arg
from cli.lists import filters_of, put_rows
from cli.values import whole
from cycle.i18n import N_

MONTHS = 3  # this one and the next two
_COLUMNS = "on kind key department count about title"


def _calendar(desk: Desk, args: Namespace) -> None:
    from cycle.reading.deadlines import calendar, until

    with desk.reading() as reader:
        today = desk.today(reader)
        last = until(today, MONTHS if args.months is None else args.months)
        found = calendar(
            reader, today=today, last=last, lang=desk.tongue.lang,
            filters=filters_of(desk, reader, args), sight=desk.sight(reader),
        )  # fmt: skip
    if desk.format in ("json", "ndjson", "csv"):
        put_rows(desk, "calendar", found, _COLUMNS)
        return
    from cli.show.deadlines import COLUMNS, NARROWEST, calendar_text, named

    if desk.format is None and desk.look.width >= NARROWEST:
        desk.put(calendar_text(desk, found, today, last))
    else:
        put_rows(desk, "calendar", [named(desk, row) for row in found], COLUMNS)


VERBS = (
    Verb(
        "", N_("the months ahead: what falls due, which bodies sit"), _calendar,
        (
            arg("--months", N_("how many months, this one included; 3 if not told"), whole,
                metavar="N"),
            *FILTERS, WATCH,
        ),
    ),
)  # fmt: skip
