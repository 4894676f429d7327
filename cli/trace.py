"""`cycle trace`: what became of it, and where it comes from."""

from argparse import Namespace

from cli.deeds import from_input
from cli.desk import Desk
from cli.flags import AS_OF, KEY, WATCH
from cli.frame import Verb
from cycle.i18n import N_


def _trace(desk: Desk, args: Namespace) -> None:
    from cycle.reading.trace import trace

    key = from_input() if args.key == "-" else args.key
    with desk.reading() as reader:
        sight = desk.sight(reader)
        found = trace(reader, key, sees_internal=sight.internal, sight=sight)
    if desk.format in ("json", "ndjson", "csv"):
        from cli.show.facts import put

        put(desk, found)
        return
    from cli.show.traces import trace_text

    desk.put(trace_text(desk, found))


VERBS = (Verb("", N_("what became of it, and where it comes from"), _trace, (KEY, AS_OF, WATCH)),)
