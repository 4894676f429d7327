"""`cycle status`: where the round and its measures stand, on one screen."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli.desk import Desk, is_there
from cli.flags import FILTERS, WATCH
from cli.frame import Verb, switch
from cli.lists import filters_of
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.reading.door import Reader


OVERDUE = 8  # the exit code that says so, where it was asked for


def _status(desk: Desk, args: Namespace) -> int:
    if args.bare and not desk.json and _nothing_yet(desk):
        desk.put(desk.say(BEGIN))
        return 0
    with desk.reading() as reader:
        found = show(desk, reader, args)
    return OVERDUE if args.exit_code and found["overdue"] else 0


def show(desk: Desk, reader: "Reader", args: Namespace | None = None) -> dict[str, Any]:
    """Write the state of the town: for programs as JSON, for people as one screen; give it too."""
    from cycle.reading.filters import NOTHING
    from cycle.reading.status import status

    today = desk.today(reader)
    filters = filters_of(desk, reader, args) if args else NOTHING
    found: dict[str, Any] = status(
        reader, today=desk.now(reader), as_of=desk.as_of, filters=filters
    )
    if desk.format in ("json", "ndjson", "csv"):
        from cli.show.facts import put

        put(desk, found)
        return found
    from cli.show.screens import status_text
    from cycle.reading.gaps import gaps

    lines = gaps(
        reader, today=today, lang=desk.tongue.lang, filters=filters,
        sees_internal=desk.sees_internal(reader),
    )  # fmt: skip
    desk.put(desk.look.paint(status_text(desk, found, lines)))
    return found


def _nothing_yet(desk: Desk) -> bool:
    here = desk.settings
    return not here.names_store and not is_there(here.db) and not is_there(here.demo_db)


BEGIN = N_(
    "There is no store on this machine yet. Two ways to begin:\n"
    "\n"
    "  cycle demo                          builds a whole invented city to look around in\n"
    "  cycle init --name NAME --ags AGS    creates the store of your own municipality\n"
    "\n"
    "`cycle help environment` tells where stores lie, `cycle --help` what there is."
)
VERBS = (
    Verb(
        "", N_("where the round and its measures stand"), _status,
        (switch("--exit-code", N_("end with code 8 when something is overdue")), *FILTERS, WATCH),
    ),
)  # fmt: skip
