"""`cycle gaps`: the open ends of the cycle, and what settles them."""

import json
from argparse import Namespace
from collections.abc import Sequence

from cli.desk import Desk
from cli.flags import FILTERS, WATCH
from cli.frame import Verb, switch
from cli.lists import in_sight
from cycle.i18n import N_


def _gaps(desk: Desk, args: Namespace) -> None:
    from cycle.reading import gaps

    with desk.reading() as reader:
        read = gaps.all_ if args.all else gaps.gaps
        found = read(
            reader, today=desk.today(reader), lang=desk.tongue.lang,
            filters=in_sight(desk, reader, args), sees_internal=desk.sees_internal(reader),
        )  # fmt: skip
    _put(desk, found, every=bool(args.all))


def _put(desk: Desk, found: Sequence[object], *, every: bool) -> None:
    from cycle.reading.shapes import plain

    if desk.format in ("csv", "md") and not every:
        from cli.lists import put_rows

        put_rows(desk, "gap", found, "count says who command")
    elif desk.format in ("json", "ndjson", "csv"):
        for text in [found] if desk.json else found:
            desk.put(json.dumps(plain(text), ensure_ascii=False, indent=1 if desk.json else None))
    else:
        from cli.show.gaps import all_gaps_text, gaps_text

        desk.put(desk.look.paint((all_gaps_text if every else gaps_text)(desk, found)))


VERBS = (
    Verb(
        "", N_("the open ends of the cycle and what settles them"), _gaps,
        (switch("--all", N_("list every one of them")), *FILTERS, WATCH),
    ),
)  # fmt: skip
